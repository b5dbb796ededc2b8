"""Runs over a list that end too early, or whose list changes meanwhile: each reader has the right message, and one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import Result

from newsletter.delivery.run import DeliveryRun
from support.command import run
from support.mail_server import Answer, Inbox, mail_server
from support.reader_project import SLUG, write_relay


def write_list(*numbers: int) -> None:
    rows = "".join(f"r{number}@saltby.test,N,tok{number:03}\n" for number in numbers)
    Path("readers.csv").write_text(f"address,name,token\n{rows}", "utf-8")


def send(*options: str) -> Result:
    return run("send", SLUG, "--recipients", "readers.csv", *options)


def test_a_list_that_is_saved_meanwhile_mixes_up_no_readers(reader_brand: Path) -> None:
    write_list(*range(200))

    def save(_: str) -> Answer:
        write_list(*range(1, 200))
        return None

    with mail_server(Inbox(on_recipient=save)) as inbox:
        write_relay(inbox.port)
        assert send("--yes", "200").exit_code == 0
    got = {to: set(re.findall(rb"tok(\d+)", message)) for to, message in inbox.messages}
    assert got == {f"r{number}@saltby.test": {f"{number:03}".encode()} for number in range(200)}


def test_a_retry_that_is_stopped_is_forgotten_and_the_state_is_not(
    reader_brand: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_list(0, 1)
    drops: list[Answer] = ["drop"]
    with mail_server(Inbox(after_data=lambda _: drops.pop() if drops else None)) as inbox:
        write_relay(inbox.port)
        send("--yes", "2")
        with monkeypatch.context() as patch:
            patch.setattr(DeliveryRun, "send", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            assert "Stopped before the end" in send("--retry", "unknown", "--yes", "1").stderr
        assert "0 emails sent" in send("--yes", "0").stdout
        write_list(1)
        send("--yes", "0")
        assert "1 reader" in run("sent", SLUG).stdout and len(inbox.messages) == 2
        write_list(0, 1)
        assert "1 email sent" in send("--retry", "unknown", "--yes", "1").stdout


def test_readers_who_failed_before_come_last(reader_brand: Path) -> None:
    write_list(*range(12))
    questions: list[str] = []

    def answer(to: str) -> Answer:
        questions.append(to)
        return None if len(questions) > 1 else "550 no"

    with mail_server(Inbox(on_recipient=answer)) as inbox:
        write_relay(inbox.port)
        send("--yes", "12")
        write_list(*range(13))
        assert send("--retry", "refused", "--yes", "2").exit_code == 0
    assert questions[-2:] == ["r12@saltby.test", "r0@saltby.test"]


def test_a_reader_who_was_left_out_is_an_error(reader_brand: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_list(0, 1)
    write_relay(1)
    monkeypatch.setattr(DeliveryRun, "send", lambda *_: None)
    result = send("--yes", "2")
    assert result.exit_code == 1 and "2 readers of the list did not have their turn." in result.stderr
