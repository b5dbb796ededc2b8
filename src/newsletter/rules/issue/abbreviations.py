"""An abbreviation is explained where it is first used, or in the glossary.

Letters without their words shut out whoever is new to an illness, and many a reader with aphasia or brain fog who knew
them yesterday. The glossary's words are printed in every issue.

Bad:
    - text: |
        Ask your team about aHSCT.

Good:
    - text: |
        Ask your team about autologous haematopoietic stem cell transplantation (aHSCT).

WCAG 2.2, 3.1.4 Abbreviations (AAA); NHS digital service manual, Formatting and punctuation: explained in full on first
use. It looks at English only. In a subject line, a title or a heading is no room: there it is enough that the text
below explains it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from newsletter.check.written import MASK, Paragraph, WrittenIssue
from newsletter.rules import Finding
from newsletter.rules.issue import _capitals
from newsletter.rules.issue._prose import english

SEVERITY = "warning"
OPTIONS = {"known": ["UK", "US", "USA", "EU", "NHS", "GP", "BBC", "TV", "OK", "PDF", "COVID", "PO", "AM", "PM"]}

_SHORT = frozenset(["subject", "preheader", "title", "label", "heading", "text", "columns", "caption", "unit", "name"])
"""Kinds of lines that have no room for an explanation."""

_ABBREVIATION = re.compile(
    rf"(?<![\w&'’/\\.@#{MASK}])([a-z]{{0,2}}[A-Z]{{2,}})(?:[’']?s)?(?![\w&\\@{MASK}]|['’]\w|\.\w)"
)
_CAPITALS = re.compile("[A-Z]{2}")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_PRINTED = re.compile(r"\b(?:letters?|words?|marked|code|password)\s+[\"“‘']?$")
"""Before what stands on a box or a key, and is no abbreviation to the reader who looks for it."""
_LONGER = 5  # letters of a word that is no abbreviation where small letters stand for it elsewhere
_SMALL = re.compile(rf"\b[a-z]{{{_LONGER},}}\b")
_SAYABLE = re.compile(r"(?=[A-Z]{4})[B-DF-HJ-NP-TV-Z]*[AEIOU]")
_UNIT = re.compile(r"\d\s?$")
_UNITS = frozenset(["KB", "MB", "GB", "TB", "BC", "AD", "CE", "BCE", "GMT", "BST"])
_LOUD = frozenset(
    [
        "NOT",
        "NO",
        "DO",
        "ALL",
        "AND",
        "OR",
        "MUST",
        "NEVER",
        "ONLY",
        "YOU",
        "YOUR",
        "ANY",
        "IS",
        "ARE",
        "IF",
        "STOP",
        "NOW",
        "NEW",
        "FREE",
        "ALWAYS",
        "THE",
        "TO",
        "WILL",
        "CAN",
        "CANNOT",
        "ONE",
        "BUT",
        "SO",
        "WE",
        "WHO",
        "WHY",
        "HOW",
        "YES",
        "DON",
        "STILL",
        "EVERY",
        "VERY",
        "BEFORE",
        "AFTER",
        "BOTH",
    ]
)
"""Words that are shouted, not abbreviated."""


def check(issue: WrittenIssue, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Find the first use of each abbreviation, and what explains it."""
    known = {*options["known"], *_terms(issue), *_names(issue)}
    uses: dict[str, list[tuple[Paragraph, int]]] = {}
    explained_words = _capitals.known(issue)
    for paragraph in english(issue):
        found = [(offset, letters) for offset, letters in _abbreviations(paragraph) if letters not in known]
        shouted = _shouted(paragraph.words, explained_words) if found else ()
        for offset, letters in found:
            if offset not in shouted:
                uses.setdefault(letters, []).append((paragraph, offset))
    words = set(_words(issue)) if any(len(letters) >= _LONGER for letters in uses) else ()
    for letters, places in uses.items():
        if letters in words:
            continue
        in_text = [(paragraph, offset) for paragraph, offset in places if paragraph.kind not in _SHORT]
        explained = [place for place in places if _explains(place[0].words, letters)]
        first = (in_text or places)[0]
        if any(paragraph is first[0] or paragraph.kind in _SHORT for paragraph, _ in explained):
            continue
        message = f"“{letters}” is not explained where it is first used."
        if explained:
            message = f"“{letters}” is used before it is explained."
        hint = f"Write its words with “({letters})” after them here, or explain “{letters}” in the issue's glossary."
        if _SAYABLE.search(letters):
            hint += " If it is a word and no abbreviation, write it in small letters."
        yield Finding(first[0].at(first[1]), message, hint)


