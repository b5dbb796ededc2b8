"""The finished message: its headers, decoded and raw, and its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message

from newsletter.check.context import CheckContext
from newsletter.preview.download_check import in_template
from newsletter.preview.issue_state import IssueState

TITLE = "Message"

# The purpose of each header, for editors.
_PURPOSES = {
    "Date": "When it is sent.",
    "From": "Who sends it.",
    "To": "Who gets it.",
    "Reply-To": "Where answers go.",
    "Subject": "The line that inboxes show.",
    "List-Id": "The name of the mailing list. Readers can filter by it.",
    "Content-Language": "The languages of the text.",
    "List-Unsubscribe": "How to leave the list. Mail apps show a button for it.",
    "List-Unsubscribe-Post": "Readers can leave the list with one click.",
    "Message-ID": "A unique name. The same issue always has the same one.",
    "MIME-Version": "The standard for messages with several parts.",
    "Content-Type": "The kind of content.",
}


@dataclass(frozen=True)
class HeaderField:
    """One header: its name, its decoded value, its value as it is sent, and its purpose."""

    name: str
    value: str
    raw: str
    purpose: str


@dataclass(frozen=True)
class MimePart:
    """One part of the message, with the parts inside it."""

    kind: str
    name: str
    charset: str
    encoding: str
    size: int
    """Bytes, decoded."""
    sent_size: int
    """Bytes, as it is sent."""
    parts: list[MimePart] = field(default_factory=list)


def template_variables(state: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Return the headers, the tree of parts, the size of the message in bytes, and why it is not handed out yet."""
    if state.edition is None:
        return {"headers": [], "tree": None, "size": 0, **in_template(state)}
    subject = CheckContext(state.edition).message
    decoded = [str(value) for value in subject.message.values()]
    headers = [
        HeaderField(name, value, raw, _PURPOSES.get(name, ""))
        for (name, raw), value in zip(subject.raw_headers, decoded, strict=True)
    ]
    tree = _part(subject.message)
    return {"headers": headers, "tree": tree, "size": len(subject.data), **in_template(state)}


def _part(part: Message) -> MimePart:
    payload = part.get_payload()
    inner = [_part(child) for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []
    decoded = part.get_payload(decode=True)
    return MimePart(
        part.get_content_type(),
        part.get_filename() or "",
        part.get_content_charset() or "",
        part.get("Content-Transfer-Encoding", ""),
        len(decoded) if isinstance(decoded, bytes) else sum(child.size for child in inner),
        len(payload.encode("ascii", "replace"))
        if isinstance(payload, str)
        else sum(child.sent_size for child in inner),
        inner,
    )
