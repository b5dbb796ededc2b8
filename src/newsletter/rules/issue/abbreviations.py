"""An abbreviation is explained where it is first used, or in the glossary.

Unexplained abbreviations shut out people who are new to an illness, and readers with aphasia or brain fog who knew them
yesterday. The glossary is printed in every issue.

Bad:
    - text: |
        Ask your team about aHSCT.

Good:
    - text: |
        Ask your team about autologous haematopoietic stem cell transplantation (aHSCT).

WCAG 2.2, 3.1.4 Abbreviations (AAA); NHS digital service manual, Formatting and punctuation: explained in full on first
use. The abbreviations that everybody knows are our own list, after GOV.UK style, Abbreviations and acronyms (not
explained: "UK, DVLA, US, EU, VAT and MP"), and The Economist Style Guide, Abbreviations (not explained: those "used
more often than the full form", such as NICE). The rule looks at English only. A subject line, a title or a heading has
no room for an explanation: there it is enough that the text below explains it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.prose import MASK, Paragraph
from newsletter.check.rule import Finding, Located
from newsletter.check.wording import english, text_before
from newsletter.english import join
from newsletter.problems import Location
from newsletter.rules.issue import _capitals, _shouted

SEVERITY = "warning"
OPTIONS = {
    "known": [
        "UK", "US", "USA", "EU", "UN", "NHS", "GP", "BBC", "ITV", "BT", "TV", "DVD", "CD", "PC", "USB", "QR", "PDF",
        "SMS", "FAQ", "FAQs", "ID", "CV", "CEO", "VIP", "OK", "PO", "PS", "RIP", "RSVP", "DIY", "MOT", "AM", "PM",
        "COVID", "XS", "XL", "XXL", "MP", "MPs", "VAT", "PIN", "SIM", "DNA", "HIV", "AIDS", "AI", "UFO", "NASA", "NATO",
        "UNESCO", "UNICEF", "RAF", "RSPCA", "RNLI", "YMCA", "YWCA", "IKEA", "LEGO", "DVLA", "HMRC", "GCSE",
        "GCSEs", "ISO", "AA", "AAA", "ATM", "BA", "BBQ", "CBE", "CCTV", "CPR", "DAB", "DJ", "EV", "FA", "FBI", "FIFA",
        "FM", "GPS", "HDMI", "HGV", "HQ", "HR", "IQ", "ISBN", "ISSN", "IT", "JP", "KC", "LCD", "LED", "LGBT", "LGBTQ",
        "LP", "MA", "MBE", "MC", "OBE", "PTA", "RAC", "RSPB", "SAE", "SOS", "SPF", "SUV", "TUC",
        "NICE", "UEFA", "UV", "VE", "VJ", "VR", "WC", "WI", "XXXL",
    ]
}  # fmt: skip
EXCEPTIONS = ("known",)

_SHORT = frozenset(["subject", "preheader", "title", "label", "heading", "text", "columns", "caption", "unit", "name"])
"""Kinds of lines that have no room for an explanation."""

_ABBREVIATION = re.compile(
    rf"(?<![\w&'’/\\.@#{MASK}])([a-z]{{0,2}}[A-Z]{{2,}})(?:[’']?s)?"
    rf"(?![\w&\\@{MASK}]|['’]\w|\.\w|[~^]\w|/\d"
    # Codes, such as IL-6 and HLA-B27, are names: nobody writes what their letters stand for.
    r"|-[A-Z]?\d|-Co[Vv])"
)
_CAPITALS = re.compile("[A-Z]{2}")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_PRINTED = re.compile(r"\b(?:letters?|words?|marked|code|password|[Tt]ext)\s+[\"“‘']?$")
"""Text before words that are printed on a box or a key, or sent as a text message. They are not abbreviations."""
_WORDS_ON_SIGNS = frozenset(["ENTRY", "EXIT", "PARKING", "SMOKING"])
"""Words after "NO", as they are on signs in the street."""
_AFTER_PARTS = {"PG": "Llanfair "}
"""Parts of the names of places."""
_PLATE, _PLATE_LETTERS = re.compile(r"\b[A-Z]{2}\d\d\s$"), 3
"""The first half of a number plate in Britain, and the letters of its second half."""
_LOWER_CASE_WORD = re.compile(r"\b[a-z]{5,}\b")
_LIKE_A_WORD = re.compile(r"(?=.*[AEIOUY])(?:(?!.*[^AEIOUY]{3})[A-Z]{4}|(?!.*[^AEIOUY]{4})[A-Z]{5,})")
_UNIT = re.compile(r"\d\s?$")
_UNITS = frozenset(["KB", "MB", "GB", "TB", "BC", "AD", "CE", "BCE", "GMT", "BST"])
_MEANING = {
    "AKA": "also known as",
    "ASAP": "as soon as possible",
    "BYO": "bring your own",
    "DOB": "date of birth",
    "FYI": "for your information",
    "NB": "note",
    "TBA": "to be announced",
    "TBC": "to be confirmed",
    "TBD": "to be decided",
}
"""Abbreviations with one meaning everywhere. The words are better."""
_NAMES = {
    "ACAS": "Advisory, Conciliation and Arbitration Service",
    "CAB": "Citizens Advice Bureau",
    "CAMHS": "child and adolescent mental health services",
    "CBT": "cognitive behavioural therapy",
    "COPD": "chronic obstructive pulmonary disease",
    "CQC": "Care Quality Commission",
    "DWP": "Department for Work and Pensions",
    "ECTRIMS": "European Committee for Treatment and Research in Multiple Sclerosis",
    "ESA": "Employment and Support Allowance",
    "ICO": "Information Commissioner's Office",
    "MHRA": "Medicines and Healthcare products Regulatory Agency",
    "NIHR": "National Institute for Health and Care Research",
    "PALS": "Patient Advice and Liaison Service",
    "PIP": "Personal Independence Payment",
    "RNIB": "Royal National Institute of Blind People",
    "RNID": "Royal National Institute for Deaf People",
    "SCIE": "Social Care Institute for Excellence",
    "SEND": "special educational needs and disabilities",
    "SIGN": "Scottish Intercollegiate Guidelines Network",
    "WHO": "World Health Organization",
}
"""What names in capitals stand for, as those who have them write it. Some look like words, and are none."""


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check whether each abbreviation is explained at its first use."""
    known = {*options["known"], *_terms(issue), *_in_names(issue)}
    every = ((paragraph, list(_abbreviations(paragraph))) for paragraph in english(issue))
    unknown = [(paragraph, uses) for paragraph, uses in every if any(name not in known for _, name in uses)]
    if unknown:
        known.update(_words(issue))
    explained_words = _capitals.glossary_words(issue)
    uses: dict[str, list[tuple[Paragraph, int]]] = {}
    words: dict[str, tuple[Paragraph, int]] = {}
    for paragraph, abbreviations in unknown:
        loud = _loud(paragraph, explained_words)
        rows = [(start, row) for start, row in _shouted.rows(paragraph.words) if not known.issuperset(row.split())]
        for offset, name in abbreviations:
            if name in known or offset in loud:
                continue
            if row := next((row for start, row in rows if start <= offset < start + len(row)), None):
                # The rules `all-capitals` and `subject-shouting` report whole lines and the subject.
                if paragraph.kind != "subject" and not paragraph.words.isupper():
                    words.setdefault(row, (paragraph, offset))
            else:
                uses.setdefault(name, []).append((paragraph, offset))
    yield from _not_explained(uses, words)


