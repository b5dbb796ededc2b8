"""Roles of WAI-ARIA, and the landmarks that a page has once."""

from newsletter.check.page import PageElement

_ROLES = ("main", "banner", "contentinfo")
_LANDMARKS = {"header": "banner", "footer": "contentinfo"}
LANDMARK_TAGS = ("main", *_LANDMARKS)
"""The elements that can be such a landmark."""

# fmt: off
KNOWN_ROLES = frozenset([
    "article", "banner", "blockquote", "button", "caption", "cell", "code", "columnheader", "complementary",
    "contentinfo", "definition", "deletion", "document", "emphasis", "figure", "form", "generic", "group", "heading",
    "img", "insertion", "link", "list", "listitem", "main", "mark", "math", "meter", "navigation", "none", "note",
    "paragraph", "presentation", "progressbar", "region", "row", "rowgroup", "rowheader", "search", "separator",
    "strong", "subscript", "superscript", "table", "term", "time",
])
# fmt: on
"""The roles of WAI-ARIA 1.2 that elements of an email can have."""

_SECTIONS = ("article", "aside", "main", "nav", "section")


def landmark(node: PageElement) -> str:
    """Return the role of a landmark that an element has at most once in a page of a website; empty without one."""
    if node.is_main:
        return "main"
    role = node.get("role").strip().lower()
    if role in _ROLES:
        return role
    if role or node.tag not in _LANDMARKS:
        return ""
    is_within = any(up.tag in _SECTIONS or up.get("role") == "article" for up in node.parents())
    return "" if is_within else _LANDMARKS[node.tag]
