"""Find the places of tokens in a page and in plain text: each decides the form in which a value is written there.

A token is an ASCII word that stands for a value of each reader.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import NamedTuple

from newsletter.personal.escape_values import ValueForm

_URL_ATTRIBUTES = {"action", "background", "cite", "data", "formaction", "href", "longdesc", "poster", "src"}
# Up to the first sign after the name of the website, where a value can begin.
_BEFORE_VALUE = re.compile(r"https?://[^/?#]+[/?#]|mailto:|tel:|sms:", re.IGNORECASE)
_URL_IN_TEXT = re.compile(r"(?:https?://|mailto:|tel:|sms:)[^\s<>]*", re.IGNORECASE)


class TokenSpan(NamedTuple):
    """Where a token is in a text: its start and end, the token, and the form of a value there."""

    start: int
    end: int
    token: str
    form: ValueForm


def find_token_spans(text: str, tokens: re.Pattern[str], *, is_page: bool) -> list[TokenSpan]:
    """Return the places of tokens in a page or in plain text, in order.

    Args:
        text: the whole text.
        tokens: a regular expression of all tokens.
        is_page: whether it is HTML.

    Raises:
        ValueError: for a token where no value can be, such as in a comment.
    """
    matches = list(tokens.finditer(text))
    forms = _forms_in_page(text, matches, tokens) if is_page and matches else _forms_in_text(text, matches, tokens)
    return [TokenSpan(match.start(), match.end(), match[0], form) for match, form in zip(matches, forms, strict=True)]


def _forms_in_text(text: str, matches: Sequence[re.Match[str]], tokens: re.Pattern[str]) -> list[ValueForm]:
    """Return the forms in plain text, where an address ends at white space or at an angle bracket."""
    urls = [match.span() for match in _URL_IN_TEXT.finditer(text)]
    starts = [start for start, _ in urls]
    forms = []
    for match in matches:
        number = bisect_right(starts, match.start()) - 1
        is_in_url = number >= 0 and match.start() < urls[number][1]
        if is_in_url:
            require_after_host(text[slice(*urls[number])], tokens)
        forms.append(ValueForm.URL_PART if is_in_url else ValueForm.TEXT)
    return forms


def require_after_host(url: str, tokens: re.Pattern[str]) -> None:
    """Check that the tokens in an address are after the name of its website, where any sign can be percent-encoded.

    Raises:
        ValueError: if one is before its end.
    """
    before, first = _BEFORE_VALUE.match(url), tokens.search(url)
    if first and (before is None or first.start() < before.end()):
        raise ValueError("A field cannot be in the name of a website.")


def _forms_in_page(page: str, matches: Sequence[re.Match[str]], tokens: re.Pattern[str]) -> list[ValueForm]:
    reader = _PageReader(page, tokens)
    forms = []
    for match in matches:
        start = bisect_right(reader.starts, match.start()) - 1
        in_order = reader.forms[start]
        if not in_order:
            raise ValueError("A field cannot be in a comment, a style or a script of a template.")
        forms.append(in_order.pop(0) if len(in_order) > 1 else in_order[0])
    return forms


class _PageReader(HTMLParser):
    """Reads a page. `starts` has the start of each piece of it, and `forms` the forms of values in that piece.

    Words have one form for all values in them. A tag has one form for each token in its attributes, in order, and no
    form if a token is elsewhere in it. Comments, styles and scripts have none.
    """

    def __init__(self, page: str, tokens: re.Pattern[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.starts: list[int] = []
        self.forms: list[list[ValueForm]] = []
        self._tokens = tokens
        self._lines = [0, *(match.end() for match in re.finditer("\n", page))]
        self.feed(page)
        self.close()

    def _add(self, forms: list[ValueForm]) -> None:
        line, column = self.getpos()
        self.starts.append(self._lines[line - 1] + column)
        self.forms.append(forms)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        forms = [form for name, value in attrs if value for form in self._forms_in(name, value)]
        is_certain = len(forms) == len(self._tokens.findall(self.get_starttag_text() or ""))
        self._add(forms if is_certain else [])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def _forms_in(self, attribute: str, value: str) -> list[ValueForm]:
        number = len(self._tokens.findall(value))
        if not number:
            return []
        if attribute == "style" or attribute.startswith("on") or attribute.endswith("srcset"):
            raise ValueError(f"A field cannot be in the attribute “{attribute}”.")
        if attribute not in _URL_ATTRIBUTES:
            return [ValueForm.HTML] * number
        if self._tokens.fullmatch(value):
            return [ValueForm.HTML_URL]
        require_after_host(value, self._tokens)
        return [ValueForm.URL_PART] * number

    def handle_data(self, data: str) -> None:
        # Newer versions of Python also name elements without tags inside, such as the title.
        self._add([ValueForm.HTML] if self.cdata_elem in (None, "title", "textarea") else [])

    def handle_endtag(self, tag: str) -> None:
        self._add([])

    def handle_entityref(self, name: str) -> None:
        self._add([])

    def handle_charref(self, name: str) -> None:
        self._add([])

    def handle_comment(self, data: str) -> None:
        self._add([])

    def handle_decl(self, decl: str) -> None:
        self._add([])

    def handle_pi(self, data: str) -> None:
        self._add([])

    def unknown_decl(self, data: str) -> None:
        self._add([])
