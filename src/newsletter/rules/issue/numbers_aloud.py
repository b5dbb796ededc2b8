"""Numbers and times are written as they are said.

"12am" is midnight for some and noon for others, and "at 7" has two meanings. Listeners get "1250000" digit by digit or
as one very long number, "£5k" as "five K", and "Phase II" as "phase i i". "14:30" is heard as two numbers, and few
people in Britain think in 24 hours. A phone number without spaces is heard as one large number, and “2/3” as a date.

Bad:
    - text: |
        The Phase II trial starts at 14:30. We have £5k, and 1250000 people wait. Come at 7, or at 12pm.

Good:
    - text: |
        The phase 2 trial starts at 2.30pm. We have £5,000, and 1.25 million people wait. Come at 7pm, or at midday.

GOV.UK style guide, Times ("5:30pm, not 1730hrs", "midday, not 12 noon, noon or 12pm") and Numbers (commas from 1,000
on, "million" in full); NHS digital service manual, Numbers, measurements, dates and time, and Formatting and
punctuation ("use 1, 2, 3", not Roman numerals); GOV.UK style guide, Telephone numbers (spaces between the groups, and
no dashes). The rule looks at English, and in German and French at numbers of seven digits and more without groups. It
does not look at the cells of tables. “12 noon”, and a Roman number in the name of a chapter, are clear.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import own_english_prose, own_prose_in
from newsletter.rules.issue._dates import sentence_at
from newsletter.rules.issue._mistakes import Mistake, report

SEVERITY = "warning"
POLICIES = {"strict": {"severity": "error"}}

_ROMAN = {"I": 1, "V": 5, "X": 10}
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_LARGE = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "mil": 1_000_000, "b": 10**9, "bn": 10**9}
_MEASURES = {
    "lb": "pounds",
    "lbs": "pounds",
    "oz": "ounces",
    "yd": "yards",
    "yds": "yards",
    "ft2": "square feet",
    "sq ft": "square feet",
    "sq. ft": "square feet",
    "m2": "square metres",
    "sq m": "square metres",
    "cm2": "square centimetres",
    "km2": "square kilometres",
    "m3": "cubic metres",
}
_THINGS_TO_COUNT = (
    r"(?:people|men|women|children|patients?|members|carers|families|homes|households|readers|donors|volunteers|calls|"
    r"visits|visitors|guests|runners|walkers|students|pupils|nurses|doctors|letters|emails|words|steps|pounds|euros|dollars|adults|users|views|followers|copies|jobs|miles|cells|units|tickets|trees)\b"
)


def _twelve(match: re.Match[str]) -> str:
    usual = "midnight" if match["half"][0].lower() == "a" else "midday"
    return f"Write “{usual}”, if you mean that."


def _with_half(match: re.Match[str]) -> str:
    parts = match.groupdict()
    hour, minutes = int(match["hour"] or parts["later"]), match["minutes"] or parts["past"]
    if minutes == "00" and hour in (0, 12):
        return f"Write “{'midday' if hour else 'midnight'}”."
    rest = "" if minutes == "00" else f".{minutes}"
    return f"Write “{hour % 12 or 12}{rest}{'pm' if hour >= 12 else 'am'}”."


def _with_commas(match: re.Match[str]) -> str:
    return f"Write “{match['sign'] or ''}{int(match['number']):,}”, or in words, such as “1.2 million”."


def _in_full(match: re.Match[str]) -> str:
    times = _LARGE[match["large"].lower()]
    number = match["number"].replace(",", "")
    if times == 1_000:
        return f"Write “{match['sign'] or ''}{round(float(number) * times):,}”."
    return f"Write “{match['sign'] or ''}{number} {'million' if times == 1_000_000 else 'billion'}”."


def _value(roman: str) -> int:
    values = [_ROMAN[letter] for letter in roman.upper()]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _arabic(match: re.Match[str]) -> str:
    return f"Write “{match['what'].lower()} {_value(match['roman'])}{match['more'] or ''}”."


def _ordinal(match: re.Match[str]) -> str:
    number = _value(match["roman"])
    end = "th" if number in (11, 12, 13) else _ORDINALS.get(number % 10, "th")
    return f"Write “{number}{end}”."


def _times_more(match: re.Match[str]) -> str:
    return f"Write “{match['number']} times {match['how']}”."


def _measure(match: re.Match[str]) -> str:
    return f"Write “{match['number']} {_MEASURES[match['unit'].lower().rstrip('.')]}”."


def _fraction(match: re.Match[str]) -> str:
    number, of = int(match["number"]), int(match["of"])
    part = {2: "half", 3: "third", 4: "quarter"}.get(of)
    return f"Write “{number} in {of}”{f', or with the word “{part}”' if part else ''}."


def _in_groups(number: str) -> str:
    """Return a British phone number with spaces between its area code, of 3, 4 or 5 digits, and two groups."""
    national = "0" + number.removeprefix("+44") if number.startswith("+") else number
    code = 3 if national.startswith("02") else 4 if re.match(r"0(?:11\d|1\d1|[389])", national) else 5
    area, rest = national[:code], national[code:]
    cut = len(rest) - 4 if code < 5 else 3
    grouped = f"{area} {rest[:cut]} {rest[cut:]}"
    return f"+44 {grouped[1:]}" if number.startswith("+") else grouped


_ENTRIES = (
    Mistake(
        re.compile(
            r"(?<![\w.,/-])(?<![<>≤≥])(?<![<>≤≥] )(?P<first>[12]\d\d|[89]\d)/(?P<second>[4-9]\d|1[0-3]\d)"
            r"(?= or (?:less|lower|below|under|more|higher|above|over)\b|\s?mm ?Hg\b)"
        ),
        "is heard with a slash.",
        r"Write “\g<first> over \g<second>”.",
    ),
    Mistake(
        re.compile(
            r"\b(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)(?:(?:nes|urs|ur|r)?days?)?,? "
            r"(?P<first>[1-9]|1[0-2])\s?[-–—]\s?(?P<last>[1-9]|1[0-2])(?=[,;!?)]|\.(?!\d)|$|\n)"
        ),
        "does not say whether it is in the morning or in the evening.",
        "Write it with “am” or “pm”, and “to” between the times, such as “9am to 5pm”.",
    ),
    Mistake(
        re.compile(r"(?<![\d.:,£])12(?:[.:]00)?\s?(?P<half>[ap]\.?m\b\.?)", re.IGNORECASE),
        "is noon for some readers and midnight for others.",
        _twelve,
    ),
    Mistake(
        re.compile(
            r"(?<![\w.:,/-])(?P<hour>1[3-9]|2[0-3]|0\d):(?P<minutes>[0-5]\d)(?:\s?(?:hrs?|hours|h)\b)?(?![\w:/-]|\.\d|\s?[ap]\.?m\b)"
        ),
        "is a time in 24 hours. It is heard as two numbers.",
        _with_half,
    ),
    Mistake(
        re.compile(
            r"\b(?:at|until|till|[Oo]pens?|closes?|starts?|begins?|ends?|finish(?:es)?|leaves?|departs?|arrives?) "
            r"(?P<hour>1[3-9]|2[0-3])\.(?P<minutes>[0-5]\d)(?![\w:/%°-]|\.\d|\s?(?:%|°|[a-z]+s\b))"
        ),
        "is a time in 24 hours. It is heard as a decimal number.",
        _with_half,
    ),
    Mistake(
        re.compile(r"(?<![\w.:,/£-])(?P<hour>[01]\d|2[0-3])(?P<minutes>[0-5]\d)\s?(?:hrs\b|h\b|(?<=at \d{4} )hours\b)"),
        "is a time in 24 hours. It is heard as a large number.",
        _with_half,
    ),
    Mistake(
        re.compile(
            r"\b(?:at|from|until|till|by|before|after) (?P<hour>0\d)(?P<minutes>[0-5]\d)"
            r"(?![\w:/-]|[.,]\d| \d| numbers?\b)"
            r"|\b(?:opens?|closes?|starts?|begins?|ends?|finish(?:es)?|leaves?|departs?|arrives?|meet) at "
            r"(?P<later>1\d|2[0-3])(?P<past>[0-5]\d)(?=[.;!?)]|,(?!\d)|$| (?:and|on|from|in)\b)"
        ),
        "is a time in 24 hours. It is heard as a large number.",
        _with_half,
    ),
    Mistake(
        re.compile(
            r"(?<![\w.:,/-])(?!0800|0808)0\d(?:00|15|30|45)\s?(?:[-–—]|to|until|till)\s?"
            r"(?:[01]\d|2[0-3])(?:00|15|30|45)(?![\w:/-]|[.,]\d| \d)"
        ),
        "has times in 24 hours. They are heard as large numbers.",
        "Write them with “am” or “pm”, such as “9am to 5pm”.",
    ),
    Mistake(
        re.compile(
            r"(?<![\w.:,/£-])(?:1[0-2]|[1-9])[.:][0-5]\d for (?:1[0-2]|[1-9])(?:[.:][0-5]\d)?(?=[,;!)]|\.(?!\d)|$)"
        ),
        "does not say whether it is in the morning or in the evening, nor what begins when.",
        "Say both, such as “Doors open at 7.30pm. The concert begins at 8pm.”",
    ),
    Mistake(
        re.compile(
            r"\b(?:from (?:1[0-2]|[1-9]) (?:until|till|to)|between (?:1[0-2]|[1-9]) and) (?:1[0-2]|[1-9])"
            r"(?= (?:on|every|each) (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|days?|weekdays?)\b)"
        ),
        "does not say whether it is in the morning or in the evening.",
        "Write “am” or “pm” after each time.",
    ),
    Mistake(
        re.compile(
            r"\b(?:[Aa]t|[Ff]rom|[Uu]ntil|[Tt]ill|[Bb]y|[Bb]efore|[Aa]fter|[Aa]bout) half (?:1[0-2]"
            r"|[1-9])(?=[,;!?)]|\.(?!\d)|$| (?:on|in|for|and|or|every)\b)"
        ),
        "is an hour earlier for some readers, and does not say which half of the day it is.",
        "Write the time with “am” or “pm”, such as “12.30pm”.",
    ),
    Mistake(
        re.compile(r"(?<![\w.:,/-])(?P<hour>[01]?\d|2[0-3])h(?P<minutes>[0-5]\d)\b(?![:/-])"),
        "is a time in 24 hours. It is heard as a number with a letter.",
        _with_half,
    ),
    Mistake(
        re.compile(r"(?<!\S)@ ?(?P<time>(?:1[0-2]|[1-9])(?:[.:][0-5]\d)?(?:\s?[ap]m\b)?)(?![\w:%]|\.\d)"),
        "has a sign that is heard as “at” by some and not at all by others.",
        lambda match: f"Write “at {match['time']}”, with “am” or “pm”.",
    ),
    Mistake(
        re.compile(
            r"\b[Oo]pen:? (?P<first>1[0-2]|[1-9])(?:\s?[–-]\s?| to )(?P<last>1[0-2]|[1-9])"
            r"(?=[,;!)]|\.(?!\d)|$|\n| (?:daily|every|each|on|most|all|[A-Z]))"
        ),
        "does not say whether it is in the morning or in the evening.",
        "Write “am” or “pm” after each time, and “to” between them, such as “10am to 4pm”.",
    ),
    Mistake(
        re.compile(
            rf"(?<![\w./])1/(?P<of>\d{{1,6}})(?=(?: (?:and|or|to) 1/\d{{1,6}})? "
            rf"(?:of (?:the |our |all )?)?{_THINGS_TO_COUNT})"
        ),
        "is heard with a slash, or as a date.",
        r"Write “1 in \g<of>”.",
    ),
    Mistake(
        re.compile(
            r"(?<![\w./,-])(?<!(?i:part|page|step) )(?P<number>[1-9])/(?P<of>[2-9]|10)"
            rf"(?= (?:of (?!\d)|{_THINGS_TO_COUNT})|,? (?:full|empty|done|way)\b)"
        ),
        "is heard with a slash, or as a date.",
        _fraction,
    ),
    Mistake(
        re.compile(
            r"(?<![\w.,/-])(?P<first>\d[\d.]{0,6}(?:\s?(?P<unit>mm|cm|km|m|in|ft)\b)?)\s?[x×]\s?"
            r"(?P<second>\d[\d.]{0,6}\s?(?:mm|cm|km|m|in|ft)\b)",
        ),
        "has a sign that is heard as the letter x, or as “times”.",
        r"Write “\g<first> by \g<second>”.",
    ),
    Mistake(
        re.compile(
            r"\b(?P<what>(?:gradient|slope|incline|ramp|ratio|scale|odds)s?(?: is| of| at|:)?(?: about)?) "
            r"(?P<number>\d{1,2}):(?P<of>\d{1,4})(?![\w:]|\.\d|\s?[ap]\.?m)",
            re.IGNORECASE,
        ),
        "has two numbers that are heard as a time.",
        r"Write “\g<what> \g<number> in \g<of>”.",
    ),
    Mistake(
        re.compile(
            rf"(?<![\w.:/,-])(?P<number>\d{{1,3}}):(?P<of>\d{{1,6}})(?=\s{_THINGS_TO_COUNT})"
            r"|\b(?:odds|chances?|ratio)(?: of [a-z ]{1,40})? (?:are|is|were|was"
            r"|of) (?:about )?(?P<one>\d{1,3}):(?P<other>\d{1,4})(?![\w:]|\.\d)"
        ),
        "has two numbers that are heard as a time.",
        lambda match: (
            f"Write “{match['number'] or match['one']} in {match['of'] or match['other']}”, if you mean that."
        ),
    ),
    Mistake(
        re.compile(
            r"(?<![\w.,])(?P<number>\d{1,3}(?:\.\d)?)\s?x (?P<how>(?:more|less|as|higher|lower|larger|smaller"
            r"|the|bigger|faster)\b)"
        ),
        "is heard with the letter X.",
        _times_more,
    ),
    Mistake(
        re.compile(
            r"(?<![\w.,])(?P<sign>[£€])(?P<number>\d{1,5}\.\d)(?![\d.,]\d|\d|\s?(?:k|mn?|bn?|million|billion|trillion)\b)"
        ),
        "has one number after its point, and is not heard as money.",
        r"Write “\g<sign>\g<number>0”.",
    ),
    Mistake(
        re.compile(r"(?<!\S)[~≈] ?(?P<number>£?\d[\d,.]{0,9}(?<![.,]))"),
        "has a sign that is heard as “tilde”, or not at all.",
        r"Write “about \g<number>”.",
    ),
    Mistake(
        re.compile(r"(?<!\S)(?P<number>(?:\d[\d,.]{0,9} ?)?)± ?(?P<more>\d[\d,.]{0,9}(?<![.,]))"),
        "has a sign that is not always heard.",
        r"Write “about”, or “up to \g<more> more or less”.",
    ),
    Mistake(
        re.compile(r"(?<![\w.])ca?\. ?(?P<number>£?\d[\d,.]{0,9}(?<![.,]))"),
        "has a short word in it that few people know.",
        r"Write “about \g<number>”.",
    ),
    Mistake(
        re.compile(
            r"(?<![\w.,])(?P<sign>[£€$]?)(?P<number>\d),(?P<part>\d)(?P<what>\s?(?:million|billion|per cent|%))"
        ),
        "is a whole number for those who miss the comma.",
        r"Write “\g<sign>\g<number>.\g<part>\g<what>”.",
    ),
    Mistake(
        re.compile(r"(?<![\w.,])(?P<number>\d{1,2}(?:,\d{2})+,\d{3})(?![\w,])"),
        "has its commas at places where few people in Britain expect them.",
        lambda match: f"Write “{int(match['number'].replace(',', '')):,}”.",
    ),
    Mistake(
        re.compile(
            r"(?<![\w.,])(?P<number>\d[\d,.]{0,9})\s?(?P<unit>lbs?|oz|yds?|(?:c|k)?m2|m3|ft2|sq\.? ft|sq m)\b(?!-)"
        ),
        "is heard as letters, or not at all.",
        _measure,
    ),
    Mistake(
        re.compile(r"(?<![\w.])(?P<feet>\d{1,2})['′’] ?(?P<inches>\d{1,2})(?:[\"″”]|'')"),
        "has signs that are heard as quotation marks, or not at all.",
        r"Write “\g<feet> feet \g<inches> inches”.",
    ),
    Mistake(
        re.compile(
            r"\b(?:was|is|below|above|under|over|than|reach(?:es|ed)?"
            r"|it at) (?P<number>-?\d{1,3}(?:\.\d)?)\s?(?P<unit>[CF])"
            r"(?=[.,;!?)](?!\w)|$| (?:or|and|for|in|at|is)\b)"
        ),
        "is heard with a letter.",
        lambda match: f"Write “{match['number'].replace('-', 'minus ')} °{match['unit']}”, or “degrees”.",
    ),
    Mistake(
        re.compile(r"\b(?P<label>(?!(?:https?|mailto|tel|sms)\b)[A-Za-z]{3,20}):(?P<what>£?\d)(?![\w/]*:)(?!\d?:\d)"),
        "has no space after the colon, and is heard as one word.",
        r"Write “\g<label>: \g<what>”.",
    ),
    Mistake(
        re.compile(
            r"\b(?P<label>(?:Tel|Phone|Mob|Mobile|Text|Fax|Room|Ward|Floor|Gate|Platform|Page|Table|Step|Week|Day|Age|Ages))\.?(?P<what>\d)"
            r"(?![A-Za-z])",
            re.IGNORECASE,
        ),
        "has no space before the number, and is heard as one word.",
        r"Write “\g<label> \g<what>”.",
    ),
    Mistake(
        re.compile(r"\b(?:ext|x)\.? ?(?P<number>\d{2,5})(?=[.,;!?)](?!\w)|$| (?:for|and|or|to)\b)"),
        "has a short word in it that is heard as letters.",
        r"Write “extension \g<number>”.",
    ),
    Mistake(
        re.compile(r"(?<![\w.,/+-])(?<!tel:)(?P<number>(?:\+44|0)[1-9]\d{8,9})(?![\w/-]|[.,]\d)"),
        "is heard as one large number.",
        lambda match: f"Write it in groups, such as “{_in_groups(match['number'])}”.",
    ),
    Mistake(
        re.compile(
            r"(?<![\w.,/+-])(?P<number>(?=[\d/.-]{10,14}(?![\d/-]))0\d{2,5}[/.-]\d{3,8}(?:[/.-]\d{3,4})?)(?![\w/-]|[.,]\d)"
        ),
        "has signs that are heard between the numbers.",
        lambda match: f"Write spaces: “{re.sub('[/.-]', ' ', match['number'])}”.",
    ),
    Mistake(
        re.compile(
            r"(?<![\w.,:/#+-])(?P<sign>[£€$])?(?P<number>[1-9]\d{4,11})(?![\w:/-]|[.,]\d{3})"
            rf"(?:(?<=[£€$]\d{{5}})|(?<=[£€$]\d{{6}})|(?<=[£€$]\d{{7}})|(?<=[£€$]\d{{8}})|(?=\s{_THINGS_TO_COUNT}))"
        ),
        "is hard to read and to hear without commas.",
        _with_commas,
    ),
    Mistake(
        re.compile(
            r"\b(?:of|about|over|nearly|than|almost|around|raised|some) (?P<sign>[£€$])?(?P<number>[1-9]\d{6,11})"
            r"(?![\w:/-]|[.,]\d)"
        ),
        "is hard to read and to hear without commas.",
        _with_commas,
    ),
    Mistake(
        re.compile(r"(?<!\w)[£€$]\d{1,3}(?P<zeros>(?:,000){1,3})s\b"),
        "has an “s” that is heard as a letter.",
        lambda match: f"Write “{['thousands', 'millions', 'billions'][len(match['zeros']) // 4 - 1]} of pounds”.",
    ),
    Mistake(
        re.compile(
            r"(?<!\w)(?P<sign>[£€$])(?P<number>\d[\d,]{0,9}(?:\.\d{1,3})?)\s?(?P<large>k|mn?|bn?)\b", re.IGNORECASE
        ),
        "is heard with the letter.",
        _in_full,
    ),
    Mistake(
        re.compile(
            rf"(?<![\w.,£-])(?P<sign>)(?P<number>\d[\d,]{{0,9}}(?:\.\d{{1,3}})?)(?P<large>k|mn?|bn?)(?=\s{_THINGS_TO_COUNT})",
            re.IGNORECASE,
        ),
        "is heard with the letter.",
        _in_full,
    ),
    Mistake(
        re.compile(
            r"\b(?P<what>(?i:type|phase|stage|grade|category|tier|class|level|step|schedule|ward|unit|floor"
            r"|room|module|section|appendix|annex|table|figure|article|clause))[ -]"
            r"(?P<roman>(?=[XVI]{2}|[XV])X{0,3}(?:IX|IV|V?I{0,3})|I(?=[ab]?(?:[.,;:)]|$)|[ab]?\s(?:trials?|stud(?:y|ies)|cancers?|diabetes|disease|tumours?)\b))"
            r"(?P<more>[ab])?\b"
        ),
        "has a Roman number. It is heard as letters.",
        _arabic,
    ),
    Mistake(
        re.compile(
            r"\b(?P<what>(?i:type|phase|stage|grade|class|level|step|chapter|volume|section|appendix|annex|table"
            r"|figure|part|act|scene|book|page|pages|clause)) (?P<roman>x?(?:ix|iv|v?i{2,3}|vi)|xi?x)(?P<more>)(?!\w)"
        ),
        "has a Roman number. It is heard as letters.",
        _arabic,
    ),
    Mistake(
        re.compile(
            r"\b(?P<what>[Pp]art|[Aa]ct|[Bb]ook) (?P<roman>(?=[XVI]{2})X{0,3}(?:IX|IV|V?I{0,3}))(?P<more>)(?!\w)"
        ),
        "has a Roman number. It is heard as letters.",
        lambda match: f"Write “{match['what']} {_value(match['roman'])}”.",
    ),
    Mistake(
        re.compile(
            r"(?<![\w.-])(?P<roman>(?=[XVI])X{0,3}(?:IX|IV|V?I{0,3}))(?:(?:(?<=II)(?:nd|rd)|th)(?!\w)|(?= century\b))"
        ),
        "has a Roman number. It is heard as letters.",
        _ordinal,
    ),
    Mistake(
        re.compile(
            r"(?<![\w-])Q(?P<number>[1-4])(?= (?:results?|figures?|reports?|reviews?|updates?|income|spending"
            r"|(?:of |in )?20\d\d)\b)"
        ),
        "is a quarter of a year for those who write accounts. It is heard as a letter and a number.",
        "Say which months, such as “January to March”.",
    ),
)
_HOUR_ALONE = re.compile(
    r"\b(?:at|from) (?:[1-9]|1[0-2])(?=[.,;!?)](?!\d)|$|\n"
    r"| (?:sharp|on the dot|every|for tea|(?:on|each) [A-Z]|to (?:1[0-2]|[1-9])(?=[.,;!?)]|$)))"
)
_SAYS_WHICH_HALF = re.compile(
    r"\b(?:age[ds]?|born|years?|child(?:ren)?|started|learn\w*|died|married|diagnosed|rate[ds]?|scor\w+|levels?|scale|stay(?:s|ed)?|remain\w*|kept|set|priced?|degrees"
    r"|bus(?:es)?(?! (?:leaves?|departs?|goes|arrives?)\b)|"
    r"number|page|step|gate|platform|room|table|stops?|morning|mornings|evening|evenings|afternoon|afternoons|night|nights|tonight|o['’]clock|"
    r"noon|midday|midnight|breakfast|lunch)\b|\d\s?[ap]\.?m\b",
    re.IGNORECASE,
)
"""Words that say which half of the day it is, or that the number is none of a clock."""
_NUMBER = re.compile(r"\d|\b[IVX]|\b[ivx]{2}")
_BOOK = (
    r"(?:Gen(?:esis)?|Exod(?:us)?|Lev(?:iticus)?|Num(?:bers)?|Deut(?:eronomy)?|Josh(?:ua)?|Judg(?:es)?|Ruth|Sam(?:uel)?|"
    r"Kings|Kgs|Chr(?:onicles)?|Ezra|Neh(?:emiah)?|Esth(?:er)?|Job|Ps(?:a(?:lms?)?)?|Prov(?:erbs)?|"
    r"Eccl(?:es(?:iastes)?)?|Song(?: of (?:Songs|Solomon))?|Isa(?:iah)?|Jer(?:emiah)?|Lam(?:entations)?|Ezek(?:iel)?|"
    r"Dan(?:iel)?|Hos(?:ea)?|Joel|Amos|Obad(?:iah)?|Jonah|Mic(?:ah)?|Nah(?:um)?|Hab(?:akkuk)?|Zeph(?:aniah)?|Hag(?:gai)?|"
    r"Zech(?:ariah)?|Mal(?:achi)?|Matt(?:hew)?|Mt|Mark|Mk|Luke|Lk|John|Jn|Acts|Rom(?:ans)?|Cor(?:inthians)?|"
    r"Gal(?:atians)?|Eph(?:esians)?|Phil(?:ippians)?|Col(?:ossians)?|Thess(?:alonians)?|Tim(?:othy)?|Tit(?:us)?|Philem(?:on)?|Heb(?:rews)?|Jas|James|"
    r"Pet(?:er)?|Jude|Rev(?:elation)?|Tob(?:it)?|Judith|Wis(?:dom)?|Sir(?:ach)?|Ecclesiasticus|Baruch|Macc(?:abees)?|"
    r"Surah?|Qur['’]?an|Koran|Gita|[Vv]erses?|[Cc]hapter)"
)
_VERSE = re.compile(
    rf"\b{_BOOK}\.? \d{{1,3}}[:.]\d{{1,3}}(?:(?:\s?[–,;&-]\s?| (?:to|and|or) )"
    rf"\d{{1,3}}(?::\d{{1,3}})?(?![\d.]*\s?[ap]m))*+"
)
"""Chapter and verse of a holy book, which look like a time."""
_GROUPED = {
    "de": (
        r"Euro|Franken|Menschen|Leute|Personen|Frauen|Männer|Kinder|Kranke|Betroffene|Mitglieder|Spenden|Stimmen|Schritte"
        r"|Zellen|Kilometer",
        "1.500.000” or “1,5 Millionen",
    ),
    "fr": (
        r"euros|francs|personnes|gens|femmes|hommes|enfants|malades|patients|membres|dons|voix|pas|cellules|kilomètres",
        "1 500 000” or “1,5 million",
    ),
}
_NOT_GROUPED = {
    language: Mistake(
        re.compile(rf"(?<![\w.,:/#+-])(?P<number>[1-9]\d{{6,11}})(?=\s?€|\s(?:de |d['’])?(?:{counted})\b)"),
        "is hard to read and to hear without groups.",
        f"Write it as in “{example}”.",
    )
    for language, (counted, example) in _GROUPED.items()
}
"""Large numbers of what is counted, by language."""
_IN_TABLES = frozenset(["rows", "columns"])


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report numbers and times that are heard wrongly."""
    for paragraph in own_english_prose(issue):
        words = paragraph.words
        if paragraph.kind in _IN_TABLES or not _NUMBER.search(words):
            continue
        words = _VERSE.sub(lambda match: " " * len(match[0]), words)
        yield from report(_ENTRIES, paragraph, words)
        for match in _HOUR_ALONE.finditer(words):
            if not _SAYS_WHICH_HALF.search(sentence_at(words, match.start())):
                message = f"“{match[0]}” does not say whether it is in the morning or in the evening."
                yield Finding(paragraph.at(match.start()), message, f"Write “{match[0]}am” or “{match[0]}pm”.")
    for language, mistake in _NOT_GROUPED.items():
        for paragraph in own_prose_in(issue, language):
            if paragraph.kind not in _IN_TABLES:
                yield from report([mistake], paragraph, paragraph.words)
