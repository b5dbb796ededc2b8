"""Characters that no reader can see or hear, and that can turn what they see into something else."""

import re
import unicodedata

# Controls; separators that YAML takes for line ends; bidi overrides and isolates, which can show words in another
# order than they are read out; a byte order mark inside text; surrogates; private use, which says nothing to a
# screen reader; noncharacters. Joiners (U+200C, U+200D), direction marks (U+200E, U+200F, U+061C) and the tag
# characters of flag emoji stay: writing needs them.
UNPRINTABLE = (
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15))
    + "]"
)


_LONGEST = 60
_UNNAMED = {"\0": "null", "\t": "tab", "\r": "carriage return"}


def describe(character: str) -> str:
    """Name a character as Unicode does, such as `U+202E right-to-left override`."""
    name = unicodedata.name(character, _UNNAMED.get(character, "")).lower()
    return f"U+{ord(character):04X} {name}".rstrip()


def quoted(text: str) -> str:
    """Return an editor's words in quotation marks for a message: on one line, and cut after 60 characters."""
    words = re.sub(r"\s+", " ", text)
    return f"“{words}”" if len(words) <= _LONGEST else f"“{words[:_LONGEST].rstrip()}…”"


# Letters and signs by category that show nothing.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"


def is_blank(text: str) -> bool:
    """Tell whether a text shows and says nothing: it has no letter, digit or sign."""
    return all(character in _BLANK or unicodedata.category(character)[0] not in "LNPS" for character in text)
