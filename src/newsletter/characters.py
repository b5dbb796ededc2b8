"""Characters that readers cannot see or hear, and that can change how the text around them looks."""

import re
import unicodedata

# Controls; separators that YAML reads as line ends; bidi overrides and isolates, which can show words in another
# order than a screen reader says them; surrogates; private use, for which a screen reader has no name; noncharacters.
# A byte order mark inside a text only cannot be seen, like a soft hyphen. Joiners (U+200C, U+200D), direction marks
# (U+200E, U+200F, U+061C) and the tag characters of flag emoji are allowed, because texts need them.
UNPRINTABLE = (
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15))
    + "]"
)

_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED_POWER = re.compile(rf"(?<=\d)[⁺⁻]?[{_RAISED_DIGITS}]+")
"""A power after a number, such as the ⁹ of 10⁹, in characters that are raised by themselves."""
RAISED_TO_PLAIN = str.maketrans("⁻⁺" + _RAISED_DIGITS, "-+0123456789")
PLAIN_TO_RAISED = str.maketrans("-−+0123456789", "⁻⁻⁺" + _RAISED_DIGITS)
"""Tables for `str.translate` that turn raised signs and digits into plain ones, and plain into raised."""

_LONGEST_QUOTE = 60
_UNNAMED = {"\0": "null", "\t": "tab", "\r": "carriage return"}


def describe(character: str) -> str:
    """Return a character's number and Unicode name, such as `U+202E right-to-left override`."""
    name = unicodedata.name(character, _UNNAMED.get(character, "")).lower()
    return f"U+{ord(character):04X} {name}".rstrip()


def quoted(text: str) -> str:
    """Return an editor's words in quotation marks for a message: on one line, and cut after 60 characters."""
    words = re.sub(r"\s+", " ", text)
    return f"“{words}”" if len(words) <= _LONGEST_QUOTE else f"“{words[:_LONGEST_QUOTE].rstrip()}…”"


# Characters that are letters or signs by category, but invisible.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"


def is_blank(text: str) -> bool:
    """Check whether a text is empty for readers: it has no visible letter, digit or sign."""
    return all(character in _BLANK or unicodedata.category(character)[0] not in "LNPS" for character in text)


def joins_without_space(before: str, after: str) -> bool:
    """Check whether the line of a text that ends in a character continues in the next one without a space.

    Chinese and Japanese have none between words, Korean has (CSS Text 4, “Segment Break Transformation Rules”).
    """
    return all(map(_is_without_spaces, (before, after)))


def _is_without_spaces(sign: str) -> bool:
    is_wide = sign != "" and unicodedata.east_asian_width(sign) in "FWH" and unicodedata.category(sign)[0] != "S"
    return is_wide and "HANGUL" not in unicodedata.name(sign, "")
