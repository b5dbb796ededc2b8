"""Passwords: from the environment or from the keyring of the system, and in no text that this program writes."""

from __future__ import annotations

import os
from base64 import b64encode
from importlib.util import find_spec

from newsletter.delivery.servers import Server
from newsletter.problems import Location, Problems

SMTP_PASSWORD = "NEWSLETTER_SMTP_PASSWORD"
IMAP_PASSWORD = "NEWSLETTER_IMAP_PASSWORD"
_SERVICE = "newsletter"
_MASKED_PASSWORD = "(password)"


class Password:
    """A password that is not in its representation, and that can be removed from texts of a server."""

    def __init__(self, user: str, value: str) -> None:
        """Keep a password.

        Args:
            user: whose it is.
            value: the password itself.
        """
        self._value = value
        # IMAP sends it in quotation marks. Python's client puts the reply of a server into a message as `repr` does.
        quoted = value.replace("\\", r"\\").replace('"', r"\"")
        printed = [repr(f'"{text}')[2:-1] for text in (value, quoted)]
        printed += [text.replace(r"\'", "'") for text in printed]
        encoded = [b64encode(text.encode()).decode("ascii") for text in (value, f"\0{user}\0{value}")]
        # The longest first: others can be a part of it.
        self._forms = sorted({value, quoted, *printed, *encoded}, key=len, reverse=True)

    def __repr__(self) -> str:
        return f"Password{_MASKED_PASSWORD}"

    def reveal(self) -> str:
        """Return the password itself, for a login."""
        return self._value

    def remove_from(self, text: str) -> str:
        """Return a text, such as the reply of a server, without the password in the forms in which a login sends it.

        The text has to be as the server sent it: not cut, and with its white space.
        """
        for form in self._forms:
            text = text.replace(form, _MASKED_PASSWORD)
        return text


def read_password(server: Server, variable: str) -> Password | None:
    """Return the password for a server: from the environment, else from the keyring.

    Args:
        server: the server and its user.
        variable: the name of the environment variable.

    Returns:
        None if the server has no user, and needs no login.

    Raises:
        Problems: if there is no password, or none that a login can send.
    """
    if not server.user:
        return None
    value = os.environ.get(variable) or _from_keyring(server)
    if not value:
        extra = f", or type `keyring set {_SERVICE} {server.user}@{server.host}`" if find_spec("keyring") else ""
        hint = f"Set the environment variable {variable}{extra}."
        message = f"There is no password of {server.user} at {server.host}."
        raise Problems.one(Location("pyproject.toml"), "password", message, hint)
    if not (server.user + value).isascii():
        message = f"The user or the password for {server.host} has a letter with an accent, or of another script."
        hint = "A login can send only A to Z, digits, spaces and signs such as #. Set another password at your host."
        raise Problems.one(Location("pyproject.toml"), "password", message, hint)
    return Password(server.user, value)


def _from_keyring(server: Server) -> str | None:
    if find_spec("keyring") is None:
        return None
    import keyring  # noqa: PLC0415 - an extra, which not everybody installs
    from keyring.errors import KeyringError  # noqa: PLC0415 - as above

    try:
        return keyring.get_password(_SERVICE, f"{server.user}@{server.host}")
    except KeyringError:
        return None
