"""The page's title is the issue's subject.

It is the name of the browser tab and the window. A screen reader says it first when somebody opens the issue on the web
or in its own window.

Bad:
    <mj-title>Newsletter</mj-title>

Good:
    <mj-title>{{ issue.subject }}</mj-title>

WCAG 2.2, 2.4.2 Page Titled (A).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding

SEVERITY = "error"

_HINT = "Write <mj-title>{{ issue.subject }}</mj-title> in head.mjml."


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare the title with the subject."""
    titles = [node for node in page.find("title") if node.inside("head")]
    if not titles or not titles[0].all_text:
        yield Finding(page.root, "The page has no title.", _HINT)
        return
    if titles[0].all_text != " ".join(page.edition.issue.subject.split()):
        yield Finding(titles[0], f"The page's title is {quoted(titles[0].all_text)}, not the subject.", _HINT)
    if len(titles) > 1:
        yield Finding(titles[1], "The page has more than one title.", _HINT)
