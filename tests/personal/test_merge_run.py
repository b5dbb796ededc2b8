"""Runs over a whole list: where messages go, who is rejected, shards, and going on after a stop."""

from __future__ import annotations

import contextlib
import mailbox
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsletter.delivery.journal import SendJournal
from newsletter.personal import targets
from newsletter.personal.list_file import open_list
from newsletter.personal.merge_journal import MergeJournal, ReaderState, address_digest
from newsletter.personal.merge_run import REPEATED, MergeRun, Progress
from newsletter.personal.recipients import RecipientList
from newsletter.personal.rejects import RejectsFile
from newsletter.personal.shard import Shard
from newsletter.personal.shared_tokens import SharedToken, TokenLines
from newsletter.personal.targets import LINE_ENDS, TargetKind, open_target
from newsletter.problems import Problems
from support.reader_messages import ENVELOPE, template

TESTS = Path(__file__).parents[1]
LIST = """\
address,name,edition,token
sam@example.org,Sam,,1
zoe@example.org,Zoë,large-print,2
bad,,,
al@example.org,,,
"""
ALL = Shard()


def write(folder: Path, kind: TargetKind = "folder", rows: str = LIST, shard: Shard = ALL, batch: int = 2) -> Progress:
    """Run once over a list, as a command does that goes on if it can."""
    (folder / "readers.csv").write_text(rows, "utf-8")
    templates = {"standard": template(line_end=LINE_ENDS[kind]), "large-print": template("Large.\n")}
    with open_list(folder / "readers.csv", "readers.csv", "") as file:
        readers = RecipientList(file, (), tuple(templates))
        journal = MergeJournal(folder / f"out{shard.suffix}.journal", "out.journal", {})
        target = open_target(kind, folder / "out", journal.id, "news@example.org", ENVELOPE.date)
        rejects = RejectsFile(folder / f"out{shard.suffix}.rejects.csv", readers)
        try:
            run = MergeRun(readers, templates, shard, journal, target, rejects, batch)  # type: ignore[arg-type]
            return run.write(lambda _: None)
        finally:
            journal.close()


def in_folder(path: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(path.iterdir())]


def in_mailbox(kind: type[mailbox.Maildir] | type[mailbox.mbox], path: Path) -> list[bytes]:
    with contextlib.closing(kind(path, create=False)) as box:
        return [message.as_bytes() for message in box]


def test_each_reader_gets_the_chosen_edition_and_bad_lines_do_not_stop_the_others(tmp_path: Path) -> None:
    progress = write(tmp_path)
    assert progress.emails == {"standard": 1, "large-print": 1}
    assert [(row.line, row.reason) for row in progress.first_rejected] == [
        (4, "“bad” is not an email address."),
        (5, "There is no “token”, and nothing to write instead."),
    ]
    sam, zoe = in_folder(tmp_path / "out")
    assert b'To: "Sam" <sam@example.org>\r\n' in sam and b"Dear" in sam
    assert b"<zoe@example.org>\r\n" in zoe and b"Large." in zoe
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".eml"}
    # They hold addresses of readers.
    (tmp_path / "readers.csv").unlink()
    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if path.is_file()} == {0o600}


def test_mailboxes_hold_the_same_messages_as_python_reads_them(tmp_path: Path) -> None:
    rows = LIST.replace(",large-print", ",")
    for name, kind in (("maildir", mailbox.Maildir), ("mbox", mailbox.mbox)):
        (tmp_path / name).mkdir()
        write(tmp_path / name, name, rows)  # type: ignore[arg-type]
        messages = in_mailbox(kind, tmp_path / name / "out")
        write(tmp_path, "folder", rows)
        expected = [message.replace(b"\r\n", b"\n") for message in in_folder(tmp_path / "out")]
        assert sorted(message.rstrip() for message in messages) == sorted(message.rstrip() for message in expected)


def test_a_run_goes_on_with_who_is_new_in_a_changed_list(tmp_path: Path) -> None:
    write(tmp_path)
    for path in (tmp_path / "out").iterdir():
        path.unlink()  # sent in the meantime
    corrected = LIST.replace("al@example.org,,,", "al@example.org,,,3\nzoe@EXAMPLE.org,Zoë again,,4")
    progress = write(tmp_path, rows=corrected)
    assert (progress.emails.total(), progress.earlier, progress.rejected) == (1, 2, 2)
    assert progress.first_rejected[-1].reason == "The same address is in an earlier line."
    (message,) = in_folder(tmp_path / "out")
    assert b"To: <al@example.org>" in message


def test_a_reader_of_whom_an_earlier_line_was_rejected_gets_the_message_of_a_later_one(tmp_path: Path) -> None:
    progress = write(tmp_path, rows="address,token\nsam@example.org,\nsam@example.org,1\n")
    assert (progress.emails.total(), [row.line for row in progress.first_rejected]) == (1, [2])


def test_shards_share_a_list(tmp_path: Path) -> None:
    rows = "address,token\n" + "".join(f"reader{number}@example.org,t\nbad{number},t\n" for number in range(60))
    parts = [write(tmp_path, "maildir", rows, Shard(number, 4)) for number in range(1, 5)]
    assert sum(part.emails.total() for part in parts) == sum(part.rejected for part in parts) == 60
    assert all(part.emails.total() > 5 for part in parts)
    assert len(list((tmp_path / "out" / "new").iterdir())) == 60
    # A longer list changes nobody's part.
    again = write(tmp_path, "maildir", rows + "new@example.org,t\n", Shard(2, 4))
    assert again.earlier == parts[1].emails.total()


