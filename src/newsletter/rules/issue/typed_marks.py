"""A line of words has no marks of HTML, and no quotes that only look like those of YAML; a plain one has no Markdown.

Only a text in Markdown turns **words** into bold ones. A subject, a title, an article's label, a button or a picture's
description shows the marks: “star star now star star”. They cannot have bold words, links or line breaks. A summary, a
caption or a cell of a table can have bold words and links, but cannot be a heading, and shows tags of HTML.
Curly quotes around a value are part of it, if it has no straight quotes around them.

Bad:
    title: "It is **new**<br>and good"
    summary: “It says what is new.”

Good:
    title: "It is new and good"
    summary: "It says what is new."

The rule is our own. CommonMark and the HTML Standard list the marks.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.typed_text import TypedText, typed_texts

SEVERITY = "error"

_ANY_MARK = re.compile(r"[*_#`~<\\=\"]|\[\^|\A\s*[“”„‘]")
"""In every text that has something to report, and fast to search for."""

_STYLING_NAMES = """
    abbr b big center cite del dfn em font i ins kbd mark q s small span strike strong sub sup tt u var
"""
_OTHER_NAMES = """
    a address article aside blockquote body br button caption code dd div dl dt figure footer form h1 h2 h3 h4 h5 h6
    head header hr html iframe img input label li link main meta nav ol option p picture pre script section select
    style svg table tbody td textarea tfoot th thead title tr ul video wbr
"""
_STYLING = frozenset([*_STYLING_NAMES.split(), "o:p"])  # of Word
"""Elements whose tags can be deleted without a change of the words."""
_ELEMENTS = _STYLING.union(_OTHER_NAMES.split())
_TAG = re.compile(
    r"(?<!\\)<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*(?::[a-z]+)?)"
    r"(?:\s+[A-Za-z:-]++\s*+=\s*+(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))*+\s*/?>"
)
_HINTS = {
    "br": "There cannot be a line break here. Write a comma, a colon or a full stop instead.",
    "a": "Write only the words here. Put the link in a “text” block, or in a “link” or “url” of its own.",
    "li": "Write only the words here. Put the list in a “text” block, with “- ” before each item.",
}
_PLAIN = "Write only the words. These cannot be bold, in italics or in colour."
_WITH_MARKDOWN = "Write only the words, with ** around those that are to be bold, and * around those in italics."
_LINK = "Write words in square brackets, then the address in round ones: [Our guide](https://...)."
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
"""What Markdown has instead of a tag."""

# Each of these ends at the next mark of its kind, so that none searches the rest of the text again and again.
_EMPHASIS = re.compile(r"(?<![*\\])(?P<mark>\*{1,3}+)(?P<words>[^*]+)(?P=mark)(?!\*)")
_UNDERLINED = re.compile(r"(?<![\w\\])(?P<mark>_{1,3}+)(?P<words>[^_]+)(?P=mark)(?!\w)")
_MARKED = re.compile(r"(?<!=)(?P<mark>==)(?!=)(?P<words>[^=]+)(?P=mark)(?!=)")
_STRUCK = re.compile(r"(?<!~)(?P<mark>~~)(?!~)(?P<words>[^~]+)(?P=mark)(?!~)")
_CODE = re.compile(r"(?<!`)(?P<mark>`)(?P<words>[^`]+)(?P=mark)(?!`)")
_HEADING = re.compile(r"\A\s*(#{1,6}\s+|#{2,6})(?=[^\s#])")
_HEADING_END = re.compile(r"(?<=\S)\s+#{2,6}\s*\Z")
_NOTE = re.compile(r"\[\^\w{1,20}\]")
_BACKSLASH = re.compile(r"(?<!\\)\\(?=[!-/:-@\[\]^_`{-~])")
_COMMENT = re.compile(r"<!--(?:(?!-->).)*+(?:-->)?", re.DOTALL)
_ONE_QUOTE = re.compile(r"\A[^\"]*+(?<=[^\s\d])\"\s*+\Z")

_CURLY = re.compile(r"\A\s*([“”„][^“”„]*[“”\"]|‘[^‘’]*(?:’[^‘’]+)*’)\s*\Z")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check each line of words. Markdown has its own marks."""
    for text in typed_texts(issue):
        if text.path and text.path[-1] == "title" and not re.search(r"\w", text.source):
            yield Finding(text.at(0), "There are no words in this title.", "Say what is below it: it is a heading.")
        if not _ANY_MARK.search(text.source):
            continue
        if not text.is_markdown:
            yield from _pairs(text)
            yield from _single_marks(text)
        if not text.is_markdown or text.is_inline:
            yield from _tags(text)
            yield from _headings(text)
        if not text.has_quotes_of_yaml:
            yield from _quotes(text)