def _not_explained(
    uses: Mapping[str, list[tuple[Paragraph, int]]], words: Mapping[str, tuple[Paragraph, int]]
) -> Iterator[Finding]:
    """Report each abbreviation that is not explained where it is first used, and the words in capitals.

    Args:
        uses: all places of each abbreviation.
        words: the first place of each row of everyday words in capitals.
    """
    together: dict[Location, list[tuple[Located, str]]] = {}
    capitals: dict[Location, list[tuple[Located, str]]] = {}
    for row, (paragraph, offset) in words.items():
        capitals.setdefault(paragraph.location, []).append((paragraph.at(offset), row))
    for name, places in uses.items():
        in_text = [(paragraph, offset) for paragraph, offset in places if paragraph.kind not in _SHORT]
        explained = [place for place in places if _explains(place[0].words, name)]
        first = (in_text or places)[0]
        if any(paragraph is first[0] or paragraph.kind in _SHORT for paragraph, _ in explained):
            continue
        if explained or name in _MEANING or name == "TODO":
            yield Finding(first[0].at(first[1]), _message(name, bool(explained)), _hint(name))
        else:
            by_paragraph = capitals if _LIKE_A_WORD.fullmatch(name) and name not in _NAMES else together
            by_paragraph.setdefault(first[0].location, []).append((first[0].at(first[1]), name))
    for group in capitals.values():
        yield _in_capitals(sorted(group, key=lambda use: use[0].location), words)
    for group in together.values():
        yield _unexplained(group[0][0], [name for _, name in group])


