"""Characters that no reader can see or hear, and that can turn what they see into something else."""

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


def describe(character: str) -> str:
    """Name a character as Unicode does, such as `U+202E right-to-left override`."""
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X} {name}".rstrip()
