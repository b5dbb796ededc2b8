"""No words are in a tooltip.

The words of a `title` attribute appear only to people who rest a mouse on them. Nobody gets them with a keyboard, on a
phone, on paper or in the plain text. Some screen readers say them, after the words, and others do not.

Bad:
    <abbr title="frequently asked questions">FAQ</abbr>

Good:
    frequently asked questions (FAQ)

WCAG 2.2, 1.4.13 Content on Hover or Focus (AA), does not apply to these, because browsers draw them. The HTML Standard
(3.2.6.1) advises against relying on the attribute.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding

SEVERITY = "error"
IN_WEB_VERSION = True


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each title attribute with words."""
    reported = set()
    for node in page.with_attribute("title"):
        if node.tag != "style" and (words := node.get("title").strip()) and node.location not in reported:
            reported.add(node.location)
            hint = "Write them where everybody sees them, in the alt if they describe a picture, or delete them."
            yield Finding(node, f"The words {quoted(words)} are only in a tooltip of <{node.tag}>.", hint)
