"""Every line of the message is short, ends in CRLF, and holds nothing but ASCII.

Servers on the way may cut longer lines, in the middle of a word or a link, and put question marks in the place of "ë"
or "–". The reader gets broken words, and a link that leads nowhere.

Bad:
    one line of 4,000 bytes

Good:
    lines of 76 bytes, in quoted-printable

RFC 5322, 2.1.1 (998 characters without CRLF); RFC 2045, 6.7 (76 in quoted-printable).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.message import MessageSubject
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS = {"longest": 998}

_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_NOT_ASCII = re.compile(rb"[^\x00-\x7f]")
_HINT = "Send the file as `newsletter render` wrote it, and do not save it with a text editor."


def check(message: MessageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the bytes; each kind of fault is told once, where it is first."""
    lines = message.data.split(b"\n")
    longest = options["longest"]
    is_long = max(map(len, lines)) > longest
    long = [n for n, line in enumerate(lines, 1) if len(line.removesuffix(b"\r")) > longest] if is_long else []
    if long:
        told = f"Line {long[0]} of the message has more than {longest} bytes{_others(len(long))}."
        yield Finding(message.whole, told, _HINT)
    ends = {message.data.count(end) for end in (b"\r\n", b"\r", b"\n")}
    for pattern, fault, is_sure in (
        (_BARE, "does not end in CRLF", len(ends) == 1),
        (_NOT_ASCII, "holds bytes that are not ASCII", message.data.isascii()),
    ):
        if not is_sure and (found := pattern.search(message.data)):
            number = message.data.count(b"\n", 0, found.start()) + 1
            yield Finding(message.whole, f"Line {number} of the message {fault}.", _HINT)


def _others(count: int) -> str:
    return f", and so have {count - 1} others" if count > 1 else ""
