"""Compare two texts of one value of an issue: its words, numbers, dates, links and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from newsletter.changes.align import Gap, find_gaps
from newsletter.changes.text_tokens import TextToken, text_tokens
from newsletter.changes.version import Value
from newsletter.issue.markdown import parse_markdown, plain_words

ChangeKind = Literal["Words", "Number", "Date", "Link", "Picture", "Marks", "Spaces", "Moved"]

_ADDRESS = re.compile(r"(?:https?|mailto|tel|sms):\S+", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?|\d\d?:\d\d")
_LINE = re.compile(r"\S[^\n]*")
_NUMBER = re.compile(r"[-+]?\d[\d.,]*")

_WORDS_BEFORE = 5
"""How many words before a change say where it is."""


@dataclass(frozen=True)
class Change:
    """One change of a value: what it is of, the name of the value, and the words removed and added ("" if none)."""

    kind: ChangeKind
    field: str
    removed: str
    added: str
    after: str
    """The words before the change, or those of a link; "" at the start of the text."""
    line: int
    """The line in the new version, or in the old one if the value was removed: of the words, or else of the value."""
    item: str = ""
    """Which of several items the value is in, as in `Value`."""


def whole_value(value: Value, status: Literal["added", "removed"]) -> Change:
    """Return the change of a value that only one of the versions has."""
    text = " ".join(value.text.split())
    removed, added = (text, "") if status == "removed" else ("", text)
    return Change(_kind(value), value.name, removed, added, "", value.line, value.item)


def compare_values(old: Value, new: Value, language: str) -> Iterator[Change]:
    """Yield the changes between two texts of a value, in their order.

    Args:
        old: the old value.
        new: the new one, with the same name.
        language: the language of the issue, in which dates are recognised.
    """
    if old.text.split() == new.text.split():
        yield Change("Spaces", new.name, old.text.strip(), new.text.strip(), "", _changed_line(old, new) or new.line)
        return
    kind = _kind(new)
    if kind != "Words" or _kind(old) != "Words":
        yield Change(kind, new.name, old.text.strip(), new.text.strip(), "", new.line)
        return
    (old_words, old_links), (new_words, new_links) = _read(old.text), _read(new.text)
    changes = [
        *_word_changes(old_words, new_words, new, language),
        *_link_changes(old_links, new_links, new),
    ]
    line = _changed_line(old, new) or new.line
    if not changes:  # nothing that was typed changes without a word about it
        yield Change("Marks", new.name, old.text.strip(), new.text.strip(), "", line)
    yield from (replace(change, line=_line_of_words(change, new) or line) for change in changes)


def _changed_line(old: Value, new: Value) -> int | None:
    """Return the line of the only line of a text that changed; None if several did, or lines were only removed."""
    before = {line.strip() for line in old.text.split("\n")}
    offsets = [match.start() for match in _LINE.finditer(new.text) if match[0].rstrip() not in before]
    return new.line_at(offsets[0]) if len(offsets) == 1 else None


def _line_of_words(change: Change, new: Value) -> int | None:
    """Return the line of the words of a change, or of those before it; None if they are not there just once."""
    after, added = (r"\s+".join(map(re.escape, words.split())) for words in (change.after, change.added))
    for pattern in (rf"{after}\s+({added})", rf"({added})") if added else (after,) if after else ():
        places = list(re.finditer(pattern, new.text))
        if len(places) == 1:
            return new.line_at(places[0].start(1) if added else places[0].end() - 1)
    return None


def _kind(value: Value) -> ChangeKind:
    text = value.text.strip()
    if _ADDRESS.fullmatch(text):
        return "Link"
    if value.key == "src":
        return "Picture"
    if _DATE.fullmatch(text):
        return "Date"
    return "Number" if _NUMBER.fullmatch(text) else "Words"


def _read(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the words of a text without the marks of Markdown, and its links: the address and the words of each."""
    paragraphs: list[str] = []
    links: list[tuple[str, str]] = []
    for token in parse_markdown(text, "text" if "\n" in text.strip() else "inline"):
        if token.children is None:
            continue
        paragraphs.append(plain_words(token.children))
        for at, child in enumerate(token.children):
            if child.type == "link_open":
                end = next((n for n in range(at, len(token.children)) if token.children[n].type == "link_close"), at)
                links.append((str(child.attrGet("href") or ""), plain_words(token.children[at:end])))
    return "\n".join(paragraphs), links


def _word_changes(old: str, new: str, value: Value, language: str) -> Iterator[Change]:
    before, after = text_tokens(old, language), text_tokens(new, language)
    differing = find_gaps(
        [old[item.start : item.end] for item in before], [new[item.start : item.end] for item in after]
    )
    for gap in _joined(differing):
        removed, added = before[gap.old_start : gap.old_end], after[gap.new_start : gap.new_end]
        if _quote(old, removed) == _quote(new, added):
            continue  # only the spaces in it, such as those of a date
        context = after[max(0, gap.new_start - _WORDS_BEFORE) : gap.new_start]
        while context and not new[context[0].start].isalnum():
            context = context[1:]
        yield Change(
            _kind_of_tokens([*removed, *added]),
            value.name,
            _quote(old, removed),
            _quote(new, added),
            _quote(new, context),
            value.line,
        )


def _joined(differing: Sequence[Gap]) -> list[Gap]:
    """Return gaps with those joined that have only one equal token between them: they are heard as one change."""
    joined: list[Gap] = []
    for gap in differing:
        if joined and gap.new_start - joined[-1].new_end <= 1:
            gap = Gap(joined[-1].old_start, gap.old_end, joined[-1].new_start, gap.new_end)  # noqa: PLW2901
            joined.pop()
        joined.append(gap)
    return joined


def _kind_of_tokens(changed: Sequence[TextToken]) -> ChangeKind:
    kinds = {token.kind for token in changed}
    if kinds == {"date"}:
        return "Date"
    return "Number" if kinds == {"number"} else "Words"


def _quote(text: str, part: Sequence[TextToken]) -> str:
    return " ".join(text[part[0].start : part[-1].end].split()) if part else ""


def _link_changes(old: list[tuple[str, str]], new: list[tuple[str, str]], value: Value) -> Iterator[Change]:
    for gap in find_gaps([address for address, _ in old], [address for address, _ in new]):
        removed, added = old[gap.old_start : gap.old_end], new[gap.new_start : gap.new_end]
        for at in range(max(len(removed), len(added))):
            before = removed[at][0] if at < len(removed) else ""
            after = added[at][0] if at < len(added) else ""
            words = added[at][1] if at < len(added) else ""
            yield Change("Link", value.name, before, after, words, value.line)
