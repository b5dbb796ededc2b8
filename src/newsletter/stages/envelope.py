"""Build the headers of a message from an issue and its brand."""

from newsletter.issue.brand import Brand, Mailbox
from newsletter.issue.model import Issue
from newsletter.stages.header_fields import NamedAddress
from newsletter.stages.message import Envelope


def envelope(issue: Issue, brand: Brand) -> Envelope:
    """Return the values of the headers: sender, recipient, subject, date, list, and how to unsubscribe."""
    return Envelope(
        subject=issue.subject,
        date=issue.sent_at(brand.zone),
        sender=_named_address(brand.sender),
        to=_named_address(brand.to),
        reply_to=NamedAddress("", brand.reply_to) if brand.reply_to else None,
        list_id=brand.list_id,
        list_name=brand.name,
        unsubscribe_url=brand.unsubscribe.url,
        unsubscribe_mailto=f"mailto:{brand.unsubscribe.mailto}" if brand.unsubscribe.mailto else None,
        takes_one_click=brand.unsubscribe.takes_one_click,
        languages=issue.languages,
    )


def _named_address(mailbox: Mailbox) -> NamedAddress:
    return NamedAddress(mailbox.name or "", mailbox.address)
