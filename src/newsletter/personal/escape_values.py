"""Decide what can be written into a message, and write it in the form that fits its place."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from urllib.parse import quote

from newsletter.characters import UNPRINTABLE, describe, quoted
from newsletter.issue.links import address_problem

LONGEST_VALUE = 200
"""The most characters of a value. A name in full has fewer, and a message of any size could hide in more."""

# RFC 3986, section 2.3. `quote` takes longer to leave them as they are.
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]+")
# Also at the beginning of a line, where mail servers change a dot.
_SAME_IN_EACH_FORM = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{,59}")
_UNSAFE = re.compile(f"[\r\n]|{UNPRINTABLE}")


LONGEST_SAME = 60
"""The most characters of a value that is the same in each form: it fits on a line of an encoded text."""


class ValueForm(Enum):
    """The form of a value, by its place in a message."""

    TEXT = "text"
    """Words of a header or of plain text."""
    HTML = "html"
    """Words or an attribute of a page."""
    URL_PART = "part of an address"
    """A part of an address, after the name of the website."""
    HTML_URL = "address"
    """The whole address of a link in a page."""


def is_plain_value(value: str) -> bool:
    """Check whether a value without spaces around it is ASCII that everybody can see. Nothing is wrong with one."""
    return 0 < len(value) <= LONGEST_VALUE and value.isascii() and value.isprintable()


def are_same_in_each_form(values: Iterable[str]) -> bool:
    """Check whether values are written as they are in each form, but not as a whole address. Most tokens are so."""
    return all(map(_SAME_IN_EACH_FORM.fullmatch, values))


def value_problem(value: str) -> str:
    """Return why a value cannot be in a message, as the rest of a sentence; empty if it can."""
    if len(value) > LONGEST_VALUE:
        return f"has {len(value):,} characters; {LONGEST_VALUE} are the most"
    if unsafe := _UNSAFE.search(value):
        return f"holds {describe(unsafe[0])}, which could change the message around it"
    return ""


def _url_part(value: str) -> str:
    if value in (".", ".."):
        raise ValueError(f"{quoted(value)} would lead to another address.")
    return value if _UNRESERVED.fullmatch(value) else quote(value, safe="")


def _html_url(value: str) -> str:
    if problem := address_problem(value):
        raise ValueError(problem[0])
    return html.escape(value)


ENCODERS: Mapping[ValueForm, Callable[[str], str]] = MappingProxyType(
    {ValueForm.TEXT: str, ValueForm.HTML: html.escape, ValueForm.URL_PART: _url_part, ValueForm.HTML_URL: _html_url}
)
"""Functions that write a value in each form. They raise ValueError, with a sentence, if it has none."""
