"""Compare two versions of an issue, article by article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from newsletter.changes.align import find_gaps, longest_increasing
from newsletter.changes.compare_values import Change, compare_values, whole_value
from newsletter.changes.match_articles import match_articles
from newsletter.changes.version import Section, Value, Version, lines_as_section, read_sections

ChangeStatus = Literal["kept", "added", "removed", "moved"]


@dataclass(frozen=True)
class SectionChanges:
    """What changed in an article or in what is in no article."""

    title: str
    number: int
    """The article's number in the new version, or in the old one if it was removed; 0 if it is no article."""
    status: ChangeStatus
    moved_from: int
    """Its number in the old version, if it moved."""
    changes: tuple[Change, ...]


def compare(old: Version, new: Version) -> tuple[SectionChanges, ...]:
    """Return what changed between two versions, in the order of the new one, and removed articles last.

    If the YAML of one of them cannot be read, their lines are compared.
    """
    if old.source == new.source and old.snippets == new.snippets:
        return ()
    before, after = read_sections(old), read_sections(new)
    if before is None or after is None:
        whole = _changed(lines_as_section(old), lines_as_section(new), "en")
        title = f"The file, line by line: there is an error in {(old if before is None else new).label}"
        return (SectionChanges(title, 0, "kept", 0, whole),) if whole else ()
    language = after.language
    (old_issue, *old_articles), (new_issue, *new_articles) = before.sections, after.sections
    pairs = match_articles(old_articles, new_articles)
    moved = _moved(pairs)
    results = [SectionChanges(new_issue.title, 0, "kept", 0, _changed(old_issue, new_issue, language))]
    old_positions = {new_at: old_at for old_at, new_at in pairs}
    matched = set(old_positions.values())
    for at, article in enumerate(new_articles):
        if at not in old_positions:
            results.append(SectionChanges(article.title, article.number, "added", 0, _whole(article, "added")))
            continue
        earlier = old_articles[old_positions[at]]
        changes = _changed(earlier, article, language)
        if at in moved and earlier.number != article.number:
            results.append(SectionChanges(article.title, article.number, "moved", earlier.number, changes))
        else:
            results.append(SectionChanges(article.title, article.number, "kept", 0, changes))
    results += [
        SectionChanges(article.title, article.number, "removed", 0, _whole(article, "removed"))
        for at, article in enumerate(old_articles)
        if at not in matched
    ]
    return tuple(result for result in results if result.changes or result.status != "kept")


def _moved(pairs: Sequence[tuple[int, int]]) -> set[int]:
    """Return the new positions of articles that moved: the fewest that explain the new order."""
    order = [new_at for _, new_at in sorted(pairs)]
    in_order = {order[position] for position in longest_increasing(order)}
    return set(order) - in_order


def _whole(section: Section, status: Literal["added", "removed"]) -> tuple[Change, ...]:
    return tuple(whole_value(value, status) for value in section.values if value.text.strip())


def _changed(old: Section, new: Section, language: str) -> tuple[Change, ...]:
    """Return the changes between two versions of a section, in the order of the new one."""
    differing = find_gaps(*([(value.name, value.text) for value in section.values] for section in (old, new)))
    removed = [value for gap in differing for value in old.values[gap.old_start : gap.old_end]]
    added = [value for gap in differing for value in new.values[gap.new_start : gap.new_end]]
    removed, added, moved = _split_equal(removed, added)
    changes = [Change("Moved", value.name, value.text, value.text, "", value.line, value.item) for value in moved]
    for before, after in _pairs(removed, added):
        if before and after:
            changes += (replace(each, item=after.item) for each in compare_values(before, after, language))
        elif value := after or before:
            changes.append(whole_value(value, "added" if after else "removed"))
    return tuple(sorted(changes, key=lambda change: change.line))


def _split_equal(removed: Sequence[Value], added: Sequence[Value]) -> tuple[list[Value], list[Value], list[Value]]:
    """Return the values that are only in the first list, those only in the second, and those in both, which moved."""
    left = Counter((value.name, value.text) for value in removed)
    moved, only_added = [], []
    for value in added:
        if left[value.name, value.text]:
            left[value.name, value.text] -= 1
            moved.append(value)
        else:
            only_added.append(value)
    only_removed = []
    for value in reversed(removed):
        if left[value.name, value.text]:
            left[value.name, value.text] -= 1
            only_removed.append(value)
    return only_removed[::-1], only_added, moved


def _pairs(removed: Sequence[Value], added: Sequence[Value]) -> Iterator[tuple[Value | None, Value | None]]:
    """Yield each old value with the new one that has its name and is the next; None for one that has none."""
    waiting: dict[str, list[Value]] = defaultdict(list)
    for value in reversed(removed):
        waiting[value.name].append(value)
    for value in added:
        same = waiting[value.name]
        yield (same.pop() if same else None), value
    for values in waiting.values():
        for value in reversed(values):
            yield value, None
