"""The problems of an issue as a list: those with one cause are one finding, with a place for each of them."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from urllib.parse import urlencode

from newsletter.check.causes import by_cause, cause_id, hint_without_articles, is_of_rule
from newsletter.english import count
from newsletter.preview.editor_links import EditorLinks, EditorPlace
from newsletter.preview.issue_state import IssueState
from newsletter.preview.parts import Part, Parts
from newsletter.problems import Location, Problem, Severity
from newsletter.source.lines import split_lines

_LINES_AROUND = 1  # before and after the line of a problem
_MOST_IN_FULL = 3
"""Places of one finding that are shown with their lines. More of them would be long, and each much the same."""
_MOST_CHARACTERS = 28
"""Of the words of a place in a list of many: with the number of the line before them, as many as one line has."""
_QUOTED = re.compile(r"“([^“”]*)”")


@dataclass(frozen=True)
class FindingLocation:
    """One place of a finding."""

    id: str
    """What names it in the finding: made of its words, so that it stays the same when the line moves."""
    location: Location
    message: str = ""
    """What is wrong there, if that differs from place to place."""
    hint: str = ""
    """What to do there, if that differs from place to place."""
    editions: tuple[str, ...] = ()
    """The editions that have it there, if others do not."""
    parts: tuple[Part, ...] = ()
    """The parts of the email that show it."""
    editor: EditorPlace | None = None
    articles: str = ""
    """A sentence about the articles in which it was seen, if the place is a line of a template."""
    can_be_fixed: bool = False
    lines: tuple[tuple[int, str], ...] = ()
    """The lines around it, each with its number; empty if it is not in the issue's file."""

    @property
    def words(self) -> str:
        """The words that it is about, shortened: those that its own message quotes, or else those of its part."""
        quoted = _QUOTED.search(self.message)
        words = quoted[1] if quoted else self.parts[0].label if self.parts else ""
        short = textwrap.shorten(words, _MOST_CHARACTERS, placeholder="…")
        return f"“{short}”" if quoted else short


@dataclass(frozen=True)
class FindingView:
    """Problems with one cause: the number by which every view names them, what is wrong, what to do, and where."""

    number: int
    """Its place in the list. After a save, the same finding may have another one."""
    anchor: str
    """The id of its element, which it keeps as long as it is there. Those of its parts end in it."""
    id: str
    severity: Severity
    message: str
    """What is wrong, or at the first of its places if that differs; and in how many places."""
    hint: str
    """What to do; "" if each place says it."""
    places: tuple[FindingLocation, ...]

    @property
    def in_page(self) -> bool:
        """Whether the email shows at least one of its places."""
        return any(place.parts for place in self.places)

    @property
    def part_numbers(self) -> str:
        """The numbers of the parts that show it, with spaces between them."""
        return " ".join(dict.fromkeys(str(part.number) for place in self.places for part in place.parts))

    @property
    def is_long(self) -> bool:
        """Whether its places are so many that each is one line. What to do is the same for all."""
        return bool(self.hint) and len(self.places) > _MOST_IN_FULL

    @property
    def is_of_rule(self) -> bool:
        """Whether a rule found it, which says why it matters. Other problems are those of a field or of the file."""
        return is_of_rule(self.id)

    @property
    def fixable(self) -> int:
        """The number of its places that can be fixed."""
        return sum(place.can_be_fixed for place in self.places)

    @property
    def fix_query(self) -> str:
        """The query of the address that shows its fix; "" if it has none that is the only one possible."""
        places = [f"{place.location.line}:{place.location.column}" for place in self.places if place.can_be_fixed]
        return urlencode([("rule", self.id), *(("at", place) for place in places)]) if places else ""


