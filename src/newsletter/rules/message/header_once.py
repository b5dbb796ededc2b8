"""The header has one date, one sender, one recipient, one subject and one id.

If there are two, some mail apps show the first and some the second. Filters reject messages that look broken. People
who listen to a list of messages cannot find one without a subject or a date.

Bad:
    Subject: News
    Subject: Neuro News, December 2026

Good:
    Subject: Neuro News, December 2026

RFC 5322, 3.6: the date and the sender exactly once, each of the others at most once. That none is missing is our own.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.message import ParsedMessage
from newsletter.check.rule import Finding

SEVERITY = "error"

_EXACTLY_ONCE = ("Date", "From", "To", "Subject", "Message-ID", "MIME-Version")
_AT_MOST_ONCE = ("Reply-To", "Sender", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Language")


def check(message: ParsedMessage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check how often each header occurs."""
    count = Counter(name.lower() for name, value in message.raw_headers if value.strip())
    for name in (*_EXACTLY_ONCE, *_AT_MOST_ONCE):
        times = count[name.lower()]
        if times > 1:
            yield Finding(message.whole_message, f"The header has “{name}” {times} times.", "Keep one of them.")
        elif not times and name in _EXACTLY_ONCE:
            hint = f"Add “{name}: ...” before the message is sent; RFC 5322 asks for it."
            yield Finding(message.whole_message, f"The header “{name}” is missing or empty.", hint)
