"""CSS in fewer bytes: without spare white space, units of zero, and rules that match nothing in a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

import tinycss2

from newsletter.css.selectors import split_at_commas

Style = MappingProxyType[str, str]
"""The values of a `style` attribute by property, in order. An important value ends in `!important`.

A property that has a value for older mail apps, too, has all of them: `#EEE;color:rgb(255 255 255 / 90%)` for `color`.
"""

_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_TAG = re.compile(r"(?<![\w.#:-])[a-z][\w-]*+")
_DIRECTION = re.compile(r'\[dir="(\w+)"\]')
_SHORT = re.compile(r"([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3", re.IGNORECASE)
_ARGUMENTS = re.compile(r"\([^()]*+\)")
# One that a mail app does not know, such as `:is()`, drops the others of its rule.
_PLAIN_SELECTOR = re.compile(r"[\w\s.>-]++")
_ATTRIBUTE = re.compile(r"\[[^\[\]]*+\]")
# Values that every mail app reads, so that of two of one kind the first one is never used.
_PLAIN = (
    re.compile(r"(?:#(?:[0-9a-f]{3}){1,2}|black|blue|green|red|white)(?:!important)?", re.IGNORECASE),
    re.compile(r"(?<![0-9])(?:0|[0-9]++px)(?:!important)?", re.IGNORECASE),
)
# Mail apps put these around an email, so that they are in no page.
_CLASSES_OF_MAIL_APPS = frozenset(
    f".{name}"
    for name in (
        "ExternalClass", "ReadMsgBody", "aolReplacedBody", "apple-mail", "gmail_default", "gmail_msg", "gmail_quote",
        "ii", "im", "moz-text-flowed", "moz-text-html", "moz-text-plain", "yshortcuts",
    )
)  # fmt: skip
# No mail app puts these around or into the words of an email.
_OF_AUTHORS = frozenset(["caption", "dd", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "th", "thead"])
# A zero without a unit is another kind of value there: a factor.
_WITH_UNIT = ("flex", "-webkit-flex", "-ms-flex")


class _Rule(NamedTuple):
    """One rule: its selectors, each with the tags, classes and directions that it needs, and its declarations."""

    selectors: tuple[tuple[str, frozenset[str]], ...]
    content: str


class _Block(NamedTuple):
    """An at-rule with rules in it, such as `@media print`."""

    name: str
    rules: tuple[_Rule | _Block | str, ...]


@lru_cache(maxsize=4096)  # the elements of an email have few different styles
def read_style(css: str) -> Style:
    """Return the declarations of a `style` attribute. Of two values of a property the important or the last one counts,
    and the other stays with it if some mail app may need it.
    """
    return MappingProxyType(dict(_declarations(css)))


def write_style(style: Mapping[str, str]) -> str:
    """Return the text of a `style` attribute."""
    return ";".join(f"{name}:{value}" for name, value in style.items())


def compact_sheet(css: str, names: frozenset[str]) -> str:
    """Return a style sheet without spare white space, and without selectors and rules that cannot match.

    Args:
        css: the style sheet.
        names: the tags of a page, its classes with a dot, such as `.panel`, and its directions, such as `rtl`. Some
            tags, and ids, may come from a mail app, so a selector that needs others of these stays.
    """
    return "".join(_texts(_read_sheet(css), names))


def _declarations(css: str) -> Iterator[tuple[str, str]]:
    style: dict[str, list[str]] = {}
    important: set[str] = set()
    for node in tinycss2.parse_blocks_contents(css, skip_whitespace=True):
        if node.type != "declaration":
            continue  # no browser reads it
        name, value = _declaration(node)
        values = style.setdefault(name, [])
        values.append(value)
        if node.important or name not in important:
            style[name] = style.pop(name)  # a shorthand counts at its last place
        if node.important:
            important.add(name)
    return ((name, f";{name}:".join(_needed(values))) for name, values in style.items())


def _needed(values: list[str]) -> list[str]:
    """Return the value of a property that counts, after those that count where a mail app cannot read it."""
    ordered = sorted(values, key=lambda value: value.endswith("!important"))
    last = ordered[-1]
    kinds = [kind for kind in _PLAIN if kind.fullmatch(last)]
    first = dict.fromkeys(each for each in ordered if each != last and not any(kind.fullmatch(each) for kind in kinds))
    return [*first, last]


@lru_cache(maxsize=64)  # all pages of a layout have the same style sheets
def _read_sheet(css: str) -> tuple[_Rule | _Block | str, ...]:
    return tuple(_rules(tinycss2.parse_stylesheet(css, skip_whitespace=True)))


def _rules(nodes: Iterable[Any]) -> Iterator[_Rule | _Block | str]:
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = [_compact(selector, ">") for selector in split_at_commas(node.prelude)]
            inside = tinycss2.parse_blocks_contents(node.content, skip_whitespace=True)
            declarations = [each for each in inside if each.type == "declaration"]
            if all(each.type in ("declaration", "comment") for each in inside):
                content = ";".join(":".join(_declaration(each)) for each in declarations)
            else:
                content = tinycss2.serialize(node.content).strip()  # of rules in the rule, for example
            yield _Rule(tuple((selector, _needs(selector)) for selector in selectors), content)
        elif node.type == "at-rule" and node.content is not None and node.lower_at_keyword in ("media", "supports"):
            inside = tinycss2.parse_rule_list(node.content, skip_whitespace=True)
            yield _Block(f"@{node.at_keyword} {_compact(node.prelude, '')}", tuple(_rules(inside)))
        elif node.type not in ("comment", "error"):  # an error is a selector without a block, which no mail app reads
            yield node.serialize().strip()


def _needs(selector: str) -> frozenset[str]:
    """Return what a selector needs of a page, as `compact_sheet` takes it; nothing for one that is hard to read."""
    outside = _ARGUMENTS.sub("", selector)  # `:not(.a)` needs no `.a`
    plain = _ATTRIBUTE.sub("", outside)
    if any(sign in selector for sign in "\\&") or any(sign in plain for sign in "()[]\"'"):
        return frozenset()
    classes = frozenset(f".{name}" for name in _CLASS.findall(plain)) - _CLASSES_OF_MAIL_APPS
    tags = _OF_AUTHORS.intersection(_TAG.findall(plain.lower()))
    return classes | tags | frozenset(direction.lower() for direction in _DIRECTION.findall(outside))


def _texts(rules: Iterable[_Rule | _Block | str], names: frozenset[str]) -> Iterator[str]:
    needed = (_without_others(rule, names) if isinstance(rule, _Rule) else rule for rule in rules)
    for rule in _with_joined_rules(rule for rule in needed if rule is not None):
        if isinstance(rule, str):
            yield rule
        elif isinstance(rule, _Block):
            if inside := "".join(_texts(rule.rules, names)):
                yield f"{rule.name}{{{inside}}}"
        else:
            yield f"{','.join(selector for selector, _ in rule.selectors)}{{{rule.content}}}"


def _without_others(rule: _Rule, names: frozenset[str]) -> _Rule | None:
    """Return a rule without the selectors that match nothing; None if it has no others, or says nothing."""
    selectors = tuple(selector for selector in rule.selectors if selector[1] <= names)
    return rule._replace(selectors=selectors) if selectors and rule.content else None


def _with_joined_rules(rules: Iterable[_Rule | _Block | str]) -> list[_Rule | _Block | str]:
    """Write rules that follow each other and say the same as one, if each mail app reads all their selectors."""
    joined: list[_Rule | _Block | str] = []
    for rule in rules:
        last = joined[-1] if joined else None
        if isinstance(rule, _Rule) and isinstance(last, _Rule) and rule.content == last.content:
            selectors = last.selectors + rule.selectors
            if all(_PLAIN_SELECTOR.fullmatch(selector) for selector, _ in selectors):
                joined[-1] = last._replace(selectors=selectors)
                continue
        joined.append(rule)
    return joined


def _declaration(node: Any) -> tuple[str, str]:
    important = "!important" if node.important else ""
    if node.name.startswith("--"):  # nobody knows where its value goes
        return node.name, tinycss2.serialize(node.value).strip() + important
    return node.lower_name, _compact_value(node.value, has_units=node.lower_name in _WITH_UNIT) + important


def _compact_value(tokens: Iterable[Any], *, has_units: bool) -> str:
    """Return the value of a property with short colours and, unless it needs them, without units of zero."""
    return _joined((_short(token, has_units=has_units) for token in tokens), ",")


def _short(token: Any, *, has_units: bool) -> str:
    if token.type in ("comment", "whitespace"):
        return " "  # a comment parts two values, too
    if token.type == "dimension" and token.value == 0 and token.lower_unit == "px" and not has_units:
        return "0"
    if token.type == "hash" and (short := _SHORT.fullmatch(token.value)):
        return "#" + "".join(short.groups())
    return _text(token)


def _compact(tokens: Iterable[Any], signs: str) -> str:
    """Return tokens as text with single spaces, and none beside some signs."""
    return _joined(
        (" " if token.type == "whitespace" else _text(token) for token in tokens if token.type != "comment"), signs
    )


def _text(token: Any) -> str:
    text = str(token.serialize())
    # A style attribute is in double quotation marks.
    return f"'{text[1:-1]}'" if token.type == "string" and "'" not in text else text


def _joined(texts: Iterable[str], signs: str) -> str:
    parts: list[str] = []
    for text in texts:
        if text == " " and (not parts or parts[-1] in (" ", *signs)):
            continue
        if text in signs and parts and parts[-1] == " ":
            parts.pop()
        parts.append(text)
    return "".join(parts).strip()
