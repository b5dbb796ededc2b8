"""Assemble a page and its plain text into one email that is ready to send (RFC 5322, RFC 2045 to 2047).

The standard library's encoders are used, but not its `EmailMessage` and `Generator`. These damage non-ASCII subjects,
encode long unsubscribe addresses (one-click unsubscribing fails then), end lines with LF only and use random
boundaries. Here each header is a string, exactly as it is sent.
"""

import base64
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import encode_rfc2231, format_datetime
from hashlib import sha256
from typing import Literal

from newsletter.edition import InlinedPage, PlainText
from newsletter.stages.header_fields import (
    ADDRESS,
    DOTTED,
    NamedAddress,
    address_field,
    is_plain_header,
    named_field,
    text_field,
    unsubscribe_field,
)
from newsletter.stages.quoted_printable import quoted_printable

_LIST_ID = re.compile(rf"(?=.{{1,255}}\Z){DOTTED}", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Envelope:
    """The values of the headers.

    `date` has a time zone. `list_id` looks like a host name (RFC 2919). `unsubscribe_url` is an https address, and
    `unsubscribe_mailto` a whole `mailto:` URI (RFC 2369); each has at most 900 ASCII characters. `takes_one_click` says
    that the https address accepts one-click POSTs and identifies the reader (RFC 8058). `languages` are one or more
    BCP 47 tags, the main one first.
    """

    subject: str
    date: datetime.datetime
    sender: NamedAddress
    to: NamedAddress
    reply_to: NamedAddress | None
    list_id: str
    list_name: str
    unsubscribe_url: str | None
    unsubscribe_mailto: str | None
    takes_one_click: bool
    languages: tuple[str, ...]


@dataclass(frozen=True)
class InlineAttachment:
    """A picture inside the message, which the page names by `cid:` and `content_id` (RFC 2392).

    A content id has the form of an email address. `name` is the file name for saving the picture: any script, at most
    255 bytes of UTF-8.
    """

    content_id: str
    name: str
    kind: Literal["png", "jpeg", "gif"]
    data: bytes


def assemble_message(
    envelope: Envelope, text: PlainText, html: InlinedPage | None, images: Sequence[InlineAttachment] = ()
) -> bytes:
    """Return the whole message: ASCII bytes in lines of at most 998, each ended by CRLF.

    Without `html` it is one text/plain part and has no images. The same arguments give the same bytes on any machine
    at any time.

    Args:
        envelope: the values of the header fields.
        text: the plain-text part.
        html: the HTML part; None for a message without one.
        images: the pictures that the page names by their content ids.

    Raises:
        ValueError: for anything that no message can hold safely, with a sentence that says so.
    """
    if len({image.content_id for image in images}) < len(images):
        raise ValueError("Two embedded images have the same content id.")
    if images and html is None:
        raise ValueError("A message of plain text cannot have images.")
    headers = _headers(envelope)
    # Best last: RFC 2046, 5.1.4.
    parts = [_text_part("plain", text), *([_text_part("html", html)] if html is not None else [])]
    pictures = [_image_part(image) for image in images]
    # No encoded part holds a NUL, so two different messages never give the same string here. With half of the digest,
    # 128 bits, the Message-ID is on one line, where simple servers look for it.
    digest = sha256("\0".join([*headers, *parts, *pictures]).encode("ascii")).hexdigest()[:32]
    if pictures:
        parts[1:] = [_multipart('related; type="text/html"', f"=_related-{digest}", [*parts[1:], *pictures])]
    body = _multipart("alternative", f"=_alternative-{digest}", parts) if parts[1:] else parts[0]
    message_id = f"Message-ID: <{digest}@{envelope.sender.address.rpartition('@')[2]}>"
    return "\r\n".join([*headers, message_id, "MIME-Version: 1.0", body]).encode("ascii")


def _headers(envelope: Envelope) -> list[str]:
    offset = envelope.date.utcoffset()
    if offset is None or offset % datetime.timedelta(minutes=1):
        raise ValueError("The date needs a time zone, in whole minutes.")
    if not envelope.languages or not all(map(_LANGUAGE.fullmatch, envelope.languages)):
        raise ValueError("There must be a language, and each must be a tag such as 'en-GB'.")
    if not _LIST_ID.fullmatch(envelope.list_id):
        raise ValueError(f"The list id must look like 'news.example.org', not {envelope.list_id!r}.")
    headers = [
        f"Date: {format_datetime(envelope.date)}",
        address_field("From", envelope.sender),
        address_field("To", envelope.to),
        text_field("Subject", envelope.subject),
        named_field("List-Id", envelope.list_name, envelope.list_id),
        text_field("Content-Language", ", ".join(envelope.languages)),
    ]
    if envelope.reply_to is not None:
        headers.append(address_field("Reply-To", envelope.reply_to))
    if envelope.unsubscribe_url is not None or envelope.unsubscribe_mailto is not None:
        headers.append(unsubscribe_field(envelope.unsubscribe_url, envelope.unsubscribe_mailto))
    if envelope.unsubscribe_url is not None and envelope.takes_one_click:
        headers.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    return headers


def _text_part(subtype: str, text: str) -> str:
    try:
        encoded = quoted_printable(text)
    except UnicodeEncodeError as error:
        raise ValueError(f"The text/{subtype} part holds half of a surrogate pair.") from error
    kind = f'Content-Type: text/{subtype}; charset="utf-8"'
    return f"{kind}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{encoded}"


def _image_part(image: InlineAttachment) -> str:
    if not ADDRESS.fullmatch(image.content_id):
        raise ValueError(f"A content id must look like 'photo@example.org', not {image.content_id!r}.")
    # Only simple names are in quotation marks, where parsers fail at some characters. Others are encoded by RFC 2231.
    plain = is_plain_header("A file name", image.name) and re.fullmatch(r"[\w .-]{1,60}", image.name)
    if not 0 < len(image.name.encode("utf-8")) <= 255:
        raise ValueError("The file name of an embedded image must have between 1 and 255 bytes.")
    name = f'="{image.name}"' if plain else "*=" + encode_rfc2231(image.name, "utf-8")
    data = base64.encodebytes(image.data).decode("ascii").replace("\n", "\r\n")  # 76 characters a line
    return (
        f"Content-Type: image/{image.kind}\r\nContent-ID: <{image.content_id}>\r\n"
        f"Content-Disposition: inline;\r\n filename{name}\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{data}"
    )


def _multipart(kind: str, boundary: str, parts: Sequence[str]) -> str:
    # A boundary with '=_' never occurs in quoted-printable or base64: RFC 2045, section 6.7.
    opened = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n\r\n{opened}--{boundary}--\r\n'
