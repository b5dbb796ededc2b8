"""Finds the rule of a style sheet or the element that gave an element one of its styles.

A fault in one line of `styles.css` is in hundreds of elements. It is one finding if all of them have the location of
that line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from newsletter.check.cached_on_argument import cached_on_argument
from newsletter.check.nodes import PageElement
from newsletter.check.page import ParsedPage
from newsletter.check.rule import HasLocation, Located
from newsletter.css.matching import match_rules
from newsletter.css.media import OTHER_VIEWS
from newsletter.css.parser import StyleRule, cascade, declarations

# The beginnings of the names of properties that an element inherits, as far as rules ask for them. A background is not
# inherited, but seen through the elements on it.
_INHERITED = ("font", "color", "background", "line-height", "text-align", "text-transform", "white-space", "direction")

# The stage `slim` writes the shorter form of these as the longer one.
_SHORTHANDS = {"background-color": "background"}


def declared_at(page: ParsedPage, node: PageElement, *names: str) -> HasLocation:
    """Return the location of the style that an element has or inherits.

    Args:
        page: the page.
        node: an element of the page.
        names: the properties, such as `font-family`; one is enough.

    Returns:
        The rule of the style sheet that gave it; or the element whose attribute has the style; or the element itself.
    """
    owners = [node, *(node.parents() if any(map(_is_inherited, names)) else ())]
    return _declared_at(page, owners, names)


def own_style_at(page: ParsedPage, node: PageElement, *names: str) -> HasLocation:
    """Return the location of a style that an element itself has; arguments and result as of `declared_at`."""
    return _declared_at(page, [node], names)


def view_rule_at(page: ParsedPage, node: PageElement, view: str, *names: str) -> HasLocation | None:
    """Return the location of the rule in the head that gives an element a style in a view alone; None if none does.

    Args:
        page: the page.
        node: an element of the page.
        view: such as `dark`; see `StyleRule.views`.
        names: the properties, such as `color`; one is enough.
    """
    for owner in (node, *(node.parents() if any(map(_is_inherited, names)) else ())):
        rules = [rule for rule in _matches_of_head(page).get(owner.element, ()) if view in rule.views]
        winner = cascade(*(rule.declarations for rule in rules), owner.get("style"))
        values = [(rule, declarations(rule.declarations)) for rule in reversed(rules)]
        for name in (name for name in names if name in winner):
            rule = next((rule for rule, own in values if own.get(name) == winner[name]), None)
            if rule and (rule.changes(view, "light") or rule.changes(view, OTHER_VIEWS.get(view, "light"))):
                return page.at(rule)
        if winner.keys() & {*names}:
            return None
    return None


def _declared_at(page: ParsedPage, owners: Sequence[PageElement], names: Sequence[str]) -> HasLocation:
    rule, owner, name, value = _where_set(page, owners, names)
    if rule:
        return page.at(rule)
    return (_in_attributes(page, name, value) if name else None) or owner


def rule_at(page: ParsedPage, node: PageElement, *names: str, value: str = "") -> HasLocation | None:
    """Return the location of the rule of a style sheet that gave an element a style; None if no rule did.

    The attributes of `<mj-attributes>` are such a rule, too.

    Args:
        page: the page.
        node: an element of it.
        names: the CSS properties; what is nearest to the element counts.
        value: the one that an attribute of `<mj-attributes>` must have to count.
    """
    owners = [node, *(node.parents() if any(map(_is_inherited, names)) else ())]
    rule, _, own_name, own_value = _where_set(page, owners, names)
    if rule:
        return page.at(rule)
    return _in_attributes(page, own_name, own_value) if own_name and own_value == value else None


def _where_set(
    page: ParsedPage, owners: Sequence[PageElement], names: Sequence[str]
) -> tuple[StyleRule | None, PageElement, str, str]:
    """Return the rule that gave the first of some elements a style, or None and the element, property and value."""
    node = owners[0]
    inherited = list(filter(_is_inherited, names))
    for owner in owners:
        own = declarations(owner.get("style"))
        for name in names if owner is node else inherited:
            rules = _declaring(page, owner, name)
            if name in own:
                # The engine that inlines counts some selectors in another way than CSS: the value says which rule won.
                rule = next((rule for rule, value in rules if _plain(value) == _plain(own[name][0])), None)
                return rule, owner, "" if rules else name, own[name][0]
            if rules:
                return rules[0][0], owner, name, ""
        # These attributes give styles, too.
        if inherited and (owner.tag == "font" or ("bgcolor" in owner.attributes and "background-color" in names)):
            return None, owner, "", ""
    return None, node, "", ""


def _is_inherited(name: str) -> bool:
    return name.startswith(_INHERITED)


def _declaring(page: ParsedPage, node: PageElement, name: str) -> list[tuple[StyleRule, str]]:
    """Return the rules that give an element a property, each with the value, the one that wins in CSS first."""
    names = (name, _SHORTHANDS.get(name, ""))
    rules = [(rule, declarations(rule.declarations)) for rule in reversed(_matches(page).get(node.element, ()))]
    return [(rule, own[each][0]) for rule, own in rules for each in names if each in own]


def _in_attributes(page: ParsedPage, name: str, value: str) -> HasLocation | None:
    """Return the line of `<mj-attributes>` that gives a style to all elements of a kind, unless others set it, too."""
    head, _, body = page.edition.mjml.partition("<mj-body")
    attribute = re.compile(rf'\s{re.escape(name)}="([^"]*)"')
    start = head.find("<mj-attributes>")
    general = next((match for match in attribute.finditer(head, start) if _plain(match[1]) == _plain(value)), None)
    if general is None or start < 0 or any(_plain(match[1]) == _plain(value) for match in attribute.finditer(body)):
        return None
    return Located(page.edition.mjml.source(head.count("\n", 0, general.start(1)) + 1).location)


@cached_on_argument
def _matches(page: ParsedPage) -> dict[etree._Element, tuple[StyleRule, ...]]:
    """Return the rules of the style sheets that gave styles, by the elements that they match."""
    return match_rules(page.tree, [rule for rule in page.declared if not rule.media])


@cached_on_argument
def _matches_of_head(page: ParsedPage) -> dict[etree._Element, tuple[StyleRule, ...]]:
    return match_rules(page.tree, page.sheet)


def _plain(value: str) -> str:
    """Return a value without what differs if another program writes it."""
    bare = re.sub(r"(?<![\d.])0(?=\.)|[\s\"']+", "", value).lower()
    return re.sub(r"#([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3(?![0-9a-f])", r"#\1\2\3", bare)