def _quotes(text: TypedText) -> Iterator[Finding]:
    """Report the quotation marks that are a part of a text, and that YAML does not need."""
    if _CURLY.match(text.source):
        message = f"Readers see the curly quotes around this text: {quoted(text.source.strip())}."
        hint = (
            'Write straight quotes (") instead. If it is something that somebody said, write straight quotes '
            "around the curly ones."
        )
        yield Finding(text.at(0), message, hint)
    if _ONE_QUOTE.match(text.source):
        hint = "Write another one at the beginning, or delete this one."
        yield Finding(text.at(len(text.source.rstrip()) - 1), "Readers see this quotation mark.", hint)


def _tags(text: TypedText) -> Iterator[Finding]:
    """Report each tag of HTML; a tag and its end with only words between them are one problem."""
    tags = [tag for tag in _TAG.finditer(text.source) if tag["name"].lower() in _ELEMENTS]
    ends = {
        first.start(): second
        for first, second in pairwise(tags)
        if not first["end"] and second["end"] and first["name"] == second["name"]
    }
    for comment in _COMMENT.finditer(text.source):
        message = f"A note for yourself cannot be in this text: {quoted(comment[0])}."
        yield Finding(text.at(comment.start()), message, "Write it in a line of its own, after a # sign.")
    reported = {end.start() for end in ends.values()}
    for tag in tags:
        if tag.start() in reported:
            continue
        name, end = tag["name"].lower(), ends.get(tag.start())
        start, stop = tag.start(), (end or tag).end()
        hint, fix = _HINTS.get(name, _WITH_MARKDOWN if text.is_inline else _PLAIN), None
        if text.is_inline and name == "a":
            hint = _LINK
        if name in _STYLING:
            words = text.source[tag.end() : end.start()] if end else ""
            mark = _MARKS.get(name, "") if text.is_inline and words == words.strip() != "" else ""
            fix = text.fix(start, stop, mark + words + mark)
        message = f"HTML cannot be in this text: {quoted(text.source[start:stop])}."
        yield Finding(text.at(start), message, hint, fix=fix)


def _pairs(text: TypedText) -> Iterator[Finding]:
    for pattern in (_EMPHASIS, _UNDERLINED, _MARKED, _STRUCK, _CODE):
        for match in pattern.finditer(text.source):
            start, end = match.span()
            words, around = match["words"], text.source[start - 1 : start] + text.source[end : end + 1]
            is_in_a_word = match["mark"] == "*" and re.search(r"\w", around)
            if words != words.strip() or is_in_a_word or not re.search(r"\w", words):
                continue
            message = f"Markdown does not count in this text, so readers see the marks: {quoted(match[0])}."
            if pattern is _STRUCK:
                yield Finding(text.at(start), message, "Say in words what has changed, or delete what is struck out.")
            elif pattern is _CODE:
                yield Finding(text.at(start), message, "Write only the words, or put them in quotation marks (“ ”).")
            else:
                yield Finding(text.at(start), message, f"Write {quoted(words)}.", fix=text.fix(start, end, words))


def _headings(text: TypedText) -> Iterator[Finding]:
    if mark := _HEADING.search(text.source):
        message = f"This text cannot be a heading, so readers see {quoted(mark[1].strip())}."
        # Before a number, it may be a number sign, and only the editor knows.
        is_number = mark[1].count("#") == 1 and text.source[mark.end() : mark.end() + 1].isdigit()
        hint = "For a number, write “No.” or only the number. If not, delete it." if is_number else "Delete it."
        fix = None if is_number else text.fix(*mark.span(1), "")
        yield Finding(text.at(mark.start(1)), message, hint, fix=fix)
        if end := _HEADING_END.search(text.source, mark.end()):
            message = f"This text cannot be a heading, so readers see {quoted(end[0].strip())}."
            yield Finding(text.at(end.start()), message, "Delete it.", fix=text.fix(*end.span(), ""))


def _single_marks(text: TypedText) -> Iterator[Finding]:
    for mark in _BACKSLASH.finditer(text.source):
        message = "Readers see this backslash: Markdown does not count in this text."
        yield Finding(text.at(mark.start()), message, "Delete it.", fix=text.fix(*mark.span(), ""))
    for mark in _NOTE.finditer(text.source):
        message = f"Readers cannot follow this mark of a footnote: {quoted(mark[0])}."
        yield Finding(text.at(mark.start()), message, "Write the note itself, in brackets or in a sentence.")
