"""What cannot be shown of a Markdown text as it was typed: each problem with its location and what to do."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from markdown_it.token import Token

from newsletter.characters import UNPRINTABLE, describe, is_blank, quoted
from newsletter.issue.links import address_problem, repaired_address

LARGEST_HEADING = 3  # the page has the h1, an article its h2


@dataclass(frozen=True)
class MarkdownProblem:
    """A part of a Markdown text that cannot be shown: the index where it begins, what is wrong and what to do."""

    offset: int
    message: str
    hint: str
    old: str = ""
    new: str | None = None
    """The only text that can replace `old`; None if there is more than one, or none."""


_TokenProblem = tuple[int, str, str, str]
"""A problem in a token: its line in the text (from 0), its words, what is wrong and what to do."""

_AFTER_WORDS = tuple(",.:;!?)")
"""Signs with which no bold words begin."""
_LATIN_END = re.compile(r"[0-9A-Za-z\u00c0-\u024f]\Z")

# A list item or a quotation that ends where it begins.
_EMPTY = {("list_item_open", "list_item_close"), ("blockquote_open", "blockquote_close")}


def find_markdown_problems(tokens: Sequence[Token], source: str, *, among_lines: bool) -> list[MarkdownProblem]:
    """Return the problems of a text, in its order.

    Args:
        tokens: its CommonMark tokens (see `markdown.parse`).
        source: the text.
        among_lines: whether its lines stay lines, so that none of them can be a heading.
    """
    lines = source.split("\n")
    problems = [*_changed_numbers(tokens), *_lost_plus_signs(tokens), *_token_problems(tokens, lines)]
    problems += _empty_lines(tokens, lines)
    if among_lines:
        problems += _headings_among_lines(tokens)
    return list(_located(source, sorted(problems, key=lambda problem: problem[0])))


def _located(source: str, problems: Iterable[_TokenProblem]) -> Iterator[MarkdownProblem]:
    """Find the words of each problem in the text, from its line on and after the problem before it."""
    lines = [0, *(match.end() for match in re.finditer("\n", source))]
    end = 0
    for line, words, message, hint in problems:
        if typed := _find(words, source, max(lines[line], end)) or _find(words, source, lines[line]):
            end = typed.end()
            yield MarkdownProblem(typed.start(), message, hint, typed[0], _instead(words))
        else:
            yield MarkdownProblem(lines[line], message, hint)


def _find(words: str, source: str, start: int) -> re.Match[str] | None:
    """Find words in a text, as they are, or else with a backslash before signs and a code for an &."""
    exact = re.compile(re.escape(words)).search(source, start)
    typed = "".join(rf"\\?{re.escape(sign)}" if not sign.isalnum() else sign for sign in words)
    return exact or re.compile(typed.replace(r"\&", r"\&(?:amp;)?")).search(source, start)


def _instead(words: str) -> str | None:
    """Return the only text that can replace the words of a problem: an address, or what a code stands for."""
    if not re.fullmatch(r"&#\w+;", words):
        return repaired_address(words)
    character = unescape(words)
    return "" if is_blank(character) or character == "\N{REPLACEMENT CHARACTER}" else character


def _changed_numbers(tokens: Iterable[Token]) -> Iterator[_TokenProblem]:
    """Find the items that would be shown with another number: a list counts on from its first."""
    lists: list[Iterator[int]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append(itertools.count(int(token.attrs.get("start", 1))))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open" and token.info and token.map:
            number, mark, expected = token.info, token.markup, next(lists[-1])
            if number == str(expected):
                continue
            if int(number) == expected:
                hint = f"Write {expected}{mark} instead. To keep the zero, write {number}\\{mark} with a backslash."
            else:
                hint = (
                    f"A list counts on by one. Write {expected}{mark} if this is its next item. "
                    f"If not, write {number}\\{mark} with a backslash, and leave an empty line above."
                )
            yield token.map[0], number + mark, f"“{number}{mark}” would be shown as “{expected}.”.", hint


def _lost_plus_signs(tokens: Sequence[Token]) -> Iterator[_TokenProblem]:
    """Find the items that begin with a + and a number: a phone number or a sum, below an item with a +."""
    for item, words in zip(tokens, tokens[2:], strict=False):
        if item.type == "list_item_open" and item.markup == "+" and item.map and words.content[:1].isdigit():
            hint = "Write a backslash before the + to show it. For a list, begin each item with a hyphen."
            yield item.map[0], "+", "The + before this number would not be shown.", hint


def _token_problems(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[_TokenProblem]:
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        line = token.map[0] if token.map else 0
        if token.type == "html_block":
            yield _raw_html(line, token.content)
        elif token.type == "heading_open" and following is not None:
            yield from _heading_problems(token, following, line, lines[line])
        elif token.type == "hr" and token.markup.startswith("-") and line and lines[line - 1].strip():
            hint = "For a heading, write ### and a space before the words. For a line across the page, leave one empty."
            yield line, token.markup[0], "Hyphens below words do not make a heading.", hint
        elif following is not None and (token.type, following.type) in _EMPTY:
            yield (
                line,
                token.info + token.markup,
                "There are no words after this mark.",
                "Write some, or delete the mark. To show the mark itself, write a backslash before its last character.",
            )
        elif token.type == "inline" and _is_typed_table(token.content):
            yield line, "|", "A table cannot be in a text.", "Put it in a block of its own, “- table:”."
        for offset, code in token.meta.get("codes", ()):
            # HTML means the characters of Windows, so many programs write these codes for them.
            character = _instead(code)
            instead = f"Write {character} instead." if character else "Delete it."
            yield line + offset, code, f"No character has the code {code}.", instead
        yield from _inline_problems(line, token.children or [])
    if tokens and all(token.type == "hr" for token in tokens):
        hint = "Write some, or delete it. To show the signs themselves, write a backslash before the first of them."
        yield 0, tokens[0].markup[0], "There are no words in this text, only a line across the page.", hint


def _empty_lines(tokens: Iterable[Token], lines: Sequence[str]) -> Iterator[_TokenProblem]:
    """Find the lines without words between two line breaks, such as one that has only a backslash."""
    for token in tokens:
        if token.type != "inline" or not token.map:
            continue
        line, is_after_break, words = token.map[0], False, ""
        for child in token.children or ():
            if child.type not in ("softbreak", "hardbreak"):
                words += child.content
                continue
            is_break = child.type == "hardbreak"
            if is_break and is_after_break and is_blank(words):
                yield line, lines[line].strip(), "This line has no words.", "Leave an empty line instead."
            line, is_after_break, words = line + 1, is_break, ""


def _headings_among_lines(tokens: Iterable[Token]) -> Iterator[_TokenProblem]:
    for token in tokens:
        if token.type == "inline" and token.map:
            for line, words in enumerate(token.content.split("\n"), token.map[0]):
                if mark := re.match(r" *(#{2,6}(?!#)|#(?= ))", words):
                    hint = "Write **bold** words instead, or put the heading into a “text” block above these lines."
                    yield line, mark[1], "A heading cannot be among lines.", hint


def _heading_problems(token: Token, words: Token, line: int, source: str) -> Iterator[_TokenProblem]:
    if int(token.tag[1]) < LARGEST_HEADING:
        yield (
            line,
            token.markup,
            f"A heading in a text begins with ###, not {token.markup}.",
            "Begin the line with ### and a space. Larger headings are the titles of the issue and its articles.",
        )
    elif _is_blank(words.children):
        yield line, token.markup, "This heading has no words.", "Write some, or delete the line."
    elif (signs := re.search(r"[ \t](#++)[ \t]*+$", source)) and signs[1] != token.markup:
        hint = "To show it, write a backslash before it: \\#. If not, delete it."
        yield line, f"{signs[0]}\n", "The # at the end of this heading would be lost.", hint


def _is_typed_table(content: str) -> bool:
    return (
        re.search(r"^[^\S\n]*+\|?(?:[^\S\n]*+:?-{3,}+:?[^\S\n]*+\|)++[^\S\n]*+:?-*+:?[^\S\n]*+$", content, re.MULTILINE)
        is not None
    )


def _inline_problems(line: int, tokens: Sequence[Token]) -> Iterator[_TokenProblem]:
    opened = False
    for position, token in enumerate(tokens):
        if token.type in ("softbreak", "hardbreak"):
            line += 1
        elif token.type in ("em_open", "strong_open") and _is_in_a_word(tokens, position):
            hint = "To show a star, write \\*. To make words bold, begin at the start of a word."
            before = tokens[position - 1].content.split()[-1]
            yield line, before + token.markup, f"The stars after {quoted(before)} would not be shown.", hint
        elif token.type in ("em_open", "strong_open") and tokens[position + 1].content.startswith(_AFTER_WORDS):
            after = tokens[position + 1].content[0]
            message = f"A star before “{after}” would not be shown: it makes the words after it bold or italic."
            yield line, token.markup + after, message, "To show a star, write \\*."
        elif token.type == "html_inline":
            closing = token.content.startswith("</")
            if _is_in_angle_brackets(tokens, position):
                message = (
                    f"{quoted(f'<{token.content}>')} is a merge tag of a mailing service, and nothing fills it in."
                )
                yield line, f"<{token.content}>", message, "Write words for every reader, or a field of brand.yaml."
            elif not (closing and opened):  # a pair of tags is one problem
                yield _raw_html(line, token.content)
            opened = not closing
        elif token.type == "image":
            yield (
                line,
                "![",
                "A picture cannot be in a text.",
                "Put it in a block of its own, “- image:”, with src and alt.",
            )
        elif token.type == "link_open":
            yield from _link(line, tokens[position:])
            if token.markup == "autolink" and _is_glued(tokens[:position]):
                # In plain text the word would become a part of the address.
                address = tokens[position + 1].content
                yield line, address, "There is no space before this address.", "Write a space before the <."
        elif token.type == "link_close" and token.markup == "autolink" and _goes_on(tokens[position + 1 :]):
            yield (
                line,
                tokens[position - 1].content,
                "There is no space after this address.",
                "Write a space after the >.",
            )
        elif token.type == "text" and (unwanted := re.search(UNPRINTABLE, token.content)):
            # The file itself cannot have such a character, so it comes from an entity, such as &#x202E;.
            yield line, "&#", f"This is the code of an invisible character: {describe(unwanted[0])}.", "Delete it."


def _is_in_a_word(tokens: Sequence[Token], position: int) -> bool:
    """Check whether bold words or italics begin inside a word or a number, such as in 5*4*3."""
    before, after = tokens[position - 1].content if position else "", tokens[position + 1].content
    return _LATIN_END.search(before) is not None and _LATIN_END.search(after[:1]) is not None


def _is_in_angle_brackets(tokens: Sequence[Token], position: int) -> bool:
    """Check whether a tag of HTML is one of Word: <<First Name>>."""
    before, after = tokens[max(position - 1, 0)], tokens[min(position + 1, len(tokens) - 1)]
    return before.content.endswith("<") and after.content.startswith(">")


def _is_glued(tokens: Sequence[Token]) -> bool:
    before = next(
        (token for token in reversed(tokens) if token.content or token.type.endswith(("break", "link_close"))), None
    )
    return before is not None and before.content[-1:].isalnum()


def _goes_on(tokens: Sequence[Token]) -> bool:
    if not tokens or tokens[0].type != "text":
        return bool(tokens) and tokens[0].type in ("link_open", "code_inline")
    return re.match(r"[^\s.,;:!?)\]'\"”’»…*_]", tokens[0].content) is not None


def _link(line: int, tokens: Sequence[Token]) -> Iterator[_TokenProblem]:
    url, title = (str(tokens[0].attrGet(name) or "") for name in ("href", "title"))
    inside = itertools.takewhile(lambda token: token.type != "link_close", tokens)
    if _is_blank(inside):
        yield line, "[", "This link has no words.", "Say in the square brackets where the link goes."
    if problem := address_problem(url):
        message, hint = problem
        if re.fullmatch(r"\w+", url):  # such as member(s) with brackets around the word
            hint += " To show the brackets, write a backslash before the first: \\[."
        yield line, url, message, hint
    if title:
        yield (
            line,
            title,
            "Nobody would see the words in quotes after the address of this link.",
            "Write them in the sentence, and only the address in the round brackets.",
        )


def _is_blank(tokens: Iterable[Token] | None) -> bool:
    return is_blank("".join(token.content for token in tokens or ()))


def _raw_html(line: int, content: str) -> _TokenProblem:
    first = content.strip().splitlines()[0]
    if first.startswith("<!--"):
        return line, first, "A note for yourself cannot be in a text.", "Write it above the text, after a # sign."
    tag = re.match(r"</?[A-Za-z][\w-]*", first)
    return (
        line,
        first,
        f"HTML cannot be in a text: {f'{tag[0]}>' if tag else first}.",
        "Use **bold**, - lists and [links](https://example.org) instead. Write &lt; for a < sign.",
    )
