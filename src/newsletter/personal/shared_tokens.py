"""Find readers of a list who have one token between them, so that one of them could unsubscribe the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

_CACHE_KIB = 8_000


class SharedToken(NamedTuple):
    """A line of a list, and the first line that has the same token."""

    line: int
    first: int


class TokenLines:
    """Remembers in which line a token was first. It is a file that the system deletes, and does not fill the memory."""

    def __init__(self) -> None:
        # With an empty name, SQLite keeps what does not fit into its cache in a temporary file.
        self._database = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_CACHE_KIB}"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute("CREATE TABLE tokens (hash INTEGER PRIMARY KEY, line INTEGER)")

    def add(self, tokens: Sequence[tuple[int, str]]) -> list[SharedToken]:
        """Remember the tokens of some lines, and return those that an earlier line has.

        Args:
            tokens: the number of each line, and its token.
        """
        rows = [(_hash(token), line) for line, token in tokens]
        self._database.execute("BEGIN")
        new = self._database.executemany("INSERT OR IGNORE INTO tokens VALUES (?, ?)", rows).rowcount
        self._database.execute("COMMIT")
        return [] if new == len(rows) else [shared for row in rows if (shared := self._shared(*row))]

    def _shared(self, digest: int, line: int) -> SharedToken | None:
        (first,) = self._database.execute("SELECT line FROM tokens WHERE hash = ?", (digest,)).fetchone()
        return SharedToken(line, first) if first != line else None

    def close(self) -> None:
        """Delete it."""
        self._database.close()


def _hash(token: str) -> int:
    """Return 64 bits of a SHA-256, which are the same for two of a million tokens with a probability of 3 in 10**8."""
    return int.from_bytes(sha256(token.encode("utf-8", "surrogatepass")).digest()[:8], "big", signed=True)
