"""A connection to a relay, which is a mail server inside the test: what becomes of a message, encryption, login."""

from __future__ import annotations

import datetime
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from newsletter.delivery.credentials import Password
from newsletter.delivery.servers import read_relay
from newsletter.delivery.smtp import DeliveryResult, RelayError, SmtpConnection
from support.mail_server import Answer, Inbox, mail_server

MESSAGE = b"Subject: a\r\n\r\n.\r\n..two\r\nFrom here\r\n"
SECRET = "hunter2-of-the-test"
CA = trustme.CA()
NO_ANSWER = "The relay gave no answer of SMTP:"
UNCLEAR = {"55": "55", "5": "5", "what": "-1", "-ERR a": "-1 a", "354 go on": "354 go on", "600 a": "600 a"}
"""Answers to a message that no relay should give, such as one that is cut off, and the reason in the journal."""


def closed(state: Any, reason: str, *, concerns_all: bool = False) -> DeliveryResult:
    return DeliveryResult(state, reason, concerns_all, is_open=False)


def deliver(
    inbox: Inbox, *messages: bytes, to: str = "sam@saltby.test", **table: Any
) -> tuple[list[DeliveryResult], int]:
    """Send messages over one connection; return their results, and how many were noted before their bytes went."""
    password = Password("news", SECRET) if "user" in table else None
    server = read_relay({"host": "127.0.0.1", "port": inbox.port, "security": "none", **table})
    connection, noted = SmtpConnection(server, password, "news@saltby.test"), list[None]()
    try:
        results = [connection.deliver(each, to, lambda: noted.append(None)) for each in messages or (MESSAGE,)]
    finally:
        connection.close()
    return results, len(noted)


def test_messages_arrive_byte_for_byte_over_one_connection() -> None:
    with mail_server() as inbox:
        results, noted = deliver(inbox, MESSAGE, MESSAGE[:-2])
    assert (results, noted) == ([DeliveryResult("accepted", "250 queued")] * 2, 2)
    assert inbox.messages == [("sam@saltby.test", MESSAGE)] * 2
    assert (inbox.connections, inbox.senders) == (1, {"news@saltby.test"})


@pytest.mark.parametrize(
    ("hook", "answer", "expected", "noted"),
    [
        ("on_recipient", "550 5.1.1 No such reader", DeliveryResult("refused", "550 5.1.1 No such reader"), 0),
        ("on_recipient", "450 4.2.1 Busy", DeliveryResult("deferred", "450 4.2.1 Busy"), 0),
        ("on_recipient", "421 4.7.0 Too fast", closed("deferred", "421 4.7.0 Too fast"), 0),
        ("on_recipient", "drop", closed("deferred", "The relay closed the connection."), 0),
        ("on_sender", "451 4.3.0 Later", DeliveryResult("deferred", "451 4.3.0 Later", True), 0),
        ("on_data", "452 4.3.1 No space", DeliveryResult("deferred", "452 4.3.1 No space"), 1),
        ("on_data", "554 5.7.1 Spam", DeliveryResult("refused", "554 5.7.1 Spam"), 1),
        ("on_data", "drop", closed("unknown", "The relay closed the connection."), 1),
        ("after_data", "drop", closed("unknown", "The relay closed the connection."), 1),
        ("on_sender", "999 what", closed("deferred", f"{NO_ANSWER} 999 what", concerns_all=True), 0),
        ("on_recipient", "354 what", closed("deferred", f"{NO_ANSWER} 354 what"), 0),
        *(("after_data", text, closed("unknown", f"{NO_ANSWER} {readable}"), 1) for text, readable in UNCLEAR.items()),
        ("on_recipient", "550 a\x1b[2Jb", DeliveryResult("refused", "550 ab"), 0),
    ],
)
def test_each_answer_has_its_result_and_the_next_message_goes_all_the_same(
    hook: str, answer: str, expected: DeliveryResult, noted: int
) -> None:
    answers: Iterator[Answer] = iter([answer, None])
    inbox = Inbox()
    setattr(inbox, hook, lambda _: next(answers))
    with mail_server(inbox):
        assert deliver(inbox, MESSAGE, MESSAGE) == ([expected, DeliveryResult("accepted", "250 queued")], noted + 1)


