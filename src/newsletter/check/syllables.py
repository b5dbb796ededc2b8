"""Counts the syllables of an English word. The result is exact enough for an average over a hundred words.

It counts groups of vowels without the silent ones (`hope`, `hoped`, `hopes`, `hopeful`), and one more for two vowels
that are spoken separately (`radio`, `usual`, `science`). `tests/check/test_syllables.py` has the words that must be
right.
"""

import re
from functools import lru_cache

_IRREGULAR_WORDS = {
    "business": 2, "every": 2, "everyone": 3, "everything": 3, "everyday": 3, "area": 3, "areas": 3, "being": 2,
    "something": 2, "someone": 2, "sometimes": 2, "somewhere": 2, "somebody": 3, "therefore": 2, "people": 2,
    "create": 2, "created": 3, "react": 2, "reaction": 3, "reactions": 3, "theatre": 2, "museum": 3, "zoe": 2,
    "doing": 2, "going": 2, "idea": 3, "ideas": 3, "poem": 2, "isn't": 2, "didn't": 2, "doesn't": 2, "couldn't": 2,
    "wouldn't": 2, "shouldn't": 2, "wasn't": 2, "hasn't": 2, "haven't": 2, "haematopoietic": 7, "nausea": 3,
    "quiet": 2,
}  # fmt: skip
_ABBREVIATION = re.compile(r"[a-z]{0,2}[A-Z]{2,}s?")
_SILENT_E = re.compile(
    r"(?<=[aeiouy])(?P<c>[^aeiouy]{1,3}?|u)e(?=$)"  # hope, strange; not "the"
    r"|(?<=[gq])ue$"
    r"|(?<=[^aeiouysxzcgtdl])e(?<![cs]he)(?=[sd]$)|(?<=[aeiouy][tdl])e(?=s$)|(?<=[aeiouyr]l)e(?=d$)|(?<=[sxzcgh])e(?=d$)"
    r"|(?<=[aeiouy][^aeiouy])e(?=(?:ful|fully|less|ly|ty|ment|ments|ness|where|body|thing)$)"
)
_SEPARATE_VOWELS = re.compile(
    r"(?<![tscxg])i(?:a|o)(?<![ln]io)|(?<=s)io(?!n|us)|(?<=id)eo|(?<=[aeiouy]t)ia(?=ti)|(?<![gq])u(?:a(?!de|sion)|ou)|(?<=[^aeiouys])iet|ien(?=ce)(?<=scien)|scient|"
    r"ying|seeing|neo|eou(?!s)|(?<=r)ie(?=n)|iu(?=m)|(?<=[pl])ie(?=nt$)(?<!pat)"
)


@lru_cache(maxsize=10_000)
def syllables(word: str) -> int:
    """Count the syllables of one English word. An abbreviation in capitals is spelt; a number has one."""
    if _ABBREVIATION.fullmatch(word):
        return sum(3 if letter == "W" else 1 for letter in word.removesuffix("s"))
    plain = word.lower().replace("’", "'").translate(str.maketrans("éèëïö", "eeeio"))
    if plain in _IRREGULAR_WORDS:
        return _IRREGULAR_WORDS[plain]
    parts = re.split(r"[^a-z]+", re.sub(r"'(?:s|t|re|ve|ll|d|m)?", "", plain))
    return max(1, sum(_syllables_of_part(part) for part in parts if part))


def _syllables_of_part(part: str) -> int:
    if part in _IRREGULAR_WORDS:
        return _IRREGULAR_WORDS[part]
    spoken = part if re.search(r"[^aeiouy]le$", part) else _SILENT_E.sub(lambda match: match["c"] or "", part)
    return max(1, len(re.findall(r"[aeiouy]+", spoken)) + len(_SEPARATE_VOWELS.findall(part)))
