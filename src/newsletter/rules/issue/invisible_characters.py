"""Words have no invisible characters in them.

A soft hyphen or a zero-width space comes along when text is pasted from a website. Some screen readers stop at it
in the middle of the word, a search does not find the word, and a hyphen can appear where a line ends.

Bad:
    title: "Infor&shy;mation" with a real soft hyphen (U+00AD) instead of the code

Good:
    title: "Information"

The Unicode Standard, 23.2 Layout Controls. Joiners and zero-width spaces stay in scripts that need them, such as
Arabic, Hindi and Thai. The rule is our own.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import describe, quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.typed_text import TypedText, typed_texts
from newsletter.rules.issue._codes import codes

SEVERITY = "warning"

# Soft hyphen, grapheme joiner, Mongolian vowel separator, zero-width space, word joiner, invisible operators, byte
# order mark.
_ALWAYS_INVISIBLE = "\u00ad\u034f\u180e\u2060-\u2064\ufeff"
_LATIN = "A-Za-z\u00c0-\u024f"
_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese and Khmer mark the ends of words with U+200B
)
_INVISIBLE = re.compile(
    rf"[{_ALWAYS_INVISIBLE}]|(?<![{_SPACELESS}])\u200b(?![{_SPACELESS}])|(?<=[{_LATIN}])[\u200c\u200d](?=[{_LATIN}])"
)
_WORD = re.compile(r"[^ \n]+")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each word with invisible characters in it, and in Markdown each code for such a character."""
    for text in typed_texts(issue):
        if not text.source.isascii() and _INVISIBLE.search(text.source):
            yield from _words(text)
        if text.is_markdown:
            yield from _codes(text)


def _words(text: TypedText) -> Iterator[Finding]:
    for word in _WORD.finditer(text.source):
        if not (every := list(_INVISIBLE.finditer(word[0]))):
            continue
        start, end = word.start() + every[0].start(), word.start() + every[-1].end()
        visible = _INVISIBLE.sub("", word[0])
        if not visible:
            fix = text.deletion(start, end)
        else:
            fix = text.fix(start, end, _INVISIBLE.sub("", text.source[start:end]))
        where = f" in {quoted(visible)}" if visible else ""
        message = f"There is an invisible character{where}: {describe(every[0][0])}."
        yield Finding(text.at(start), message, "Delete it, or type the word again.", fix=fix)


def _codes(text: TypedText) -> Iterator[Finding]:
    for code in codes(text.source):
        is_meant = code.character in text.words and code.inner == code.text
        if is_meant and _INVISIBLE.fullmatch(unicodedata.normalize("NFC", code.character)):
            message = f"“{code.text}” is the code of an invisible character: {describe(code.character)}."
            yield Finding(text.at(code.start), message, "Delete it.", fix=text.deletion(code.start, code.end))