def _in_capitals(loud: list[tuple[Located, str]], words: Collection[str]) -> Finding:
    """Return the finding for the words in capitals of one paragraph, some of which may be abbreviations."""
    (where, first), *rest = loud
    names = [name for _, name in loud]
    listed = join(f"“{name}”" for name in names)
    if not rest and first not in words:
        return Finding(where, _message(first, False), _hint(first))
    if not rest:
        message = f"{listed} is in capitals. Some screen readers spell that out like an abbreviation."
        return Finding(where, message, "Write it in lower case; in a text, use **bold** if it is important.")
    if all(name in words for name in names):
        message = f"{listed} are in capitals. Some screen readers spell them out like abbreviations."
        return Finding(where, message, "Write them in lower case; in a text, use **bold** if they are important.")
    return Finding(
        where,
        f"{listed} are in capitals: they are words, or abbreviations that nothing explains.",
        "Write words in lower case, and names with one capital letter. If one is an abbreviation, write its full words "
        "before it, and put it in brackets.",
    )


def _unexplained(where: Located, names: list[str]) -> Finding:
    """Return the finding for the abbreviations of one paragraph that nothing explains."""
    if len(names) == 1:
        return Finding(where, _message(names[0], False), _hint(names[0]))
    listed = join(f"“{name}”" for name in names)
    hint = "Write the full words of each before it, and put it in brackets; or explain them in the issue's glossary."
    return Finding(where, f"{listed} are not explained where they are first used.", hint)


def _message(name: str, is_explained_later: bool) -> str:
    if name == "TODO":
        return "“TODO” is still in the text."
    if is_explained_later:
        return f"“{name}” is used before it is explained."
    if _LIKE_A_WORD.fullmatch(name) and name not in _NAMES:
        return f"“{name}” is in capitals: it is a word, or an abbreviation that nothing explains."
    return f"“{name}” is not explained where it is first used."


def _hint(name: str) -> str:
    if name == "TODO":
        return "It looks like a note to yourself: do what it says, or remove it."
    if meaning := _MEANING.get(name):
        return f"Write “{meaning}”."
    if full := _NAMES.get(name):
        return f"Write “{full} ({name})” here, or explain “{name}” in the issue's glossary."
    explain = f"rite the full words here, followed by “({name})”, or explain “{name}” in the issue's glossary."
    if _LIKE_A_WORD.fullmatch(name):
        return (
            f"If it is a word, write “{name.lower()}”; if it is a name, “{name.capitalize()}”. "
            f"If it is an abbreviation, w{explain}"
        )
    return f"W{explain}"


def _terms(issue: IssueText) -> Iterator[str]:
    """Yield the words of the glossary's terms. Plurals of capitals also come without the "s"."""
    for term in (*issue.issue.glossary, *issue.brand.glossary):
        for word in re.findall(r"\w+", term):
            yield from (word, re.sub(r"(?<=[A-Z])s$", "", word))


