"""Where a password comes from."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from newsletter.delivery.credentials import SMTP_PASSWORD, Password, read_password
from newsletter.delivery.server_reply import readable_reply
from newsletter.delivery.servers import read_relay
from newsletter.delivery.smtp import SmtpConnection
from newsletter.problems import Problems

SERVER = read_relay({"host": "mail.saltby.test", "user": "news"})


class OneEntry(KeyringBackend):
    """A keyring that holds one password, or is locked."""

    priority = 1
    is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise KeyringLocked
        return "from the keyring" if (service, username) == ("newsletter", "news@mail.saltby.test") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[OneEntry]:
    monkeypatch.delenv(SMTP_PASSWORD, raising=False)
    before, ring = keyring.get_keyring(), OneEntry()  # type: ignore[no-untyped-call]
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_the_environment_comes_first_and_then_the_keyring(ring: OneEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    password = read_password(SERVER, SMTP_PASSWORD)
    assert password and password.reveal() == "from the keyring"
    monkeypatch.setenv(SMTP_PASSWORD, "from the environment")
    password = read_password(SERVER, SMTP_PASSWORD)
    assert password and password.reveal() == "from the environment"


def test_a_locked_keyring_is_one_without_a_password(ring: OneEntry) -> None:
    ring.is_locked = True
    with pytest.raises(Problems, match="There is no password of news") as error:
        read_password(SERVER, SMTP_PASSWORD)
    assert "keyring set newsletter news@mail.saltby.test" in str(error.value)


def test_without_a_user_there_is_no_login(ring: OneEntry) -> None:
    assert read_password(read_relay({"host": "mail.saltby.test"}), SMTP_PASSWORD) is None


@pytest.mark.parametrize(("user", "value"), [("news", "hünter2"), ("néws", "hunter2"), ("news", "hunter2\udcff")])
def test_what_a_login_cannot_send_is_reported_without_the_password(
    ring: OneEntry, monkeypatch: pytest.MonkeyPatch, user: str, value: str
) -> None:
    monkeypatch.setenv(SMTP_PASSWORD, value)
    with pytest.raises(Problems, match="a letter with an accent") as error:
        read_password(read_relay({"host": "mail.saltby.test", "user": user}), SMTP_PASSWORD)
    assert "nter2" not in str(error.value)


@pytest.mark.parametrize("value", ['a"b\\c-hunter2', "two  spaces hunter2", "quote'hunter2\"", "a\thunter2"])
def test_a_reply_has_the_password_in_no_form(value: str) -> None:
    password = Password("news", value)
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    reply = f'bad command: LOGIN news "{quoted}" {value}'.encode()
    for text in (reply, repr([reply]).encode(), b"x" * 292 + b" " + value.encode()):
        assert "hunt" not in readable_reply(text, password)
    cut = "\x1b[0m".join(value)
    assert "hunt" not in readable_reply(cut, password) and "\x1b" not in readable_reply(cut, password)
    smtp = SmtpConnection(SERVER, password, "news@saltby.test")
    assert smtp._text((535, reply)).endswith('LOGIN news "(password)" (password)')
    assert "hunt" not in smtp._text((535, b"x" * 288 + b" " + value.encode()))
