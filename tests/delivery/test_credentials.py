"""Where a password comes from."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from newsletter.delivery.credentials import SMTP_PASSWORD, read_password
from newsletter.delivery.servers import relay
from newsletter.problems import Problems

SERVER = relay({"host": "mail.saltby.test", "user": "news"})


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
    assert read_password(relay({"host": "mail.saltby.test"}), SMTP_PASSWORD) is None
