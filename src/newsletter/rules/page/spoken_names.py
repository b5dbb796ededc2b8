"""Screen readers say the words that everybody sees, and nothing else.

Many people listen to the page and also look at it. With `aria-label`, they hear other words than those they see, or a
screen reader ignores it, as on a paragraph. `aria-hidden` on a picture or a link takes it away from them.

Bad:
    <h2 aria-roledescription="slide">{{ article.title }}</h2>

Good:
    <h2>{{ article.title }}</h2>

WCAG 2.2, 2.5.3 Label in Name (A) and 4.1.2 Name, Role, Value (A); WAI-ARIA 1.2, 5.2.8.6 Roles which cannot be named.
The rule `link-text-missing` is about the names of links, `hidden-text` about `aria-hidden` on words.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding

SEVERITY = "error"
IN_WEB_VERSION = True

_NAMES = ("aria-label", "aria-labelledby", "aria-braillelabel")
# A name says what these are, and does not replace the words in them.
_CAN_HAVE_NAME = frozenset(["article", "figure", "group", "img", "list", "navigation", "region", "table"])
_TAGS_WITH_NAME = frozenset(["a", "area", "article", "figure", "img", "nav", "section", "svg", "table", "ul", "ol"])
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_UNWANTED_ATTRIBUTES = {
    **dict.fromkeys(
        ("aria-roledescription", "aria-brailleroledescription"), "a screen reader says this instead of what it is"
    ),
    "aria-description": "only screen readers say these words",
    "aria-disabled": "a screen reader says that it cannot be used",
    "aria-owns": "a screen reader reads in another order than the page",
    "aria-flowto": "a screen reader reads in another order than the page",
    "aria-busy": "a screen reader waits for it",
    "aria-live": "a screen reader interrupts itself to say it",
    "aria-keyshortcuts": "mail apps have these keys for themselves",
}


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report names over words, attributes that change the spoken words, and pictures and links that are not said."""
    for node in page.with_attribute(*_NAMES, *_UNWANTED_ATTRIBUTES, "aria-hidden", "aria-level"):
        for name in node.attributes:
            if what := _what(node, name):
                message = f"“{name}” on <{node.tag}>: {what}."
                yield Finding(node, message, f"Remove {name}. What readers need is in the words.")


def _what(node: PageElement, name: str) -> str:
    if name in _UNWANTED_ATTRIBUTES:
        # MJML says "email" of the frame, which has no other name for what it is.
        return "" if node.get("role") == "article" and node.get(name) == "email" else _UNWANTED_ATTRIBUTES[name]
    if name == "aria-level":
        return "a screen reader says another level" if node.tag in _HEADINGS and node.tag[1] != node.get(name) else ""
    if name == "aria-hidden" and node.get(name).strip().lower() == "true":
        parts = {part.tag for part in node.walk() if part.get("alt") or part.get("href")}
        return f"screen readers skip the {'link' if 'a' in parts else 'picture'} in it" if parts else ""
    is_named = node.tag in _TAGS_WITH_NAME or node.get("role").lower() in _CAN_HAVE_NAME
    return "its words are shown, and a screen reader may say others" if name in _NAMES and not is_named else ""
