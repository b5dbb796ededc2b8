"""The header fields of a message that are different for each reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from email.header import decode_header, make_header
from email.utils import unquote

from newsletter.issue.field_syntax import FieldUse
from newsletter.personal.places import require_after_host
from newsletter.personal.tokens import Tokens
from newsletter.personal.values import ENCODERS, Form
from newsletter.stages.header_fields import NamedAddress, address_field, text_field, unsubscribe_field

HeaderWriter = Callable[[Mapping[FieldUse, str]], str]
"""A function that returns a whole header field with the values of a reader. It raises ValueError as they do."""


def split_header(head: str) -> list[str]:
    """Return the header fields of a message, each as it is sent, without the line end after it."""
    return re.split(r"\r\n(?![ \t])", head)


def header_writer(field: str, tokens: Tokens) -> tuple[HeaderWriter, list[FieldUse]] | None:
    """Return the function that writes a header field for each reader, and the fields of the reader in it.

    Args:
        field: the whole header field, as `stages.header_fields` writes it.
        tokens: the words that stand for fields.

    Returns:
        None if it has no token, and is the same for everybody.

    Raises:
        ValueError: if a token is where no value can be.
    """
    name, _, value = field.replace("\r\n", "").partition(": ")
    uses = tokens.in_text(_decoded(value))
    if not uses:
        return None
    if name not in _WRITERS:
        raise ValueError(f"A field cannot be in the header {name}.")
    return _WRITERS[name](value, tokens), uses


def _decoded(value: str) -> str:
    return str(make_header(decode_header(value.strip())))


def _write_subject(value: str, tokens: Tokens) -> HeaderWriter:
    fill = tokens.filler(_decoded(value))
    return lambda values: text_field("Subject", fill(values))


def _write_from(value: str, tokens: Tokens) -> HeaderWriter:
    name, _, address = value.rpartition("<")
    name = name.strip()
    fill = tokens.filler(unquote(name) if name.startswith('"') else _decoded(name))
    if tokens.in_text(address):
        raise ValueError("A field cannot be in the address of the sender.")
    return lambda values: address_field("From", NamedAddress(fill(values), address.rstrip(">")))


def _write_unsubscribe(value: str, tokens: Tokens) -> HeaderWriter:
    uris: list[str] = re.findall("<([^<>]*)>", value)
    for uri in uris:
        require_after_host(uri, tokens.pattern)

    fillers = {uri.startswith("mailto:"): tokens.filler(uri, ENCODERS[Form.URL_PART]) for uri in uris}

    def write(values: Mapping[FieldUse, str]) -> str:
        filled = {is_mail: fill(values) for is_mail, fill in fillers.items()}
        return unsubscribe_field(filled.get(False), filled.get(True))

    return write


_WRITERS: Mapping[str, Callable[[str, Tokens], HeaderWriter]] = {
    "Subject": _write_subject,
    "From": _write_from,
    "List-Unsubscribe": _write_unsubscribe,
}
