"""The page has exactly one h1, and it has words.

Screen readers can list the headings of a page. The h1 says which email this is. With two of them, or none, the list has
no clear beginning.

Bad:
    <h1>Neuro News</h1> ... <h1>{{ article.title }}</h1>

Good:
    <h1>{{ issue.title }}</h1> ... <h2>{{ article.title }}</h2>

WCAG 2.2, 1.3.1 Info and Relationships (A) and 2.4.6 Headings and Labels (AA).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding

SEVERITY = "error"
IN_WEB_VERSION = True


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the number of h1 that screen readers announce, and their words."""
    headings = [node for node in page.nodes if _is_h1(node) and not node.is_silent]
    if not headings:
        yield Finding(page.root, "The page has no h1.", "Write <h1>{{ issue.title }}</h1> in masthead.mjml.")
    if headings and not _words(headings[0]):
        yield Finding(
            headings[0], "The h1 has no words.", "Write <h1>{{ issue.title }}</h1>, or give its picture an alt."
        )
    for node in headings[1:]:
        yield Finding(
            node, "This is a second h1.", "Write <h2> or <h3> here. styles.css can make it as large as you like."
        )
    in_outlook = [node for node in page.outlook if _is_h1(node) and not node.is_silent]
    if len(in_outlook) > max(1, len(headings)):
        yield Finding(in_outlook[-1], "Outlook shows one more h1.", "Write <h2> or <h3> in its conditional comment.")


def _is_h1(node: PageElement) -> bool:
    if node.tag != "h1" and "aria-level" not in node.attributes:
        return False
    role = node.get("role").strip().lower()
    return (node.tag == "h1" and role in ("", "heading")) or (role == "heading" and node.get("aria-level") == "1")


def _words(node: PageElement) -> str:
    return node.all_text or "".join(part.get("alt") for part in node.walk() if part.tag == "img").strip()