def _terms(issue: WrittenIssue) -> Iterator[str]:
    """Give the abbreviations among the glossary's words: MS, multiple sclerosis (MS), aHSCT."""
    for term in (*issue.issue.glossary, *issue.brand.glossary):
        for word in re.findall(r"\w+", term):
            yield from (word, re.sub(r"(?<=[A-Z])s$", "", word))


def _names(issue: WrittenIssue) -> Iterator[str]:
    """Give the capitals that are a part of a name which a block introduces: a trial called Example-STEP."""
    for paragraph in issue.paragraphs("name"):
        yield from re.findall(r"[A-Z]{2,}", paragraph.words)


def _words(issue: WrittenIssue) -> Iterator[str]:
    """Give, in capitals, the longer words that the issue also writes in small letters: “sleep”, and so “SLEEP”."""
    for paragraph in english(issue):
        yield from (word.upper() for word in _SMALL.findall(paragraph.words))


def _abbreviations(paragraph: Paragraph) -> Iterator[tuple[int, str]]:
    words = paragraph.words
    matches = list(_ABBREVIATION.finditer(words)) if _CAPITALS.search(words) else []
    letters = [letter for letter in words if letter.isalpha() and letter != MASK] if matches else []
    if len(letters) > 12 and sum(letter.isupper() for letter in letters) > len(letters) / 2:
        return  # A whole line in capitals says nothing about abbreviations.
    for match in matches:
        name = match[1]
        before = words[: match.start()]
        if _ROMAN.fullmatch(name) or name in _LOUD or (name in _UNITS and _UNIT.search(before)):
            continue
        if _PRINTED.search(before):
            continue
        yield match.start(), name


def _shouted(words: str, explained: Collection[str]) -> set[int]:
    """Give the offsets of rows of words in capitals, which the rule `all-capitals` tells."""
    rows = _capitals.loud_rows(words, _capitals.MOST_IN_A_ROW, explained)
    return {offset for start, row in rows for offset in range(start, words.index(row[-1], start) + len(row[-1]))}


def _explains(words: str, letters: str) -> bool:
    """Whether a paragraph holds the words of an abbreviation: in brackets, before brackets, or letter for letter."""
    name = re.escape(letters)
    if re.search(rf"\b{name}s?,? (?:stands for|is short for|means|is the short name)\b", words):
        return True
    if match := re.search(rf"\b{name}s?[”\"’']? \((?!{MASK})([^()]{{6,}})\)", words):
        return _can_shorten(match[1], letters)
    if match := re.search(rf"([^.()\n]+?)[”\"’']? \([^()]*\b{name}s?\b[^()]*\)", words):
        return _can_shorten(" ".join(match[1].split()[-len(letters) - 4 :]), letters)
    return letters.lower() in _initials(re.sub(r"\b(?:of|and|the|for|in|on|to|a|an)\b", "", words))


def _can_shorten(words: str, letters: str) -> bool:
    """Whether the letters stand in the words in their order, the first of them at the start of a word."""
    return bool(re.search(r"\b" + ".*".join(letters.lower()), words.lower()))


def _initials(words: str) -> str:
    """Give the first letters of words, each part of "follow-up" for itself; abbreviations are no words."""
    found = re.findall(r"[^\W\d_]+", words)
    return "".join(word[0].lower() for word in found if not re.search(r"[A-Z]{2}", word))
