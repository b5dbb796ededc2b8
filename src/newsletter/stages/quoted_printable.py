"""Encode text as quoted-printable that arrives unchanged through any server and any mailbox file (RFC 2045, 6.7)."""

import re
from email import quoprimime

LONGEST_LINE = 74
"""The usual length of an encoded line. RFC 2045 allows 76, and `_UNSAFE_IN_TRANSIT` adds up to two."""

# A dot or a 'From ' at the start of a line, which some servers and mailbox files change (RFC 2049, section 3), and a
# last space before a soft line break, which parsers read in different ways.
_UNSAFE_IN_TRANSIT = re.compile(r"^\.|^F(?=rom )|[ \t]=\r\n\Z", re.MULTILINE)


def quoted_printable(text: str, longest: int = LONGEST_LINE) -> str:
    """Return a text encoded, in lines of at most `longest` characters and two, each ended by CRLF.

    Raises:
        UnicodeEncodeError: if the text holds half of a surrogate pair.
    """
    octets = text.encode("utf-8").decode("latin-1")  # quoprimime needs one character for each byte
    encoded = quoprimime.body_encode(octets, longest, "\r\n")
    return _UNSAFE_IN_TRANSIT.sub(lambda match: f"={ord(match[0][0]):02X}", encoded)
