"""Turns an editor's Markdown (CommonMark) into the small set of HTML that every mail client shows.

markdown-it-py enters through this module alone.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from newsletter.characters import UNPRINTABLE, describe, is_blank
from newsletter.issue.links import unsuitable

SMALLEST_HEADING, LARGEST_HEADING = 6, 3  # the page has the h1, an article its h2


@dataclass(frozen=True)
class Fault:
    """Something in a Markdown text that cannot be shown: where it begins in the text, what it is and what to do."""

    offset: int
    message: str
    hint: str


Tokens = tuple[Token, ...]
"""CommonMark, read: blocks and, in those that hold words, what stands in a line."""

_Slip = tuple[int, str, str, str]
"""A fault as its tokens know it: its line in the text, from 0, its own words, what it is and what to do."""


# A list item or a quotation that ends where it begins.
_EMPTY = {("list_item_open", "list_item_close"), ("blockquote_open", "blockquote_close")}


class _Renderer(RendererHTML):
    """Writes a line break inside a paragraph as one space, and keeps numbers whole."""

    def text(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        return numbers(escape(tokens[idx].content))

    def softbreak(self, *_: object) -> str:
        # A new line between two inline elements would be deleted by MRML, and their words glued.
        return " "


_MANY_GROUPS = re.compile("((?<!\\d)\\d+\N{NO-BREAK SPACE})(?=\\d+(?:\N{NO-BREAK SPACE}\\d+){2})")
_RAISED = str.maketrans("-−+0123456789", "⁻⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹")


def numbers(html: str) -> str:
    """Keep numbers whole: 10^9 is 10⁹, and groups of digits stay together.

    In medicine 109 for 10^9 is a factor of ten million, and 109 is what most screen readers make of 10<sup>9</sup>: so
    the 9 is a character that is raised in itself (Unicode, Superscripts and Subscripts).

    A phone number whose groups are parted by plain spaces is shown in the wrong order among Arabic words (UAX 9: a
    space between numbers takes the direction of the words); a no-break space keeps it in order, and in one line. Where
    four groups or more do not fit into a line, as in large letters on a phone, a zero-width space lets the first stand
    apart: else a browser would break one of them in its middle. (MRML makes two tags of a <wbr>.)
    """
    html = re.sub(r"(?<=\d)\^([-−+]?[0-9]+)", lambda power: power[1].translate(_RAISED), html)
    html = re.sub(r"(?<=\d) (?=\d)", "\N{NO-BREAK SPACE}", html)
    return _MANY_GROUPS.sub("\\1\N{ZERO WIDTH SPACE}", html)


def _parser() -> MarkdownIt:
    # html=True so that raw HTML is seen as such, and refused with its place, and not shown as text.
    parser = MarkdownIt("commonmark", {"html": True, "xhtmlOut": True}, renderer_cls=_Renderer)
    # Without these, an indented line would become program code, a line of dashes would turn the words above it into
    # a heading, and an unused "[name]: address" would vanish. What an editor typed is shown instead.
    parser.disable(["code", "fence", "lheading", "reference"])
    # Addresses stay as they were written; whether they are allowed is told by `unsuitable`, with their place.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser


_PARSER = _parser()


def to_html(source: str) -> tuple[str, Tokens, list[Fault]]:
    """Render Markdown.

    Args:
        source: the editor's text.

    Returns:
        Well-formed HTML (paragraphs, lists, links, bold, emphasis, block quotes, headings from h3 down), the tokens
        that it was made of, and every fault found; with a fault the HTML is not to be used.
    """
    tokens = _PARSER.parse(source)
    faults = list(_located(source, _slips(tokens)))
    html: str = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return html, tuple(tokens), faults


def parse(source: str) -> list[Token]:
    """Give a text's tokens (CommonMark), for who wants its words, and not its HTML."""
    return _PARSER.parse(source)


def _located(source: str, slips: Iterable[_Slip]) -> Iterator[Fault]:
    """Seek each slip's words from its line on, after the slip before it."""
    lines = [0, *(match.end() for match in re.finditer("\n", source))]
    end = 0
    for line, words, message, hint in slips:
        found = source.find(words, max(lines[line], end))
        if found >= 0:
            end = found + len(words)
        yield Fault(found if found >= 0 else lines[line], message, hint)


