"""A list in a template is a real list, with its items in it.

A screen reader says "list, 3 items", and people can skip to its end. Lines that begin with typed signs are not a list.
Items outside a list are read as one long paragraph. In Safari and in Apple Mail, a list without its signs
(`list-style: none`) is no list, unless it says `role="list"`. The rule `fake-list` is the same for editors' texts.

Bad:
    <p>• {{ block.first }}<br />• {{ block.second }}</p>

Good:
    <ul><li>{{ block.first }}</li><li>{{ block.second }}</li></ul>

WCAG 2.2, 1.3.1 Info and Relationships (A); technique H48; AccessibilityList.cpp of WebKit, for lists without
signs.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding, HasLocation
from newsletter.check.style_location import declared_at
from newsletter.css.matching import match_rules
from newsletter.css.parser import declarations
from newsletter.rules.issue._list_marks import is_next, marks
from newsletter.rules.page._lines import is_written, lines, paragraphs, words

SEVERITY = "error"
IN_WEB_VERSION = True

_SPACED = re.compile(r"^([-*]) +(?=[^\W\d])")
"""A hyphen and a space, which Markdown reads as an item of a list, and a template does not."""
_HARD_NUMBERS = re.compile(r"(?:upper|lower)-(?:roman|greek)|armenian|georgian|hebrew|cjk-.*|ethiopic.*")
_ROMAN_TYPES = ("I", "i")
_HINT = "Write <ul><li>...</li></ul>, or <ol> for numbers, without the signs."

_MARKERS = ("list-style", "list-style-type", "list-style-image")
_NUMBERS = "Write list-style-type: decimal, or remove it."


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report items outside a list, and lines of neighbouring paragraphs that begin with signs."""
    for node in page.find("li"):
        if node.parent and node.parent.tag not in ("ul", "ol", "menu") and node.parent.get("role") != "list":
            yield Finding(node, "An item is not in a list.", "Write <ul> or <ol> around all items of the list.")
    for node in page.find("ul", "ol", "dl"):
        yield from _not_items(node)
    for group in _groups(page):
        rows = [(_SPACED.sub(r"\1", words(line)), node) for node in group for line in lines(node)]
        typed = list(marks(row for row, _ in rows))
        goes_on = False
        for first, second in pairwise(typed):
            was, goes_on = goes_on, second.line == first.line + 1 and is_next(first, second)
            node = rows[first.line][1]
            if goes_on and not was and not is_written(node, page):
                message = f"These lines begin with “{first.sign}”, but are not a list for screen readers."
                yield Finding(node, message, _HINT)
    yield from _without_signs(page)
    yield from _apart(page)
    yield from _hard_to_hear(page)


def _not_items(around: PageElement) -> Iterator[Finding]:
    """Report what is in a list and is no item, and what a list of terms says about none."""
    allowed = ("dt", "dd", "div") if around.tag == "dl" else ("li",)
    for node in around.children:
        if node.tag not in allowed and node.all_text:
            hint = f"Write it into {' or '.join(f'<{tag}>' for tag in allowed[:2])}, or outside of the list."
            yield Finding(node, f"<{node.tag}> is in a list, but is no item.", hint)
    if around.tag == "dl" and around.children and around.children[0].tag == "dd":
        yield Finding(around, "A list of terms begins without a term.", "Write <dt> before each <dd>, or use <ul>.")


def _without_signs(page: ParsedPage) -> Iterator[Finding]:
    """Report each style that takes the signs, and so for Safari the meaning, from a list without a role."""
    rules = [rule for rule in page.sheet if _takes_signs(rule.declarations) and "print" not in rule.media]
    matches = match_rules(page.tree, rules) if rules else {}
    for node in page.find("ul", "ol", "menu", "li"):
        around = node.parent if node.tag == "li" else node
        if around is None or "role" in around.attributes:  # another role than a list is reported by the rule `roles`
            continue
        places: list[HasLocation] = [page.at(rule) for rule in matches.get(node.element, ())]
        if _takes_signs(node.get("style")):
            places.append(declared_at(page, node, "list-style-type", "list-style"))
        for where in places:
            hint = 'Write role="list" on the <ul> or <ol>, or keep the signs.'
            yield Finding(where, "In Safari and Apple Mail, a list without signs is not called a list.", hint)


def _apart(page: ParsedPage) -> Iterator[Finding]:
    """Report a list of one item directly after another, of a template: a screen reader says “list, 1 item” for each."""
    for node in page.find("ul", "ol"):
        before = node.element.getprevious()
        if before is None or before.tag != node.tag or (before.tail or "").strip() or node.is_hidden:
            continue
        if len(before) == len(node.children) == 1 and not is_written(node, page):
            yield Finding(node, "Lists of one item follow each other.", "Write one list around all items.")


def _hard_to_hear(page: ParsedPage) -> Iterator[Finding]:
    """Report Roman and Greek numbers, and pictures instead of signs, in styles and in the attribute `type`."""
    for node in page.find("ol", "li"):
        if node.get("type") in _ROMAN_TYPES:
            yield Finding(node, "The numbers of this list are Roman. They are heard as letters.", _NUMBERS)
    for rule in page.sheet:
        if "print" not in rule.media and (fault := _marker(rule.declarations)):
            yield Finding(page.at(rule), *fault)
    for node in page.style_contains("list-style"):
        if fault := _marker(node.get("style")):
            yield Finding(declared_at(page, node, "list-style-type", "list-style", "list-style-image"), *fault)


def _marker(css: str) -> tuple[str, str] | None:
    """Return what is wrong with the signs of a list, and a hint; None if nothing is."""
    own = declarations(css) if "list-style" in css else {}
    values = " ".join(own[name][0].lower() for name in _MARKERS if name in own)
    if any(map(_HARD_NUMBERS.fullmatch, values.split())):
        return "The numbers of a list are Roman or Greek. They are heard as letters.", _NUMBERS
    if "url(data:" in re.sub(r"[\s\"']", "", values):
        return "The signs of a list are pictures, which keep their colours in dark mode.", "Write disc, or remove it."
    return None


def _takes_signs(css: str) -> bool:
    own = declarations(css) if "list-style" in css else {}
    values = " ".join(own[name][0].lower() for name in ("list-style", "list-style-type") if name in own)
    return "none" in values.split() and "url(" not in values


def _groups(page: ParsedPage) -> Iterator[list[PageElement]]:
    """Return groups of paragraphs that follow each other directly."""
    group: list[PageElement] = []
    for node in paragraphs(page):
        if group and not _are_neighbours(group[-1], node):
            yield group
            group = []
        group.append(node)
    yield group


def _are_neighbours(one: PageElement, other: PageElement) -> bool:
    around = one.parent
    if around is None or other.parent is not around:
        return False
    return around.children.index(other) == around.children.index(one) + 1
