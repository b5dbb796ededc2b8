"""Write what most elements of a tag say as a rule of the head, where an email is also right without it.

A mail app may drop the style sheets: Gmail on phones does, for accounts that are not Google's. There, elements look as
in a page without styles: paragraphs are 18 px apart and not 16, items of a list have no gap between them, and lines of
a heading are further apart. So colours and sizes stay in the elements, and so do the margins of lists and headings, and
the padding that makes a link 24 px high for a finger.

Source: https://www.caniemail.com/features/html-style/
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from lxml import etree

from newsletter.css.compact import write_style
from newsletter.css.matching import match_rules
from newsletter.css.parser import StyleRule, declarations
from newsletter.stages.slim.elements import drop_values, style_of
from newsletter.stages.slim.important import rules_of_page

_SHARED = {
    "dd": ("margin",),
    "h1": ("font-weight", "line-height"),
    "h2": ("font-weight", "line-height"),
    "h3": ("font-weight", "line-height"),
    "img": ("border-radius", "line-height"),
    "li": ("margin",),
    "p": ("margin",),
}
"""The properties without which an email is right, too, by tag."""

_NAMES = frozenset(name for names in _SHARED.values() for name in names)


def share_tag_styles(root: etree._Element) -> None:
    """Write the most frequent value of some properties into a rule for the tag, and remove it from the elements.

    All elements of the tag have a value of their own before that, so that the rule gives none to others. Those with
    another value keep it, because a style counts more than a rule.
    """
    elements: defaultdict[str, list[etree._Element]] = defaultdict(list)
    for element in next(root.iter("body")).iter(*_SHARED):
        elements[str(element.tag)].append(element)
    ruled = _ruled(root)
    comments = "".join(comment.text or "" for comment in root.iter(etree.Comment)).lower()
    css = ""
    for tag, together in sorted(elements.items()):
        if f"<{tag} " in comments or f"<{tag}>" in comments:  # nobody knows the style of those in a comment
            continue
        names = [name for name in _SHARED[tag] if name not in ruled[tag]]
        shared = {name: value for name in names if (value := _worth_a_rule(together, tag, name))}
        for element in together:
            drop_values(element, shared)
        css += f"{tag}{{{write_style(shared)}}}" if shared else ""
    sheets = list(next(root.iter("head")).iter("style"))
    if css and sheets:
        sheets[-1].text = f"{sheets[-1].text or ''}{css}"


def _worth_a_rule(elements: Sequence[etree._Element], tag: str, name: str) -> str | None:
    """Return the most frequent value of a property; None if an element has none, or if a rule would be longer."""
    values = Counter(style_of(element).get(name, "") for element in elements)
    value, count = values.most_common(1)[0]
    if "" in values or any(sign in value for sign in "!;"):
        return None
    declaration = f"{name}:{value};"
    return value if count * len(declaration) > len(f"{tag}{{{declaration}}}") else None


def _ruled(root: etree._Element) -> Mapping[str, set[str]]:
    """Return the properties that rules of the head give to elements whose style does not say another value, by tag."""
    setters = _setters(tuple(rules_of_page(root)))
    ruled: defaultdict[str, set[str]] = defaultdict(set)
    for element, together in match_rules(root, list(setters)).items():
        ruled[str(element.tag)].update(name for rule in together for name in setters[rule])
    return ruled


@lru_cache(maxsize=16)  # all pages of a layout have the same rules
def _setters(rules: tuple[StyleRule, ...]) -> Mapping[StyleRule, frozenset[str]]:
    """Return the rules that are not important and set a property of `_SHARED`, each with these properties."""
    setters: dict[StyleRule, frozenset[str]] = {}
    for rule in rules:
        others = [name for name, (_, important) in declarations(rule.declarations).items() if not important]
        if names := frozenset(name for name in _NAMES if any(_sets(other, name) for other in others)):
            setters[rule] = names
    return setters


def _sets(other: str, name: str) -> bool:
    """Check whether a declaration of one property sets another one, or a part of it."""
    is_corner = name == "border-radius" and other.endswith("-radius")
    return other in ("all", name) or other.startswith(f"{name}-") or is_corner