def _in_names(issue: IssueText) -> Iterator[str]:
    """Return the capitals in the names of blocks, such as "STEP" in a trial called Example-STEP."""
    for paragraph in issue.paragraphs("name"):
        yield from re.findall(r"[A-Z]{2,}", paragraph.words)


def _words(issue: IssueText) -> Iterator[str]:
    """Return, in capitals, the longer words that the issue writes in lower case: “sleep” makes “SLEEP” a known word."""
    for paragraph in english(issue):
        yield from (word.upper() for word in _LOWER_CASE_WORD.findall(paragraph.words))


def _abbreviations(paragraph: Paragraph) -> Iterator[tuple[int, str]]:
    words = paragraph.words
    matches = list(_ABBREVIATION.finditer(words)) if _CAPITALS.search(words) else []
    letters = [letter for letter in words if letter.isalpha() and letter != MASK] if matches else []
    if len(letters) > 12 and sum(letter.isupper() for letter in letters) > len(letters) / 2:
        return  # in a line in capitals, words cannot be distinguished from abbreviations
    for match in matches:
        name = match[1]
        before = text_before(words, match.start())
        if _ROMAN.fullmatch(name) or name in _shouted.EMPHASIS or (name in _UNITS and _UNIT.search(before)):
            continue
        if _PRINTED.search(before) or (name in _WORDS_ON_SIGNS and before.endswith("NO ")):
            continue
        if name in _AFTER_PARTS and before.endswith(_AFTER_PARTS[name]):
            continue
        if len(name) == _PLATE_LETTERS and _PLATE.search(before):
            continue
        yield match.start(), name


def _loud(paragraph: Paragraph, explained: Collection[str]) -> set[int]:
    """Return every offset that `all-capitals` or `subject-shouting` reports, so that nothing is reported twice."""
    words = paragraph.words
    if paragraph.kind == "subject":
        return {offset for word in _capitals.loud_words(words, explained) for offset in range(*word.span())}
    if _capitals.is_loud_heading(paragraph, explained):
        return set(range(len(words)))
    rows = _capitals.loud_rows(words, _capitals.MOST_IN_A_ROW, explained)
    return {offset for start, row in rows for offset in range(start, words.index(row[-1], start) + len(row[-1]))}


def _explains(words: str, abbreviation: str) -> bool:
    """Check whether a paragraph has the words of an abbreviation, in brackets, before brackets or by their initials."""
    name = re.escape(abbreviation)
    if re.search(rf"\b{name}s?,? (?:stands for|is short for|means|is the short name)\b", words):
        return True
    if match := re.search(rf"\b{name}s?[”\"’']? \((?!{MASK})([^()]{{6,}})\)", words):
        return _can_shorten(match[1], abbreviation)
    if match := re.search(rf"(?<![^.()\n])([^.()\n]+?)[”\"’']? \((?=[^()]*\b{name}s?\b)[^()]*+\)", words):
        return _can_shorten(" ".join(match[1].split()[-len(abbreviation) - 4 :]), abbreviation)
    return abbreviation.lower() in _initials(re.sub(r"\b(?:of|and|the|for|in|on|to|a|an)\b", "", words))


def _can_shorten(words: str, letters: str) -> bool:
    """Check whether the words contain the letters in their order, the first of them at the start of a word."""
    # If the search succeeds from any start, it succeeds from the earliest. So one pass is enough.
    start = re.search(rf"\b{letters[0].lower()}", words.lower())
    rest = iter(words.lower()[start.end() :] if start else "")
    return start is not None and all(letter in rest for letter in letters[1:].lower())


def _initials(words: str) -> str:
    """Return the first letter of each word and of each part of a word with a hyphen, without abbreviations."""
    every = re.findall(r"[^\W\d_]+", words)
    return "".join(word[0].lower() for word in every if not re.search(r"[A-Z]{2}", word))
