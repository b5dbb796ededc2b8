"""A strict mail server takes the bytes as they are: a real Postfix, on the loopback address (see `support.postfix`)."""

import smtplib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from test_message import CHART, ENVELOPE, HTML, PHOTO, TEXT

from newsletter.edition import PlainText
from newsletter.stages.message import InlineAttachment, assemble_message
from support.postfix import Postfix, running_postfix


def send(server: Postfix, message: bytes) -> tuple[int, str]:
    """Hand over the bytes as they are; return the server's answer to them."""
    with smtplib.SMTP("127.0.0.1", server.port, local_hostname="localhost", timeout=30) as session:
        session.ehlo_or_helo_if_needed()
        session.mail("news@example.org")
        session.rcpt("readers@example.org")
        code, answer = session.data(message)
    return code, answer.decode("ascii")


def delivered(server: Postfix) -> bytes:
    """Return the one message in the inbox without the lines that the server put before it."""
    (stored,) = server.delivered(1)
    return stored[stored.index(b"\nDate: ") + 1 :]


@pytest.fixture(scope="module")
def server() -> Iterator[Postfix]:
    with running_postfix("example.org") as server:
        yield server


AWKWARD = PlainText("First.\n.\n..\n.Second\nFrom here on\n\n \ntrailing \n" + "long " * 400 + "\nŵ مرحبا\nno end")


@pytest.mark.parametrize("pictures", [(), (PHOTO, CHART)], ids=["alone", "with pictures"])
def test_a_strict_server_takes_the_message_and_delivers_it_unchanged(
    server: Postfix, pictures: tuple[InlineAttachment, ...]
) -> None:
    envelope = replace(ENVELOPE, subject="Ŵythnos o newyddion: " + "beth a ganfu’r astudiaeth " * 5 + ".")
    message = assemble_message(envelope, AWKWARD, HTML, pictures)
    code, answer = send(server, message)
    assert code == 250, answer
    assert delivered(server).replace(b"\n", b"\r\n") == message


def test_the_server_is_strict(server: Postfix) -> None:
    """The server must be able to refuse: the same message with one bare LF, or with one byte that is not ASCII."""
    message = assemble_message(ENVELOPE, TEXT, HTML)
    code, answer = send(server, message.replace(b"\r\nSubject", b"\nSubject", 1))
    assert (code, "bare <LF>" in answer) == (550, True), answer
    code, answer = send(server, message.replace(b"Subject: ", b"Subject: \xe9", 1))
    assert code == 550, answer
