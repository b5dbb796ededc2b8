"""A dose has one meaning, also when it is heard.

Who misses the dot of ".5 mg" or "5.0 mg" takes ten times as much. "µg" and "mcg" are heard letter by letter and
mistaken for "mg", a thousand times as much. "1/2 tablet" is heard as "one slash two" and read as "1 or 2". "tds" and
"prn" are Latin for those who write prescriptions. "3/52" means 3 weeks to them, and "2/7" 2 days. A screen reader may
leave out < and >, and many people mix them up.

Bad:
    - text: |
        Take .5 mg tds, or 1/2 tablet if you weigh <40 kg.

Good:
    - text: |
        Take 0.5 mg 3 times a day, or half a tablet if you weigh less than 40 kg.

Institute for Safe Medication Practices (ISMP), List of Error-Prone Abbreviations, Symbols, and Dose Designations; NHS
digital service manual, Numbers, measurements, dates and time ("micrograms", in full). In other languages than
English, the rule looks only at ".5 mg" and "5,0 mg", and in German and French at "1/2 Tablette", too. In a subject or
a title, < and > are fine if the text says what they mean.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import english, prose
from newsletter.rules.issue._mistakes import Mistake, report

SEVERITY = "warning"
POLICIES = {"strict": {"severity": "error"}}

_UNIT = (
    r"(?:mg|micrograms?|[mµμ]cg|[µμ]g|k?g|grams?|ml|mL|millilitres?|litres?|units?|tablets?|capsules?|drops|puffs)\b"
)
_QUICK_SEARCH = re.compile(r"\d|\b(?:tds|qds|bds?|prn|qod|qhs|nocte|od|[tqb]\.[di]\.|p\.r\.n|o\.[dmn])")
"""Something that each mistake needs, and fast to search for."""
_PARTS = {"1/2": "half", "1/3": "a third of", "2/3": "two thirds of", "1/4": "a quarter of", "3/4": "three quarters of"}
_FORMS = {"tab": "tablet", "cap": "capsule"}
_TIMES = {"1": "once", "2": "twice"}
_PERIODS = {"7": "day", "52": "week", "12": "month"}
_LATIN = {
    "bd": "twice a day",
    "bds": "twice a day",
    "bid": "twice a day",
    "tds": "3 times a day",
    "tid": "3 times a day",
    "qds": "4 times a day",
    "qid": "4 times a day",
    "od": "once a day",
    "qod": "every other day",
    "qhs": "every night",
    "prn": "when you need it",
    "nocte": "at night",
    "mane": "in the morning",
    "om": "in the morning",
    "on": "at night",
    "stat": "at once",
    "ac": "before meals",
    "pc": "after meals",
    "po": "by mouth",
    "sc": "under the skin",
}


def _in_words(match: re.Match[str]) -> str:
    return f"Write “{_LATIN[match['latin'].replace('.', '').lower()]}”."


def _with_point(match: re.Match[str]) -> str:
    part = f".{match['part']}".rstrip("0").rstrip(".")
    return f"Write “{match['number']}{part}{match['unit']}”."


def _half(match: re.Match[str]) -> str:
    part, whole = _PARTS[match["part"]], match["whole"]
    number = match["number"]
    if number and match["part"] == "1/2":
        return f"Write “{number} and a half {whole}”, or “{number}.5 {whole}”."
    return f"Write “{number} and {part}” in words." if number else f"Write “{part} a {whole.rstrip('s')}”."


def _period(match: re.Match[str]) -> str:
    number = match["number"] or match["months"] or match["since"]
    lead = match["lead"] or match["had"] or ""
    return f"Write “{lead}{number} {_PERIODS[match['of'] or '12']}{'' if number == '1' else 's'}”."


def _times(match: re.Match[str]) -> str:
    number = match["before"] or match["after"]
    if match["often"]:
        return f"Write “{_TIMES.get(number, f'{number} times')} {match['often'].replace('per', 'a')}”."
    return f"Write “{number}” and what it is, such as “{number} tablets of 500 mg”."


_DOSES = (
    Mistake(
        re.compile(r"(?<![\w.,:/\\…-])\.(?P<number>\d{1,4})(?![\w.-]*\d)(?!\w{5})"),
        "is heard and read without its dot.",
        r"Write “0.\g<number>”.",
    ),
    Mistake(
        re.compile(rf"(?<![\w.,:/-])(?P<number>\d{{1,4}}(?:\.\d)?)(?:\.0|(?<=\.\d)0)0?(?P<unit>\s?{_UNIT})"),
        "is ten times as much or more for those who miss the dot.",
        r"Write “\g<number>\g<unit>”.",
    ),
    Mistake(
        re.compile(
            rf"(?<![\w.,])(?P<number>\d{{1,3}}),(?P<part>\d{{1,2}})(?P<unit>\s?(?:{_UNIT}|°\s?[CF]\b|degrees\b))"
        ),
        "is a whole number for those who miss the comma.",
        _with_point,
    ),
    Mistake(
        re.compile(r"(?<![\w.,])(?P<number>\d[\d,.]{0,9})\s?(?:[µμ]g|mcg|ug)\b"),
        "is mistaken for “mg”, a thousand times as much.",
        r"Write “\g<number> micrograms”.",
    ),
    Mistake(
        re.compile(
            r"(?<![\w.,/-])(?:(?P<number>\d{1,2}) )?(?P<part>1/2|1/3|2/3|1/4|3/4)\s(?:(?:an?|of an?)\s)?"
            r"(?P<whole>tablets?|capsules?|pills?|doses?|sachets?|patch|hours?|days?|miles?|portions?|price|"
            # Cups of flour are no dose, and cooks know how to read them.
            r"(?:tea|table)?spoons?(?! of (?!(?:the|your|this|it|medicine|syrup)\b))|"
            r"(?:cups?|glass|pints?|litres?|pounds?)(?! of ))\b"
        ),
        "is heard with a slash, and read as one number or the other.",
        _half,
    ),
    Mistake(
        re.compile(
            # As long as it lasts, and not a date or a fraction: "for 3/52", "6/12 ago", "had it for 6/12".
            r"(?P<lead>\b(?:for|after|within|over|every|another|about|last|past|next|in) )(?<![\w.,/-])"
            r"(?P<number>[1-9]|[1-9]\d)/(?P<of>(?<!4/)7|52)(?![\w/-]|[.,]\d| (?:of|in)\b| [a-z]+s\b)"
            r"|(?P<had>\b(?:had|has|have|took|taken|been|lasted|waited|stopped)\b[^.!?\n]{0,40}? for )"
            r"(?P<months>[1-9]|1\d)/12(?![\w/-]|[.,]\d| of\b)"
            r"|(?<![\w.,/-])(?P<since>[1-9]|1\d)/12(?= (?:ago|before|earlier|later|history)\b)"
        ),
        "is short for those who write prescriptions. It is heard with a slash, or as a date.",
        _period,
    ),
    # These are no English words; the others are, or mean other things, and are Latin only after an amount.
    Mistake(
        re.compile(
            r"(?<![\w.@/-])(?P<latin>tds|qds|bds|bd|od|prn|qod|qhs|nocte|t\.d\.s|q\.d\.s|b\.d|b\.i\.d|t\.i\.d|q\.i\.d|p\.r\.n|o\.[dmn])"
            r"(?![\w@-])\.?"
        ),
        "is Latin for those who write prescriptions.",
        _in_words,
    ),
    Mistake(
        re.compile(
            rf"(?P<amount>(?<![\w.,])\d[\d,.]{{0,9}}\s?{_UNIT}),?\s(?P<latin>bid|tid|qid|od|mane|stat|ac|pc|po|sc)\b",
        ),
        "has Latin in it, for those who write prescriptions.",
        lambda match: f"Write “{match['amount']} {_LATIN[match['latin']]}”.",
    ),
    Mistake(
        re.compile(r"(?<![\w.,])(?P<number>\d[\d,]{0,9})\s?(?:iu|u|U)(?!\w|[.'’-]\w)"),
        "is read as a number with another 0, or heard as letters.",
        r"Write “\g<number> units”.",
    ),
    Mistake(
        re.compile(r"(?<![\w.,])(?P<number>\d{4,9})\s?IU\b"),
        "is hard to read and to hear without commas.",
        lambda match: f"Write “{int(match['number']):,} units”.",
    ),
    Mistake(
        re.compile(r"(?<![\w.,])(?P<number>\d[\d,.]{0,9})\s?cc\b(?!-|\s(?:motor|engine|bike|scooter))"),
        "is read as a number with zeros, or heard as letters.",
        r"Write “\g<number> ml”.",
    ),
    Mistake(
        re.compile(r"(?<![\w.,])(?P<number>\d[\d,.]{0,9})\s?gms?\b"),
        "is mistaken for “mg”, a thousandth of it.",
        r"Write “\g<number> g”.",
    ),
    Mistake(
        re.compile(r"(?<![\w.,])(?P<number>\d[\d,.]{0,9})\s?(?P<unit>mg|ml|kg)s\b"),
        "has an “s” that is heard as a letter.",
        r"Write “\g<number> \g<unit>”.",
    ),
    Mistake(
        re.compile(r"\b(?:[Tt]ake|[Gg]ive|[Ss]wallow) (?P<number>\d{1,2})\s?(?P<short>tabs?|caps?)\b(?!-)"),
        "is short for those who write prescriptions.",
        lambda match: f"Write “{match['number']} {_FORMS[match['short'][:3]]}{match['short'][3:]}”.",
    ),
    Mistake(
        re.compile(r"(?<![\w@/-])[qQ]\.?\s?(?P<number>\d{1,2})\s?h(?:rs?|ourly)?\b"),
        "is short for those who write prescriptions.",
        r"Write “every \g<number> hours”.",
    ),
    Mistake(
        re.compile(r"(?<![\w./-])\d(?:[-–]\d){2,3}(?= (?:tablets?|capsules?|pills?|puffs|drops|units?)\b)"),
        "is a list of numbers for those who write prescriptions.",
        "Say when, such as “1 tablet in the morning, and 1 at night”.",
    ),
    Mistake(
        re.compile(
            r"(?<![\w.,])(?:(?P<before>\d{1,2})\s?[x×]|[x×]\s?(?P<after>\d{1,2}))\s"
            r"(?:(?P<often>daily|weekly|(?:a|per) (?:day|night|week|month))"
            r"|(?=tablets?|capsules?|puffs|\d{1,4}\s?m[gl]\b))"
        ),
        "is heard with the letter X.",
        _times,
    ),
    Mistake(
        re.compile(
            r"(?P<number>\d\s?)(?P<unit>m?g|m[lL]|[lL]|units?|tablets?|puffs)/(?P<each>kg|ml|mL|litre|day|night|week|hour|hr|h|dose)\b"
        ),
        "is heard with a slash.",
        lambda match: f"Write “{match['unit']} {'an' if match['each'][0] == 'h' else 'a'} {match['each']}”.",
    ),
)
_IN_ANY_LANGUAGE = (
    Mistake(
        re.compile(r"(?<![\w.,:/\\…-])[.,](?P<number>\d{1,4})(?=\s?(?:mg|ml|mL|g|µg|μg)\b)"),
        "is heard and read without its dot.",
        r"Write a 0 before it.",
    ),
    Mistake(
        re.compile(r"(?<![\w.,:/-])(?P<number>\d{1,4})[.,]0(?P<unit>\s?(?:mg|ml|mL|g|µg|μg)\b)"),
        "is ten times as much for those who miss the sign in it.",
        r"Write “\g<number>\g<unit>”.",
    ),
)
"""A dose with another meaning, in whichever language it is."""
_HALVES = {
    "de": Mistake(
        re.compile(r"(?<![\w.,/-])1/2 (?P<whole>Tabletten?|Kapseln?)\b"),
        "is heard with a slash, and read as one number or the other.",
        "Write “eine halbe” in words.",
    ),
    "fr": Mistake(
        re.compile(r"(?<![\w.,/-])1/2 (?P<whole>comprimés?|gélules?)\b"),
        "is heard with a slash, and read as one number or the other.",
        "Write “un demi” or “une demi” in words.",
    ),
}
"""Half a tablet, by language."""
_COMPARISONS = {
    "<": "less than {}",
    ">": "more than {}",
    "≤": "{} or less",
    "<=": "{} or less",
    "≥": "{} or more",
    ">=": "{} or more",
}
_SIGNS = (
    Mistake(
        re.compile(
            r"(?<![\w<>=-])(?<!\b[pPn] )(?P<sign><=|>=|[<>≤≥])\s?(?P<number>£?\d[\d.,/]{0,9}(?<![.,/]))"
            r"(?!(?<=<3)(?!\s?(?:%|kg|g|mg|ml|cm|mm|m|years?|months?|weeks?|days?|hours?|people|in)\b))"
        ),
        "has a sign that is not always heard, and that many people mix up with its opposite.",
        lambda match: f"Write “{_COMPARISONS[match['sign']].format(match['number'])}”.",
    ),
)
_NO_ROOM = frozenset(["subject", "preheader", "title", "label"])


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report amounts with two readings."""
    for paragraph in prose(issue):
        if not paragraph.language.startswith("en") and _QUICK_SEARCH.search(paragraph.words):
            half = _HALVES.get(paragraph.language.partition("-")[0])
            yield from report([*_IN_ANY_LANGUAGE, *([half] if half else [])], paragraph, paragraph.words)
    for paragraph in english(issue):
        if _QUICK_SEARCH.search(paragraph.words):
            yield from report(_DOSES, paragraph, paragraph.words)
            if paragraph.kind not in _NO_ROOM:
                yield from report(_SIGNS, paragraph, paragraph.words)
