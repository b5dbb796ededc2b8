"""Sign messages with DKIM (RFC 6376)."""

from __future__ import annotations

from pathlib import Path

import dkim
from dkim.crypto import UnparsableKeyError, parse_pem_private_key

from newsletter.delivery.servers import Relay
from newsletter.problems import Location, Problems
from newsletter.project import Project

# Once more than the message has them, so that nobody can add another one. RFC 8058, section 4, demands that both fields
# for unsubscribing are signed.
_CLOSED = ("from", "to", "subject", "date", "message-id", "reply-to", "list-unsubscribe", "list-unsubscribe-post")
_OPEN = ("list-id", "content-language", "mime-version", "content-type", "content-transfer-encoding")


class Signer:
    """Signs messages of one domain with one key."""

    def __init__(self, domain: str, selector: str, key: bytes) -> None:
        """Keep a key.

        Args:
            domain: the domain of the sender.
            selector: the name of the key in the DNS.
            key: an RSA key in PEM.

        Raises:
            ValueError: if it is no such key.
        """
        try:
            parse_pem_private_key(key)
        except UnparsableKeyError:
            raise ValueError("It is no private key of RSA in PEM.") from None
        self._domain, self._selector, self._key = domain.encode("ascii"), selector.encode("ascii"), key

    def __call__(self, message: bytes) -> bytes:
        """Return a message with its signature before it."""
        head = b"\r\n" + message[: message.index(b"\r\n\r\n")].lower()
        present = [name.encode() for name in (*_CLOSED, *_OPEN) if b"\r\n%s:" % name.encode() in head]
        signature: bytes = dkim.sign(
            message,
            self._selector,
            self._domain,
            self._key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[*present, *(name.encode() for name in _CLOSED)],
        )
        return signature + message


def read_signer(relay: Relay, sender: str, project: Project) -> Signer | None:
    """Return what signs the messages of a sender; None if the relay has no key here.

    Args:
        relay: the relay, with the name and the file of its key.
        sender: the address of the sender, whose domain signs.
        project: where the file is.

    Raises:
        Problems: if the file of the key cannot be used. Nothing of it is in the message.
    """
    if not relay.dkim_key:
        return None
    path = Path(project.root, relay.dkim_key)
    try:
        return Signer(sender.rpartition("@")[2], relay.dkim_selector, path.read_bytes())
    except OSError as error:
        why = f"The DKIM key cannot be read: {error.strerror or error}."
    except ValueError as error:
        why = f"The DKIM key cannot be used. {error}"
    hint = "Correct “dkim_key” in pyproject.toml. `openssl genrsa 2048` writes such a key."
    raise Problems.one(Location(project.name_of(path)), "dkim", why, hint)
