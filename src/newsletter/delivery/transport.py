"""Everything that is needed to send the messages of one sender: the relay, its password, and the signature."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from newsletter.delivery.credentials import SMTP_PASSWORD, Password, read_password
from newsletter.delivery.date_field import with_date
from newsletter.delivery.journal import Entry
from newsletter.delivery.run import DeliveryRun
from newsletter.delivery.servers import Relay
from newsletter.delivery.signature import Signer, read_signer
from newsletter.delivery.smtp import SmtpConnection
from newsletter.problems import Location, Problems
from newsletter.project import Project


@dataclass(frozen=True)
class Transport:
    """A relay, and what its messages need."""

    relay: Relay
    sender: str
    """The address of the sender."""
    password: Password | None
    signer: Signer | None

    def finish(self, message: bytes) -> bytes:
        """Return a message as it is sent now: with the time, and with its signature if this project signs."""
        dated = with_date(message, datetime.datetime.now().astimezone())
        return self.signer(dated) if self.signer else dated

    def run(self, note: Callable[[Entry], None], messages: int, on_wait: Callable[[str], object]) -> DeliveryRun:
        """Return a run, with no more connections than it has messages.

        Args:
            note: stores an entry of the journal; see `DeliveryRun.note`.
            messages: how many messages there are.
            on_wait: takes a sentence if the relay takes nothing yet; see `DeliveryRun.on_wait`.
        """
        number = max(1, min(messages, self.relay.connections))
        connections = [SmtpConnection(self.relay, self.password, self.sender) for _ in range(number)]
        return DeliveryRun(connections, self.relay.rate, note, on_wait)


def open_transport(relay: Relay | None, sender: str, project: Project) -> Transport:
    """Return what carries the messages of a sender. It connects to nothing yet.

    Args:
        relay: the relay; None if the settings have none.
        sender: the address of the sender.
        project: where the key is.

    Raises:
        Problems: if there is no relay, no password, or no key.
    """
    if relay is None:
        hint = 'Write [tool.newsletter.relay] with “host = "smtp.example.org"” and “user”: those of your email host.'
        raise Problems.one(Location("pyproject.toml"), "relay", "Nothing says which server sends the emails.", hint)
    return Transport(relay, sender, read_password(relay, SMTP_PASSWORD), read_signer(relay, sender, project))
