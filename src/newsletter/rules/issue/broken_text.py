"""No letter is broken or lost.

Text that was saved in one encoding and read in another one shows two or three signs for each letter: “CafÃ©”, “itâ€™s”.
The sign � means that a letter was lost. A box with “OBJ” in it (U+FFFC) is where a picture was, in another program.

Bad:
    - text: |
        The cafÃ© costs Â£5.

Good:
    - text: |
        The café costs £5.

The Unicode Standard, 23.8 Specials. The library ftfy recognises broken text.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.typed_text import TypedText, typed_texts

SEVERITY = "error"

# Lead bytes of UTF-8 and a byte after them, as Windows-1252, Latin-1 and Mac OS Roman show them.
_MISREAD = re.compile("[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[√¬][\u00a0-\u00ff†∞≤≥∂∑∏π∫Ω≈∆ƒ]|‚Ä")
# Cyrillic as Windows-1251, Windows-1250 and code page 437 show it. One such pair may be a part of a name: Різдво.
_MISREAD_PAIRS = re.compile(
    "(?:[РС][\u00a0-\u00bbЀ-Џѐ-џҐґ‚„…†‡€‰‹‘’“”•–—™›№]){2}|(?:[ĐŃ][\u0080-\u017f‚„…†‡€‰‹‘’“”•–—™›˛˝ˇ˘˙]){2}|(?:[╨╤].){2}"
)
_WORD = re.compile(r"[^ \n]+")
_LEAD_BYTE = re.compile(r"[\u00c2-\u024f]")
_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f]")
# The first byte of a no-break space in UTF-8; and letters that another program could not write.
_LEFT_OVER = re.compile(r"(?<![^\W\d_])Â(?=\s|\Z)")
_QUESTION_MARK = re.compile(r"(?<![\w/.&?=:-])[A-Za-z]+\?[a-z]+(?![\w/.&?=:-])")
# A letter as emails carry it (RFC 2045, 6.7): it was copied from the source of a message.
_QUOTED_PRINTABLE = re.compile(r"(?:=(?:C[2-9A-F]|[DE][0-9A-F]|F[0-4])(?:=[89AB][0-9A-F]){1,3})+")
_MISSING_LETTERS = re.compile("\N{REPLACEMENT CHARACTER}+")
_BOX = re.compile("\N{OBJECT REPLACEMENT CHARACTER}+")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each broken word, each lost letter and each lost object."""
    for text in typed_texts(issue):
        for word in _QUESTION_MARK.finditer(text.source):
            message = f"A letter may be lost in {quoted(word[0])}."
            hint = "Write the word again. If it is two words, write a space after the question mark."
            yield Finding(text.at(word.start()), message, hint, "warning")
        for code in _QUOTED_PRINTABLE.finditer(text.source):
            right = bytes.fromhex(code[0].replace("=", "")).decode("utf-8", "replace")
            if "\N{REPLACEMENT CHARACTER}" not in right:
                message = f"{quoted(code[0])} is a letter as an email carries it."
                yield Finding(
                    text.at(code.start()), message, f"Write {quoted(right)}.", fix=text.fix(*code.span(), right)
                )
        if text.source.isascii():
            continue
        for letter in _LEFT_OVER.finditer(text.source) if text.language.startswith("en") else ():
            message = "“Â” is left over from a space that was read in the wrong encoding."
            yield Finding(text.at(letter.start()), message, "Delete it.", fix=text.deletion(*letter.span()))
        if _is_suspect(text.source):
            yield from _broken_words(text)
        for sign in _MISSING_LETTERS.finditer(text.source):
            hint = "Write the letter. If there are many of these, copy the text again from where it came from."
            yield Finding(text.at(sign.start()), "A letter was lost here: “\N{REPLACEMENT CHARACTER}”.", hint)
        for sign in _BOX.finditer(text.source):
            message = "A picture or another object was lost here when the text was pasted. Readers see a box."
            hint = "Delete the box. It may be invisible in your text editor."
            yield Finding(text.at(sign.start()), message, hint, fix=text.deletion(*sign.span()))


def _is_suspect(text: str) -> bool:
    return bool(_MISREAD.search(text) or _MISREAD_PAIRS.search(text))


def _broken_words(text: TypedText) -> Iterator[Finding]:
    # ftfy takes longer to import than the rest of a check, and few issues need it.
    from ftfy import fix_encoding  # noqa: PLC0415

    for word in _WORD.finditer(text.source):
        if not _is_suspect(word[0]) or (right := fix_encoding(word[0])) == word[0]:
            continue
        hint, fix = f"Write {quoted(right)}.", text.fix(*word.span(), right)
        # A word of another script with a sign that only a lead byte has: the byte after it was lost.
        is_half = _LEAD_BYTE.search(right) and _OTHER_SCRIPT.search(right)
        if is_half or _is_suspect(right):
            hint, fix = "Write the word again, or copy the text again: a part of this word is lost.", None
        yield Finding(
            text.at(word.start()), f"{quoted(word[0])} is broken: it was read in the wrong encoding.", hint, fix=fix
        )
