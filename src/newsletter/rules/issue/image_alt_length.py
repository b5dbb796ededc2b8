"""The description of a picture is one short sentence.

A screen reader reads it without a break: people cannot pause, go back a word or skip to its end. If the picture is not
loaded, a long description fills the screen of a phone. Longer explanations belong in the text, for everyone.

Bad:
    - image:
        src: images/clinic.png
        alt: "A nurse in a blue tunic sits at a desk, with a window behind her, and beside her sits a man of about
          sixty, who has a walking stick in one hand and a notebook in the other, and both of them talk."

Good:
    - image:
        src: images/clinic.png
        alt: "A nurse and a man with a walking stick sit and talk, with a notebook between them."

The description of a poster has the words on it (`image-word-count`), and may be twice as long.

WCAG 2.2, 1.1.1 Non-text Content (A); the limit of 150 is our own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import ImageRef, IssueText
from newsletter.check.rule import Finding
from newsletter.issue.picture_contents import contents
from newsletter.rules.issue._capitals import visible_length

SEVERITY = "error"
OPTIONS = {"longest": 150}

_WITH_WORDS = 2
"""How many times longer the description of a picture with words may be: `image-word-count` asks for these words."""
_FEWEST_WORDS = 9


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the number of characters of each description."""
    for image in issue.images:
        longest = options["longest"] * (_WITH_WORDS if _has_words(image) else 1)
        if (count := visible_length(image.alt)) > longest:
            hint = f"Keep what matters, in {longest} or fewer. Say the rest in the text or the caption."
            yield Finding(
                image, f"The description of this picture has {count} characters, which is too long to listen to.", hint
            )


def _has_words(image: ImageRef) -> bool:
    return contents(image.picture.data, image.picture.format).words >= _FEWEST_WORDS
