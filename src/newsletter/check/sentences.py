"""Splits text into sentences and words, for rules about words. A full stop does not always end a sentence."""

from __future__ import annotations

import re

import regex

from newsletter.words import words

__all__ = ["last_stop", "phrases", "spans", "words"]  # rules import `words` from here, too

# Unicode knows the signs that end a sentence, such as the danda. … is none of them, but often is at an end.
_CLOSING = r"""["'”’»›)\]」』）】》〉]*+"""
_END = regex.compile(
    r"(?<![\p{STerm}…])(?P<stops>[\p{STerm}…]++)"
    rf"(?P<closing>{_CLOSING}(?:[ \u00a0\u202f]»(?=\s|$))?)|\n"
)
_LAST = regex.compile(rf"([\p{{STerm}}…]){_CLOSING}$")
_BEFORE_SPACE = frozenset(".!?…")
"""These end a sentence only before a space."""
_WORD = regex.compile(r"\w+(?:['’.,:/-]\w+)*")
_LETTER = regex.compile(r"\w")
_PHRASES = regex.compile(r"(?<=[\p{Thai}\p{Lao}]) (?=[\p{Thai}\p{Lao}])")


_CHARACTERS_BEFORE = 200
"""The number of characters before a full stop that say whether it ends a sentence. More would take too long."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# These never end a sentence, because a name or a number follows them.
_BEFORE_NAME = _set(
    "dr mr mrs ms mx prof st rev hon sir fr sgt capt mt e.g eg i.e ie vs cf viz approx incl esp ca al "
    # German and Welsh
    "bzw ggf evtl inkl zzgl vgl sog e.e h.y"
)
_BEFORE_NUMBER = frozenset(["no", "nos", "nr", "p", "pp", "vol", "ch", "fig", "figs", "tel", "ext", "sec", "art"])
# A capital after one of these begins a sentence, unless it is a day or a month: "at 9 a.m. Monday".
_MAYBE_AT_END = frozenset(
    ["etc", "a.m", "p.m", "am", "pm", "ltd", "inc", "co", "jr", "sr", "bn", "dept", "min", "hr", "hrs"]
)
_DAYS = _set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december"
)
# Words that begin sentences: after "vitamin B." or "the U.K.", where another capital may go on with a name.
_FIRST_WORDS = _set(
    "a an and are as ask at but by call can do does for he her his how i if in is it its most my no not on one or our "
    "people read research she so some that the their there these they this those to was we what when where which who "
    "why will with yes you your"
)


def spans(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each sentence of a paragraph. A line break (LF) ends a sentence, too."""
    pieces, start, following = [], 0, 0
    for match in _END.finditer(text):
        following = following if following >= match.end() else _first_letter(text, match.end())
        if match[0] == "\n" or _ends(text, max(start, match.start() - _CHARACTERS_BEFORE), match, following):
            pieces.append((start, match.end()))
            start = match.end()
    pieces.append((start, len(text)))
    return [span for begin, end in pieces if (span := _trimmed(text, begin, end))]


def last_stop(text: str) -> str:
    """Return the sign that ends the last sentence of a text, such as . or 。; empty if there is none."""
    match = _LAST.search(text)
    return match[1] if match else ""


def phrases(text: str) -> list[str]:
    """Return the phrases of a sentence in Thai or Lao; any other sentence as it is.

    These languages have no sign at the end of a sentence, but a space between its phrases.
    """
    return _PHRASES.split(text)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    inside = text[start:end]
    sentence = inside.strip()
    begin = start + inside.index(sentence) if sentence else start
    return (begin, begin + len(sentence)) if _WORD.search(sentence) else None


def _ends(text: str, start: int, match: regex.Match[str], following: int) -> bool:
    if text[match.end() : match.end() + 1].strip() and _BEFORE_SPACE.issuperset(match["stops"]):
        return False
    if following == len(text):
        return True
    if text[following].islower():
        # "Why?" she asked. Also: approx. five, and so on ... and on.
        return False
    if match["stops"] != ".":
        return True
    before = _last_word(text[start : match.start()])
    word = before.lower()
    next_word = (_WORD.match(text, following) or [text[following]])[0].lower()
    if word in _BEFORE_NAME and not (len(before) > 1 and before.isupper()):  # "She has MS." is no "Ms."
        return False
    if word in _BEFORE_NUMBER and text[following].isdigit():
        return False
    if word in _MAYBE_AT_END:
        return next_word not in _DAYS
    if word.isdigit() and not text[start : match.start() - len(before)].strip():
        return False  # "1. That is all": a number before its sentence
    if _is_initial(text, start, match.start(), before):
        return next_word in _FIRST_WORDS
    return True


def _first_letter(text: str, start: int) -> int:
    """Return the position of the first letter or digit from a start on; the end of the text if there is none."""
    match = _LETTER.search(text, start)
    return match.start() if match else len(text)


def _last_word(text: str) -> str:
    """Return the text after the last space, from its first letter or digit on."""
    word = "" if text[-1:].isspace() else (text.rsplit(maxsplit=1) or [""])[-1]
    return word[_first_letter(word, 0) :]


def _is_initial(text: str, start: int, end: int, before: str) -> bool:
    """Check whether a full stop after `before` may belong to a name (J. K. Rowling) or to initials (the U.K.)."""
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", before):
        return True
    if not re.fullmatch(r"[^\W\d_]", before):
        return False
    earlier = text[start : end - len(before)].split()
    if earlier and re.fullmatch(r"\W*[^\W\d_]\.", earlier[-1]):
        return True  # "z. B. Tee", "J. K. Rowling"
    return not earlier or earlier[-1].strip("\"'“‘(«")[:1].isupper() or not before.isupper()
