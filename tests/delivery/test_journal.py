"""What the journal of `newsletter send` remembers, and when."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from newsletter.delivery.journal import DeliveryState, Entry, SendJournal, read_entries
from newsletter.problems import Problems

STATES: tuple[DeliveryState, ...] = ("accepted", "refused", "deferred", "unknown", "sending")


def entry(state: DeliveryState, address: str) -> Entry:
    return Entry(address, state, "why", "<1@saltby.test>", "2026-12-03T09:00:00+00:00")


def first_run(path: Path) -> None:
    journal = SendJournal(path, "journal")
    for state in (*STATES, "waiting"):
        assert journal.enter(f"{state}@saltby.test") == "waiting"
    journal.remember({"issue": "a"})
    journal.commit()
    for state in STATES:
        journal.note(entry(state, f"{state}@SALTBY.test"))
    journal.close()


def test_a_later_run_knows_what_became_of_each_message(tmp_path: Path) -> None:
    first_run(tmp_path / "journal")
    assert (tmp_path / "journal").stat().st_mode & 0o777 == 0o600
    journal = SendJournal(tmp_path / "journal", "journal")
    assert journal.about["issue"] == "a"
    states = {state: journal.enter(f"{state}@saltby.test") for state in (*STATES, "waiting")}
    # Nobody knows whether a message was accepted that was on its way when the program ended.
    assert states == {**{state: state for state in (*STATES, "waiting")}, "sending": "unknown"}
    assert journal.enter("Waiting@SALTBY.test") is None
    journal.close()


def test_without_a_commit_nothing_has_changed(tmp_path: Path) -> None:
    first_run(tmp_path / "journal")
    journal = SendJournal(tmp_path / "journal", "journal")
    assert journal.enter("new@saltby.test") == "waiting"
    journal.close()
    states = [each.state for each in read_entries(tmp_path / "journal", "journal")]
    assert states == ["accepted", "deferred", "refused", "unknown", "unknown", "waiting"]


@pytest.mark.parametrize("state", ["deferred", "refused"])
def test_what_is_unknown_stays_so_if_another_attempt_ends_before_its_bytes(
    tmp_path: Path, state: DeliveryState
) -> None:
    first_run(tmp_path / "journal")
    journal = SendJournal(tmp_path / "journal", "journal")
    for each in ("unknown", "sending"):
        journal.enter(f"{each}@saltby.test")
    journal.commit()
    journal.note(entry(state, "unknown@saltby.test"))
    assert journal.count()["unknown"] == 2
    journal.note(entry("sending", "unknown@saltby.test"))
    journal.note(entry(state, "unknown@saltby.test"))  # the answer to DATA: that attempt at least is known
    assert journal.count()["unknown"] == 1
    journal.close()


def test_who_is_not_in_a_later_list_keeps_the_result_and_is_not_counted_with_its_readers(tmp_path: Path) -> None:
    first_run(tmp_path / "journal")
    assert all(each.is_in_last_list for each in read_entries(tmp_path / "journal", "journal"))
    journal = SendJournal(tmp_path / "journal", "journal")
    assert [journal.enter(f"{each}@saltby.test") for each in ("new", "refused")] == ["waiting", "refused"]
    journal.commit()
    assert journal.count() == {"waiting": 1, "refused": 1}
    journal.close()
    entries = read_entries(tmp_path / "journal", "journal")
    assert sorted(each.address.partition("@")[0] for each in entries) == sorted(("new", "waiting", *STATES))
    assert {each.address for each in entries if each.is_in_last_list} == {"new@saltby.test", "refused@saltby.test"}
    # A list with them again goes on where it was.
    journal = SendJournal(tmp_path / "journal", "journal")
    states = [journal.enter(f"{each}@saltby.test") for each in ("waiting", "deferred", "accepted")]
    assert states == ["waiting", "deferred", "accepted"]
    journal.close()


def test_it_is_for_one_program_at_a_time(tmp_path: Path) -> None:
    journal = SendJournal(tmp_path / "journal", "journal")
    with pytest.raises(Problems, match="Another `newsletter send`"):
        SendJournal(tmp_path / "journal", "journal")
    journal.close()
    assert read_entries(tmp_path / "journal", "journal") == read_entries(tmp_path / "none", "journal") == []


def test_an_address_stays_as_it_is_in_the_list(tmp_path: Path) -> None:
    journal = SendJournal(tmp_path / "journal", "journal")
    assert [journal.enter(each) for each in ("Anna@saltby.test", "anna@saltby.test")] == ["waiting", None]
    journal.commit()
    journal.note(entry("accepted", "anna@saltby.test"))
    assert [(each.address, each.state) for each in journal.entries()] == [("Anna@saltby.test", "accepted")]
    journal.close()


def test_a_journal_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="The journal cannot be opened: unable to open database file"):
        SendJournal(tmp_path, "journal")
    with pytest.raises(Problems, match="The journal cannot be opened: No such file or directory"):
        SendJournal(tmp_path / "none" / "journal", "journal")


@pytest.mark.parametrize("content", [b"no database, and longer than a header of one would be" * 100, b"", b"SQLite"])
def test_a_damaged_journal_is_not_read_as_an_empty_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "journal").write_bytes(content)
    with pytest.raises(Problems, match="is damaged, so nobody knows"):
        SendJournal(tmp_path / "journal", "journal")


_KILLED = """
import os, pathlib, sys
from newsletter.delivery.journal import Entry, SendJournal
journal = SendJournal(pathlib.Path(sys.argv[1]), "journal")
journal.enter("sam@saltby.test")
journal.commit()
journal.note(Entry("sam@saltby.test", "accepted", "250 OK", "<1@saltby.test>", ""))
os.kill(os.getpid(), 9)
"""


def test_what_was_noted_is_there_after_a_kill(tmp_path: Path) -> None:
    process = subprocess.run([sys.executable, "-c", _KILLED, tmp_path / "journal"], check=False)
    assert process.returncode == -9
    # Somebody may copy the journal alone.
    shutil.copy(tmp_path / "journal", tmp_path / "copy")
    assert [each.state for each in read_entries(tmp_path / "copy", "journal")] == ["accepted"]
    assert [each.state for each in read_entries(tmp_path / "journal", "journal")] == ["accepted"]


def test_each_note_reaches_the_disk_before_the_program_goes_on(tmp_path: Path) -> None:
    """SQLite promises that for these settings (sqlite.org/pragma.html#pragma_synchronous)."""
    journal = SendJournal(tmp_path / "journal", "journal")
    journal.commit()
    database: sqlite3.Connection = journal._database
    pragmas = [database.execute(f"PRAGMA {name}").fetchone() for name in ("journal_mode", "synchronous", "fullfsync")]
    assert pragmas == [("delete",), (3,), (1,)]
    assert not database.in_transaction
    journal.close()
