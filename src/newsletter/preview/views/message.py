"""The finished message: what its headers say, as they are read and as they are sent, and the parts it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message

from newsletter.check.subjects import CheckContext
from newsletter.preview.issue_state import IssueState

TITLE = "Message"

# What each header is for, in an editor's words.
_PURPOSES = {
    "Date": "When it goes out.",
    "From": "Who sends it.",
    "To": "Whom it is addressed to.",
    "Reply-To": "Where an answer goes.",
    "Subject": "What the inbox shows.",
    "List-Id": "The name of the mailing list, by which readers can sort it.",
    "Content-Language": "The languages it is written in.",
    "List-Unsubscribe": "How to leave the list; mail programs make a button of it.",
    "List-Unsubscribe-Post": "Leaving takes one click.",
    "Message-ID": "A name of its own; the same issue always has the same.",
    "MIME-Version": "Which standard its parts follow.",
    "Content-Type": "What it is made of.",
}


@dataclass(frozen=True)
class Header:
    """One header: its name, what it says once decoded, how it is sent, and what it is for."""

    name: str
    value: str
    raw: str
    purpose: str


@dataclass(frozen=True)
class Part:
    """One part of the message, with the parts in it."""

    kind: str
    name: str
    charset: str
    encoding: str
    size: int
    """In bytes, decoded."""
    sent: int
    """In bytes, as it travels."""
    parts: list[Part] = field(default_factory=list)


def context(shown: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Give the headers, the tree of parts, and the size of the whole in bytes."""
    if shown.edition is None:
        return {"headers": [], "tree": None, "size": 0}
    view = CheckContext(shown.edition).message
    decoded = [str(value) for value in view.message.values()]
    headers = [
        Header(name, value, raw, _PURPOSES.get(name, ""))
        for (name, raw), value in zip(view.raw_headers, decoded, strict=True)
    ]
    return {"headers": headers, "tree": _part(view.message), "size": len(view.data)}


def _part(part: Message) -> Part:
    payload = part.get_payload()
    inner = [_part(child) for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []
    decoded = part.get_payload(decode=True)
    return Part(
        part.get_content_type(),
        part.get_filename() or "",
        part.get_content_charset() or "",
        part.get("Content-Transfer-Encoding", ""),
        len(decoded) if isinstance(decoded, bytes) else sum(child.size for child in inner),
        len(payload.encode("ascii", "replace")) if isinstance(payload, str) else sum(child.sent for child in inner),
        inner,
    )