def _slips(tokens: Sequence[Token]) -> Iterator[_Slip]:
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        line = token.map[0] if token.map else 0
        if token.type == "html_block":
            yield _raw_html(line, token.content)
        elif token.type == "heading_open" and int(token.tag[1]) < LARGEST_HEADING:
            yield (
                line,
                token.markup,
                f"A heading in a text begins with ###, not {token.markup}.",
                "Begin this line with ### and a space. Larger headings are the titles of the issue and its articles.",
            )
        elif token.type == "heading_open" and following is not None and _is_blank(following.children):
            yield line, token.markup, "This heading has no words.", "Write them after it, or delete the line."
        elif following is not None and (token.type, following.type) in _EMPTY:
            yield (
                line,
                token.info + token.markup,
                "There are no words after this mark.",
                "Write them, or delete it; or, if it is meant as it stands, write a backslash before its last sign.",
            )
        elif token.type == "inline" and _is_typed_table(token.content):
            yield line, "|", "A table cannot be typed in a text.", "Give it a block of its own, “- table:”."
        yield from _inline_slips(line, token.children or [])


def _is_typed_table(content: str) -> bool:
    return re.search(r"^\s*\|?(\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*$", content, re.MULTILINE) is not None


def _inline_slips(line: int, tokens: Sequence[Token]) -> Iterator[_Slip]:
    opened = False
    for position, token in enumerate(tokens):
        if token.type in ("softbreak", "hardbreak"):
            line += 1
        elif token.type == "html_inline":
            closing = token.content.startswith("</")
            if not (closing and opened):  # a pair of tags is one slip
                yield _raw_html(line, token.content)
            opened = not closing
        elif token.type == "image":
            yield (
                line,
                "![",
                "A picture cannot stand inside a text.",
                "Give it a block of its own, “- image:”, with src and alt.",
            )
        elif token.type == "link_open":
            yield from _link(line, tokens[position:])
        elif token.type == "link_close" and token.markup == "autolink" and _goes_on(tokens[position + 1 :]):
            # In plain text the word would become a part of the address.
            yield line, tokens[position - 1].content, "A word touches this address.", "Write a space after the >."
        elif token.type == "text" and (unwanted := re.search(UNPRINTABLE, token.content)):
            # The file holds none, so an entity made it, such as &#x202E;.
            yield line, "&#", f"This stands for a character that nobody can see: {describe(unwanted[0])}.", "Delete it."


def _goes_on(tokens: Sequence[Token]) -> bool:
    if not tokens or tokens[0].type != "text":
        return bool(tokens) and tokens[0].type in ("link_open", "code_inline")
    return re.match(r"[^\s.,;:!?)\]'\"”’»…*_]", tokens[0].content) is not None


def _link(line: int, tokens: Sequence[Token]) -> Iterator[_Slip]:
    url, title = (str(tokens[0].attrGet(name) or "") for name in ("href", "title"))
    inside = itertools.takewhile(lambda token: token.type != "link_close", tokens)
    if _is_blank(inside):
        yield line, "[", "This link has no words.", "Write in the square brackets where it goes."
    if complaint := unsuitable(url):
        yield (line, url, *complaint)
    if title:
        yield (
            line,
            title,
            "The words in quotes after a link's address would be read by nobody.",
            "Write them in the sentence, and only the address in the round brackets.",
        )


def _is_blank(tokens: Iterable[Token] | None) -> bool:
    return is_blank("".join(token.content for token in tokens or ()))


def _raw_html(line: int, content: str) -> _Slip:
    first = content.strip().splitlines()[0]
    if first.startswith("<!--"):
        return line, first, "A note for yourself cannot stand inside a text.", "Write it above, after a # sign."
    tag = re.match(r"</?[A-Za-z][\w-]*", first)
    return (
        line,
        first,
        f"HTML cannot stand inside a text: {f'{tag[0]}>' if tag else first}.",
        "Delete it, and write **bold**, - lists and [links](https://example.org); or write &lt; for a < sign.",
    )
