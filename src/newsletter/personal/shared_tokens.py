"""Find readers of a list who have one token between them, so that one of them could unsubscribe the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from newsletter.personal.insert_rows import insert_new_rows
from newsletter.personal.shard import Shard

_CACHE_KIB = 8_000
_TABLE = "CREATE TABLE tokens (hash INTEGER PRIMARY KEY, line INTEGER, reader INTEGER)"


TokenLine = tuple[int, str, bytes]
"""A line of a list: its number (from 1), its token, and the SHA-256 of its address."""


class SharedToken(NamedTuple):
    """A line of a list, and the first line of another reader that has the same token."""

    line: int
    first: int


class TokenLines:
    """Remembers in which line a token was first. It is a file that the system deletes, and does not fill the memory."""

    def __init__(self, shard: Shard | None = None) -> None:
        """Create the file.

        Args:
            shard: a part of the list, if several runs share it. Each run notices the tokens of its part in all lines.
        """
        self._shard = shard or Shard()
        # With an empty name, SQLite keeps what does not fit into its cache in a temporary file.
        self._database = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_CACHE_KIB}"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute(_TABLE)

    def add(self, lines: Sequence[TokenLine]) -> list[SharedToken]:
        """Remember the tokens of some lines, and return those that an earlier line of another reader has.

        An empty token is none.
        """
        of_several = self._shard.of > 1
        # Python's hash has 64 bits: two of a million texts have the same with a probability of 3 in 10**8.
        # A row of numbers alone takes two thirds of the time of one with bytes.
        rows = [
            (hash(token), line, hash(reader))
            for line, token, reader in lines
            if token and (not of_several or self._shard.has(_digest(token)))
        ]
        self._database.execute("BEGIN")
        new = insert_new_rows(self._database, "tokens", rows)
        self._database.execute("COMMIT")
        return [] if new == len(rows) else [shared for row in rows if (shared := self._shared(*row))]

    def _shared(self, token: int, line: int, reader: int) -> SharedToken | None:
        known = self._database.execute("SELECT line, reader FROM tokens WHERE hash = ?", (token,))
        first, first_reader = known.fetchone()
        return SharedToken(line, first) if first_reader != reader else None

    def close(self) -> None:
        """Delete it."""
        self._database.close()


def _digest(token: str) -> bytes:
    """Return a digest by which a token is in one shard."""
    return sha256(token.encode()).digest()
