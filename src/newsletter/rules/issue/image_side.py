"""A picture with a side has a text beside it.

“side: start” and “side: end” put a picture beside the text block that follows, on a screen that is wide enough. If
something else follows, the picture is above it, and the side means nothing.

Bad:
    - image: {src: images/clinic.png, alt: "The new clinic.", side: start}
    - quote: {text: "It is bright and quiet."}

Good:
    - image: {src: images/clinic.png, alt: "The new clinic.", side: start}
    - text: "The new clinic is bright and quiet."

The rule is our own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "warning"


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check what follows each picture that has a side."""
    for article in issue.articles:
        content = article.article.content
        kinds = ["image" if article.article.image else "", *(item.kind for item in content)]
        images = [article.article.image, *(item.value for item in content)]
        for position, (kind, image) in enumerate(zip(kinds, images, strict=True)):
            following = kinds[position + 1 : position + 2]
            if kind == "image" and getattr(image, "side", None) and following != ["text"]:
                path = (*article.path, "content", position - 1, "image") if position else (*article.path, "image")
                hint = "Write a “text” block directly after it, or delete “side”."
                yield Finding(issue.at(*path, "side"), "There is no text beside this picture.", hint)
