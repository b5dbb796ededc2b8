"""Messages of `newsletter send` through a real Postfix: to each reader, byte for byte, with a valid signature."""

from __future__ import annotations

import datetime
import email
import email.policy
import re
from collections.abc import Iterator
from pathlib import Path

import dkim
import pytest

from newsletter.delivery.date_field import with_date
from support.command import run
from support.dkim_key import private_key, public_record
from support.postfix import Postfix, running_postfix
from support.reader_project import SLUG, write_relay

READERS = 60
NOW = datetime.datetime(2190, 12, 2, 9, 5, 7, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
"""In the messages to compare: `merge` writes the date of the issue, and `send` the time of sending."""


@pytest.fixture(scope="module")
def server() -> Iterator[Postfix]:
    with running_postfix("saltby.test") as server:
        yield server


def test_each_reader_gets_the_very_message_with_a_valid_signature(
    reader_brand: Path, server: Postfix, tmp_path: Path
) -> None:
    rows = "".join(f"reader{number}@saltby.test,Zo\u00eb {number},k{number}\n" for number in range(READERS))
    (tmp_path / "readers.csv").write_text(f"address,name,token\n{rows}", "utf-8")
    # The same messages, as `newsletter merge` writes them.
    assert run("merge", SLUG, "--recipients", "readers.csv", "--folder", "merged").exit_code == 0
    (tmp_path / "dkim.pem").write_bytes(private_key())
    write_relay(server.port, "connections = 3", 'dkim_selector = "news2026"', 'dkim_key = "dkim.pem"')
    started = datetime.datetime.now(datetime.UTC).replace(microsecond=0)  # a Date has whole seconds
    result = run("send", SLUG, "--recipients", "readers.csv", "--yes", str(READERS))
    assert (result.exit_code, result.stdout) == (0, f"{SLUG}: {READERS} emails sent.\n"), result.stderr
    expected = {with_date(path.read_bytes(), NOW) for path in (tmp_path / "merged").glob("*.eml")}
    stored = [message.replace(b"\n", b"\r\n") for message in server.delivered(READERS)]
    assert len(stored) == READERS
    finished = datetime.datetime.now(datetime.UTC)
    assert {with_date(message[message.index(b"\r\nDate: ") + 2 :], NOW) for message in stored} == expected
    dates = [email.message_from_bytes(message, policy=email.policy.default)["Date"].datetime for message in stored]
    assert all(started <= date <= finished for date in dates)
    for message in stored:
        (to,) = re.findall(rb"^To: .*<(.*)>", message, re.MULTILINE)
        # What Postfix says about the envelope: who it was for, and who gets reports of failures.
        assert b"\r\nDelivered-To: %s\r\n" % to in message
        assert b"Return-Path: <news@saltby.test>\r\n" in message
        assert b"d=saltby.test" in message and dkim.verify(message, dnsfunc=look_up)


def look_up(name: bytes, timeout: int = 5) -> bytes:
    assert name == b"news2026._domainkey.saltby.test."
    return public_record()
