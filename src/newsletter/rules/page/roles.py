"""An element keeps the meaning of its tag: no role takes it away.

With `role="img"`, a screen reader says the name of a picture and none of the words in it. With `role="none"`, a list
is no list and a heading no heading: nobody can jump to it. A paragraph with `role="button"` promises a button.

Bad:
    <p class="lead" role="img" aria-label="Summary">{{ article.summary }}</p>

Good:
    <p class="lead">{{ article.summary }}</p>

WCAG 2.2, 1.3.1 Info and Relationships (A) and 4.1.2 Name, Role, Value (A); ARIA in HTML (W3C), rule 2: do not change
native semantics.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.rules.page._roles import KNOWN_ROLES

SEVERITY = "error"
IN_WEB_VERSION = True

_NO_ROLE = ("presentation", "none")
_TABLES = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
# Without a meaning of their own, so that a role of this list adds one and takes none away.
_CONTAINERS = ("div", "span", "section", "center", "font")
# fmt: off
_OF_CONTAINERS = frozenset([
    *_NO_ROLE, "article", "blockquote", "caption", "cell", "code", "columnheader", "complementary", "definition",
    "deletion", "emphasis", "figure", "generic", "group", "heading", "insertion", "list", "listitem", "mark",
    "navigation", "note", "paragraph", "region", "row", "rowgroup", "rowheader", "strong", "subscript", "superscript",
    "table", "term", "time",
])
# fmt: on
_IMPLICIT = {
    **dict.fromkeys(("ul", "ol", "menu"), "list"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **{"li": "listitem", "a": "link", "p": "paragraph", "blockquote": "blockquote", "hr": "separator", "img": "img"},
    **{"strong": "strong", "em": "emphasis", "sup": "superscript", "sub": "subscript", "figure": "figure"},
}
_HIDE = frozenset(["img", "math", "meter", "progressbar", "separator", "button"])
"""The roles whose content screen readers skip, or read as one name (WAI-ARIA 1.2, "Children Presentational")."""


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report roles that hide words, or take away the meaning of an element."""
    for node in page.with_attribute("role"):
        role = next(iter(node.get("role").lower().split()), "")
        if role not in KNOWN_ROLES or role in ("banner", "contentinfo", "main") or role == _IMPLICIT.get(node.tag):
            continue  # the rule `wrapper` reports what it knows
        if node.tag in _TABLES or (node.tag == "article" and role == "article"):
            yield from _of_table(node, role)
        elif role in _HIDE and node.tag != "img" and node.all_text:
            message = f'role="{role}" on <{node.tag}> hides its words from screen readers.'
            yield Finding(node, message, "Remove the role.")
        elif node.tag in _CONTAINERS:
            yield from _of_container(node, role)
        elif role in _NO_ROLE:
            if node.tag == "img" and not node.get("alt"):
                continue
            message = f'role="{role}" takes away from screen readers that this is <{node.tag}>.'
            yield Finding(node, message, 'Remove the role. A picture that adds nothing has alt="" instead.')
        else:
            yield Finding(node, f"<{node.tag}> says that it is a “{role}”.", "Remove the role, or use its own tag.")


def _of_table(node: PageElement, role: str) -> Iterator[Finding]:
    table = node if node.tag == "table" else node.inside("table")
    is_layout = table is not None and table.get("role").strip().lower() in _NO_ROLE
    if node.tag in ("table", "article") or (is_layout and role in _NO_ROLE):
        return  # the rules `layout-role` and `data-table` report a table
    if role != {"td": "cell", "tr": "row", "th": f"{node.get('scope')}header"}.get(node.tag, "rowgroup"):
        message = f'role="{role}" takes away from screen readers that this is <{node.tag}>.'
        yield Finding(node, message, "Remove the role.")


def _of_container(node: PageElement, role: str) -> Iterator[Finding]:
    if role == "heading" and "aria-level" not in node.attributes:
        yield Finding(node, "A heading has no level.", f'Write <h2> or <h3> instead of <{node.tag} role="heading">.')
    elif role == "listitem" and (node.parent is None or node.parent.get("role") != "list"):
        yield Finding(node, "An item is not in a list.", "Write <ul> and <li>.")
    elif role == "img" and not node.get("aria-label").strip() and "aria-labelledby" not in node.attributes:
        yield Finding(
            node, f"<{node.tag}> is a picture without a name.", 'Write an <img> with an alt, or aria-label="...".'
        )
    elif role not in _OF_CONTAINERS and role != "img":
        yield Finding(node, f"<{node.tag}> says that it is a “{role}”.", "Remove the role, or use its own tag.")