@pytest.mark.parametrize("answer", ["drop", "421 4.4.2 You were idle"])
def test_a_connection_that_was_closed_between_two_messages_is_opened_again(answer: str) -> None:
    answers: Iterator[Answer] = iter([None, answer, None])
    with mail_server(Inbox(on_sender=lambda _: next(answers))) as inbox:
        results, noted = deliver(inbox, MESSAGE, MESSAGE)
    assert ([result.state for result in results], noted) == (["accepted"] * 2, 2)
    assert inbox.connections == 2


@pytest.mark.parametrize("answer", ["drop", "421 4.4.2 Not now"])
def test_a_connection_that_is_closed_at_once_is_not_opened_again(answer: str) -> None:
    with mail_server(Inbox(on_sender=lambda _: answer)) as inbox:
        ((result,), _) = deliver(inbox)
    assert (result.state, result.concerns_all, result.is_reached, inbox.connections) == ("deferred", True, True, 1)


def test_a_sender_that_is_refused_stops_everything() -> None:
    inbox = Inbox(on_sender=lambda _: "553 5.7.1 Not yours")
    with (
        mail_server(inbox),
        pytest.raises(RelayError, match="refuses the sender news@saltby"),
    ):
        deliver(inbox)


def test_reports_of_failures_go_to_an_address_of_their_own() -> None:
    with mail_server() as inbox:
        deliver(inbox, return_path="bounces@saltby.test")
    assert inbox.senders == {"bounces@saltby.test"}


@pytest.mark.parametrize("address", ["a@saltby.test\r\nRCPT TO:<b@saltby.test>", "a@saltby.test\nDATA"])
def test_no_address_can_be_a_command(address: str) -> None:
    with mail_server() as inbox, pytest.raises(ValueError, match="no email address"):
        deliver(inbox, to=address)
    assert inbox.messages == []


def test_nobody_listens() -> None:
    with mail_server() as inbox:
        pass
    ((result,), _) = deliver(inbox)
    assert result[:3] == ("deferred", "The relay cannot be reached: Connection refused.", True)
    assert not result.is_reached
    assert result.hint == f"Correct “host” and “port” in pyproject.toml. Now they say 127.0.0.1:{inbox.port}."


def test_a_host_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", unknown)
    ((result,), _) = deliver(Inbox(port=1))
    assert "Name or service not known" in result.reason and "Correct “host”" in result.hint


def test_tls_at_a_port_that_begins_unencrypted() -> None:
    with mail_server() as inbox:
        ((result,), _) = deliver(inbox, security="tls")
    assert "cannot agree on TLS" in result.reason and 'write “security = "starttls"”' in result.hint


def test_starttls_at_a_port_where_both_sides_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsletter.delivery.smtp._OPEN_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        ((result,), _) = deliver(Inbox(port=silent.getsockname()[1]), security="starttls")
    assert result.reason == "The relay did not answer in time." and 'write “security = "tls"”' in result.hint


@pytest.mark.parametrize("hook", ["on_sender", "on_recipient"])
def test_a_relay_that_wants_a_login_says_where_to_write_it(hook: str) -> None:
    inbox = Inbox()
    setattr(inbox, hook, lambda _: "530 5.7.0 Authentication required")
    with mail_server(inbox), pytest.raises(RelayError, match="wants a login: 530") as error:
        deliver(inbox)
    assert "Write “user”" in error.value.hint and "NEWSLETTER_SMTP_PASSWORD" in error.value.hint


# Encryption and login


