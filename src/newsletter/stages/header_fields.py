"""Write the header fields of a message, each as a string exactly as it is sent (RFC 5322, RFC 2047, RFC 2369)."""

import re
from email.charset import Charset
from email.header import Header
from email.utils import quote
from typing import Literal, NamedTuple

# Control characters (a line end would begin another header), Unicode's line and paragraph ends, bidirectional
# overrides and isolates (a name could look like another), halves of surrogate pairs (not UTF-8).
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# ASCII words with single spaces between: folding changes nothing, and each word fits on a line of 78 characters.
_PLAIN = re.compile(r"[!-~]{1,60}(?: [!-~]{1,60})*")
# The same without what a quoted string or an encoded word has: most names.
_PLAIN_NAME = re.compile(r"[!#-<>-\[\]-~]{1,60}(?: [!#-<>-\[\]-~]{1,60})*")
_ENCODED_WORD = re.compile(r"=\?[^?]+\?[BbQq]\?[^?]*\?=")
DOTTED = r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*"
"""A regular expression of words with dots between: a local part, or the name of a host."""

ADDRESS = re.compile(rf"(?=[^@]{{1,64}}@.{{1,189}}\Z){DOTTED}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*", re.ASCII)
_UTF_8 = Charset("utf-8")
_URI = re.compile(r"(?:https://|mailto:)[!#-;=?-~]+")
LONGEST_URI = 900
"""The most characters of an address to unsubscribe: a line of a header has at most 998 (RFC 5322, section 2.1.1)."""


class NamedAddress(NamedTuple):
    """A display name (any script; empty for none) and its address (ASCII; a domain in its xn-- form)."""

    name: str
    address: str


def text_field(field: str, text: str) -> str:
    """Return a header field of words, such as the subject, encoded if it has to be.

    Raises:
        ValueError: if the text is empty, or no header can hold it safely.
    """
    if not text:
        raise ValueError(f"{field} is empty.")
    return f"{field}: " + _folded(field, text, "us-ascii" if is_plain_header(field, text) else "utf-8")


def address_field(field: str, named: NamedAddress) -> str:
    """Return a header field of one address and its name, such as `To`.

    Raises:
        ValueError: if the address is none, or no header can hold the name safely.
    """
    if not ADDRESS.fullmatch(named.address):
        raise ValueError(f"{field} needs an address like 'news@example.org', not {named.address!r}.")
    return named_field(field, named.name, named.address)


def named_field(field: str, name: str, target: str) -> str:
    """Return a header field of a name, and its address or list id in angle brackets (RFC 5322, 3.4; RFC 2919, 3).

    Args:
        field: the name of the header field, such as `To`.
        name: the name of a person or a list; empty if there is none.
        target: the address or the list id, without brackets.

    Raises:
        ValueError: if no header can hold the name safely.
    """
    if not name:
        return f"{field}: <{target}>"
    if _PLAIN_NAME.fullmatch(name) and len(field) + len(name) + len(target) <= 71:
        return f'{field}: "{name}" <{target}>'  # the same as below in half the time
    header = f'{field}: "{quote(name)}"'
    if not is_plain_header(field, name) or len(header) > 78:
        if name != name.strip():
            raise ValueError(f"The name in {field} begins or ends with a space, which mail apps drop.")
        header = f"{field}: " + _folded(field, name, "utf-8")
    last_line = len(header) - (header.rfind("\n") + 1)
    return f"{header} <{target}>" if last_line + len(target) <= 75 else f"{header}\r\n <{target}>"


def is_plain_header(field: str, text: str) -> bool:
    """Check whether text arrives unchanged without encoding.

    Raises:
        ValueError: if it is never safe.
    """
    if _PLAIN.fullmatch(text):
        return "=?" not in text  # which would be decoded on arrival
    if unsafe := _UNSAFE.search(text):
        raise ValueError(f"{field} holds the character U+{ord(unsafe[0]):04X}, which is not safe in a header.")
    return False


def unsubscribe_field(url: str | None, mailto: str | None) -> str:
    """Return the header field of the addresses to unsubscribe (RFC 2369), of which there is at least one.

    Args:
        url: a web page.
        mailto: a whole `mailto:` URI.

    Raises:
        ValueError: if one is of another kind, or too long.
    """
    uris = [_uri(scheme, uri) for scheme, uri in (("https://", url), ("mailto:", mailto)) if uri is not None]
    # Folded only between the two: mail apps do not offer an address that is folded or encoded.
    return "List-Unsubscribe: " + ",\r\n ".join(uris)


def _folded(field: str, text: str, charset: Literal["us-ascii", "utf-8"]) -> str:
    # RFC 2047, section 2, allows lines of 76 with encoded-words, and RFC 5322 others of 78.
    word, longest = (text, 78) if charset == "us-ascii" else (_UTF_8.header_encode(text), 76)
    if len(f"{field}: {word}") <= longest:
        return word  # the same as `Header` makes it in ten times the time
    return Header(text, charset, longest, field).encode(linesep="\r\n")


def _uri(scheme: str, uri: str) -> str:
    if not (uri.startswith(scheme) and _URI.fullmatch(uri) and len(uri) <= LONGEST_URI) or (
        "=?" in uri and _ENCODED_WORD.search(uri)
    ):
        limit = f"have at most {LONGEST_URI} ASCII characters"
        raise ValueError(f"An unsubscribe address must begin with {scheme} and {limit}.")
    return f"<{uri}>"
