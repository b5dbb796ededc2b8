"""The Message-ID of a finished message."""

from __future__ import annotations

import re

_FIELD = re.compile(rb"^Message-ID: *(<[^>\r\n]*>)", re.MULTILINE | re.IGNORECASE)


def message_id(message: bytes) -> str:
    """Return the Message-ID of a message; empty if it has none."""
    return match[1].decode("ascii") if (match := _FIELD.search(message)) else ""