def context(host: str = "127.0.0.1") -> ssl.SSLContext:
    certificate = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    CA.issue_cert(host).configure_cert(certificate)
    return certificate


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the authority of the test, by the variable of OpenSSL that does that for any program."""
    CA.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


@pytest.mark.usefixtures("trusted")
def test_starttls_with_a_login() -> None:
    inbox = Inbox(password=SECRET.encode())
    with mail_server(inbox, tls_context=context(), require_starttls=True):
        results, _ = deliver(inbox, security="starttls", user="news")
    assert [result.state for result in results] == ["accepted"]
    assert inbox.logins == [(b"news", SECRET.encode())]


@pytest.mark.usefixtures("trusted")
def test_tls_from_the_first_byte() -> None:
    inbox = Inbox(password=SECRET.encode())
    with mail_server(inbox, implicit_tls=context(), auth_require_tls=False):
        results, _ = deliver(inbox, security="tls", user="news")
    assert [result.state for result in results] == ["accepted"]


@pytest.mark.parametrize(("security", "option"), [("starttls", "tls_context"), ("tls", "implicit_tls")])
def test_a_certificate_that_nobody_vouches_for_stops_everything(security: str, option: str) -> None:
    inbox = Inbox(password=SECRET.encode())
    with mail_server(inbox, **{option: context()}), pytest.raises(RelayError, match="The certificate of") as error:
        deliver(inbox, security=security, user="news")
    assert "No authority that this computer knows" in error.value.hint and "SSL_CERT_FILE" in error.value.hint
    assert (inbox.logins, inbox.messages) == ([], [])


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_host_stops_everything() -> None:
    inbox = Inbox()
    with (
        mail_server(inbox, tls_context=context("mail.saltby.test")),
        pytest.raises(RelayError, match="The certificate of") as error,
    ):
        deliver(inbox, security="starttls")
    assert error.value.hint.startswith("Write the name of the host as its certificate has it.")
    assert str(error.value).endswith("is not valid for '127.0.0.1'.")


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("days", [-1, 1])
def test_a_certificate_of_another_time_has_its_own_advice(days: int) -> None:
    now = datetime.datetime.now(datetime.UTC)
    start, end = sorted([now + datetime.timedelta(days), now + datetime.timedelta(2 * days)])
    certificate = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    CA.issue_cert("127.0.0.1", not_before=start, not_after=end).configure_cert(certificate)
    with mail_server(tls_context=certificate) as inbox, pytest.raises(RelayError, match="The certificate of") as error:
        deliver(inbox, security="starttls")
    assert error.value.hint.startswith("Look whether the date of this computer is right.")


def test_a_relay_without_encryption_gets_no_password() -> None:
    inbox = Inbox(password=SECRET.encode())
    with mail_server(inbox, auth_require_tls=False), pytest.raises(RelayError, match="offers no encryption"):
        deliver(inbox, security="starttls", user="news")
    assert inbox.logins == []


@pytest.mark.usefixtures("trusted")
def test_a_relay_that_offers_no_login_needs_no_user() -> None:
    with mail_server() as inbox, pytest.raises(RelayError, match="offers no login") as error:
        deliver(inbox, user="news")
    assert error.value.hint == "Delete “user” from [tool.newsletter.relay] of pyproject.toml."
    with (
        mail_server(tls_context=context(), auth_exclude_mechanism=["LOGIN", "PLAIN"]) as inbox,
        pytest.raises(RelayError, match="offers no login") as error,
    ):
        deliver(inbox, security="starttls", user="news")
    assert "or correct “port”" in error.value.hint and inbox.messages == []


def test_a_relay_that_offers_its_login_or_anything_only_with_encryption_says_so() -> None:
    hint = 'This relay offers encryption: write “security = "starttls"” into [tool.newsletter.relay] of pyproject.toml.'
    with mail_server(tls_context=context()) as inbox, pytest.raises(RelayError, match="offers no login") as error:
        deliver(inbox, user="news")
    assert error.value.hint == hint
    with (
        mail_server(tls_context=context(), require_starttls=True) as inbox,
        pytest.raises(RelayError, match="wants encryption: 530") as error,
    ):
        deliver(inbox)
    assert error.value.hint == hint


class HalfLogin(Inbox):
    """A server that offers the mechanism PLAIN without having it."""

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        if mechanism == "PLAIN":
            return AuthResult(success=False, handled=False, message="504 5.5.4 unknown mechanism")
        return super().authenticate(server, session, envelope, mechanism, data)


@pytest.mark.usefixtures("trusted")
def test_after_a_mechanism_that_the_relay_does_not_have_another_one_is_tried() -> None:
    inbox = HalfLogin(password=SECRET.encode())
    with mail_server(inbox, tls_context=context(), auth_require_tls=False):
        results, _ = deliver(inbox, security="starttls", user="news")
    assert [result.state for result in results] == ["accepted"] and len(inbox.logins) == 1


def test_a_wrong_password_stops_everything_and_is_not_repeated() -> None:
    inbox = Inbox(password=b"another")
    with mail_server(inbox, auth_require_tls=False), pytest.raises(RelayError) as error:
        deliver(inbox, user="news")
    assert str(error.value).endswith("does not let news log in: 535 5.7.8 wrong: (password)")
    # It is tried by one mechanism of two: after a few wrong attempts, hosts lock an account.
    assert len(inbox.logins) == 1
    assert SECRET not in repr(error.value.__cause__) + repr(Password("news", SECRET))
