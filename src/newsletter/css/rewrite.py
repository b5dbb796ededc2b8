"""Changes to values in CSS. Everything else keeps its text, with comments and white space."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import tinycss2

CssToken = Any
"""A component value of tinycss2, which has no types."""

ChangeValue = Callable[[str, list[CssToken]], Iterable[CssToken]]
"""Takes a property's name in lower case and the tokens of its value; returns the tokens to write."""

_ABSOLUTE_UNITS = frozenset({"px", "pt", "pc", "in", "cm", "mm", "q"})
# In px, at the browser's own medium of 16: https://www.w3.org/TR/css-fonts-4/#absolute-size-mapping
_SIZE_KEYWORDS = {"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32}


def rewrite(css: str, change: ChangeValue) -> str:
    """Return a style sheet, or the text of a `style` attribute, with the value of each declaration changed."""
    values = css_tokens(css)
    _keep_quotes(values, re.split(r"\r\n|[\r\n\f]", css))
    text: str = tinycss2.serialize(_rewrite(values, change))
    return text


def scale_text(css: str, scale: Callable[[str, float, str], float]) -> str:
    """Return CSS with other sizes of text and heights of lines: those in `font-size`, `line-height` and `font`.

    Args:
        css: a style sheet, or the text of a `style` attribute.
        scale: takes "font-size" or "line-height", a number and its absolute unit, such as "px"; returns the number to
            write. Keywords such as `medium` become px. Relative sizes, such as `1.5em`, follow from the others.
    """

    def change(name: str, value: list[CssToken]) -> Iterable[CssToken]:
        return _scaled(name, value, scale) if name in ("font-size", "line-height", "font") else value

    return rewrite(css, change)


def rewrite_blocks(sheet: str, change: Callable[[str], str]) -> str:
    """Return a style sheet with the declarations in the braces of each rule changed, also of rules inside `@media`.

    Args:
        sheet: the style sheet. A brace in a string, an address or a comment ends nothing.
        change: takes the text between two braces, and returns the one to write.
    """
    values = css_tokens(sheet)
    _keep_quotes(values, re.split(r"\r\n|[\r\n\f]", sheet))
    return "".join(_with_blocks(values, change))


def _with_blocks(values: Iterable[CssToken], change: Callable[[str], str]) -> Iterator[str]:
    for token in values:
        if token.type != "{} block":
            yield token.serialize()
        elif any(inside.type == "{} block" for inside in token.content):
            yield f"{{{''.join(_with_blocks(token.content, change))}}}"
        else:
            yield f"{{{change(tinycss2.serialize(token.content))}}}"


def css_tokens(css: str) -> list[CssToken]:
    """Return CSS as tokens."""
    return list(tinycss2.parse_component_value_list(css))


def replace_tokens(values: Iterable[CssToken], replace: Callable[[CssToken], CssToken | None]) -> Iterator[CssToken]:
    """Replace tokens, those inside functions and brackets too.

    Args:
        values: the tokens.
        replace: takes a token and returns the one to write, or None to keep it.
    """
    for token in values:
        new = replace(token)
        if new is None and token.type == "function":
            token.arguments = list(replace_tokens(token.arguments, replace))
        elif new is None and token.type == "() block":
            token.content = list(replace_tokens(token.content, replace))
        yield token if new is None else new


def _scaled(name: str, value: list[CssToken], scale: Callable[[str, float, str], float]) -> Iterator[CssToken]:
    # In `font: bold 18px/27px Arial` the length after the slash is the height of a line.
    slash = next((position for position, token in enumerate(value) if token == "/"), len(value))
    parts = (("font-size", value[:slash]), ("line-height", value[slash:])) if name == "font" else ((name, value),)
    for part, values in parts:

        def replace(token: CssToken, part: str = part) -> CssToken | None:
            if token.type == "dimension" and token.lower_unit in _ABSOLUTE_UNITS:
                return _length(scale(part, token.value, token.lower_unit), token.unit)
            if token.type == "ident" and token.lower_value in _SIZE_KEYWORDS:
                return _length(scale(part, _SIZE_KEYWORDS[token.lower_value], "px"), "px")
            return None

        yield from replace_tokens(values, replace)


def _length(number: float, unit: str) -> CssToken:
    (token,) = css_tokens(f"{number:g}{unit}")
    return token


def _rewrite(values: Iterable[CssToken], change: ChangeValue) -> list[CssToken]:
    result: list[CssToken] = []
    part: list[CssToken] = []
    for token in values:
        if token.type == "{} block":  # what precedes it is a selector or a media query
            token.content = _rewrite(token.content, change)
            result += [*part, token]
            part = []
        elif token == ";":
            result += [*_declaration(part, change), token]
            part = []
        else:
            part.append(token)
    return [*result, *_declaration(part, change)]


def _declaration(part: Sequence[CssToken], change: ChangeValue) -> Sequence[CssToken]:
    colon = next((position for position, token in enumerate(part) if token == ":"), 0)
    names = [token for token in part[:colon] if token.type not in ("whitespace", "comment")]
    if [token.type for token in names] != ["ident"]:
        return part
    return [*part[: colon + 1], *change(names[0].lower_value, list(part[colon + 1 :]))]


def _keep_quotes(values: Iterable[CssToken], lines: Sequence[str]) -> None:
    """Let strings in single quotes stay in them: tinycss2 would write double ones."""
    for token in values:
        if token.type == "string" and lines[token.source_line - 1][token.source_column - 1] == "'":
            text = token.representation[1:-1].replace('\\"', '"').replace("'", "\\'")
            token.representation = f"'{text}'"
        for inside in ("arguments", "content"):
            _keep_quotes(getattr(token, inside, None) or (), lines)
