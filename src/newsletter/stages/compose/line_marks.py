"""Carry the file and line of each element through Jinja2, which keeps no positions: marks in the output hold them.

A mark is `NUL file NUL line NUL`, or without a line the path of the part of the issue that a block shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import jinja2
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from newsletter.edition import Mjml, TemplateSource
from newsletter.issue.model import Issue
from newsletter.problems import Location
from newsletter.source.nodes import KeyPath

_ELEMENT = re.compile(r"<(?=[A-Za-z]|/mj-)")
"""The begin of an element. The end of a component, too: words after it are not where it begins."""
_END = "end"
_MARK = re.compile(r"\x00([^\x00]*)\x00(\d*)\x00(?=(?:<([\w:-]+))?)")
"""A mark: its file or path, its line, and the tag of the element after it."""
_CSS_LINE = re.compile(r"^(?=[ \t]*\S)", re.MULTILINE)


def part_paths(issue: Issue) -> Iterator[tuple[int, str]]:
    """Yield the id() of each value that a block's template can show, and its path in the issue.

    Two blocks with the same words are equal, and yet two parts. The issue holds them all, so each id() stays its own.
    """
    for number, article in enumerate(issue.articles):
        yield id(article.image), f"articles {number} image"
        yield id(article.link), f"articles {number} link"
        for position, item in enumerate(article.content):
            yield id(item.value), f"articles {number} content {position}"


@jinja2.pass_context
def mark_part(context: Mapping[str, Any]) -> str:
    """Return a mark that names the part of the issue that a block's template shows: its variable `block`."""
    block = context.get("block")
    part = context.get("_parts", {}).get(id(block), "") if block is not None else ""
    return f"\x00{part}\x00\x00"


class LineMarks(Extension):
    """Write a mark with file and line at the start of a template, before each element and each line of CSS.

    A block's template begins and ends with one more mark, which names the part that it shows.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template with marks among them."""
        is_block = str(stream.name).startswith("blocks/")
        if is_block:
            kinds = {"variable_begin": "{{", "name": "_part", "lparen": "(", "rparen": ")", "variable_end": "}}"}
            yield from (Token(1, kind, value) for kind, value in kinds.items())
        yield Token(1, "data", f"\x00{stream.name}\x001\x00")
        traced = _CSS_LINE if str(stream.name).endswith(".css") else _ELEMENT
        for token in stream:
            if token.type != "data":
                yield token
                continue
            data, end = "", 0
            for match in traced.finditer(token.value):
                line = token.lineno + token.value.count("\n", 0, match.start())
                data += f"{token.value[end : match.start()]}\x00{stream.name}\x00{line}\x00"
                end = match.start()
            yield Token(token.lineno, "data", data + token.value[end:])
        if is_block:
            # The line is for a fault at the end of the template.
            yield Token(stream.current.lineno, "data", f"\x00{_END}\x00\x00")


def remove_marks(output: str) -> Mjml:
    """Return a filled template without its marks, and with the sources that they name."""
    # NUL cannot come from an issue or a template: neither may have one.
    pieces = _MARK.split(output)
    line, sources = 1 + pieces[0].count("\n"), []
    parts: list[KeyPath | None] = [None]
    location = cache(Location)  # loops come to the same line of a template again and again
    for name, number, tag, piece in zip(*(pieces[start::4] for start in (1, 2, 3, 4)), strict=True):
        if number:
            source = TemplateSource(location(f"templates/{name}", int(number)), parts[-1])
            sources.append((line, tag or "", source))
        elif name == _END and len(parts) > 1:
            parts.pop()
        else:  # a value that is not a part of the issue belongs to the part around it
            path = tuple(int(key) if key.isdigit() else key for key in name.split())
            parts.append(path or parts[-1])
        line += piece.count("\n")
    return Mjml("".join(pieces[::4]), tuple(sources))
