"""Problems with one cause: the preview lists them as one entry, and what is to be done counts them once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2s

from newsletter.check.registry import all_rules
from newsletter.english import count
from newsletter.problems import Problem, Severity

_SEEN_IN = "Seen in "
"""How the last line of a hint begins in which the check names the articles (see `check.engine`)."""
_VARIABLE_PART = re.compile(r"“[^“”]*”|\d[\d.,]*")
"""What may differ in messages of one rule about one cause: the words that they quote, and numbers."""


def by_cause(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Return problems in groups with one cause, in the order of the first of each.

    The problems of one rule have one cause if their messages differ only in quoted words and in numbers, such as the
    reading grades of several articles. Other problems have one if they say the same, and to do the same elsewhere.
    """
    groups: dict[object, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(_cause(problem), []).append(problem)
    return list(groups.values())


def cause_id(problem: Problem) -> str:
    """Return the id of the cause of a problem, such as "link-text-5b1c03a9e2d7", for the addresses of pages.

    No other cause of the same problems has it. It stays the same while the cause is there, whatever lines are added
    above it and whatever other problems there are.
    """
    return f"{problem.id}-{blake2s(repr(_cause(problem)).encode(), digest_size=6).hexdigest()}"


def first_of_each_cause(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the first problem of each cause, for counts."""
    return tuple(group[0] for group in by_cause(problems))


def to_do(problems: Iterable[Problem]) -> str:
    """Return how much there is to fix and to consider, such as "2 to fix, 3 to consider"; "" if nothing.

    Problems with one cause are one, as in the lists of findings.
    """
    severities = Counter(problem.severity for problem in first_of_each_cause(problems))
    words: tuple[tuple[Severity, str], ...] = (("error", "to fix"), ("warning", "to consider"))
    return ", ".join(f"{severities[severity]} {what}" for severity, what in words if severities[severity])


def to_do_in_places(problems: Sequence[Problem]) -> str:
    """Return the same with the number of places, if that is another, such as "2 to fix, in 7 places"."""
    is_more = len(first_of_each_cause(problems)) < len(problems)
    return to_do(problems) + (f", in {count(len(problems), 'place')}" if is_more else "")


def is_of_rule(id: str) -> bool:
    """Check whether a rule reports the problems with an id, and not a field or the file itself."""
    return id in _rules()


def hint_without_articles(problem: Problem) -> str:
    """Return the hint of a problem without the articles in which it is, which differ from place to place."""
    hint, line_break, last = problem.hint.rpartition("\n")
    return hint if line_break and last.startswith(_SEEN_IN) else problem.hint


def _cause(problem: Problem) -> tuple[str, ...]:
    return (problem.severity, problem.id, *_sentences(problem))


def _sentences(problem: Problem) -> tuple[str, ...]:
    if is_of_rule(problem.id):
        return (_VARIABLE_PART.sub("…", problem.message),)
    return problem.message, _VARIABLE_PART.sub("…", hint_without_articles(problem))


@cache
def _rules() -> frozenset[str]:
    return frozenset(rule.id for rule in all_rules())