def finding_views(
    state: IssueState,
    problems: Iterable[Problem],
    parts: Parts | None = None,
    editor: EditorLinks | None = None,
    above: Sequence[FindingView] = (),
) -> tuple[FindingView, ...]:
    """Return the findings of an issue, in the order of its problems.

    Args:
        state: the issue.
        problems: those of its problems to show; a finding keeps its number if others are left out.
        parts: the parts of the email that is shown.
        editor: for the links to the lines of the files.
        above: other findings above them on the same page. These have other numbers and anchors.
    """
    selected, fixable, texts = frozenset(problems), _fixable(state), split_lines(state.source)
    anchors, first = {finding.anchor for finding in above}, 1 + max((finding.number for finding in above), default=0)

    def place(id: str, problem: Problem, message: str, hint: str) -> FindingLocation:
        where, own_hint = problem.location, hint_without_articles(problem)
        return FindingLocation(
            id,
            where,
            problem.message if problem.message != message else "",
            own_hint if own_hint != hint else "",
            problem.editions,
            parts.at(where) if parts else (),
            editor.to(where) if editor else None,
            problem.hint.removeprefix(own_hint).strip(),
            (problem.id, where) in fixable,
            # A fault of YAML may be in the spaces that all lines begin with.
            lines_around(where.line, texts, with_indent=problem.id == "yaml") if where.file == state.file else (),
        )

    def view(number: int, group: Sequence[Problem]) -> FindingView:
        messages = list(dict.fromkeys(problem.message for problem in group))
        hints = {hint_without_articles(problem) for problem in group}
        same = messages[0] if len(messages) == 1 else ""
        hint = hints.pop() if len(hints) == 1 else ""
        ids = _place_ids(group, state.file, texts)
        places = tuple(
            place(id, problem, same, hint) for id, problem in zip(ids, group, strict=True) if problem in selected
        )
        number_of_places = len({each.location for each in places})
        start = "In" if same else "This or the like is in"
        more = f" {start} {count(number_of_places, 'place')}." if number_of_places > 1 else ""
        anchor = anchor_of(group[0])
        if anchor in anchors:
            anchor += "-earlier"
        return FindingView(number, anchor, group[0].id, group[0].severity, f"{messages[0]}{more}", hint, places)

    views = (view(number, group) for number, group in enumerate(by_cause(state.problems), first))
    return tuple(finding for finding in views if finding.places)


def lines_around(
    line: int, texts: Sequence[str], last: int = 0, *, with_indent: bool = False
) -> tuple[tuple[int, str], ...]:
    """Return a line of a text and those before and after it, each with its number.

    Args:
        line: its number, from 1; 0 if it is unknown.
        texts: all lines.
        last: the number of the last line, if there are several.
        with_indent: whether they keep the spaces that all of them begin with.
    """
    if not 0 < line <= len(texts):
        return ()
    numbers = range(max(1, line - _LINES_AROUND), min(len(texts), max(line, last) + _LINES_AROUND) + 1)
    lines = "\n".join(texts[number - 1] for number in numbers)
    return tuple(zip(numbers, (lines if with_indent else textwrap.dedent(lines)).split("\n"), strict=True))


def anchor_of(problem: Problem) -> str:
    """Return the anchor of the finding that a problem belongs to."""
    return f"problem-{cause_id(problem)}"


def _place_ids(group: Sequence[Problem], file: str, texts: Sequence[str]) -> Iterator[str]:
    """Yield an id for each place of a finding, of the words of its line, and of how many before it have the same.

    Args:
        group: its problems.
        file: the issue's file.
        texts: all lines of the issue's file.
    """
    counts: Counter[str] = Counter()
    for problem in group:
        where = problem.location
        is_own = where.file == file and 0 < where.line <= len(texts)
        words = texts[where.line - 1].strip() if is_own else str(where)
        digest = blake2s(words.encode(), digest_size=4).hexdigest()
        counts[digest] += 1
        yield f"{digest}-{counts[digest]}"


def _fixable(state: IssueState) -> frozenset[tuple[str, Location]]:
    """Return the id and the location of each problem of the issue's own file that has only one possible fix."""
    findings = state.report.findings if state.report else ()
    fixable = [(id, finding.where.location) for id, finding in findings if finding.fix]
    fixable += [(problem.id, problem.location) for problem in state.problems if problem.fix]
    return frozenset(place for place in fixable if place[1].file == state.file)
