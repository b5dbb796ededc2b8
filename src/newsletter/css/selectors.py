"""Divides a list of selectors, such as `h1, .page a:is(:link, :visited)`, into single ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import tinycss2
from tinycss2.ast import Node


@lru_cache(maxsize=1024)
def each_selector(selectors: str) -> tuple[str, ...]:
    """Return the single selectors of a list, without comments and with single spaces.

    A comma in brackets or quotes, as in `:is(h1, h2)`, does not divide.
    """
    tokens = tinycss2.parse_component_value_list(selectors, skip_comments=True)
    return tuple(" ".join(tinycss2.serialize(one).split()) for one in split_at_commas(tokens))


def split_at_commas(tokens: Iterable[Node]) -> Iterator[list[Node]]:
    """Yield the tokens before each comma outside brackets, and those after the last one."""
    part: list[Node] = []
    for token in tokens:
        if token == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part
