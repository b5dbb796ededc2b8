"""Read on which days something is repeated, such as `Monday and Thursday` or `first and third Tuesday`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import regex
from babel import Locale

from newsletter.characters import quoted
from newsletter.issue.date_names import Names, weekdays
from newsletter.issue.date_text import UnclearError

Days = tuple[tuple[str, int], ...]
"""Days of the week from 0 (Monday), each with its week of the month: `first` to `fourth`, `last`, or nothing."""

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}\u200c\u200d]+|[-–—]")
_DASHES = frozenset("-–—")
_WORDS_FOR_TO = frozenset(["to", "until", "till", "through", *_DASHES])
_WORDS_FOR_EVERY = frozenset(["every", "each", "bob", "كل", "يوم"])
"""In English, Welsh and Arabic."""
_FILLERS = _WORDS_FOR_EVERY | frozenset(["on", "the", "a", "ac", "of", "in", "month"])
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth"}
_ORDINALS |= {name: name for name in (*_ORDINALS.values(), "last")}
_LONGEST_TEXT = 120
_LONGEST_NAME = 6
"""In words."""
_HINT = (
    "Write week, fortnight or month; or the days of the week, such as Tuesday, Monday and Thursday, Monday to Friday, "
    "or second Tuesday."
)


def repetition_words(text: str) -> list[str]:
    """Return the words and dashes of a text in lower case."""
    words: list[str] = _WORD.findall(unicodedata.normalize("NFKC", text[:_LONGEST_TEXT]).casefold())
    return words


def read_days(text: str, languages: Iterable[str] = ()) -> Days:
    """Read days of the week, with or without their weeks of the month.

    Args:
        text: one day or several, or the first and the last of several with `to` between them.
        languages: the languages whose names of days and words for `and` count, besides English.

    Raises:
        UnclearError: if it is nothing of that kind, or can have two meanings.
    """
    languages = tuple(languages)
    names, words, ands = weekdays(languages), repetition_words(text), _ands(languages)
    days: list[tuple[str, int]] = []
    weeks: list[str] = []
    is_span, position = False, 0
    while position < len(words):
        word = words[position]
        day, length = _day_at(names, words, position)
        if day is not None and is_span:
            days += [("", (days[-1][1] + step) % 7) for step in range(1, (day - days[-1][1]) % 7 + 1)]
            is_span = False
        elif day is not None:
            days += [(week, day) for week in weeks or [""]]
            weeks.clear()
        elif word in _ORDINALS and not is_span:
            weeks.append(_ORDINALS[word])
        elif word in _WORDS_FOR_TO and days and not days[-1][0] and not weeks:
            is_span = True
        elif word not in _FILLERS | ands:
            raise UnclearError(f"{quoted(text)} is not how often something can be.", _HINT)
        position += length
    if not days or weeks or is_span or words[-1] in ands or len(text) > _LONGEST_TEXT:
        raise UnclearError(f"{quoted(text)} is not how often something can be.", _HINT)
    if len({bool(week) for week, _ in days}) > 1:
        hint = "Write the week before each day, such as first Tuesday and first Friday; or make two events of it."
        raise UnclearError(f"{quoted(text)} can be two things.", hint)
    return tuple(dict.fromkeys(days))


def _day_at(names: Names, words: list[str], position: int) -> tuple[int | None, int]:
    """Return the day whose name begins at a position, if there is one, and the number of words to go on by."""
    for length in range(min(_LONGEST_NAME, len(words) - position), 0, -1):
        *first, last = words[position : position + length]
        if words[position] not in _DASHES and last not in _DASHES:
            name = (*(word for word in first if word not in _DASHES), last)
            plural = (*name[:-1], last.removesuffix("s"))
            # In Arabic, "and" is a letter before the name.
            others = [(name[0][1:], *name[1:])] if name[0].startswith("و") else []
            numbers = next((names[each] for each in (name, plural, *others) if each in names), frozenset())
            if len(numbers) == 1:
                return next(iter(numbers)), length
    return None, 1


def _ands(languages: Iterable[str]) -> frozenset[str]:
    """Return the words between the last two of several things, such as the `a` of Welsh."""
    patterns = (Locale.parse(language, sep="-").list_patterns["standard"]["2"] for language in ("en", *languages))
    return frozenset(word for pattern in patterns for word in repetition_words(pattern.format(" ", " ")))
