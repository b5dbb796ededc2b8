"""Remembers who has a message, so that a run that was stopped can go on: no reader twice, and none left out.

The journal is a file of SQLite. It holds no address, only hashes of them, and does not fill the memory. It is written
in batches, together with what the target needs to know to complete the batch. A stopped program loses nothing that was
written; only after a power cut, the disk may have lost the newest messages.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from enum import Enum
from hashlib import sha256
from pathlib import Path

from newsletter.personal.insert_rows import insert_new_rows
from newsletter.problems import HINT_FOR_DISK, Location, Problems

_TABLES = """
    CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
    CREATE TABLE readers (hash BLOB PRIMARY KEY, run INTEGER) WITHOUT ROWID;
"""
_CACHE_KIB = 8_000


class ReaderState(Enum):
    """What the journal knows about a reader."""

    NEW = "new"
    """No message yet."""
    EARLIER = "earlier"
    """A message of an earlier run, which this run does not write again."""
    REPEATED = "repeated"
    """A message of this run: the address is in the list twice."""


def address_digest(address: str) -> bytes:
    """Return the SHA-256 of an address. It is the same in capitals, as in the journal of `newsletter send`."""
    return sha256(address.lower().encode()).digest()


class MergeJournal:
    """An open journal, which nobody else can open."""

    def __init__(self, path: Path, name: str, about: Mapping[str, str]) -> None:
        """Open a journal, or create it.

        Args:
            path: its file.
            name: its name in problems.
            about: what has to be the same in each run, with a sentence for each that says what else has changed.

        Raises:
            Problems: if another program has it open, it is damaged, or it is about something else.
        """
        self._place = Location(name)
        with suppress(FileExistsError):  # addresses can be guessed from their hashes, so only the owner reads them
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
        try:
            self._database = sqlite3.connect(path, timeout=0, isolation_level=None)
            self._open(about)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                message, hint = "Another `newsletter merge` is writing there now.", "Wait until it has ended."
            else:
                message, hint = "The journal cannot be written.", HINT_FOR_DISK
            raise Problems.one(self._place, "journal", message, hint) from error
        except sqlite3.DatabaseError as error:
            hint = "Delete it and the messages, and start again without --resume."
            raise Problems.one(self._place, "journal", "The journal is damaged.", hint) from error

    def _open(self, about: Mapping[str, str]) -> None:
        # The system writes to the disk in its own time: this survives the end of the program, whatever ends it.
        for pragma in ("locking_mode=EXCLUSIVE", "synchronous=OFF", f"cache_size=-{_CACHE_KIB}"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute("BEGIN EXCLUSIVE")
        if not self._database.execute("SELECT 1 FROM sqlite_master").fetchone():
            for statement in _TABLES.split(";"):
                self._database.execute(statement)
            self._write({"id": secrets.token_hex(4), "run": "0", "state": "", **about})
        known = dict(self._database.execute("SELECT name, value FROM about"))
        self.id: str = known["id"]
        """A random name of the journal."""
        self.state: str = known["state"]
        """What the target has stored last."""
        self.changed = [key for key, value in about.items() if known.get(key) != value]
        """The names of what is not the same as in the last run."""
        self._run = int(known["run"]) + 1
        self._write({"run": str(self._run)})
        self._database.execute("COMMIT")
        self._database.execute("BEGIN")

    def _write(self, values: Mapping[str, str]) -> None:
        self._database.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", values.items())

    def claim(self, digests: Sequence[bytes]) -> Sequence[ReaderState]:
        """Note that readers get a message in this run, and return the state that each had before."""
        keys = [digest[:16] for digest in digests]
        self._database.execute("SAVEPOINT claim")
        if self._insert(keys) == len(keys):
            states = [ReaderState.NEW] * len(keys)
        else:
            self._database.execute("ROLLBACK TO claim")
            states = list(map(self._claim, keys))
        self._database.execute("RELEASE claim")
        return states

    def _claim(self, key: bytes) -> ReaderState:
        if self._insert([key]):
            return ReaderState.NEW
        changed = self._database.execute(
            "UPDATE readers SET run = ? WHERE hash = ? AND run < ?", (self._run, key, self._run)
        )
        return ReaderState.EARLIER if changed.rowcount else ReaderState.REPEATED

    def _insert(self, keys: Sequence[bytes]) -> int:
        """Insert readers of whom nothing is known, and return how many these are."""
        return insert_new_rows(self._database, "readers", [(key, self._run) for key in keys])

    def commit(self, state: str) -> None:
        """Store the readers since the last time, and what the target has to know about their messages."""
        self._write({"state": state})
        self._database.execute("COMMIT")
        self._database.execute("BEGIN")

    def close(self) -> None:
        """Close it. Changes without a commit are lost."""
        self._database.close()
