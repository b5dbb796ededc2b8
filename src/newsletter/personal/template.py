"""Turn one finished message into one for each reader. Everything that is the same for all is encoded once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain
from quopri import decodestring
from typing import Literal, NamedTuple, Self

from newsletter.characters import is_blank
from newsletter.issue.field_syntax import FieldUse
from newsletter.personal.escape_values import (
    ENCODERS,
    LONGEST_SAME,
    ValueForm,
    are_same_in_each_form,
    is_plain_value,
    value_problem,
)
from newsletter.personal.field_tokens import FieldTokens
from newsletter.personal.header_template import HeaderWriter, header_writer, split_header
from newsletter.personal.places import find_token_spans
from newsletter.stages.header_fields import LONGEST_URI, named_field
from newsletter.stages.quoted_printable import quoted_printable

# The start of a text part, as `stages.message` writes it. In no encoded text is it the same, because of its signs “=”.
_TEXT_PART = re.compile(
    rb'Content-Type: text/(plain|html); charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
)
_BOUNDARY = b"\r\n--=_"
_LONGEST_LINE = 73
"""The length of encoded lines: shorter than usual by the sign “=” of a soft line break."""
_SOFT_BREAK = "=\r\n"

# Words that are themselves in quoted-printable, on a line of their own.
_PLAIN = re.compile(r"(?!\.|From )[!-<>-~](?:[ -<>-~]{0,68}[!-<>-~])?")


def _in_text_part(encode: Callable[[str], str]) -> Callable[[str], str]:
    """Return a function that encodes a value for a line of its own in a text part."""

    def encode_line(value: str) -> str:
        text = encode(value)
        return text if _PLAIN.fullmatch(text) else quoted_printable(text, _LONGEST_LINE)

    return encode_line


_IN_TEXT_PART = {form: _in_text_part(encode) for form, encode in ENCODERS.items()}


class _Slot(NamedTuple):
    """A place for a value of each reader."""

    token: str
    encode: Callable[[str], str]

    def __call__(self, values: Mapping[str, str]) -> str:
        """Return the value of a reader, encoded."""
        return self.encode(values[self.token])


_Place = _Slot | HeaderWriter | Literal["To", "Message-ID"]
"""What is in a place: the value of a slot, a whole header field, or the random part of `Message-ID`."""


class MessageTemplate:
    """A finished message with places for the values of each reader."""

    def __init__(self, tokens: FieldTokens, line_end: str) -> None:
        self.digest = ""
        """The SHA-256 of the message that it was made from."""
        self.fields: dict[str, FieldUse] = {}
        """The fields that have a place in it, by their tokens."""
        self._line_end = line_end.encode("ascii")
        self._tokens = tokens
        # Constant bytes and places in turns: the places have the odd numbers.
        self._pieces = [b""]
        self._places: list[_Place] = []
        # Each only once, also if several places have the same.
        self._slots: list[_Slot] = []
        self._writers: list[_Slot | HeaderWriter] = []
        """Header fields that change as a whole, and slots that need an encoder for each value."""
        self._checks: list[HeaderWriter] = []
        """Functions that raise ValueError if the values of the slots do not fit."""
        self._text_of_place: list[int] = []
        """For each place, which of the texts of a reader it has."""

    @classmethod
    def from_message(cls, message: bytes, tokens: Mapping[str, FieldUse], line_end: str = "\r\n") -> Self:
        """Take a message apart at its tokens.

        Args:
            message: a message of `stages.message`.
            tokens: words that stand for fields in it. No token is part of another.
            line_end: what the messages to write have between their lines: CRLF, or LF for a mailbox on a disk.

        Raises:
            ValueError: if a token is where no value can be, with a sentence that says so.
        """
        template = cls(FieldTokens(tokens), line_end)
        template.digest = sha256(message).hexdigest()
        end = message.index(b"\r\n\r\n") + 4
        template._add_header(message[: end - 4].decode("ascii"))
        for part in _TEXT_PART.finditer(message):
            if part.end() > end:
                template._add(message[end : part.end()])
            until = message.find(_BOUNDARY, part.end())
            end = until if until >= 0 else len(message)
            template._add_text(message[part.end() : end], is_page=part[1] == b"html")
        template._add(message[end:])
        texts: list[_Place] = [*template._writers, *template._slots, "To", "Message-ID"]
        template._text_of_place = list(map(texts.index, template._places))
        return template

    def __len__(self) -> int:
        """Return the bytes that are the same for everybody, which are nearly all."""
        return sum(map(len, self._pieces))

    def fill(self, values: Mapping[str, str]) -> bytes:
        """Return the message of one reader: with To, Message-ID and values of its own.

        The same values give the same bytes. Arguments and errors are those of `texts`.
        """
        return b"".join(next(self.pieces([self.texts(values)])))

    def texts(self, values: Mapping[str, str]) -> list[str]:
        """Return the texts of one reader for `pieces`: what is in its message, and in nobody else's.

        Args:
            values: the values of the reader by their names, of which “address” is an email address in ASCII, and
                “name” is the name in `To`. A field with no value, or a blank one, has its fallback.

        Raises:
            ValueError: if no message can hold a value safely, or one has neither value nor fallback, with a sentence.
        """
        chosen = {token: _choose(values.get(use.name, ""), use) for token, use in self.fields.items()}
        address, name = values["address"], values.get("name", "")
        # A value holds no NUL, so two readers never have the same string here, and no text holds one.
        own = "\0".join([self.digest, name, address, *chosen.values()])
        texts = [writer(chosen) for writer in self._writers]
        if are_same_in_each_form(chosen.values()):
            texts += [chosen[slot.token] for slot in self._slots]
        else:
            for check in self._checks:
                check(chosen)
            texts += [slot(chosen) for slot in self._slots]
        texts += (named_field("To", name, address), sha256(own.encode()).hexdigest()[:32])
        return texts

    def pieces(self, texts: Sequence[Sequence[str]]) -> Iterator[list[bytes]]:
        """Yield the messages of readers in pieces to write, most of which are the same object for all of them.

        All are encoded at once, and put in their places by columns, which takes less time than reader by reader.

        Args:
            texts: what `texts` returned for each reader, of whom there is at least one.
        """
        joined = "\0".join(chain.from_iterable(texts)).encode("ascii")
        encoded, width = joined.replace(b"\r\n", self._line_end).split(b"\0"), len(texts[0])
        pieces, length = self._pieces * len(texts), len(self._pieces)
        for number, text in enumerate(self._text_of_place):
            pieces[2 * number + 1 :: length] = encoded[text::width]
        for start in range(0, len(pieces), length):
            yield pieces[start : start + length]

    def _add(self, constant: bytes) -> None:
        self._pieces[-1] += constant.replace(b"\r\n", self._line_end)

    def _add_place(self, place: _Place) -> None:
        self._pieces += (b"", b"")
        self._places.append(place)

    def _add_writer(self, writer: _Slot | HeaderWriter, tokens: Iterable[str]) -> None:
        self.fields |= {token: self._tokens.uses[token] for token in tokens}
        self._writers += [writer] if writer not in self._writers else []
        self._add_place(writer)

    def _add_slot(self, slot: _Slot) -> None:
        self.fields[slot.token] = self._tokens.uses[slot.token]
        self._slots += [slot] if slot not in self._slots else []
        self._add_place(slot)

    def _add_unsubscribe(self, field: str, writer: HeaderWriter) -> None:
        """Add the header field of the addresses to unsubscribe, which changes only at its tokens."""
        pieces = self._tokens.split(field)
        for constant, token in zip(pieces[:-1:2], pieces[1::2], strict=True):
            self._add(constant.encode("ascii"))
            self._add_slot(_Slot(token, ENCODERS[ValueForm.URL_PART]))
        self._add(pieces[-1].encode("ascii"))
        self._checks.append(writer)

    def _add_header(self, head: str) -> None:
        for field in split_header(head):
            if field.startswith("To:"):
                self._add_place("To")
            elif field.startswith("Message-ID:"):
                self._add(b"Message-ID: <")
                self._add_place("Message-ID")
                self._add(field[field.rindex("@") :].encode("ascii"))
            elif own := header_writer(field, self._tokens):
                writer, used = own
                # In an address, a short value changes nothing around it; in words it can, as they are folded.
                if field.startswith("List-Unsubscribe:") and len(field) + len(used) * LONGEST_SAME <= LONGEST_URI:
                    self._add_unsubscribe(field, writer)
                else:
                    self._add_writer(writer, used)
            else:
                self._add(field.encode("ascii"))
            self._add(b"\r\n")
        self._add(b"\r\n")

    def _add_text(self, encoded: bytes, *, is_page: bool) -> None:
        text = decodestring(encoded).decode("utf-8").replace("\r\n", "\n")
        end = 0
        for place in find_token_spans(text, self._tokens.pattern, is_page=is_page):
            self._add(_before_slot(text[end : place.start]))
            slot = _Slot(place.token, _IN_TEXT_PART[place.form])
            if place.form is ValueForm.HTML_URL:
                self._add_writer(slot, [place.token])
            else:
                self._add_slot(slot)
            self._add(_SOFT_BREAK.encode("ascii"))
            end = place.end
        self._add(quoted_printable(text[end:], _LONGEST_LINE).encode("ascii") if end else encoded)


def _choose(value: str, use: FieldUse) -> str:
    """Return what a reader gets for a field: the value, or the fallback if nobody can see it.

    Raises:
        ValueError: if the message cannot have it, with a sentence.
    """
    value = value.strip()
    if is_plain_value(value):
        return value
    if is_blank(value):
        if use.fallback:
            return use.fallback
        raise ValueError(f"There is no “{use.name}”, and nothing to write instead.")
    if fault := value_problem(value):
        raise ValueError(f"The “{use.name}” {fault}.")
    return value


def _before_slot(text: str) -> bytes:
    """Return the text before a value encoded, and so that the value begins a line."""
    soft_break = "" if not text or text.endswith("\n") else _SOFT_BREAK
    return (quoted_printable(text, _LONGEST_LINE) + soft_break).encode("ascii")
