"""Words are not shortened with a slash, with brackets or by leaving letters out.

"w/c" is heard as "w slash c", "hrs" as "h r s" or not at all, and "item(s)" as "item s". Who learned English late has
never met them. "he/she" leaves some people out. A slash between words, as in "tea/coffee", is "or" or "and".

Bad:
    - text: |
        The course starts w/c 7 December and takes 2 hrs. Bring your child(ren). Your nurse can ring if s/he has time.

Good:
    - text: |
        The course starts in the week of 7 December and takes 2 hours. Bring your children. Your nurse can ring if they
        have time.

GOV.UK style guide (Times; Gender-neutral text; "and/or"; Slashes) and NHS digital service manual, Formatting and
punctuation. The rule looks at English only.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import own_english_prose, without_speech
from newsletter.rules.issue._mistakes import Mistake, report

SEVERITY = "warning"
POLICIES = {"strict": {"severity": "error"}}

_SLASH = "is heard with a slash, or not at all."
_LETTERS = "is heard as letters, or not at all."
_IN_FULL = {
    "avail": "available, or free",
    "accom": "a place to stay",
    "bkg": "booking",
    "cttee": "committee",
    "contd": "continued",
    "cont'd": "continued",
    "cont’d": "continued",
    "eqpt": "equipment",
    "flr": "floor",
    "jct": "junction",
    "mthly": "monthly",
    "recd": "received",
    "rec'd": "received",
    "rec’d": "received",
    "regs": "rules",
    "treas": "treasurer",
    "wkly": "weekly",
    "yrly": "yearly",
    "hr": "hour",
    "sec": "second",
    "wk": "week",
    "mth": "month",
    "yr": "year",
    "min": "minute",
    "approx": "about",
    "appt": "appointment",
    "appts": "appointments",
    "govt": "government",
    "dept": "department",
    "mtg": "meeting",
    "misc": "other",
    "pls": "please",
    "plz": "please",
    "thx": "thank you",
    "thru": "through",
    "wkend": "weekend",
    "w/end": "weekend",
    "asap": "as soon as possible",
    "tbc": "to be confirmed",
    "tba": "to be announced",
    "tbd": "to be decided",
    "wkshp": "workshop",
    "yrs": "years",
    "wks": "weeks",
    "hrs": "hours",
    "mths": "months",
    "w/o": "without",
    "a/c": "account",
    "n/a": "does not apply",
    "b/c": "because",
    "w/shop": "workshop",
    "c/w": "with",
    "r/v": "review",
    "c/o": "care of",
    "f/t": "full time",
    "p/t": "part time",
    "b/w": "between",
}
_WEEK = {"c": "in the week of", "b": "in the week of", "e": "in the week that ends on"}
_BEGINNINGS = {
    "incl": "including",
    "inc": "including",
    "excl": "not including",
    "min": "at least",
    "max": "at most",
    "est": "since, or about",
    "temp": "for now",
    "ref": "reference",
    "refs": "references",
    "no": "number",
    "nos": "numbers",
    "p": "page",
    "pp": "pages",
    "nb": "note",
    "re": "about",
    "yr": "your",
    "ur": "your",
    "bldg": "building",
    "hosp": "hospital",
    "gov": "government",
    "wknd": "weekend",
    "mgr": "manager",
    "attn": "for the attention of",
    "tues": "Tuesday",
    "weds": "Wednesday",
    "thur": "Thursday",
    "thurs": "Thursday",
}
_RATES = {"pcm": "a month", "pm": "a month", "pw": "a week", "ph": "an hour", "pa": "a year", "pp": "for each person"}
_NO_WORK = "".join(
    rf"(?<!\b{work} )"
    for work in (
        "Symphony",
        "Concerto",
        "Sonata",
        "Quartet",
        "Quintet",
        "Suite",
        "Prelude",
        "Nocturne",
        "Waltz",
        "Rhapsody",
    )
)
"""The number of a work of music is a part of its name."""


def _amount(match: re.Match[str]) -> str:
    number = match["number"]
    return f"Write “{number} {_IN_FULL[match['unit'].lower()]}{'' if number == '1' else 's'}”."


def _plural(match: re.Match[str]) -> str:
    return f"Write “{match['word']}{match['end']}”: it means one, too."


def _word(match: re.Match[str]) -> str:
    return f"Write “{_IN_FULL[match['short'].lower()]}”."


def _they(match: re.Match[str]) -> str:
    if "self" in match[0].lower():
        return "Write “themselves”."
    return f"Write “{'them' if match['whom'] else 'their' if match['whose'] else 'they'}”."


def _begun(match: re.Match[str]) -> str:
    return f"Write “{_BEGINNINGS[match['begun'].replace('.', '').lower()]}”."


def _each(match: re.Match[str]) -> str:
    each = _IN_FULL.get(match["each"], match["each"])
    return f"Write “{match['what']} {'an' if each == 'hour' else 'a'} {each}”."


_ENTRIES = (
    Mistake(
        re.compile(
            r"(?<![\w/])w/(?P<sign>[cbe])(?![\w/])\.?"
            r"|(?<![\w/.])(?-i:w\.?(?P<other>c)\b\.?|w\.(?P<ends>e)\.)(?= (?:\d|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)))",
            re.IGNORECASE,
        ),
        _SLASH,
        lambda match: f"Write “{_WEEK[(match['sign'] or match['other'] or match['ends']).lower()]}” and the day.",
    ),
    Mistake(
        re.compile(r"(?<![\w.,])(?P<number>\d[\d,.]{0,6})\s?-?(?P<unit>hr|min|sec|wk|mth|yr)s\b\.?", re.IGNORECASE),
        _LETTERS,
        _amount,
    ),
    Mistake(
        re.compile(r"(?<![\w.,])(?P<number>\d[\d,.]{0,6})\s?-?(?P<unit>hr|wk|mth|yr)\b\.?", re.IGNORECASE),
        _LETTERS,
        _amount,
    ),
    Mistake(
        re.compile(r"(?<![\w(])(?P<word>[A-Za-z]{2,30})\((?P<end>s|es|ren|ies)\)(?!\w)"),
        "is heard as two pieces.",
        _plural,
    ),
    Mistake(
        re.compile(
            r"(?<![\w/])(?:s/he|\(s\)he|he/she|she/he|(?P<whom>him/her|her/him)|(?P<whose>his/hers?|hers?/his)|(?:him|her)self/(?:him|her)self)(?![\w/])",
            re.IGNORECASE,
        ),
        "is heard with a slash, and leaves some people out.",
        _they,
    ),
    Mistake(
        re.compile(r"(?<![\w/])and\s?/\s?or(?![\w/])", re.IGNORECASE),
        _SLASH,
        "Write “or”, “and”, or “a or b, or both”.",
    ),
    Mistake(re.compile(r"(?<![\w/])w/(?=\s\w|[a-z]{3})"), _SLASH, "Write “with”."),
    Mistake(
        re.compile(
            r"(?<![\w/.&-])(?P<short>w/o|b/w|w/end|w/shop|n/a|a/c|b/c|c/[ow]|r/v|[fp]/t)(?![\w/-])", re.IGNORECASE
        ),
        _SLASH,
        _word,
    ),
    Mistake(
        re.compile(
            r"(?<![\w/.@&-])(?P<short>[Aa]pprox|[Aa]ppts?|[Gg]ovt|[Dd]ept|[Mm]tg|[Mm]isc|[Pp]l[sz]|[Tt]hx|[Tt]hru|wkend|[Ww]kshp|asap|tb[acd]|"
            r"[hy]rs|wks|mths|avail|accom|bkg|[Cc]ttee|[Cc]ont['’]?d|eqpt|flr|jct|mthly|rec['’]?d|regs|[Tt]reas(?=\.)|wkly|yrly)"
            r"(?![\w/@-]|\.\w)\.?"
        ),
        "is a shortened word. It is heard as it is spelt.",
        _word,
    ),
    Mistake(
        re.compile(
            r"(?P<price>£\d[\d,.]{0,9})\s?(?P<each>pcm|pw|p/w|p/m|p/h|ph|p\.w\.|p\.m\.|pp|p\.a\.|pa|p/p)(?![\w/])"
        ),
        _LETTERS,
        lambda match: f"Write “{match['price']} {_RATES[match['each'].replace('.', '').replace('/', '')]}”.",
    ),
    Mistake(
        re.compile(
            r"(?<![\w/])(?P<what>times|hours|days|nights|sessions|visits|£\d[\d,.]{0,9}|\d{1,3}p)/(?P<each>day|night|week|month|year|hour|person|wk|hr)\b"
        ),
        _SLASH,
        _each,
    ),
    Mistake(
        re.compile(r"(?<![\w/])(?P<word>[A-Za-z]{3,30})/(?P<end>s|es)(?![\w/])"),
        _SLASH,
        _plural,
    ),
    Mistake(re.compile(r"(?<![\w.])(?P<begun>pp?)\.\s?(?=\d)"), _LETTERS, _begun),
    Mistake(re.compile(rf"{_NO_WORK}(?<![\w.])(?P<begun>[Nn]os?)\.\s?(?=\d)"), "is not heard as “number”.", _begun),
    Mistake(re.compile(r"(?<![\w.])(?P<begun>[Nn]\.[Bb])\.?(?!\w)"), _LETTERS, _begun),
    Mistake(
        re.compile(
            r"(?<![\w/.@&-])(?P<begun>[Ii]ncl|[Ee]xcl|(?:[Ii]nc|[Ee]st|[Tt]emp|[Rr]efs?|[Mm]in"
            r"|[Mm]ax)(?=\.:? [a-z\d]|\.? \d|:)"
            r"|yr(?= [a-z])|ur(?= [a-z])|[Bb]ldg|[Hh]osp(?=\.)|[Gg]ov(?=\.? [a-z])|wknd|mgr|[Aa]ttn|[Tt]ues"
            r"|[Ww]eds|[Tt]hurs?)"
            r"(?![\w/@-]|\.\w)\.?"
        ),
        "is a shortened word. It is heard as it is spelt.",
        _begun,
    ),
    Mistake(re.compile(r"(?:^|(?<=[.!?] ))(?P<begun>Re):(?= [a-z])"), "is Latin, from letters of an office.", _begun),
    Mistake(
        re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)/(?:Mr|Mrs|Ms|Miss|Mx|Dr)\b(?:/\w{2,4})*"),
        _SLASH,
        "Write the name without a title, or “or” between the titles.",
    ),
    Mistake(
        re.compile(
            r"(?<![\w/.@’'-])(?!(?:s?he|they|her|him)/)[a-z]{3,20}(?:/[a-z]{3,20}){1,4}(?![\w/@.]\w|[\w/])",
            re.IGNORECASE,
        ),
        _SLASH,
        lambda match: f"Write “{match[0].replace('/', ' or ')}”, or “and”.",
    ),
    Mistake(re.compile(r"(?P<number>\d)\s?km/h\b"), _SLASH, r"Write “\g<number> km an hour”."),
    Mistake(re.compile(r"(?<![\w/])(?P<floor>\d{1,2})/F(?![\w/])"), _SLASH, r"Write “floor \g<floor>”."),
    Mistake(re.compile(r"(?<=\w )@(?= \w|\d)"), "is heard as “at”, or not at all.", "Write “at”."),
    Mistake(
        re.compile(r"\b(?P<number>\d{1,3})\s?(?:y/o|yo|yrs old|yr old|y\.o\.)(?!\w)", re.IGNORECASE),
        _LETTERS,
        r"Write “\g<number> years old”.",
    ),
)
_SIGNS = re.compile(
    r"[/(@.]|\bwc |\bwe \d|\b(?:avail|accom|bkg|cttee|cont['’]?d|eqpt|flr|jct|mthly|rec['’]?d|regs|treas|wkly"
    r"|yrly)|\d ?-?(?:hr|min|sec|wk|mth|yr|yo)|£\d[\d,.]* ?p"
    r"|\b(?:re:|yr|ur|tues|weds|thur|incl|excl|inc|ref|min|max|bldg|wknd|mgr|attn|approx|appt|govt|dept|mtg|misc|pl[sz]|thx|thru|wk|asap|tb[acd]|hrs|yrs|mths)",
    re.IGNORECASE,
)
"""Something that each mistake needs, and fast to search for."""


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report shortened words."""
    for paragraph in own_english_prose(issue):
        if _SIGNS.search(paragraph.words):
            yield from report(_ENTRIES, paragraph, without_speech(paragraph.words))
