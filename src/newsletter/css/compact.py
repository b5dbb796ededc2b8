"""CSS in fewer bytes: without spare white space, units of zero, and rules that match nothing in a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2

Style = dict[str, str]
"""The values of a `style` attribute by property, in order. An important value ends in `!important`."""

_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_DIRECTION = re.compile(r'\[dir="(\w+)"\]')
_SHORT = re.compile(r"([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3", re.IGNORECASE)
_NESTED = re.compile(r"\([^()]*+\)|\[[^\[\]]*+\]")


class _Rule(NamedTuple):
    """One rule: its text, and for each of its selectors the classes and directions that it needs."""

    text: str
    needs: tuple[frozenset[str], ...]


class _Block(NamedTuple):
    """An at-rule with rules in it, such as `@media print`."""

    name: str
    rules: tuple[_Rule | _Block | str, ...]


def read_style(css: str) -> Style:
    """Return the declarations of a `style` attribute. Of two equal properties the important or the last one counts."""
    return dict(_read_style(css))


def write_style(style: Mapping[str, str]) -> str:
    """Return the text of a `style` attribute."""
    return ";".join(f"{name}:{value}" for name, value in style.items())


def compact_sheet(css: str, names: frozenset[str]) -> str:
    """Return a style sheet without spare white space, and without rules that cannot match.

    Args:
        css: the style sheet.
        names: the classes of a page with a dot, such as `.panel`, and its directions, such as `rtl`. Tags and ids may
            come from a mail app, so a selector that needs others of these stays.
    """
    return "".join(_texts(_read_sheet(css), names))


@lru_cache(maxsize=4096)  # the elements of an email have few different styles
def _read_style(css: str) -> tuple[tuple[str, str], ...]:
    style: Style = {}
    for node in tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True):
        if node.type != "declaration":
            continue  # no browser reads it
        name, value = _declaration(node)
        if value.endswith("!important") or not style.get(name, "").endswith("!important"):
            style.pop(name, None)  # a shorthand counts at its last place
            style[name] = value
    return tuple(style.items())


@lru_cache(maxsize=64)  # all pages of a layout have the same style sheets
def _read_sheet(css: str) -> tuple[_Rule | _Block | str, ...]:
    return tuple(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def _rules(nodes: Iterable[Any]) -> Iterator[_Rule | _Block | str]:
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = [_compact(selector, ">") for selector in _split(node.prelude)]
            inside = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            declarations = [":".join(_declaration(each)) for each in inside if each.type == "declaration"]
            yield _Rule(f"{','.join(selectors)}{{{';'.join(declarations)}}}", tuple(map(_needs, selectors)))
        elif node.type == "at-rule" and node.content is not None and node.lower_at_keyword in ("media", "supports"):
            inside = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield _Block(f"@{node.at_keyword} {_compact(node.prelude, '')}", tuple(_rules(inside)))
        else:
            yield node.serialize().strip()


def _needs(selector: str) -> frozenset[str]:
    """Return what a selector needs of a page, as `compact_sheet` takes it; nothing for one that is hard to read."""
    plain = _NESTED.sub("", _DIRECTION.sub("", selector))
    if "\\" in selector or "(" in plain:
        return frozenset()
    return frozenset(f".{name}" for name in _CLASS.findall(plain)) | frozenset(_DIRECTION.findall(selector))


def _texts(rules: Iterable[_Rule | _Block | str], names: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, str):
            yield rule
        elif isinstance(rule, _Block):
            if inside := "".join(_texts(rule.rules, names)):
                yield f"{rule.name}{{{inside}}}"
        elif any(needs <= names for needs in rule.needs):
            yield rule.text


def _declaration(node: Any) -> tuple[str, str]:
    return node.lower_name if not node.name.startswith("--") else node.name, (
        _compact(node.value, ",") + ("!important" if node.important else "")
    )


def _split(tokens: Iterable[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    for token in tokens:
        if token == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _compact(tokens: Iterable[Any], signs: str) -> str:
    """Return tokens as text with single spaces, and none beside some signs. A length of zero has no unit."""
    parts: list[str] = []
    for token in tokens:
        if token.type == "comment":
            continue
        if token.type == "whitespace":
            text = " "
        elif token.type == "dimension" and token.value == 0 and token.lower_unit == "px":
            text = "0"
        else:
            text = token.serialize()
            if token.type == "hash" and (short := _SHORT.fullmatch(token.value)):
                text = "#" + "".join(short.groups())
            elif token.type == "string" and "'" not in text:
                text = f"'{text[1:-1]}'"  # a style attribute is in double quotation marks
        if text == " " and (not parts or parts[-1] in (" ", *signs)):
            continue
        if text in signs and parts and parts[-1] == " ":
            parts.pop()
        parts.append(text)
    return "".join(parts).strip()
