"""Each change as one sentence with the words "removed" and "added", for a page and for the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Literal, NamedTuple

from newsletter.changes.compare import SectionChanges
from newsletter.changes.compare_values import Change
from newsletter.changes.version import LINE
from newsletter.english import count, join
from newsletter.words import count_words


class Phrase(NamedTuple):
    """A piece of a sentence: its words, and whether they were removed or added."""

    words: str
    mark: Literal["", "removed", "added"] = ""


def sentence(change: Change) -> tuple[Phrase, ...]:
    """Return a change as a sentence, in phrases, such as "Summary, number: removed “12”, added “14”."."""
    kind = change.kind.lower()
    is_named = change.kind in ("Words", "Moved", "Marks", "Spaces") or change.field.lower().endswith(kind)
    if change.field == LINE:
        # Its number is before the sentence.
        if change.kind == "Moved":
            return (Phrase(f"Moved to another place: “{change.added}”."),)
        if change.kind == "Spaces":
            return (Phrase(f"Only spaces changed: “{change.added}”."),)
        return _sentence(change, "", "Removed", "Added")
    name = _place(change) if is_named else f"{_place(change)}, {kind}"
    if change.kind == "Moved":
        return (Phrase(f"{name}: moved to another place in the article: “{change.added}”."),)
    if change.kind == "Marks":
        return (
            Phrase(
                f"{name}: only marks changed, such as bold words, lists, or where lines end. The words are the same."
            ),
        )
    if change.kind == "Spaces":
        return (Phrase(f"{name}: only spaces changed, or where lines end. The words are the same."),)
    return _sentence(change, f"{name}: ", "removed", "added")


def _sentence(change: Change, start: str, removed: str, added: str) -> tuple[Phrase, ...]:
    phrases = [Phrase(start)] if start else []
    if change.removed:
        phrases += [Phrase(f"{removed} "), Phrase(f"“{change.removed}”", "removed")]
    if change.added:
        phrases += [Phrase(", added " if change.removed else f"{added} "), Phrase(f"“{change.added}”", "added")]
    place = "on" if change.kind == "Link" else "after"
    return (*phrases, Phrase(f", {place} “{change.after}”." if change.after else "."))


def _place(change: Change) -> str:
    """Return the name of a value with its item, such as "Events, “Tea by phone”, date"."""
    block, _, key = change.field.partition(", ")
    # The item of a table says its row.
    return ", ".join(filter(None, (block, change.item, "" if change.item and key == "rows" else key)))


def plain(phrases: Iterable[Phrase]) -> str:
    """Return a sentence as plain text."""
    return "".join(phrase.words for phrase in phrases)


def heading(section: SectionChanges) -> str:
    """Return the name of a section, and what happened to it as a whole."""
    if not section.number:
        return section.title
    if section.status == "moved":
        return f"Article {section.number}, moved from place {section.moved_from}: “{section.title}”"
    words = {"added": "New article", "removed": "Removed article"}.get(section.status, "Article")
    return f"{words} {section.number}: “{section.title}”"


def change_summary(sections: Iterable[SectionChanges]) -> str:
    """Return how much changed, such as "7 words added, 3 words removed and 1 article moved."."""
    sections = tuple(sections)
    changes = [
        change for section in sections for change in section.changes if change.kind in ("Words", "Number", "Date")
    ]
    numbers = (
        (sum(count_words(change.added) for change in changes), "word", "added"),
        (sum(count_words(change.removed) for change in changes), "word", "removed"),
        *(
            (sum(section.status == status for section in sections), "article", status)
            for status in ("added", "removed", "moved")
        ),
    )
    words = join(f"{count(number, thing)} {what}" for number, thing, what in numbers if number)
    return f"{words}." if words else "No words changed." if sections else "Nothing changed."


def as_data(sections: Iterable[SectionChanges]) -> list[dict[str, Any]]:
    """Return changes as dicts and lists, ready for JSON."""
    return [asdict(section) for section in sections]
