"""Links are underlined, and nothing else is.

Many people cannot distinguish a link from the text by its colour only: with optic neuritis, colours fade, and in the
sun they disappear. A button has a box that shows that it can be pressed, and needs no line. Underlined words that are
no link are pressed again and again, by people who then think that they did it wrong.

Bad:
    a { text-decoration: none; }

Good:
    a { text-decoration: underline; }

WCAG 2.2, 1.4.1 Use of Color (A); failure F73.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.check.style_location import declared_at, own_style_at
from newsletter.css.parser import declarations

SEVERITY = "error"
IN_WEB_VERSION = True

_HINT = "Write text-decoration: underline in styles.css, or make it a button with mj-button."
_HINT_FOR_HEAD = _HINT.replace("styles.css", "dark.css")


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that each link with words is underlined or is a button."""
    for node in page.find("a"):
        if node.element.get("href") is None or not node.all_text or node.is_hidden or _is_button(node):
            continue
        if not node.style.underlined:
            at = own_style_at(page, node, "text-decoration", "text-decoration-line")
            yield Finding(at, "A link is not underlined.", _HINT)
        elif not node.dark.underlined:
            yield Finding(node, "A link is not underlined in dark mode.", _HINT_FOR_HEAD)
        else:
            for view in (view for view, look in node.other_views if not look.underlined):
                yield Finding(node, f"A link is not underlined {view}.", _HINT_FOR_HEAD)
    for node in page.with_text:
        if node.style.underlined and not any(up.tag == "a" for up in (node, *node.parents())):
            at = declared_at(page, node, "text-decoration", "text-decoration-line")
            yield Finding(at, "Words are underlined that are no link.", "Remove the line, or make the words bold.")


def _is_button(node: PageElement) -> bool:
    own = declarations(node.get("style"))
    has_box = node.parent is not None and node.style.background != node.parent.style.background
    has_edge = own.get("border", ("none", False))[0].split()[:1] not in ([], ["none"], ["0"])
    in_box = node.parent is not None and node.parent.tag == "td" and bool(node.parent.get("bgcolor"))
    return node.style.display in ("inline-block", "block") and (has_box or has_edge or in_box)
