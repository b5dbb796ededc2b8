"""Remembers what became of each reader's message, so that no reader gets two, whatever ends the program.

The journal is a file of SQLite. Each change is on the disk before the program goes on, so that a power cut loses
nothing. Unlike that of `newsletter merge` it holds addresses, because it answers who has the email and who has not.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Literal, NamedTuple, cast

from newsletter.problems import HINT_FOR_DISK, Location, Problems

DeliveryState = Literal["waiting", "sending", "accepted", "refused", "deferred", "unknown"]
"""What became of a message. Only one that is `waiting` or `deferred` is sent by itself."""

_TABLES = """
    CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
    CREATE TABLE readers (
        address TEXT PRIMARY KEY COLLATE NOCASE, run INTEGER, state TEXT, reason TEXT, message_id TEXT, time TEXT
    ) WITHOUT ROWID;
"""
_SETTINGS = (
    "locking_mode=EXCLUSIVE",
    # A copy of the file alone is whole, at any moment between two changes. That of a write-ahead log would be empty.
    "journal_mode=DELETE",
    # With each commit, the system writes to the disk at once: also the folder, and on macOS the drive's own memory.
    "synchronous=EXTRA",
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
)
_INTERRUPTED = "The program was stopped while the relay took the message."


class Entry(NamedTuple):
    """A reader: the address, what became of the message, why, its Message-ID, and when (UTC, ISO 8601)."""

    address: str
    state: DeliveryState
    reason: str
    message_id: str
    time: str
    is_in_last_list: bool = True
    """Whether the last list that was sent to has the reader."""


class SendJournal:
    """An open journal, which nobody else can open. Any thread can use it."""

    def __init__(self, path: Path, name: str) -> None:
        """Open a journal, or create it. Nothing is changed before `commit`.

        Args:
            path: its file.
            name: its name in problems.

        Raises:
            Problems: if another program has it open, it cannot be written, or it is damaged.
        """
        self._place = Location(name)
        self._lock = threading.Lock()
        try:
            with suppress(FileExistsError):
                _create(path)
            self._database = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
            self._open()
        except (OSError, sqlite3.OperationalError) as error:
            # An extended code of SQLite has the plain one in its last eight bits.
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF == sqlite3.SQLITE_BUSY:
                message = "Another `newsletter send` is sending this issue now."
                raise Problems.one(self._place, "journal", message, "Wait until it has ended.") from error
            message = f"The journal cannot be opened: {getattr(error, 'strerror', None) or error}."
            raise Problems.one(self._place, "journal", message, HINT_FOR_DISK) from error
        except sqlite3.DatabaseError as error:
            message = "The journal is damaged, so nobody knows who has the email."
            hint = "Take it from a backup, or ask the host of the relay for a list. Delete it only if nothing was sent."
            raise Problems.one(self._place, "journal", message, hint) from error

    def _open(self) -> None:
        for setting in _SETTINGS:
            self._database.execute(f"PRAGMA {setting}")
        self._database.execute("BEGIN EXCLUSIVE")
        if set(self._database.execute("SELECT name FROM sqlite_master")) != {("about",), ("readers",)}:
            # Such as an empty file: to take it for a new journal would send to everybody again.
            raise sqlite3.DatabaseError("not a journal")
        self._database.execute(
            "UPDATE readers SET state = 'unknown', reason = ? WHERE state = 'sending'", (_INTERRUPTED,)
        )
        self._last_run = int(self.about.get("run", 0))
        self._run = self._last_run + 1
        self.remember({"run": str(self._run)})

    @property
    def about(self) -> Mapping[str, str]:
        """Facts about earlier runs, by name."""
        return dict(self._database.execute("SELECT name, value FROM about"))

    def remember(self, values: Mapping[str, str]) -> None:
        """Remember something about the run."""
        self._database.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", values.items())

    def enter(self, address: str) -> DeliveryState | None:
        """Note that a reader is in the list.

        Args:
            address: the address. It is the same in capitals: hardly a server has two mailboxes for them, and a
                list often has both.

        Returns:
            What became of the message until now; None if the reader is in an earlier line of this list.
        """
        known = self._database.execute("SELECT state, run FROM readers WHERE address = ?", (address,)).fetchone()
        if known is None:
            values = (address, self._run, "waiting", "", "", "")
            self._database.execute("INSERT INTO readers VALUES (?, ?, ?, ?, ?, ?)", values)
            return "waiting"
        state, run = known
        if run == self._run:
            return None
        self._database.execute("UPDATE readers SET run = ? WHERE address = ?", (self._run, address))
        return cast("DeliveryState", state)

    def commit(self) -> None:
        """Write the list of readers to the disk. Those of other lists stay in the journal with the result they had."""
        self._database.execute("COMMIT")
        self._last_run = self._run

    def note(self, entry: Entry) -> None:
        """Write to the disk what became of a message. It is there when this returns.

        A message that is `unknown` stays so if another attempt ends before its bytes: the first one may have arrived.
        """
        values = (entry.state, entry.reason, entry.message_id, entry.time)
        with self._lock:
            self._database.execute(
                "UPDATE readers SET state = ?, reason = ?, message_id = ?, time = ? WHERE address = ?"
                " AND NOT (state = 'unknown' AND ? IN ('deferred', 'refused'))",
                (*values, entry.address, entry.state),
            )

    def count(self) -> Counter[DeliveryState]:
        """Return the number of readers of this list in each state."""
        query = "SELECT state, COUNT(*) FROM readers WHERE run = ? GROUP BY state"
        with self._lock:
            return Counter(dict(self._database.execute(query, (self._run,))))

    def count_with_message(self) -> int:
        """Return the number of readers, also of earlier lists, who have a message, or may have one."""
        query = "SELECT COUNT(*) FROM readers WHERE state IN ('accepted', 'unknown')"
        with self._lock:
            return int(self._database.execute(query).fetchone()[0])

    def entries(self) -> Iterator[Entry]:
        """Yield all readers, also those of earlier lists, sorted by result and address."""
        query = "SELECT address, state, reason, message_id, time, run >= ? FROM readers ORDER BY 2, 1"
        for row in self._database.execute(query, (self._last_run,)):
            entry = Entry._make(row)
            yield entry._replace(is_in_last_list=bool(entry.is_in_last_list))

    def close(self) -> None:
        """Close it. Changes without a commit are lost."""
        self._database.close()


def _create(path: Path) -> None:
    """Create a journal without readers, in one write: a program that is killed leaves no half of it."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(_TABLES)
        content = database.serialize()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read_entries(path: Path, name: str) -> list[Entry]:
    """Return all readers of a journal, sorted by result and address; none if there is no journal.

    Raises:
        Problems: as `SendJournal` does.
    """
    if not path.exists():
        return []
    journal = SendJournal(path, name)
    try:
        return list(journal.entries())
    finally:
        journal.close()
