"""Days in German and in French by which readers have to act. Only a day with its year counts, if somebody is asked."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from newsletter.check.wording import without_speech
from newsletter.issue.date_names import months
from newsletter.rules.issue._dates import date_of


@dataclass(frozen=True)
class _Words:
    """What a language has around such a day: the words before it, those that ask, and those of what is over."""

    lead: str
    weekday: str
    separator: str
    """Between the numbers of a date."""
    asks: re.Pattern[str]
    over: re.Pattern[str]


_LANGUAGES = {
    "de": _Words(
        r"(?:\bbis\s+(?:spätestens\s+|einschließlich\s+)?(?:zum\s+)?|\bspätestens\s+(?:am\s+|bis\s+(?:zum\s+)?)|\bvor\s+dem\s+"
        r"|\b(?:Anmelde|Einsende|Abgabe|Bewerbungs)(?:schluss|frist)(?:\s+ist|:)?\s+(?:am\s+|der\s+)?)",
        r"(?:\w{4,8}(?:tag|woch),?\s+(?:d(?:em|en|er)\s+)?)?",
        r"\.\s?",
        re.compile(r"\b[a-zäöüß]{3,20}n Sie\b|\bbitte\b|(?:schluss|frist)\b", re.IGNORECASE),
        re.compile(
            r"\b(?:war(?:en|st)?|wurden?|hatten?|haben|hat|sind|konnten?|durften?|mussten?|sollten?|lief|galt|galten|seit"
            r"|wenn|falls|geschah|kam|gab|ging|blieb|schrieb|fand"
            # A verb of the past, and not "antworten Sie"; some other words, too.
            r"|(?-i:(?!bitte\b|heute\b)[a-zäöüß]{3,20}ten?))\b(?! Sie\b)",
            re.IGNORECASE,
        ),
    ),
    "fr": _Words(
        r"\b(?:avant\s+le|jusqu['’]au|au\s+plus\s+tard\s+le|d['’]ici\s+(?:le|au)|date\s+limite(?:\s?:|\s+est)?(?:\s+le)?)\s+",
        r"(?:\w{3,8}di,?\s+|dimanche,?\s+)?",
        r"(?:er)?\s",
        re.compile(r"\b(?!(?:chez|assez|nez)\b)\w{2,20}ez\b|\bmerci de\b|\bdate limite\b", re.IGNORECASE),
        re.compile(
            r"\b(?:avez(?! jusqu)|avons|ont|a été|étai\w+|étions|avions|avai\w+|\w{2,20}(?:aient|iez)|si"
            r"|s['’]est|se sont|(?!fait\b|souhait\b)\w{3,20}ait|eu lieu)\b",
            re.IGNORECASE,
        ),
    ),
}
_END = re.compile(r"(?<!\d\d)(?<!\b\d)[.!?]\s|(?<=\d{4})[.!?]\s")
"""The end of a sentence; a number of four digits is a year."""
_REACH = 200  # characters
LANGUAGES = tuple(_LANGUAGES)
"""The languages whose deadlines are known."""


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = _LANGUAGES[language]
    names = "|".join(sorted({re.escape(" ".join(name)) for name in months([language])}, key=len, reverse=True))
    return re.compile(
        rf"{words.lead}{words.weekday}(?P<day>\d{{1,2}})"
        rf"(?:{words.separator}(?P<name>{names})\b\.?\s|[./](?P<month>\d{{1,2}})[./])\s?(?P<year>20\d\d)\b",
        re.IGNORECASE,
    )


def deadlines_in(words: str, language: str) -> Iterator[tuple[int, datetime.date]]:
    """Yield where a day begins by which readers have to act, and the day.

    Args:
        words: a paragraph.
        language: one of `LANGUAGES`.
    """
    ours = without_speech(words)
    for match in _pattern(language).finditer(ours):
        # The dot of "25. November" does not end a sentence.
        before = _END.split(ours[max(0, match.start() - _REACH) : match.start()])[-1]
        sentence = before + _END.split(ours[match.start() : match.end() + _REACH])[0]
        if not _LANGUAGES[language].asks.search(sentence) or _LANGUAGES[language].over.search(sentence):
            continue
        month = int(match["month"]) if match["month"] else _month(match["name"], language)
        if day := date_of(int(match["year"]), month, int(match["day"])):
            yield match.start(), day


def _month(name: str, language: str) -> int:
    """Return the number of a month by its name, 0 if it can be two."""
    numbers = months([language]).get(tuple(name.casefold().split()), frozenset())
    return min(numbers) if len(numbers) == 1 else 0
