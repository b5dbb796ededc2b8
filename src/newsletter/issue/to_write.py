"""Values that stand for what is still to be written in an issue that starts from another one.

Each is a valid value of its kind, so that the issue can be built and previewed. The rule `placeholder` reports them.
"""

from __future__ import annotations

import datetime
import re

MARK = "To write:"
"""The beginning of each text that is still to be written."""

DAY = datetime.date(9999, 1, 1)
"""A day that is still to be written: nobody means it."""

URL = "https://to-write.invalid/"
EMAIL = "to-write@to-write.invalid"
"""Addresses that reach nobody: no website and no mailbox can have a name that ends in .invalid (RFC 2606)."""

PHONE = "01632 960 000"
"""A number that is kept for examples, and reaches nobody."""

# A placeholder of ours, or one that people or their designers use.
_IN_WORDS = re.compile(rf"^{MARK}|\blorem ipsum\b|\[(?:insert|add|your|xx+)\b[^\[\]]*\]", re.IGNORECASE)
_INVALID_HOST = re.compile(r"[/@.]to-write\.invalid\b")


def is_to_write(value: object) -> bool:
    """Check whether a text, a day or an address is still to be written."""
    if isinstance(value, str):
        return (
            value == PHONE or value.startswith(str(DAY)) or bool(_IN_WORDS.search(value) or _INVALID_HOST.search(value))
        )
    return value == DAY
