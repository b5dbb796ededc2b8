"""Find links whose address is in a line of its own: `[our page][1]` and `[1]: https://...`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_REFERENCE = re.compile(r"(?<![\\\]])\[(?!\^)(?P<words>[^\[\]\n]*+)\](?:\[(?P<label>[^\[\]\n]*+)\])?(?![(:\[])")
_DEFINITION = re.compile(r"^[ \t]*\[(?P<label>[^\[\]\n]++)\]:[ \t]*<?(?P<address>[^\s<>]++)", re.MULTILINE)


@dataclass(frozen=True)
class Reference:
    """The use of an address that is elsewhere: where it begins, its characters, its words and its address if known."""

    start: int
    typed: str
    words: str
    address: str | None


def references(source: str) -> Iterator[Reference]:
    """Return each use in the source of a text. Numbers in brackets, such as [1][2], need an address to be one."""
    addresses = {match["label"].casefold(): match["address"] for match in _DEFINITION.finditer(source)}
    for use in _REFERENCE.finditer(source):
        address = addresses.get((use["label"] or use["words"]).casefold())
        if address or (use["label"] is not None and re.search(r"[^\W\d_]", use["words"])):
            yield Reference(use.start(), use[0], use["words"], address)
