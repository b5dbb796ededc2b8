"""Placeholders in an issue that starts from another one: values that somebody still has to write.

Each is a valid value of its kind, so that the issue can be built and previewed. The rule `placeholder` reports them.
"""

from __future__ import annotations

import datetime
import re

MARK = "To write:"
"""The beginning of each text that is still to be written."""

DAY = datetime.date(9999, 1, 1)
"""A day that is still to be written: nobody means it."""

URL = "https://to-write.invalid/"
EMAIL = "to-write@to-write.invalid"
"""Addresses that reach nobody: no website and no mailbox can have a name that ends in .invalid (RFC 2606)."""

PHONE = "01632 960 000"
"""A number that is kept for examples, and reaches nobody."""

_MONTH = r"(?:Jan|Febr?|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:uary|ch|il|ust|ember|ober|tember)?"

# A placeholder of ours, or one that people or their designers use. Alternatives that begin alike are together, because
# `re` tries them one after the other at each character.
_IN_WORDS = re.compile(
    rf"^(?:{MARK}"
    r"|(?:insert|add) (?:text|words|picture|photo|image|link|quote)(?: (?:about|to|of|from|for|here)\b|\.?$)"
    r"|(?:(?:the|a|an) )?(?:alt(?:ernative)?(?: text)?|caption|credit|description|image|photo|picture|quote"
    r"|summary|text)s?:?"
    r" (?:(?:is |are |will )?(?:still )?to (?:be (?:added|confirmed|decided|done|supplied|written)\b|come\W*$)"
    r"|tb[acds]\b|pending\b|missing\W*$)"
    r"|(?:add |your )(?:a |the |your )?(?:text|words|name|picture|image|photo|logo|link|date|quote) here\.?$"
    r"|insert (?:a |the |your )?(?:label|title|heading|subject|name|date|summary|caption)(?: here)?\.?$)"
    r"|\b(?:Dear X{2,}\b"
    r"|(?:Dear|Hello|Hi|Hey),? (?:first ?name|last ?name|full ?name|forename|surname|firstname lastname|your"
    r" name)(?=[\s,.!]|$)"
    r"|(?:text|copy|words|picture|photo|image|caption|quote|description|credit) to follow\b"
    r"|(?:are|is|has|have|the|an?|of|at) _{3,}(?!\w)"
    r"|blah blah\b|asdf\b|qwerty\b|quick brown fox\b|lorem\b(?=\W*$)"
    r"|lorem ipsum\b|dolor sit amet\b|consectetur adipiscing\b"
    r"|insert (?:a |the )?(?:text|words|picture|image|photo|link|date|quote) here\b"
    r"|(?:text|words|picture|image|photo|quote|link|headline|title|caption|copy|content|logo) goes here\b)"
    r"|(?<=[.!?] )(?:insert|add|enter|type) (?:your |the |some )?(?:text|words|picture|photo|image|link|quote) here\b"
    r"|(?<!\S)\?{3,}|: ?\?{2,}$"
    r"|\[(?:(?:insert|add|your|xx+|todo|fixme)\b[^\[\]]*"
    r"|(?:alt|alternative|alt[- ]text|alternative text|vorname|nachname|datum|ort|prénom|nom|lieu|nombre|apellido"
    r"|fecha|enw|dyddiad)(?: text)?"
    r"|(?:name|title|reason|date|time|day|place|venue|location|address|link|url|amount"
    r"|phone|(?:phone |telephone )?number|email|text|image|picture|tb[acd]|todo)(?: here| to follow| goes here"
    r"| of [a-z ]{3,30})?)\]"
    r"|\((?:insert|add) (?:a |the )?(?:text|words|picture|image|photo|link|date|name)\)"
    r"|<(?:insert|add|your)\b[^<>\n]{1,60}>"
    r"|(?-i:\b(?:TODO|FIXME):|£X(?:X|,X)"
    r"|\b\d{3,5} ?X{3,}\b|\bX{2,4} (?:people|readers|members|patients|minutes|days|years)\b"
    rf"|\bXX(?:st|nd|rd|th)? (?:of )?{_MONTH}\b|\b{_MONTH} XX\b|\bXX[/.:]XX\b|\bX{{1,2}}[ap]m\b)",
    re.IGNORECASE,
)
_INVALID_HOST = re.compile(r"[/@.]to-write\.invalid\b")


_TEXT_BEFORE_NAME = re.compile(
    r"\b(?:marked|labelled|called|named|headed|says?|box|boxes|field|button|key|words?|sign)\s+[“\"‘']?$", re.IGNORECASE
)
"""Text before words in brackets that a form has: they are the form's own."""
_CHARACTERS_BEFORE = 20


def placeholder(words: str) -> re.Match[str] | None:
    """Return the first placeholder in some words; None if there is none."""
    for match in _IN_WORDS.finditer(words):
        if match[0][0] != "[" or not is_named(words, match.start()):
            return match
    return None


def is_named(words: str, start: int) -> bool:
    """Check whether what begins at an offset is the name of something, such as a box of a form: “the box [name]”."""
    return _TEXT_BEFORE_NAME.search(words[max(0, start - _CHARACTERS_BEFORE) : start]) is not None


def is_to_write(value: object) -> bool:
    """Check whether a text, a day or an address is still to be written."""
    if isinstance(value, str):
        return value == PHONE or value.startswith(str(DAY)) or bool(placeholder(value) or _INVALID_HOST.search(value))
    return value == DAY


def is_address_to_write(url: str) -> bool:
    """Check whether an address is still to be written. A word in brackets after a = is a merge tag instead."""
    return is_to_write(re.sub(r"=(?:\[|%5B)\w+(?:\]|%5D)", "=", url))
