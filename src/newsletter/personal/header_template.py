"""The header fields of a message that are different for each reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from email.header import decode_header, make_header
from email.utils import unquote

from newsletter.personal.escape_values import ENCODERS, ValueForm
from newsletter.personal.field_tokens import FieldTokens
from newsletter.personal.places import require_after_host
from newsletter.stages.header_fields import LONGEST_URI, NamedAddress, address_field, text_field, unsubscribe_field

_URIS = re.compile("<([^<>]*)>")

HeaderWriter = Callable[[Mapping[str, str]], str]
"""A function that returns a whole header field with the values of a reader by their tokens.

It raises ValueError as they do.
"""


def split_header(head: str) -> list[str]:
    """Return the header fields of a message, each as it is sent, without the line end after it."""
    return re.split(r"\r\n(?![ \t])", head)


def header_writer(field: str, tokens: FieldTokens) -> tuple[HeaderWriter, list[str]] | None:
    """Return the function that writes a header field for each reader, and the tokens in it.

    Args:
        field: the whole header field, as `stages.header_fields` writes it.
        tokens: the words that stand for fields.

    Returns:
        None if it has no token, and is the same for everybody.

    Raises:
        ValueError: if a token is where no value can be.
    """
    name, _, value = field.replace("\r\n", "").partition(": ")
    in_value = tokens.in_text(_decoded(value))
    if not in_value:
        return None
    if name not in _WRITERS:
        raise ValueError(f"A field cannot be in the header {name}.")
    return _WRITERS[name](value, tokens), in_value


def _decoded(value: str) -> str:
    return str(make_header(decode_header(value.strip())))


def _write_subject(value: str, tokens: FieldTokens) -> HeaderWriter:
    fill = tokens.filler(_decoded(value))
    return lambda values: text_field("Subject", fill(values))


def _write_from(value: str, tokens: FieldTokens) -> HeaderWriter:
    name, _, address = value.rpartition("<")
    name = name.strip()
    fill = tokens.filler(unquote(name) if name.startswith('"') else _decoded(name))
    if tokens.in_text(address):
        raise ValueError("A field cannot be in the address of the sender.")
    return lambda values: address_field("From", NamedAddress(fill(values), address.rstrip(">")))


def _write_unsubscribe(value: str, tokens: FieldTokens) -> HeaderWriter:
    uris: list[str] = _URIS.findall(value)
    for uri in uris:
        require_after_host(uri, tokens.pattern)

    by_scheme = {uri.partition(":")[0]: uri for uri in uris}
    web, mail = by_scheme.get("https"), by_scheme.get("mailto")
    fill = tokens.filler(unsubscribe_field(web, mail), ENCODERS[ValueForm.URL_PART])

    def write(values: Mapping[str, str]) -> str:
        # The addresses are safe with their tokens, so that with percent-encoded values they only can be too long.
        field = fill(values)
        if len(field) > LONGEST_URI and max(map(len, _URIS.findall(field))) > LONGEST_URI:
            raise ValueError(f"An address to unsubscribe has more than {LONGEST_URI} characters with the values in it.")
        return field

    return write


_WRITERS: Mapping[str, Callable[[str, FieldTokens], HeaderWriter]] = {
    "Subject": _write_subject,
    "From": _write_from,
    "List-Unsubscribe": _write_unsubscribe,
}
