"""Links that were typed almost as Markdown has them, so that readers see their brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsletter.check.prose import Paragraph, Prose, offsets_in
from newsletter.issue.links import address_problem, is_like_address, repaired_address
from newsletter.problems import Fix

# [words] (address), [words][address], [words](an address with spaces), and without the last bracket.
_AFTER_WORDS = re.compile(
    r"\](?P<gap>\s*+)(?:\((?P<round>[^()\[\]]*+(?:\([^()\[\]]*+\)[^()\[\]]*+)*+)|\[(?P<square>[^\[\]]++))(?P<end>[)\]])?"
)
# (words)[address]
_BRACKETS_SWAPPED = re.compile(r"\((?P<words>[^()\[\]]++)\)\s?\[(?P<address>[^\[\]]++)\]")


@dataclass(frozen=True)
class TypedLink:
    """A link that is none: where it is in the paragraph's `text`, its words, its address, and what is wrong with it."""

    start: int
    end: int
    words: str
    address: str
    message: str

    @property
    def better(self) -> str | None:
        """The address to write; None if it is not clear."""
        return self.address if address_problem(self.address) is None else repaired_address(self.address)


def typed_links(paragraph: Paragraph) -> Iterator[TypedLink]:
    """Yield the links of a paragraph that readers see with their brackets, in order."""
    text = paragraph.text
    if "](" not in text and ("[" not in text or "]" not in text):
        return
    is_real = offsets_in((*paragraph.code, *paragraph.links), len(text) + 1)
    every = sorted([*_after_words(text), *_turned(text)], key=lambda link: link.start)
    for link in every:
        address = text.find(link.address, link.start)
        if not (is_real[link.start] or is_real[address]):
            yield link


def _after_words(text: str) -> Iterator[TypedLink]:
    for match in _AFTER_WORDS.finditer(text):
        start = text.rfind("[", 0, match.start())
        if start < 0 or "]" in text[start : match.start()]:
            continue
        address = (match["round"] or match["square"] or "").strip()
        is_link = is_like_address(address)
        if match["square"]:
            message = "This is no link: an address is in round brackets."
        elif match["end"] != ")":
            message, is_link = "This is no link: there is no ) after its address.", is_link and not match["end"]
        elif match["gap"]:
            message = "This is no link: there is a space between ] and (."
        else:
            problem = address_problem(address) if is_link else None
            message = problem[0] if problem else f"This is no link: “{address}” is not an address."
            is_link = True
        if is_link:
            yield TypedLink(start, match.end(), text[start + 1 : match.start()], address, message)


def _turned(text: str) -> Iterator[TypedLink]:
    for match in _BRACKETS_SWAPPED.finditer(text):
        if is_like_address(match["address"]):
            message = "This is no link: its words are in round brackets, and its address in square ones."
            yield TypedLink(match.start(), match.end(), match["words"], match["address"], message)


def is_meant_as_typed(link: TypedLink, paragraph: Paragraph, prose: Prose) -> bool:
    """Check whether a backslash before a bracket says that the brackets are to be shown.

    Args:
        link: what looks like a link.
        paragraph: where it is.
        prose: the Markdown value that has the paragraph.
    """
    typed = re.search(_source_of(paragraph.text[link.start : link.end]), prose.source)
    return typed is not None and re.search(r"\\[\[\]()]", typed[0]) is not None


def fix(link: TypedLink, paragraph: Paragraph, prose: Prose) -> Fix | None:
    """Return the fix that turns the characters into a link; None unless exactly one change does this and no other.

    Args:
        link: what looks like a link.
        paragraph: where it is.
        prose: the Markdown value that has the paragraph.
    """
    if link.better is None or not prose.is_markdown:
        return None
    now = prose.parse_with(prose.source).words
    number = prose.paragraphs.index(paragraph)
    changed = paragraph.text[: link.start] + link.words + paragraph.text[link.end :]
    expected = (*now[:number], changed, *now[number + 1 :])
    new = f"[{link.words}]({link.better})"
    typed = paragraph.text[link.start : link.end]
    fixes = [
        Fix(prose.path, match.start(), match.end(), new)
        for match in re.finditer(re.escape(typed), prose.source)
        if prose.parse_with(prose.source[: match.start()] + new + prose.source[match.end() :]).words == expected
    ]
    return fixes[0] if len(fixes) == 1 else None


def _source_of(text: str) -> str:
    """Return a pattern for a text as Markdown's source may have it: with other white space, and with backslashes."""
    return "".join(r"\s+" if sign.isspace() else rf"\\?{re.escape(sign)}" for sign in text)
