"""Turn an editor's Markdown (CommonMark) into the few HTML elements that every mail app shows.

Only this module parses Markdown, with markdown-it-py.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from newsletter.characters import PLAIN_TO_RAISED, UNPRINTABLE, describe, is_blank, quoted
from newsletter.issue.line_starts import list_or_words, quotation_or_words
from newsletter.issue.links import repaired, unsuitable, with_ascii_host
from newsletter.issue.single_stars import star_or_emphasis

Form = Literal["text", "lines", "inline"]
"""How Markdown is read: as a text with paragraphs, lists and headings; as paragraphs whose lines stay lines; or as one
line of words. Links, bold words and emphasis are the same in all three."""

LARGEST_HEADING = 3  # the page has the h1, an article its h2


@dataclass(frozen=True)
class Fault:
    """A part of a Markdown text that cannot be shown: the index where it begins, the problem and what to do."""

    offset: int
    message: str
    hint: str
    old: str = ""
    new: str | None = None
    """The only text that can replace `old`; None if there is more than one, or none."""


@dataclass(frozen=True)
class Escape:
    """A sign with a backslash before it, which readers do not see."""

    line: int
    """Its line in the paragraph, from 0."""
    before: str
    """What was typed before it in this line; links without their brackets and addresses."""
    sign: str
    after: str
    """The beginning of what was typed after it."""


Tokens = tuple[Token, ...]
"""The tokens of a Markdown text: blocks and, as their children, the tokens of their lines."""

MASK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Replaces what is not shown as it was typed, such as an escape, an address or code."""

LINE_BREAK = "\N{LINE SEPARATOR}"
"""Ends a line of `typed` that readers see as a line of its own."""

_TokenFault = tuple[int, str, str, str]
"""A fault in a token: its line in the text (from 0), its words, the problem and what to do."""

_AFTER_WORDS = tuple(",.:;!?)")
"""Signs with which no bold words begin."""
_LATIN_END = re.compile(r"[0-9A-Za-z\u00c0-\u024f]\Z")

# A list item or a quotation that ends where it begins.
_EMPTY = {("list_item_open", "list_item_close"), ("blockquote_open", "blockquote_close")}


