"""The names of months, days and times of day, in English and in the languages of an issue (CLDR).

They are for reading dates. Dates are written in `stages/compose/dates.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import regex
from babel import Locale

NameWords = tuple[str, ...]
"""The words of a text without their punctuation, in lower case."""

Names = Mapping[NameWords, frozenset[int]]
"""The numbers that a name can mean: months from 1, days of the week from 0 (Monday)."""

# With the marks of letters, such as the vowels of Hindi, and the joiners between them.
_WORD = regex.compile(r"[\p{L}\p{M}\u200c\u200d]+")
_DIGIT = re.compile(r"\d")
_FIELD = re.compile(r"'([^']*)'|([A-Za-z])\2*")
"""Words in a pattern of CLDR, or one of its fields."""

_MORE_MONTHS: Mapping[str, Mapping[NameWords, int]] = {
    "en": {("sept",): 9},
    "vi": {
        ("tháng", *name.split(), *year): number
        for number, names in enumerate(
            [
                "một giêng",
                "hai",
                "ba",
                "bốn tư",
                "năm",
                "sáu",
                "bảy",
                "tám",
                "chín",
                "mười",
                "mười.một",
                "mười.hai chạp",
            ],
            1,
        )
        for name in (each.replace(".", " ") for each in names.split())
        for year in ((), ("năm",))
    },
}
"""Names that CLDR does not have."""


def name_words(text: str) -> NameWords:
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


def _merge(tables: Iterable[Mapping[NameWords, int]]) -> Names:
    names: dict[NameWords, frozenset[int]] = {}
    for table in tables:
        for name, number in table.items():
            names[name] = names.get(name, frozenset()) | {number}
    return names


@lru_cache(maxsize=64)
def _months(language: str) -> Mapping[NameWords, int]:
    locale = Locale.parse(language, sep="-")
    names = dict(_MORE_MONTHS.get(locale.language, {}))
    patterns = {str(locale.date_formats[style].pattern) for style in ("full", "long", "medium")}
    patterns |= {str(locale.datetime_skeletons["yMMMM"].pattern)} if "yMMMM" in locale.datetime_skeletons else set()
    era = str(locale.eras["abbreviated"].get(1, ""))
    for number, name in _names(locale.months):
        # A language whose months have no names, such as Japanese or Vietnamese, writes numbers.
        if name_words(name) and not _DIGIT.search(name):
            names |= {
                name_words(each): number for each in (name, *(_filled(pattern, name, era) for pattern in patterns))
            }
    return names


def _filled(pattern: str, month: str, era: str) -> str:
    """Return the words of a date with a month in a pattern of CLDR, such as `de marzo de`; its other fields are 0."""
    fields = {"M": month, "L": month, "G": era, "E": "", "c": ""}
    return _FIELD.sub(lambda part: fields.get(part[2], "0") if part[2] else part[1], pattern)


@lru_cache(maxsize=64)
def _weekdays(language: str) -> Mapping[NameWords, int]:
    locale = Locale.parse(language, sep="-")
    names: dict[NameWords, int] = (
        {("tues",): 1, ("weds",): 2, ("thur",): 3, ("thurs",): 3} if locale.language == "en" else {}
    )
    return names | {name_tokens: number for number, name in _names(locale.days) if (name_tokens := name_words(name))}


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
