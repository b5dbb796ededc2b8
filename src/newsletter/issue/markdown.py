"""Turn an editor's Markdown (CommonMark) into the few HTML elements that every mail app shows.

Only this module parses Markdown, with markdown-it-py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from newsletter.characters import PLAIN_TO_RAISED, joins_without_space
from newsletter.issue.line_starts import list_or_words, quotation_or_words
from newsletter.issue.links import with_ascii_host
from newsletter.issue.markdown_problems import MarkdownProblem, find_markdown_problems
from newsletter.issue.single_stars import star_or_emphasis

Form = Literal["text", "lines", "inline"]
"""How Markdown is read: as a text with paragraphs, lists and headings; as paragraphs whose lines stay lines; or as one
line of words. Links, bold words and emphasis are the same in all three."""


@dataclass(frozen=True)
class Escape:
    """A sign with a backslash before it, which readers do not see."""

    line: int
    """Its line in the paragraph, from 0."""
    before: str
    """The end of the text before it in this line; links without their brackets and addresses."""
    sign: str
    after: str
    """The beginning of the text after it."""


Tokens = tuple[Token, ...]
"""The tokens of a Markdown text: blocks and, as their children, the tokens of their lines."""

MASK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for characters that readers do not see as the editor wrote them, such as an escape, an address or code."""

LINE_BREAK = "\N{LINE SEPARATOR}"
"""Ends a line of `typed_words` that readers see as a line of its own."""


class _Renderer(RendererHTML):
    """A renderer that writes a line break inside a paragraph as one space or nothing, and keeps numbers whole."""

    def text(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        return breakable(typeset_numbers(escape(tokens[idx].content)))

    def softbreak(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        # MRML would delete a newline between two inline elements and so join their words.
        return _gap(tokens, idx)


def _gap(tokens: Sequence[Token], idx: int) -> str:
    """Return what readers see between two lines of a paragraph, whose break is the token at an index."""
    before = _nearest_words(tokens[at] for at in range(idx - 1, -1, -1))
    after = _nearest_words(tokens[at] for at in range(idx + 1, len(tokens)))
    return "" if joins_without_space(before[-1:], after[:1]) else " "


def _nearest_words(tokens: Iterable[Token]) -> str:
    return next((token.content for token in tokens if token.content or token.type.endswith("break")), "")


_MANY_GROUPS = re.compile("((?<!\\d)\\d+\N{NO-BREAK SPACE})(?=\\d+(?:\N{NO-BREAK SPACE}\\d+){2})")


def typeset_numbers(html: str) -> str:
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


_EMAIL_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
_PART_OF_ADDRESS = re.compile(r"(?<![\w+-])[\w+-]*+[@.](?=\w)")


def breakable(html: str) -> str:
    """Return the HTML of words, in which a line may end after each @ and dot of an email address.

    Otherwise an address that is longer than a line is broken at any letter. The style sheet adds the place to the class
    `part`. A zero-width space in the text would be copied with the address, and then no message arrives. With a <wbr>,
    browsers give screen readers a space there.
    """
    return _EMAIL_ADDRESS.sub(
        lambda address: _PART_OF_ADDRESS.sub(r'<span class="part">\g<0></span>', address[0]), html
    )


def _keep_typed(state: StateCore) -> None:
    """Keep the editor's characters with each `inline` token, before escapes are joined with the text around them."""
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


_CHARACTERS_BEFORE = 100
"""The number of characters before an escape that are kept. With all of them, many escapes would take too long."""


def _escapes(tokens: Sequence[Token]) -> Iterator[Escape]:
    line, before = 0, ""
    for position, token in enumerate(tokens):
        if token.type in ("softbreak", "hardbreak"):
            line, before = line + 1, ""
            continue
        if token.info == "escape" and len(token.content) == 1:  # before a letter, the backslash stays
            following = tokens[position + 1 : position + 3]
            yield Escape(line, before, token.content, "".join(each.content or each.markup for each in following))
        before = (before + (token.content or token.markup))[-_CHARACTERS_BEFORE:]


def _keep_lines(state: StateCore) -> None:
    """Turn each end of a line into a line break for readers, and give each stanza the class `lines`."""
    for token in state.tokens:
        if token.type == "paragraph_open":
            token.attrSet("class", "lines")
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
    # Addresses stay as they are, except for international host names. `address_problem` says which are wrong.
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


# A save of an issue changes one of its texts, and the preview reads all of them again.
@lru_cache(maxsize=1024)
def to_html(source: str, form: Form = "text") -> tuple[str, Tokens, tuple[MarkdownProblem, ...]]:
    """Render Markdown.

    Args:
        source: the editor's text.
        form: how it is read.

    Returns:
        Well-formed HTML (paragraphs, lists, links, bold, emphasis, block quotes, headings from h3 down), its tokens,
        and all faults. If there are faults, do not use the HTML.
    """
    tokens = parse_markdown(source, form)
    faults = tuple(find_markdown_problems(tokens, source, among_lines=form == "lines"))
    html: str = _PARSERS[form].renderer.render(tokens, _PARSERS[form].options, {})
    return html, tuple(tokens), faults


def typed_words(tokens: Iterable[Token]) -> Iterator[tuple[int, str]]:
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


def parse_markdown(source: str, form: Form = "text") -> list[Token]:
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
    # Of the tokens in a line, only a line break has no content and may part two words.
    children = list(tokens)
    return "".join(
        token.content or (_gap(children, idx) if token.type.endswith("break") else "")
        for idx, token in enumerate(children)
    )
