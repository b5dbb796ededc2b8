"""Words are written with letters, not with signs that look like letters.

Websites offer “bold” or “fancy” text for places without formatting. It is made of signs of mathematics. Some screen
readers say “mathematical sans-serif bold capital b” for each, and others say nothing. Searches and translations do not
find the words. Joined letters, such as ﬁ as one character, come from PDF files. Letters with a
space or a dot between them, as in “F R E E”, are heard one by one.

Bad:
    subject: "𝗕𝗼𝗹𝗱 news from our oﬃce"

Good:
    subject: "Bold news from our office"

Unicode Standard Annex 15, table 1: these are other forms of the same letters. The rule is our own.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.typed_text import TypedText, typed_texts
from newsletter.rules.issue._letters_apart import words_apart

SEVERITY = "warning"
POLICIES = {"strict": {"severity": "error"}}

_MATHEMATICS = "\U0001d400-\U0001d7ff"
_LETTERLIKE = "\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212c\u212d\u212f-\u2131\u2133\u2134"
_ENCLOSED = "\u249c-\u24e9\U0001f110-\U0001f12b\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189"
# Of phonetic writing, where one is alone in a word; and raised letters, two of which end 2ⁿᵈ.
_SMALL_CAPITALS = "\u0262\u026a\u0274\u0280\u028f\u0299\u029c\u029f\u1d00-\u1d22\ua730\ua731"
_RAISED = "\u02b0-\u02b8\u02e1-\u02e3\u1d2c-\u1d6a\u1d9c-\u1dbf\u207f"
_FULL_WIDTH = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
# One enclosed letter alone can be a sign, such as the P of a car park.
_ROW = re.compile(
    rf"[{_MATHEMATICS}{_LETTERLIKE}]+|[{_ENCLOSED}]{{2,}}|[{_FULL_WIDTH}]+|[{_SMALL_CAPITALS}]{{2,}}|(?<![\w/\[])[{_SMALL_CAPITALS}](?=[a-z]{{2}})|[{_RAISED}]{{3,}}"
)
_UPSIDE_DOWN = re.compile(
    r"(?<![\w/\[ˈ'])(?=[^\W\d_]*[ɐɟƃɥᴉɾʞɯɹʇʌʍʎ])(?=[^\W\d_]*[a-zɐɟƃɥᴉɾʞɯɹʇʌʍʎ])[^\W\d_]{2,40}(?![\w/\]])"
)
"""Letters of phonetic writing that look like ours upside down."""
_WITH_LINES_THROUGH = re.compile("(?:[^\\W_][\u0332-\u0338\u0305\u033f\u0489]){3,}")
"""Letters with a line through, under or over each of them, which are made with a web page, too."""
_SIGN = re.compile(f"[{_LETTERLIKE}]+")
"""Signs with a meaning of their own, such as ℓ and ℝ. Among letters of mathematics they fill gaps."""
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_FULL_WIDTH_IS_USUAL = ("zh", "ja", "ko")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each row of such signs, and each character that is two letters."""
    for text in typed_texts(issue):
        for row in words_apart(text.source) if text.language.startswith("en") else ():
            message = f"{quoted(row[0])} is a word in pieces: each letter is heard alone."
            yield Finding(text.at(row.start()), message, "Write the word in one piece.")
        if text.source.isascii():
            continue
        for row in (*_UPSIDE_DOWN.finditer(text.source), *_WITH_LINES_THROUGH.finditer(text.source)):
            message = f"{quoted(row[0])} is made of signs that only look like letters."
            yield Finding(text.at(row.start()), message, "Type the word. In a text, ** makes it bold.")
        for row in _ROW.finditer(text.source):
            is_full_width = "\uff10" <= row[0][0] <= "\uff5a"
            if is_full_width and text.language.startswith(_FULL_WIDTH_IS_USUAL):
                continue
            if _SIGN.fullmatch(row[0]):
                continue
            message = f"{quoted(row[0])} is made of signs that only look like letters."
            yield Finding(text.at(row.start()), message, f"Write {quoted(_plain(row[0]))}.")
        yield from _joined(text)


def _joined(text: TypedText) -> Iterator[Finding]:
    for letters in _LIGATURE.finditer(text.source):
        plain = _plain(letters[0])
        message = f"“{letters[0]}” is one character here, and not the letters “{plain}”."
        fix = text.fix(*letters.span(), plain)
        yield Finding(text.at(letters.start()), message, f"Type the letters “{plain}”.", fix=fix)


def _plain(signs: str) -> str:
    """Return the letters. White ones on black and small capitals have none, but their names end with the letter."""
    letters = unicodedata.normalize("NFKC", signs)
    has_none = re.compile(f"[\U0001f150-\U0001f189{_SMALL_CAPITALS}]")
    return "".join(unicodedata.name(sign, sign)[-1] if has_none.match(sign) else sign for sign in letters)
