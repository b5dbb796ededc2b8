"""Each change as one sentence with the words "removed" and "added", for a page and for the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Literal, NamedTuple

from newsletter.changes.compare import PartChanges
from newsletter.changes.values import Change
from newsletter.english import count, join
from newsletter.words import count as count_words


class Piece(NamedTuple):
    """A piece of a sentence: its words, and whether they were removed or added."""

    words: str
    mark: Literal["", "removed", "added"] = ""


def sentence(change: Change) -> tuple[Piece, ...]:
    """Return a change as a sentence, in pieces, such as "Summary, number: removed “12”, added “14”."."""
    kind = change.kind.lower()
    is_named = change.kind in ("Words", "Moved", "Marks") or change.field.lower().endswith(kind)
    name = change.field if is_named else f"{change.field}, {kind}"
    if change.kind == "Moved":
        return (Piece(f"{name}: moved to another place in the article: “{change.added}”."),)
    if change.kind == "Marks":
        return (
            Piece(
                f"{name}: only marks changed, such as bold words, lists, or where lines end. The words are the same."
            ),
        )
    pieces = [Piece(f"{name}: ")]
    if change.removed:
        pieces += [Piece("removed "), Piece(f"“{change.removed}”", "removed")]
    if change.added:
        pieces += [Piece(", added " if change.removed else "added "), Piece(f"“{change.added}”", "added")]
    place = "on" if change.kind == "Link" else "after"
    return (*pieces, Piece(f", {place} “{change.after}”." if change.after else "."))


def plain(pieces: Iterable[Piece]) -> str:
    """Return a sentence as plain text."""
    return "".join(piece.words for piece in pieces)


def heading(part: PartChanges) -> str:
    """Return the name of an article or another part, and what happened to it as a whole."""
    if not part.number:
        return part.title
    if part.status == "moved":
        return f"Article {part.number}, moved from place {part.moved_from}: “{part.title}”"
    words = {"added": "New article", "removed": "Removed article"}.get(part.status, "Article")
    return f"{words} {part.number}: “{part.title}”"


def summary(parts: Iterable[PartChanges]) -> str:
    """Return how much changed, such as "7 words added, 3 words removed and 1 article moved."."""
    parts = tuple(parts)
    changes = [change for part in parts for change in part.changes if change.kind in ("Words", "Number", "Date")]
    numbers = (
        (sum(count_words(change.added) for change in changes), "word", "added"),
        (sum(count_words(change.removed) for change in changes), "word", "removed"),
        *(
            (sum(part.status == status for part in parts), "article", status)
            for status in ("added", "removed", "moved")
        ),
    )
    words = join(f"{count(number, thing)} {what}" for number, thing, what in numbers if number)
    return f"{words}." if words else "No words changed." if parts else "Nothing changed."


def as_data(parts: Iterable[PartChanges]) -> list[dict[str, Any]]:
    """Return changes as dicts and lists, ready for JSON."""
    return [asdict(part) for part in parts]
