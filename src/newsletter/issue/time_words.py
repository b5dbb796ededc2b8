"""The words with which languages write a span of time, such as the `hyd` of `11:00 hyd 17:00` in Welsh."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple


class _Words(NamedTuple):
    """The words between the two times of a span, before the first, and after the second; several are separated by |."""

    between: str
    before: str = ""
    after: str = ""


_WORDS: Mapping[str, _Words] = {
    "ar": _Words("إلى|الى|حتى", "من|الساعة|من الساعة"),
    "bg": _Words("до", "от"),
    "bn": _Words("থেকে", "", "পর্যন্ত"),
    "ca": _Words("a|fins a|fins a les", "de|a les|de les"),
    "cs": _Words("do|až", "od"),
    "cy": _Words("hyd|tan|hyd at|i", "o|am|rhwng"),
    "da": _Words("til", "fra|kl"),
    "de": _Words("bis", "von|ab|um"),
    "el": _Words("έως|ως|μέχρι", "από|στις"),
    "en": _Words("to|until|till", "from|at"),
    "es": _Words("a|a las|hasta|hasta las", "de|desde|desde las|a las"),
    "et": _Words("kuni", "kell"),
    "eu": _Words("arte"),
    "fa": _Words("تا|الی", "از|از ساعت|ساعت"),
    "fr": _Words("à|jusqu'à|jusqu’à", "de|dès|à"),
    "ga": _Words("go|go dtí", "ó"),
    "gd": _Words("gu", "bho"),
    "gl": _Words("a|ata", "de"),
    "gu": _Words("થી", "", "સુધી"),
    "he": _Words("עד", "מ|בין|בשעה"),
    "hi": _Words("से", "", "तक"),
    "hr": _Words("do", "od"),
    "id": _Words("sampai|hingga", "dari|pukul"),
    "is": _Words("til", "frá|kl"),
    "it": _Words("a|alle|fino alle|alle ore", "dalle|da|alle|dalle ore"),
    "ja": _Words("から|〜|~", "", "まで"),
    "ko": _Words("부터|에서|~", "", "까지"),
    "lt": _Words("iki", "nuo"),
    "lv": _Words("līdz", "no"),
    "mk": _Words("до", "од"),
    "ms": _Words("hingga|sampai", "dari"),
    "mt": _Words("sa", "minn"),
    "nb": _Words("til", "fra|kl"),
    "ne": _Words("देखि", "", "सम्म"),
    "nl": _Words("tot|tot en met", "van|om"),
    "nn": _Words("til", "frå|kl"),
    "no": _Words("til", "fra|kl"),
    "pa": _Words("ਤੋਂ", "", "ਤੱਕ"),
    "pl": _Words("do", "od|o"),
    "pt": _Words("a|às|até|até às", "de|das|às"),
    "ro": _Words("la|până la|pana la", "de la|ora"),
    "ru": _Words("до", "с|в|от"),
    "sk": _Words("do", "od"),
    "sl": _Words("do", "od"),
    "so": _Words("ilaa", "laga bilaabo"),
    "sq": _Words("deri|deri në", "nga"),
    "sr": _Words("до|do", "од|od"),
    "sv": _Words("till", "från|kl"),
    "sw": _Words("hadi|mpaka", "kutoka|saa"),
    "ta": _Words("முதல்", "", "வரை"),
    "th": _Words("ถึง", "ตั้งแต่"),
    "tl": _Words("hanggang", "mula"),
    "uk": _Words("до", "з|від|о"),
    "ur": _Words("سے|تا", "", "تک"),
    "vi": _Words("đến|tới", "từ|lúc"),
    "zh": _Words("至|到", "从|從"),
}
_DASHES = "-–—"
_NO_SPACES = frozenset(["ja", "ko", "th", "zh"])


class SpanPatterns(NamedTuple):
    """Regular expressions for what is between, before and after the times of a span."""

    between: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]


def span_patterns(languages: Iterable[str]) -> SpanPatterns:
    """Return the patterns for English and other languages, given by their tags. Spaces must be single ones."""
    return _patterns(tuple(dict.fromkeys(["en", *(tag.partition("-")[0].lower() for tag in languages)])))


@lru_cache(maxsize=64)
def _patterns(languages: tuple[str, ...]) -> SpanPatterns:
    known = [(language, _WORDS[language]) for language in languages if language in _WORDS]

    def any_of(field: int, joined: str, spaced: str) -> str:
        forms = [
            (joined if language in _NO_SPACES else spaced).format(re.escape(form))
            for language, words in known
            for form in words[field].split("|")
            if form
        ]
        forms.sort(key=len, reverse=True)  # "a las" before "a"
        return "|".join(forms) or "(?!)"

    return SpanPatterns(
        re.compile(rf" ?[{_DASHES}] ?|{any_of(0, ' ?{} ?', ' {} ')}", re.IGNORECASE),
        re.compile(rf"\A(?:{any_of(1, '{} ?', '{} ')})", re.IGNORECASE),
        re.compile(rf"(?:{any_of(2, ' ?{}', ' {}')})\Z", re.IGNORECASE),
    )
