"""The names of months, days and times of day, in English and in the languages of an issue (CLDR)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from babel import Locale

Tokens = tuple[str, ...]
"""The words of a text without their punctuation, in small letters."""

Names = Mapping[Tokens, frozenset[int]]
"""The numbers that a name can mean: months from 1, days of the week from 0 (Monday)."""

_WORD = re.compile(r"[^\W\d_]+")
_LITERAL = re.compile(r"'[^']*'|[A-Za-z]+")


def tokens(text: str) -> Tokens:
    """Return the words of a text, without digits and punctuation."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def months(languages: Iterable[str]) -> Names:
    """Return the months by their names, alone and as they are inside a date, such as `de marzo de`."""
    return _merge(_months(language) for language in _each(languages))


def weekdays(languages: Iterable[str]) -> Names:
    """Return the days of the week by their names."""
    return _merge(_weekdays(language) for language in _each(languages))


def half_days(languages: Iterable[str]) -> Mapping[str, str]:
    """Return `am`, `pm`, `noon` or `midnight` by how a language writes it, without spaces and dots."""
    names = {"midday": "noon", "12noon": "noon", "12midday": "noon", "12midnight": "midnight"}
    for language in _each(languages):
        names |= _half_days(language)
    return names


def _each(languages: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(["en", *languages]))


def _merge(tables: Iterable[Mapping[Tokens, int]]) -> Names:
    names: dict[Tokens, frozenset[int]] = {}
    for table in tables:
        for name, number in table.items():
            names[name] = names.get(name, frozenset()) | {number}
    return names


@lru_cache(maxsize=64)
def _months(language: str) -> Mapping[Tokens, int]:
    locale = Locale.parse(language, sep="-")
    names: dict[Tokens, int] = {("sept",): 9} if locale.language == "en" else {}
    around = {_literals(str(locale.date_formats[style].pattern)) for style in ("full", "long", "medium")}
    for number, name in _names(locale.months):
        # A language whose months have no names, such as Japanese, writes only numbers.
        if name_tokens := tokens(name):
            names |= {(*before, *name_tokens, *after): number for before, after in {*around, ((), ())}}
    return names


def _literals(pattern: str) -> tuple[Tokens, Tokens]:
    """Return the words that a date has before and after its month, such as the `de` of Spanish."""
    before, after, is_after = "", "", False
    for part in _LITERAL.findall(pattern):
        is_after = is_after or part[0] in "ML"
        if part.startswith("'"):
            before, after = (before, f"{after} {part}") if is_after else (f"{before} {part}", after)
    return tokens(before), tokens(after)


@lru_cache(maxsize=64)
def _weekdays(language: str) -> Mapping[Tokens, int]:
    locale = Locale.parse(language, sep="-")
    names: dict[Tokens, int] = (
        {("tues",): 1, ("weds",): 2, ("thur",): 3, ("thurs",): 3} if locale.language == "en" else {}
    )
    return names | {name_tokens: number for number, name in _names(locale.days) if (name_tokens := tokens(name))}


def _names(table: Mapping[str, Mapping[str, Mapping[int, str]]]) -> Iterator[tuple[int, str]]:
    for context in table.values():
        for width in ("wide", "abbreviated"):
            yield from context.get(width, {}).items()


@lru_cache(maxsize=64)
def _half_days(language: str) -> Mapping[str, str]:
    periods = Locale.parse(language, sep="-").day_periods.get("format", {})
    return {
        re.sub(r"[\s.]", "", name).casefold(): period
        for width in ("wide", "abbreviated")
        for period, name in periods.get(width, {}).items()
        if period in ("am", "pm", "noon", "midnight")
    }
