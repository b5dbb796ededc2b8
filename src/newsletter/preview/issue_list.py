"""The issues of a project as the first page lists them: the newest first, in groups, and only those that are wanted."""

from __future__ import annotations

import datetime
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from newsletter.english import count, date_with_weekday
from newsletter.preview.builder import IssueBuilder
from newsletter.preview.checklists import OpenItems
from newsletter.preview.download_check import is_busy
from newsletter.preview.issue_metadata import IssueMetadata, MetadataCache
from newsletter.preview.issue_state import IssueState
from newsletter.preview.render_times import LastRender, RenderTimes
from newsletter.preview.status import StatusMark, outstanding
from newsletter.problems import blocking
from newsletter.simulations.screen_reader import language_name

STATES: Mapping[str, str] = {
    "": "All issues",
    "error": "To fix",
    "warning": "To consider",
    "fine": "No problems",
    "busy": "Being checked",
}
"""What can be chosen, by its value in addresses: the marks of a verdict."""


@dataclass(frozen=True)
class ListedIssue:
    """One issue in the list."""

    state: IssueState
    metadata: IssueMetadata
    mark: StatusMark
    verdict: str
    """What is to be done, such as "2 to fix"; or "No problems" or "Ready to send"."""
    open_items: int
    """The number of items of “Before you send” that are to do, if there are no problems."""
    rendered: LastRender | None
    picture: str
    """The address of its picture, which is another one after each save."""

    @property
    def base(self) -> str:
        """The name that the issue shares with the same issue in other languages."""
        return self.state.slug.partition(".")[0]

    @property
    def is_unfinished(self) -> bool:
        """Whether it is an unfinished issue, which `newsletter render` leaves out."""
        return self.state.slug.startswith("_")

    @property
    def name(self) -> str:
        """The subject; without one, the title or the name of the file."""
        return self.metadata.subject or self.metadata.title or self.state.slug

    @property
    def date(self) -> str:
        """The date of sending in words; "" if there is none."""
        return date_with_weekday(self.metadata.day) if self.metadata.day else ""

    @property
    def language(self) -> str:
        """The name of its language, if it is one of several that the issue has."""
        return language_name(self.metadata.language) if self.metadata.language else ""

    @property
    def words(self) -> str:
        """Everything by which it can be found."""
        day = self.metadata.day.isoformat() if self.metadata.day else ""
        return _plain(" ".join([self.name, self.metadata.title, self.state.slug, self.date, day, self.language]))

    @property
    def sorting_day(self) -> datetime.date | None:
        """The date of sending or, if it cannot be read, the day in the name of the file; None without either."""
        return self.metadata.day or _day_of(self.state.slug)


@dataclass(frozen=True)
class Group:
    """Issues under one heading. Each item is an issue with the same issue in other languages."""

    title: str
    items: tuple[tuple[ListedIssue, ...], ...]


@dataclass(frozen=True)
class IssueList:
    """The list, as an address asks for it."""

    groups: tuple[Group, ...]
    words: str
    """The words that are searched for, as they were typed."""
    wanted: str
    """The chosen one of `STATES`."""
    result: str
    """How many issues there are, and how many of them are shown."""
    repeated: frozenset[str]
    """The names that several issues have. Their links need more words, for those who hear only links."""
    checking: int
    """The number of issues whose problems are not known yet, shown or not."""

    @property
    def is_filtered(self) -> bool:
        """Whether some issues may be left out."""
        return bool(self.words.strip() or self.wanted)


def issue_list(
    builder: IssueBuilder, cache: MetadataCache, open_items: OpenItems, query: Mapping[str, str]
) -> IssueList:
    """Return the list of issues.

    Args:
        builder: the state of each issue.
        cache: what can be read of each at once.
        open_items: how much is to do for each without problems.
        query: of the address; `q` has words that are searched for, `state` one of `STATES`.
    """
    times = RenderTimes(builder.files, builder.root)
    states = [state for state in builder.states.values() if not state.is_deleted]
    entries = [_entry(state, builder, cache, times, open_items) for state in states]
    typed, wanted = query.get("q", ""), query.get("state", "") if query.get("state") in STATES else ""
    words = _plain(typed).split()
    matching = [entry for entry in entries if wanted in ("", entry.mark) and all(word in entry.words for word in words)]
    number = count(len(entries), "issue")
    return IssueList(
        groups=tuple(_groups(matching)),
        words=typed,
        wanted=wanted,
        result=number if len(matching) == len(entries) else f"{len(matching)} of {number}",
        repeated=frozenset(name for name, times in Counter(entry.name for entry in entries).items() if times > 1),
        checking=sum(entry.mark == "busy" for entry in entries),
    )


def issue_verdict(state: IssueState) -> tuple[StatusMark, str]:
    """Return what an editor has to do about an issue, in two or three words."""
    words = outstanding(state)
    if state.is_checked and blocking(state.problems):
        return "error", words
    if is_busy(state):
        return "busy", "Checking"
    return ("warning", words) if words else ("fine", "No problems")


def _entry(
    state: IssueState, builder: IssueBuilder, cache: MetadataCache, times: RenderTimes, open_items: OpenItems
) -> ListedIssue:
    mark, words = issue_verdict(state)
    number = open_items.of(state, builder.files.files) if mark == "fine" else None
    path = builder.path_of(state.slug)
    metadata = cache.of(path, builder.files)
    sources = (path, builder.root / "issues" / metadata.picture, builder.root / "templates" / "brand.yaml")
    stamp = "-".join(f"{builder.files.files[source][0]:x}" for source in sources if source in builder.files.files)
    picture = f"/pictures/{quote(state.slug, safe='')}?v={stamp}"
    return ListedIssue(
        state, metadata, mark, words if number != 0 else "Ready to send", number or 0, times.of(state), picture
    )


def _groups(entries: Iterable[ListedIssue]) -> Iterable[Group]:
    """Yield unfinished issues first, then issues without a date, then the others by year."""
    by_base: dict[str, list[ListedIssue]] = {}
    for entry in entries:
        by_base.setdefault(entry.base, []).append(entry)
    # The language that the name of the file does not say comes first.
    items = [tuple(sorted(twins, key=lambda entry: entry.state.slug)) for twins in by_base.values()]
    for _, group in groupby(sorted(items, key=_rank, reverse=True), key=lambda item: _rank(item)[:2]):
        listed = tuple(group)
        yield Group(_title(listed[0]), listed)


def _rank(item: Sequence[ListedIssue]) -> tuple[bool, int, datetime.date, str]:
    """Return what sorts an item; the highest comes first. The first two are its group."""
    day = next((entry.sorting_day for entry in item if entry.sorting_day), None)
    is_unfinished = item[0].is_unfinished
    year = 0 if is_unfinished else day.year if day else datetime.MAXYEAR
    return is_unfinished, year, day or datetime.date.max, item[0].state.slug


def _title(item: Sequence[ListedIssue]) -> str:
    is_unfinished, year, *_ = _rank(item)
    return "Unfinished" if is_unfinished else str(year) if year < datetime.MAXYEAR else "Without a date"


def _day_of(slug: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(slug.removeprefix("_")[: len("2026-12-14")])
    except ValueError:
        return None


def _plain(text: str) -> str:
    """Return text in lower case without accents, so that “zoe” finds “Zoë”."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
