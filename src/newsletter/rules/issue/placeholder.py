"""Everything is written: no placeholder is left.

`newsletter new SLUG --from ISSUE` keeps the frame of an issue, and puts a placeholder where words, a day or an address
are still to be written. An email with “To write:” or “Lorem ipsum” in it looks broken, and a link to nowhere wastes the
strength of everybody who follows it.

Bad:
    summary: "To write: one plain sentence that says the most important thing"

Good:
    summary: "Our Tuesday group has a new room, with a ramp and a hearing loop."

The rule is our own. It also knows “Lorem ipsum” and words such as “[name]” and “[date]”.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding, HasLocation, Located
from newsletter.english import count, join
from newsletter.issue.address_fields import EmailAddress, PhoneNumber, Url
from newsletter.issue.date_fields import LastDay
from newsletter.issue.fields import FieldText
from newsletter.issue.to_write import MARK, is_address_to_write, is_to_write, placeholder
from newsletter.source.nodes import KeyPath

SEVERITY = "error"

_HINT = (
    "Write each of them, or delete its line: a text that begins with “To write:”, words such as “[date]”, a day of the "
    "year 9999, and an address at to-write.invalid."
)
_MOST_NAMES = 4
_LATER = re.compile(r"(?:TB[ACDS]|tb[acds])\W*")
_OF_WORDS = frozenset(["caption", "credit", "label", "summary", "text"])
"""Keys whose value cannot be still open, as a place can: “TBC” stands for words."""


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report the placeholders of each article together, and those outside of articles."""
    places = sorted(_placeholders(issue), key=lambda item: item[0].location)
    for part, group in groupby(places, lambda item: _article(item[0])):
        items = list(group)
        names = list(dict.fromkeys(f"“{name}”" for _, name in items))
        listed = [*names[:_MOST_NAMES], "others"] if len(names) > _MOST_NAMES else names
        where = "here" if part is None else "in this article"
        number = count(len(items), "thing is", "things are")
        yield Finding(items[0][0], f"{number} still to be written {where}: {join(listed)}.", _HINT)
    for paragraph in issue.brand_paragraphs:
        if match := placeholder(paragraph.words):
            message = f"Something is still to be written in the brand: {quoted(match[0])}."
            yield Finding(paragraph.at(match.start()), message, "Write it, or delete its line.")


def _placeholders(issue: IssueText) -> Iterator[tuple[Located, str]]:
    """Yield each value that has a placeholder, once: its place, and its words, or else its key."""
    places, words = dict[KeyPath, Located](), dict[KeyPath, str]()
    for item in reversed(list(issue.paragraphs())):
        if item.is_to_write or (item.kind in _OF_WORDS and _LATER.fullmatch(item.words)):
            match = placeholder(item.words)
            places[item.path] = item.at(match.start() if match else 0)
            words[item.path] = match[0] if match and match[0] != MARK else ""
    places |= {
        link.path: Located(link.address_location, link.path) for link in issue.links if is_address_to_write(link.url)
    }
    for path, value in issue.values:
        # The words of a text are those of its paragraphs.
        if isinstance(value, FieldText) and not isinstance(value, Url | EmailAddress | PhoneNumber | LastDay):
            continue
        if is_address_to_write(value) if isinstance(value, Url) else is_to_write(value):
            places.setdefault(path, issue.at(*path))
    for path, place in places.items():
        yield Located(place.location, path), words.get(path) or _key(path)


def _article(item: HasLocation) -> int | str | None:
    return item.path[1] if item.path and item.path[0] == "articles" else None


def _key(path: KeyPath) -> str:
    return next(str(step) for step in reversed(path) if isinstance(step, str))