class _Renderer(RendererHTML):
    """A renderer that writes a line break inside a paragraph as one space, and keeps numbers whole."""

    def text(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        return numbers(escape(tokens[idx].content))

    def softbreak(self, *_: object) -> str:
        # MRML would delete a newline between two inline elements and so join their words.
        return " "


_MANY_GROUPS = re.compile("((?<!\\d)\\d+\N{NO-BREAK SPACE})(?=\\d+(?:\N{NO-BREAK SPACE}\\d+){2})")


def numbers(html: str) -> str:
    """Return HTML with whole numbers: 10^9 becomes 10⁹, and groups of digits stay together.

    Most screen readers read 10<sup>9</sup> as 109, which in medicine is wrong by a factor of ten million. So the 9
    becomes a character that is raised by itself (Unicode, Superscripts and Subscripts).

    Among Arabic words, a phone number with plain spaces is shown in the wrong order (UAX 9: a space between numbers
    takes the direction of the words). No-break spaces keep it in order and in one line. Four groups or more may not fit
    into a line, for example in a large font on a phone. So a line may break at a zero-width space after the first
    group; otherwise a browser would break a group in its middle. (MRML writes a <wbr> as two tags.)
    """
    # Of 2^3^4, only the last number is raised: 2³⁴ would be another number.
    html = re.sub(r"(?<=\d)\^([-−+]?[0-9]++)(?!\^)", lambda power: power[1].translate(PLAIN_TO_RAISED), html)
    html = re.sub(r"(?<=\d) (?=\d)", "\N{NO-BREAK SPACE}", html)
    return _MANY_GROUPS.sub("\\1\N{ZERO WIDTH SPACE}", html)


def _keep_typed(state: StateCore) -> None:
    """Keep what was typed with each `inline` token, before escapes are joined with the text around them."""
    for token in state.tokens:
        if token.type == "inline":
            token.meta["typed"] = "".join(_typed(token.children or ()))
            token.meta["codes"] = list(_codes_of_nothing(token.children or ()))
            token.meta["escapes"] = list(_escapes(token.children or ()))


def _typed(tokens: Iterable[Token]) -> Iterator[str]:
    is_address = False
    for token in tokens:
        if token.type in ("link_open", "link_close"):
            is_address = token.type == "link_open" and token.markup == "autolink"
        elif token.type == "softbreak":
            yield "\n"
        elif token.type == "hardbreak":
            yield f"{LINE_BREAK}\n"
        elif token.content:
            yield token.content if token.type == "text" and not is_address else MASK


def _codes_of_nothing(tokens: Iterable[Token]) -> Iterator[tuple[int, str]]:
    """Yield the line (from 0) and the text of each code that means no character, such as `&#0;`."""
    line = 0
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            line += 1
        elif token.info == "entity" and token.content == "\N{REPLACEMENT CHARACTER}":
            yield line, token.markup


def _escapes(tokens: Sequence[Token]) -> Iterator[Escape]:
    line, before = 0, ""
    for position, token in enumerate(tokens):
        if token.type in ("softbreak", "hardbreak"):
            line, before = line + 1, ""
            continue
        if token.info == "escape" and len(token.content) == 1:  # before a letter, the backslash stays
            following = tokens[position + 1 : position + 3]
            yield Escape(line, before, token.content, "".join(each.content or each.markup for each in following))
        before += token.content or token.markup


def _keep_lines(state: StateCore) -> None:
    """Turn each end of a line into a line break for readers."""
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "softbreak":
                child.type, child.tag = "hardbreak", "br"


def _parser(*, html: bool = True) -> MarkdownIt:
    # With html=True, raw HTML has tokens of its own, so that it is reported at its place and not shown as text.
    parser = MarkdownIt("commonmark", {"html": html, "xhtmlOut": True}, renderer_cls=_Renderer)
    # With these, an indented line would become program code, a line of dashes would turn the words above it into a
    # heading, and an unused "[name]: address" would disappear. Without them, all of it is shown as text.
    parser.disable(["code", "fence", "lheading", "reference"])
    # They can begin in the line after these (markdown-it's own values).
    parser.block.ruler.at("list", list_or_words, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.at("blockquote", quotation_or_words, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.core.ruler.before("text_join", "typed", _keep_typed)
    # Addresses stay as the editor wrote them, except for international host names. `unsuitable` checks whether they are
    # allowed.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = with_ascii_host  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser


def _lines_parser() -> MarkdownIt:
    """Return a parser for text whose lines stay lines: no sign at the start of a line has a meaning."""
    parser = _parser()
    parser.block.ruler.enableOnly(["paragraph"])
    parser.core.ruler.before("typed", "lines", _keep_lines)
    return parser


def _inline_parser() -> MarkdownIt:
    """Return a parser for one line of words.

    Rules report HTML and its codes in it, and can fix them, as they do in a line without Markdown.
    """
    parser = _parser(html=False)
    parser.disable("entity")
    parser.inline.ruler.at("emphasis", star_or_emphasis)
    return parser


_PARSERS: Mapping[Form, MarkdownIt] = {"text": _parser(), "lines": _lines_parser(), "inline": _inline_parser()}


def to_html(source: str, form: Form = "text") -> tuple[str, Tokens, list[Fault]]:
    """Render Markdown.

    Args:
        source: the editor's text.
        form: how it is read.

    Returns:
        Well-formed HTML (paragraphs, lists, links, bold, emphasis, block quotes, headings from h3 down), its tokens,
        and all faults. If there are faults, do not use the HTML.
    """
    tokens = parse(source, form)
    all_faults = [*_changed_numbers(tokens), *_lost_plus_signs(tokens), *_token_faults(tokens, source.split("\n"))]
    if form == "lines":
        all_faults += _headings_among_lines(tokens)
    faults = list(_located(source, sorted(all_faults, key=lambda fault: fault[0])))
    html: str = _PARSERS[form].renderer.render(tokens, _PARSERS[form].options, {})
    return html, tuple(tokens), faults


def typed(tokens: Iterable[Token]) -> Iterator[tuple[int, str]]:
    """Yield the first line (from 0) of each paragraph, heading or item, and its words as they were typed.

    Marks that mean something are not in it: what looks like a mark is shown. `MASK` replaces escapes, addresses and
    code. `LINE_BREAK` ends the lines that readers see as lines.
    """
    for token in tokens:
        if token.type == "inline" and token.map:
            yield token.map[0], token.meta["typed"]


def escapes(tokens: Iterable[Token]) -> Iterator[tuple[int, list[Escape]]]:
    """Yield the first line (from 0) of each paragraph, heading or item, and the escapes in it."""
    for token in tokens:
        if token.type == "inline" and token.map:
            yield token.map[0], token.meta["escapes"]


def parse(source: str, form: Form = "text") -> list[Token]:
    """Return the tokens (CommonMark) of a text, for code that needs its words instead of its HTML.

    A line of words is one token, which has those of the line as its children.
    """
    parser = _PARSERS[form]
    if form != "inline":
        return parser.parse(source)
    words = source.strip()
    tokens = parser.parseInline(words)
    first = source.count("\n", 0, source.find(words))
    for token in tokens:
        token.map = [first, first + words.count("\n") + 1]
    return tokens


def plain_words(tokens: Iterable[Token]) -> str:
    """Return the words of the tokens of a line, without the marks of Markdown and without addresses of links."""
    # Of the tokens in a line, only a line break has no content and parts two words.
    return "".join(token.content or " " * token.type.endswith("break") for token in tokens)


def _located(source: str, faults: Iterable[_TokenFault]) -> Iterator[Fault]:
    """Find the words of each fault in the text, from its line on and after the fault before it."""
    lines = [0, *(match.end() for match in re.finditer("\n", source))]
    end = 0
    for line, words, message, hint in faults:
        index = source.find(words, max(lines[line], end))
        if index < 0:
            index = source.find(words, lines[line])
        if index >= 0:
            end = index + len(words)
            yield Fault(index, message, hint, words, _instead(words))
        else:
            yield Fault(lines[line], message, hint)


def _instead(words: str) -> str | None:
    """Return the only text that can replace the words of a fault: an address, or what a code stands for."""
    if not re.fullmatch(r"&#\w+;", words):
        return repaired(words)
    character = unescape(words)
    return "" if is_blank(character) or character == "\N{REPLACEMENT CHARACTER}" else character


def _changed_numbers(tokens: Iterable[Token]) -> Iterator[_TokenFault]:
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


def _lost_plus_signs(tokens: Sequence[Token]) -> Iterator[_TokenFault]:
    """Find the items that begin with a + and a number: a phone number or a sum, below an item with a +."""
    for item, words in zip(tokens, tokens[2:], strict=False):
        if item.type == "list_item_open" and item.markup == "+" and item.map and words.content[:1].isdigit():
            hint = "Write a backslash before the + to show it. For a list, begin each item with a hyphen."
            yield item.map[0], "+", "The + before this number would not be shown.", hint


def _token_faults(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[_TokenFault]:
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        line = token.map[0] if token.map else 0
        if token.type == "html_block":
            yield _raw_html(line, token.content)
        elif token.type == "heading_open" and following is not None:
            yield from _heading_faults(token, following, line, lines[line])
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
        yield from _inline_faults(line, token.children or [])
    if tokens and all(token.type == "hr" for token in tokens):
        hint = "Write some, or delete it. To show the signs themselves, write a backslash before the first of them."
        yield 0, tokens[0].markup[0], "There are no words in this text, only a line across the page.", hint


def _headings_among_lines(tokens: Iterable[Token]) -> Iterator[_TokenFault]:
    for token in tokens:
        if token.type == "inline" and token.map:
            for line, words in enumerate(token.content.split("\n"), token.map[0]):
                if mark := re.match(r" *(#{2,6}(?!#)|#(?= ))", words):
                    hint = "Write **bold** words instead, or put the heading into a “text” block above these lines."
                    yield line, mark[1], "A heading cannot be among lines.", hint


def _heading_faults(token: Token, words: Token, line: int, source: str) -> Iterator[_TokenFault]:
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


def _inline_faults(line: int, tokens: Sequence[Token]) -> Iterator[_TokenFault]:
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
            if not (closing and opened):  # a pair of tags is one fault
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


def _is_glued(tokens: Sequence[Token]) -> bool:
    before = next(
        (token for token in reversed(tokens) if token.content or token.type.endswith(("break", "link_close"))), None
    )
    return before is not None and before.content[-1:].isalnum()


def _goes_on(tokens: Sequence[Token]) -> bool:
    if not tokens or tokens[0].type != "text":
        return bool(tokens) and tokens[0].type in ("link_open", "code_inline")
    return re.match(r"[^\s.,;:!?)\]'\"”’»…*_]", tokens[0].content) is not None


def _link(line: int, tokens: Sequence[Token]) -> Iterator[_TokenFault]:
    url, title = (str(tokens[0].attrGet(name) or "") for name in ("href", "title"))
    inside = itertools.takewhile(lambda token: token.type != "link_close", tokens)
    if _is_blank(inside):
        yield line, "[", "This link has no words.", "Say in the square brackets where the link goes."
    if problem := unsuitable(url):
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


def _raw_html(line: int, content: str) -> _TokenFault:
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
