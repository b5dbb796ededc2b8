"""Every line of the message is short, ends in CRLF and has only ASCII characters.

Mail servers may cut longer lines in the middle of a word or a link, and replace "ë" or "–" with question marks. Readers
get broken words, and links that do not work.

Bad:
    one line of 4,000 bytes

Good:
    lines of 76 bytes, in quoted-printable

RFC 5322, 2.1.1 (998 characters without CRLF); RFC 2045, 6.7 (76 in quoted-printable).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.message import ParsedMessage
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS = {"longest": 998}

_LONE_CR_OR_LF = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_NOT_ASCII = re.compile(rb"[^\x00-\x7f]")
_HINT = "Send the file exactly as `newsletter render` wrote it. Do not save it with a text editor."


def check(message: ParsedMessage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the bytes of the message. Each kind of problem is reported once, at its first line."""
    lines = message.data.split(b"\n")
    longest = options["longest"]
    is_long = max(map(len, lines)) > longest
    long = [n for n, line in enumerate(lines, 1) if len(line.removesuffix(b"\r")) > longest] if is_long else []
    if long:
        text = f"Line {long[0]} of the message has more than {longest} bytes{_others(len(long))}."
        yield Finding(message.whole_message, text, _HINT)
    ends = {message.data.count(end) for end in (b"\r\n", b"\r", b"\n")}
    for pattern, fault, is_fine in (
        (_LONE_CR_OR_LF, "does not end in CRLF", len(ends) == 1),
        (_NOT_ASCII, "has bytes that are not ASCII", message.data.isascii()),
    ):
        if not is_fine and (match := pattern.search(message.data)):
            number = message.data.count(b"\n", 0, match.start()) + 1
            yield Finding(message.whole_message, f"Line {number} of the message {fault}.", _HINT)


def _others(count: int) -> str:
    return f", and so do {count - 1} more" if count > 1 else ""