def test_a_system_that_takes_only_a_part_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds: tuple[TargetKind, ...] = ("folder", "mbox")
    for kind in kinds:
        (tmp_path / kind).mkdir()
        write(tmp_path / kind, kind)
    first, whole = (tmp_path / "mbox" / "out").read_bytes(), in_folder(tmp_path / "folder" / "out")
    write_all = os.write
    monkeypatch.setattr(targets, "_MOST_PIECES", 3)
    monkeypatch.setattr(targets, "_write_pieces", lambda descriptor, pieces: write_all(descriptor, pieces[0][:2]))
    monkeypatch.setattr(os, "write", lambda descriptor, data: write_all(descriptor, data[:50]))
    for kind in kinds:
        (tmp_path / "again" / kind).mkdir(parents=True)
        write(tmp_path / "again" / kind, kind)
    assert in_folder(tmp_path / "again" / "folder" / "out") == whole
    assert (tmp_path / "again" / "mbox" / "out").read_bytes() == first


def test_a_system_without_a_function_for_many_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, "mbox")
        monkeypatch.setattr(targets, "_write_pieces", targets._write_joined)
    assert (tmp_path / "one" / "out").read_bytes() == (tmp_path / "other" / "out").read_bytes()


def test_each_shared_token_is_noticed_in_one_part_of_a_list() -> None:
    lines = [(number, f"t{number % 30}", address_digest(f"reader{number}@example.org")) for number in range(60)]
    lines += [(60, "t0", address_digest("reader0@example.org")), (61, "", b"a"), (62, "", b"b")]
    expected = [SharedToken(number, number - 30) for number in range(30, 60)]
    for parts in (1, 4):
        noticed = []
        for number in range(1, parts + 1):
            with contextlib.closing(TokenLines(Shard(number, parts))) as tokens:
                noticed += tokens.add(lines[:40]) + tokens.add(lines[40:])
        assert sorted(noticed) == expected


@pytest.mark.parametrize("text", ["0/4", "5/4", "1/0", "1", "a/b", "1/99999", "-1/4", "1/4/2", ""])
def test_what_is_no_shard(text: str) -> None:
    with pytest.raises(ValueError, match="such as 3/16"):
        Shard.parse(text)


def test_addresses_are_one_reader_by_the_same_rule_as_for_send_and_in_the_same_shard(tmp_path: Path) -> None:
    addresses = ["ann@example.com", "Ann@example.com", "ANN@EXAMPLE.COM", "a.nn@example.com", "ann+1@example.com"]
    addresses += [f"{sign}nn@example.com" for sign in "aA[{@`^~Zz"]
    rows = "address,token\n" + "".join(f"{each},t\n" for each in addresses)
    valid = [each for each in addresses if each.count("@") == 1 and "[" not in each]
    journal = SendJournal(tmp_path / "send.journal", "send.journal")
    expected = sum(journal.enter(each) == "waiting" for each in valid)
    journal.close()
    progress = write(tmp_path, rows=rows)
    assert progress.emails.total() == expected == 8
    assert [row.line for row in progress.first_rejected if row.reason == REPEATED] == [3, 4, 7, 8, 16]
    for number in range(1, 5):
        shard = Shard(number, 4)
        assert len({shard.has(address_digest(each)) for each in addresses[:3]}) == 1


def test_a_journal_is_for_one_program_and_one_issue(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    journal = MergeJournal(path, "journal", {"issue": "a"})
    with pytest.raises(Problems, match="Another `newsletter merge`"):
        MergeJournal(path, "journal", {"issue": "a"})
    sam, al, other = map(address_digest, ("Sam@Example.ORG", "al@example.org", "pat@example.org"))
    assert journal.claim([]) == []
    assert journal.claim([sam, al]) == [ReaderState.NEW, ReaderState.NEW]
    assert journal.claim([other, sam, other]) == [ReaderState.NEW, ReaderState.REPEATED, ReaderState.REPEATED]
    journal.commit("state")
    journal.close()
    again = MergeJournal(path, "journal", {"issue": "b"})
    assert (again.changed, again.state, again.id) == (["issue"], "state", journal.id)
    new = address_digest("new@example.org")
    assert again.claim([sam, new, sam]) == [ReaderState.EARLIER, ReaderState.NEW, ReaderState.REPEATED]
    again.close()
    assert b"example" not in path.read_bytes()
    path.write_bytes(b"not a journal, and longer than a header of one would be" * 100)
    with pytest.raises(Problems, match="damaged"):
        MergeJournal(path, "journal", {"issue": "a"})


def test_an_mbox_that_somebody_has_changed_or_moved_away(tmp_path: Path) -> None:
    write(tmp_path, "mbox")
    with (tmp_path / "out").open("ab") as file:
        file.write(b"From a mail app, which added a message\n")
    with pytest.raises(OSError, match="has changed"):
        write(tmp_path, "mbox")
    os.truncate(tmp_path / "out", 100)
    with pytest.raises(OSError, match="has changed"):
        write(tmp_path, "mbox")
    (tmp_path / "out").rename(tmp_path / "elsewhere")
    write(tmp_path, "mbox", LIST.replace("al@example.org,,,", "al@example.org,,,3"))
    assert (tmp_path / "out").read_bytes().count(b"\nTo: <al@example.org>\n") == 1
    assert (tmp_path / "out").read_bytes().count(b"\nTo: ") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a process is copied by fork")
def test_stopped_at_any_moment_every_reader_gets_one_message() -> None:
    command = [sys.executable, "-m", "support.stopped_merge", "12"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert int(result.stdout.split()[1]) >= 30, result.stdout
