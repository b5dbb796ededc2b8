"""The web version has one main part with all articles in it, and no words outside its parts.

With one key, a screen reader jumps to the main part of a page, or lists all parts. If there are two main parts, people
do not know which one has the news. Words outside every part are skipped by those who go from part to part.

Bad:
    <div id="main">{{ main }}</div>

Good:
    <main id="main" tabindex="-1">{{ main }}</main>

WCAG 2.2, 1.3.1 Info and Relationships (A), technique ARIA11; HTML Living Standard, 4.4.14: a document has one visible
<main>. An email has none: the rule `wrapper`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from newsletter.check.nodes import PageElement
from newsletter.check.rule import Finding
from newsletter.check.web_page import ParsedWebPage
from newsletter.rules.page._roles import landmark

SEVERITY = "error"

_LANDMARKS = ("banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search")
_TAGS = ("nav", "aside", "search")


def check(page: ParsedWebPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report a main part that is missing, not alone or without the articles, and words outside every landmark."""
    body = next(page.find("body"), page.root)
    parts = [(landmark(node), node) for node in page.nodes if not node.is_hidden]
    mains = [node for name, node in parts if name == "main"]
    articles = set(page.find("article"))
    main = next((node for node in mains if articles & {*node.walk()}), None)
    if not mains:
        hint = 'Write <main id="main" tabindex="-1"> around {{ main }} in web.html.'
        yield Finding(body, "The web version has no <main>.", hint)
    elif main is None:
        yield Finding(mains[0], "The articles are not in <main>.", "Write {{ main }} between <main> and </main>.")
    else:
        yield from _more_than_one("main", [main, *(node for node in mains if node is not main)])
        yield from _more_than_one("header", [node for name, node in parts if name == "banner"])
        yield from _more_than_one("footer", [node for name, node in parts if name == "contentinfo"])
        yield from _outside(page, body)


def _more_than_one(what: str, nodes: Sequence[PageElement]) -> Iterator[Finding]:
    for node in nodes[1:]:
        yield Finding(node, f"The web version has a second <{what}>.", "Write a <div> instead, without that role.")


def _outside(page: ParsedWebPage, body: PageElement) -> Iterator[Finding]:
    for node in body.children:
        if not _is_part(node) and node is not page.skip_link and _loose(node):
            hint = "Put them into <header>, <main> or <footer>."
            yield Finding(node, "There are words outside the parts of the web version.", hint)
    if body.text:
        yield Finding(body, "There are words outside the parts of the web version.", "Put them into <main>.")


def _is_part(node: PageElement) -> bool:
    return bool(landmark(node)) or node.tag in _TAGS or node.get("role").strip().lower() in _LANDMARKS


def _loose(node: PageElement) -> bool:
    """Check whether an element has visible words that are in no part."""
    if node.is_silent or _is_part(node):
        return False
    return bool(node.text) or any(_loose(child) for child in node.children)
