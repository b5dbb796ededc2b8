"""Escape somebody's own words that a service would read as a tag."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsletter.export.service import MessagePart

WORD_JOINER = "\u2060"
"""A character that nobody sees or hears. It parts signs in plain text, which has no way to escape them."""

_STYLE_OR_COMMENT = re.compile(r"(<style\b.*?(?:</style>|\Z)|<!--.*?(?:-->|\Z))", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"""<[a-zA-Z](?:[^"'<>]|"[^"]*+"|'[^']*+')*+>""")
_ADDRESS = re.compile(r"((?<![\w.+-])(?:https?://|mailto:|tel:|sms:)[^\s<>\"]+)", re.IGNORECASE)
_ATTRIBUTE_VALUE = re.compile(r"""=(?:"[^"]*+"|'([^']*+)')""")


def escaping(first_sign: str) -> Callable[[str, MessagePart], str]:
    """Return a function that escapes the words of a part.

    In a page it writes the first sign of what could be a tag as a character reference. In plain text it writes a word
    joiner after that sign. In an address of plain text, where a joiner would lead to another page, the sign is
    percent-encoded (RFC 3986, 2.1).

    Args:
        first_sign: a regular expression of the first sign of a tag, alone.
    """
    pattern = re.compile(first_sign)

    def escape(text: str, part: MessagePart) -> str:
        if part == "page":
            return outside_styles(text, lambda words: pattern.sub(_reference, words))
        pieces = _ADDRESS.split(text)
        return "".join(
            pattern.sub(_percent_encoded if number % 2 else _apart, piece) for number, piece in enumerate(pieces)
        )

    return escape


def outside_styles(page: str, escape: Callable[[str], str], escape_other: Callable[[str], str] = str) -> str:
    """Return a page with its words and tags escaped.

    Args:
        page: HTML.
        escape: returns words and tags, with their attributes, escaped.
        escape_other: returns a style or a comment, in which character references mean nothing.
    """
    pieces = _STYLE_OR_COMMENT.split(page)
    return "".join(escape_other(piece) if number % 2 else escape(piece) for number, piece in enumerate(pieces))


def in_double_quotes(page: str) -> str:
    """Return a page with each attribute in double quotes, so that an apostrophe in a reader's name ends none.

    Args:
        page: HTML in which each attribute has quotes; around one with `"` in it they can be single.
    """
    return outside_styles(page, lambda words: _TAG.sub(lambda tag: _ATTRIBUTE_VALUE.sub(_double_quoted, tag[0]), words))


def _double_quoted(value: re.Match[str]) -> str:
    return value[0] if value[1] is None else '="' + value[1].replace('"', "&quot;") + '"'


def _apart(sign: re.Match[str]) -> str:
    return f"{sign[0]}{WORD_JOINER}"


def _percent_encoded(sign: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in sign[0].encode())


def _reference(sign: re.Match[str]) -> str:
    return f"&#{ord(sign[0])};"
