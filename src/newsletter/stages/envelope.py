"""From an issue and its brand to what the header of the message says."""

from newsletter.issue.brand import Brand
from newsletter.issue.brand import Mailbox as Written
from newsletter.issue.model import Issue
from newsletter.stages.message import Envelope, Mailbox


def envelope(issue: Issue, brand: Brand) -> Envelope:
    """Say who sends what to whom, when, about which list, and how to leave it."""
    return Envelope(
        subject=issue.subject,
        date=issue.sent_at(brand.zone),
        sender=_mailbox(brand.sender),
        to=_mailbox(brand.to),
        reply_to=Mailbox("", brand.reply_to) if brand.reply_to else None,
        list_id=brand.list_id,
        list_name=brand.name,
        unsubscribe_url=brand.unsubscribe.url,
        unsubscribe_mailto=f"mailto:{brand.unsubscribe.mailto}" if brand.unsubscribe.mailto else None,
        languages=issue.languages,
    )


def _mailbox(written: Written) -> Mailbox:
    return Mailbox(written.name or "", written.address)
