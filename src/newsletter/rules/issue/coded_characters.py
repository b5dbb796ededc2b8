r"""A character is written as itself, not as a code for HTML or for a program.

Only a text of whole paragraphs knows such codes. A subject, a title, a label, a cell or a picture's description shows
them as they are: “Fish &amp; chips”. A screen reader says “ampersand a m p semicolon”. Codes of programs, such as
`\u{a0}` and `\u00e9`, are never read as what they mean.

Bad:
    subject: "Fish &amp; chips for &pound;5"

Good:
    subject: "Fish & chips for £5"

HTML Standard, 13.5 Named character references, lists the codes. The rule is our own.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.typed_text import TypedText, typed_texts
from newsletter.rules.issue._codes import Code, codes

SEVERITY = "error"

_ESCAPE = re.compile(
    r"\\(?:u\{(?P<braces>[0-9A-Fa-f]{1,6})\}|(?:u(?P<four>[0-9A-Fa-f]{4})|x(?P<two>[0-9A-Fa-f]{2}))(?![0-9A-Za-z]))"
)

_OF_ADDRESS = re.compile(r"(?<=[^\W\d])%(?:2[0-9A-F]|3[A-F])(?=\w)|(?<=[^\W\d])%[CD][0-9A-F]%[89AB][0-9A-F]")
"""Codes of addresses, such as %20 for a space. A letter before them says that they are no percentage."""


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each code that readers would see."""
    for text in typed_texts(issue):
        if "\\" in text.source:
            yield from _escapes(text)
        if "%" in text.source:
            yield from _of_addresses(text)
        for code in codes(text.source):
            is_shown = _is_shown_in_line if text.is_inline else _is_shown_in_markdown
            if not text.is_markdown or is_shown(text, code):
                new, hint = _instead(text, code)
                fix = text.fix(code.start, code.end, new) if new else text.deletion(code.start, code.end)
                message = f"“{code.text}” is a code for HTML. Here, readers would see the code itself."
                yield Finding(text.at(code.start), message, hint, fix=fix)


def _of_addresses(text: TypedText) -> Iterator[Finding]:
    """Report each code of an address that is among words."""
    for code in _OF_ADDRESS.finditer(text.source):
        if text.is_markdown and code[0] not in text.words:
            continue  # in an address
        character = "a space" if code[0] == "%20" else quoted(unquote(code[0]))
        message = f"“{code[0]}” is a code of an address. Readers would see the code itself."
        yield Finding(text.at(code.start()), message, f"Write {character}.")


def _escapes(text: TypedText) -> Iterator[Finding]:
    """Report each code of a program."""
    for escape in _ESCAPE.finditer(text.source):
        if text.is_markdown and escape[0] not in text.words:
            continue  # in code, or an address
        number = int(escape["braces"] or escape["four"] or escape["two"], 16)
        character = chr(number) if number <= sys.maxunicode else ""
        is_visible = unicodedata.category(character or "\0")[0] not in "CZ"
        message = f"“{escape[0]}” is a code of a program. Readers would see the code itself."
        hint = f"Write {quoted(character)}." if is_visible else "Write a space, or nothing."
        yield Finding(text.at(escape.start()), message, hint)


def _is_shown_in_line(text: TypedText, code: Code) -> bool:
    """Check whether a line with links shows a code, without a backslash that says so: an address can have one."""
    return code.text in text.words and not text.source.endswith("\\", 0, code.start)


def _is_shown_in_markdown(text: TypedText, code: Code) -> bool:
    """Check whether a text in Markdown shows a code: a code of a code, or one without its semicolon."""
    is_shown = code.inner != code.text or not code.text.endswith(";")
    return is_shown and re.search(rf"{re.escape(code.inner)}(?!;)", text.words) is not None


def _instead(text: TypedText, code: Code) -> tuple[str, str]:
    """Return the text instead of a code, and the hint."""
    category = unicodedata.category(code.character[0])
    if category[0] == "C" or code.character == "\N{REPLACEMENT CHARACTER}":
        return "", "Delete it: it means a character that nobody can see."
    if category[0] == "Z":
        around = text.source[max(0, code.start - 1) : code.start] + text.source[code.end : code.end + 1]
        return " " if len(around) == 2 and " " not in around else "", "Write one space."
    return code.character, f"Write {quoted(code.character)}."
