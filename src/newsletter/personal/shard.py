"""A stable part of a list, so that several computers can each write their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

_MOST_SHARDS = 10_000


@dataclass(frozen=True)
class Shard:
    """One of several parts of a list: its number, from 1, and how many there are."""

    number: int = 1
    of: int = 1

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the shard of a text such as 3/16.

        Raises:
            ValueError: if there is no such part, with a sentence.
        """
        match = re.fullmatch(r"(\d{1,5})/(\d{1,5})", text, re.ASCII)
        shard = cls(*map(int, match.groups())) if match else cls(0)
        if not 1 <= shard.number <= shard.of <= _MOST_SHARDS:
            raise ValueError(f"Write the number of the part and how many there are, such as 3/16, not {text!r}.")
        return shard

    def has(self, digest: bytes) -> bool:
        """Check whether a SHA-256 is of this part. It is of exactly one, whatever else is in the list."""
        # The last bytes: the journal uses the first ones.
        return self.of == 1 or int.from_bytes(digest[-8:], "big") % self.of == self.number - 1

    @property
    def suffix(self) -> str:
        """The part of names of files, such as `.3-of-16`; empty if there is one part."""
        return f".{self.number}-of-{self.of}" if self.of > 1 else ""
