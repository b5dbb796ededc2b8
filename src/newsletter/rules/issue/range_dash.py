"""A range is written with "to".

Many screen readers do not say a dash: "9am–1pm" becomes "9am 1pm", and "1–2 tablets" becomes "one two tablets". People
with low vision may not see a short dash at all.

Bad:
    - text: |
        The line is open Mon–Fri, 9am–1pm. Take 1–2 tablets.

Good:
    - text: |
        The line is open Monday to Friday, 9am to 1pm. Take 1 to 2 tablets.

GOV.UK style and NHS content style ("use 'to' in time and date ranges"). The rule looks at times, days, months, ages,
pages, amounts with a unit, and years after "from" or "between", such as "from 2011-19". Else two whole years, as in
"2019–2023", are heard one after the other, and cannot mean anything else. It looks at English only.
"""

import calendar
import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import english

SEVERITY = "warning"
POLICIES = {"strict": {"severity": "error"}}

_DAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thur?s?|Fri|Sat(?:ur)?|Sun)(?:days?)?)"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
_HALF_OF_DAY = r"\s?(?:am|pm|a\.m\.|p\.m\.)"
_TIME = rf"(?:\d{{1,2}}(?:[:.]\d\d)?{_HALF_OF_DAY}|\d{{1,2}}:\d\d)"
_NUMBER = r"£?\d{1,3}(?:,\d{3})*(?:\.\d+|[¼½¾])?"
_UNIT = (
    r"(?:%|(?:mc?g|µg|k?g|ml|cm|mm|m|km|per cent|degrees|°C|people|tablets?|capsules?|doses?|drops|puffs|times|units|"
    r"seconds?|min(?:ute)?s?|hours?|days?|nights?|weeks?|months?|years?|sessions|visits|miles?|steps|pounds)\b)"
)
_FULL_NAMES = {name[:3]: name for name in (*calendar.day_name, *calendar.month_name[1:])}
_SHORT = re.compile(r"\b(Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b")
_DASH = r"[^\S\n]?[-–—][^\S\n]?"
_ANY_DASH = re.compile("[-–—]")
_DATE = rf"(?:\d{{1,2}} )?{_MONTH}"
_RANGE = re.compile(
    rf"(?<![\w£.,:/–—-])(?:{_DAY}{_DASH}{_DAY}|{_DATE}{_DASH}{_DATE}|\d{{1,2}}{_DASH}\d{{1,2}} {_MONTH}|"
    rf"(?:{_TIME}|\d{{1,2}}(?:[:.]\d\d)?){_DASH}{_TIME}|{_NUMBER}{_DASH}{_NUMBER}(?=\s?{_UNIT})|"
    rf"(?:(?<=\b[Aa]ged )|(?<=\b[Aa]ges )|(?<=\b[Aa]ge )|(?<=[Bb]etween ))\d{{1,3}}{_DASH}\d{{1,3}}|"
    # "The 2026-27 budget" is a name. After "from", a year has to have its "to".
    rf"(?:(?<=\b[Ff]rom )|(?<=[Bb]etween ))(?:19|20)\d\d{_DASH}(?:(?:19|20)\d\d|\d\d)|"
    rf"(?:(?<=\b[Pp]ages )|(?<=\bpp )|(?<=\bpp\. ))\d{{1,4}}{_DASH}\d{{1,4}}|"
    rf"(?=£){_NUMBER}{_DASH}{_NUMBER})(?![\w–—-])"
)
_CUT_YEAR = re.compile(rf"(?<!\d)((?:19|20))(\d\d)({_DASH})(\d\d)(?!\d)")
"""A year, and the end of a later one."""


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report dashes between times, days, months and amounts."""
    lines = (paragraph for paragraph in issue.paragraphs("lines") if paragraph.language.startswith("en"))
    for paragraph in (*english(issue), *lines):
        for match in _RANGE.finditer(paragraph.words) if _ANY_DASH.search(paragraph.words) else ():
            message = f"Many screen readers do not say the dash in “{match[0]}”."
            word = "and" if paragraph.words[: match.start()].lower().endswith("between ") else "to"
            spoken = _SHORT.sub(
                lambda short: _FULL_NAMES[short[1][:3]], re.sub(_DASH, f" {word} ", _with_century(match[0]))
            )
            yield Finding(paragraph.at(match.start()), message, f"Write “{spoken}”.")


def _with_century(words: str) -> str:
    """Return a range of years with its second year in full: “2011-2019” for “2011-19”."""
    return _CUT_YEAR.sub(r"\1\2\3\1\4", words)
