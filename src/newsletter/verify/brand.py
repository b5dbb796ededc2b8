"""Read the brand again: each piece of it that a reader must get, and where.

A project's own footer can leave out the postal address as easily as a template can leave out a sentence.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import PurePath
from types import MappingProxyType

import yaml

from newsletter.verify.expected import AnyOrder, Expectation, OneOf, Piece, Scalar, plain_or_markdown, plain_words
from newsletter.verify.fields import Words, yaml_root
from newsletter.verify.moments import possible_dates
from newsletter.verify.tokens import address_of

DESTINATIONS: Mapping[str, tuple[str, ...]] = {
    "name": ("List-Id",),
    "organisation": ("words",),
    "from.name": ("From",),
    "from.address": ("From",),
    "reply_to": ("Reply-To",),
    "to.name": ("To",),
    "to.address": ("To",),
    "list_id": ("List-Id",),
    "website": ("links",),
    "social.name": ("words",),
    "social.url": ("links",),
    "logo.alt": ("words",),
    "charity_numbers": ("words",),
    "address": ("words",),
    "why_you_get_this": ("words",),
    "unsubscribe.url": ("links", "List-Unsubscribe"),
    "unsubscribe.mailto": ("List-Unsubscribe",),
    "preferences_url": ("links",),
    "web_version_url": ("links",),
    "privacy_url": ("links",),
    "helpline.heading": ("words",),
    "helpline.name": ("words",),
    "helpline.phone": ("words",),
    "helpline.hours": ("words",),
    "helpline.email": ("words",),
    "helpline.textphone": ("words",),
    "disclaimer": ("words",),
    "tagline": ("words",),
}
"""The destinations of each key's value: the words or the links of the body, or a header."""

# Thai, Lao, Burmese, Khmer, Japanese and Chinese have no spaces between words.
_NO_SPACES = re.compile(
    "[\u0e01-\u0edf\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)

_MARKS = re.compile(r"[*`~\\\[\]]")
"""Marks of Markdown that readers do not get. A few of them are meant as signs."""

# Keys of an issue that always hold text: a term in them is explained in the glossary.
_KEYS_OF_TEXTS = frozenset(["welcome", "title", "summary", "text"])


def placeholders(issue: str, file: str) -> Mapping[str, Sequence[str]]:
    """Return the values that {slug} and {date} in the brand can have for an issue.

    Args:
        issue: the YAML of the issue.
        file: the name of its file.
    """
    date = next((scalar.text for path, scalar in _scalars(issue) if path == "date"), "")
    return {"{slug}": [PurePath(file).stem.removeprefix("_")], "{date}": possible_dates(date)}


def expected_brand(
    source: str,
    issue: AnyOrder,
    replacements: Mapping[str, Sequence[str]] = MappingProxyType({}),
    leaves_out: Collection[str] = (),
    fields: Words = (),
) -> AnyOrder:
    """Return the pieces of a brand that must be in the body.

    Args:
        source: the YAML of `brand.yaml`, which `load_brand` has accepted.
        issue: the pieces of the issue (see `expected`). The terms in them are explained.
        replacements: the values that {slug} and {date} can have.
        leaves_out: keys whose values are not expected (see `keys_of`).
        fields: the words that stand for its fields.
    """
    parts: list[Expectation] = []
    values = dict.fromkeys(_values(issue))
    for path, scalar in _scalars(source, fields):
        if path in leaves_out:
            continue
        if path.startswith("glossary."):
            parts += _term(path.removeprefix("glossary."), scalar, values)
        elif "links" in DESTINATIONS.get(path, ()):
            addresses = [scalar.text]
            for placeholder in filter(scalar.text.__contains__, replacements):
                addresses = [
                    address.replace(placeholder, value) for address in addresses for value in replacements[placeholder]
                ]
            parts.append(OneOf(tuple(Piece("links", (address_of(address),), scalar) for address in addresses)))
        elif "words" in DESTINATIONS.get(path, ()):
            parts.append(plain_words(scalar))
    return AnyOrder(tuple(parts))


def keys_of(source: str) -> Iterator[str]:
    """Yield the keys of each value of a brand, joined by dots, such as `helpline.phone`."""
    yield from (path for path, _ in _scalars(source))


def expected_headers(source: str, leaves_out: Collection[str] = (), fields: Words = ()) -> Iterator[tuple[str, Scalar]]:
    """Yield the name of each header field of the message with a value that it must hold.

    Args:
        source: the YAML of `brand.yaml`, which `load_brand` has accepted.
        leaves_out: keys whose values are not expected (see `keys_of`).
        fields: the words that stand for its fields.
    """
    for path, scalar in _scalars(source, fields):
        for destination in () if path in leaves_out else DESTINATIONS.get(path, ()):
            if destination not in ("words", "links"):
                yield destination, scalar


def _term(term: str, meaning: Scalar, values: Collection[Scalar]) -> Iterator[Expectation]:
    if any(scalar.key == "term" and scalar.text == term for scalar in values):
        return  # the issue has its own explanation
    if any(scalar.key in _KEYS_OF_TEXTS and _says(term, scalar.text) for scalar in values):
        yield plain_words(Scalar("term", term, meaning.node))
        yield plain_or_markdown(meaning)


def _says(term: str, text: str) -> bool:
    """Check whether a term is a whole word of a text, as it is written, and not a part of an address.

    Whatever is uncertain counts as a part of a longer word: the marks of Markdown in “MS`code`” part no words.
    """
    if not all(word in text for word in term.split()):
        return False
    plain = _MARKS.sub("", html.unescape(text))
    words = " ".join(word for word in plain.split() if not re.search(r"://|@|:\d|\w\.\w", word))
    neighbours = (
        words[max(0, match.start() - 1) : match.start()] + words[match.end() : match.end() + 1]
        for match in re.finditer(re.escape(term), words)
    )
    own = _NO_SPACES.fullmatch(term[0]) and _NO_SPACES.fullmatch(term[-1])
    is_part = _is_mark if own else _is_in_word
    return any(not any(map(is_part, signs)) for signs in neighbours)


def _is_in_word(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category == "Pc" or category[0] not in "PZ"


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "M"


def _values(part: Expectation) -> Iterator[Scalar]:
    """Yield the value of each piece of an issue."""
    if isinstance(part, Piece):
        yield part.scalar
    else:
        for each in part.parts:
            yield from _values(each)


@lru_cache(maxsize=4)  # each function of this module reads the same brand and the same issue
def _scalars(source: str, fields: Words = ()) -> tuple[tuple[str, Scalar], ...]:
    """Return each value with its keys, joined by dots."""
    root = yaml_root(source, fields)
    return () if root is None else tuple(_walk("", root))


def _walk(path: str, node: yaml.Node) -> Iterator[tuple[str, Scalar]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _walk(f"{path}.{key.value}" if path else key.value, value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _walk(path, item)
    elif node.value:
        yield path, Scalar(path.rpartition(".")[2], node.value, node)
