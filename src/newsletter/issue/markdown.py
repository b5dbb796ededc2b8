"""Turn an editor's Markdown (CommonMark) into the few HTML elements that every mail app shows.

Only this module parses Markdown, with markdown-it-py.
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

from newsletter.characters import PLAIN_TO_RAISED, UNPRINTABLE, describe, is_blank
from newsletter.issue.links import unsuitable

LARGEST_HEADING = 3  # the page has the h1, an article its h2


@dataclass(frozen=True)
class Fault:
    """A part of a Markdown text that cannot be shown: the index where it begins, the problem and what to do."""

    offset: int
    message: str
    hint: str


Tokens = tuple[Token, ...]
"""The tokens of a Markdown text: blocks and, as their children, the tokens of their lines."""

_TokenFault = tuple[int, str, str, str]
"""A fault in a token: its line in the text (from 0), its words, the problem and what to do."""

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
    html = re.sub(r"(?<=\d)\^([-−+]?[0-9]+)", lambda power: power[1].translate(PLAIN_TO_RAISED), html)
    html = re.sub(r"(?<=\d) (?=\d)", "\N{NO-BREAK SPACE}", html)
    return _MANY_GROUPS.sub("\\1\N{ZERO WIDTH SPACE}", html)


def _parser() -> MarkdownIt:
    # With html=True, raw HTML has tokens of its own, so that it is reported at its place and not shown as text.
    parser = MarkdownIt("commonmark", {"html": True, "xhtmlOut": True}, renderer_cls=_Renderer)
    # With these, an indented line would become program code, a line of dashes would turn the words above it into a
    # heading, and an unused "[name]: address" would disappear. Without them, all of it is shown as text.
    parser.disable(["code", "fence", "lheading", "reference"])
    # Addresses stay as the editor wrote them. `unsuitable` checks whether they are allowed.
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
        Well-formed HTML (paragraphs, lists, links, bold, emphasis, block quotes, headings from h3 down), its tokens,
        and all faults. If there are faults, do not use the HTML.
    """
    tokens = _PARSER.parse(source)
    faults = list(_located(source, _token_faults(tokens)))
    html: str = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return html, tuple(tokens), faults


def parse(source: str) -> list[Token]:
    """Return the tokens (CommonMark) of a text, for code that needs its words instead of its HTML."""
    return _PARSER.parse(source)


def _located(source: str, faults: Iterable[_TokenFault]) -> Iterator[Fault]:
    """Find the words of each fault in the text, from its line on and after the fault before it."""
    lines = [0, *(match.end() for match in re.finditer("\n", source))]
    end = 0
    for line, words, message, hint in faults:
        index = source.find(words, max(lines[line], end))
        if index >= 0:
            end = index + len(words)
        yield Fault(index if index >= 0 else lines[line], message, hint)


def _token_faults(tokens: Sequence[Token]) -> Iterator[_TokenFault]:
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        line = token.map[0] if token.map else 0
        if token.type == "html_block":
            yield _raw_html(line, token.content)
        elif token.type == "heading_open" and int(token.tag[1]) < LARGEST_HEADING:
            yield (
                line,
                token.markup,
                f"A heading in a text begins with ###, not {token.markup}.",
                "Begin the line with ### and a space. Larger headings are the titles of the issue and its articles.",
            )
        elif token.type == "heading_open" and following is not None and _is_blank(following.children):
            yield line, token.markup, "This heading has no words.", "Write some, or delete the line."
        elif following is not None and (token.type, following.type) in _EMPTY:
            yield (
                line,
                token.info + token.markup,
                "There are no words after this mark.",
                "Write some, or delete the mark. To show the mark itself, write a backslash before its last character.",
            )
        elif token.type == "inline" and _is_typed_table(token.content):
            yield line, "|", "A table cannot be in a text.", "Put it in a block of its own, “- table:”."
        yield from _inline_faults(line, token.children or [])


def _is_typed_table(content: str) -> bool:
    return re.search(r"^\s*\|?(\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*$", content, re.MULTILINE) is not None


def _inline_faults(line: int, tokens: Sequence[Token]) -> Iterator[_TokenFault]:
    opened = False
    for position, token in enumerate(tokens):
        if token.type in ("softbreak", "hardbreak"):
            line += 1
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
        elif token.type == "link_close" and token.markup == "autolink" and _goes_on(tokens[position + 1 :]):
            # In plain text the word would become a part of the address.
            yield (
                line,
                tokens[position - 1].content,
                "There is no space after this address.",
                "Write a space after the >.",
            )
        elif token.type == "text" and (unwanted := re.search(UNPRINTABLE, token.content)):
            # The file itself cannot have such a character, so it comes from an entity, such as &#x202E;.
            yield line, "&#", f"This is the code of an invisible character: {describe(unwanted[0])}.", "Delete it."


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
        yield (line, url, *problem)
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
