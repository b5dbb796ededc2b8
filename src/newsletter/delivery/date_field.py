"""The Date header of a message: when it is sent (RFC 5322, section 3.6.1)."""

from __future__ import annotations

import datetime
import re
from email.utils import format_datetime

_FIELD = re.compile(rb"^Date: [^\r\n]*", re.MULTILINE)


def with_date(message: bytes, sent_at: datetime.datetime) -> bytes:
    """Return a message with the time at which it is sent in its Date header.

    Filters for spam distrust a time that is hours away from that in the Received headers.

    Args:
        message: a message of `stages.message`.
        sent_at: the time, with a time zone.
    """
    head, end, body = message.partition(b"\r\n\r\n")
    return _FIELD.sub(f"Date: {format_datetime(sent_at)}".encode("ascii"), head, count=1) + end + body
