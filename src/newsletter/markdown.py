"""Turns an editor's Markdown (CommonMark) into the small set of HTML that every mail client shows.

markdown-it-py enters through this module alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from newsletter.links import unsuitable

SMALLEST_HEADING, LARGEST_HEADING = 6, 3  # the page has the h1, an article its h2


@dataclass(frozen=True)
class Fault:
    """Something in a Markdown text that cannot be shown: its line in the text, from 0, and the words themselves."""

    line: int
    snippet: str
    message: str
    hint: str


class _Renderer(RendererHTML):
    """Writes a line break inside a paragraph as one space, and keeps numbers whole."""

    def text(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        return numbers(escape(tokens[idx].content))

    def softbreak(self, *_: object) -> str:
        # A new line between two inline elements would be deleted by MRML, and their words glued.
        return " "


def numbers(html: str) -> str:
    """Keep numbers whole: 10^9 is 10<sup>9</sup>, and groups of digits stay together.

    In medicine 109 for 10^9 is a factor of ten million. A phone number whose groups are parted by plain spaces is shown
    in the wrong order among Arabic words (UAX 9: a space between numbers takes the direction of the words); a no-break
    space keeps it in order, and in one line.
    """
    html = re.sub(r"(?<=\d)\^([-−+]?\d+)", r"<sup>\1</sup>", html)
    return re.sub(r"(?<=\d) (?=\d)", "\N{NO-BREAK SPACE}", html)


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


def to_html(source: str) -> tuple[str, list[Fault]]:
    """Render Markdown.

    Args:
        source: the editor's text.

    Returns:
        Well-formed HTML (paragraphs, lists, links, bold, emphasis, block quotes, headings from h3 down), and every
        fault found; with a fault the HTML is not to be used.
    """
    tokens = _PARSER.parse(source)
    faults = list(_faults(tokens))
    html: str = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return html, faults


def parse(source: str) -> list[Token]:
    """Give a text's tokens (CommonMark), for who wants its words, and not its HTML."""
    return _PARSER.parse(source)


def _faults(tokens: list[Token]) -> Iterator[Fault]:
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.type == "html_block":
            yield _raw_html(line, token.content)
        elif token.type == "heading_open" and int(token.tag[1]) < LARGEST_HEADING:
            yield Fault(
                line,
                token.markup,
                f"A heading in a text begins with ###, not {token.markup}.",
                "The one heading of level 1 is the issue's title, and those of level 2 are the articles' titles.",
            )
        opened = False
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "html_inline":
                closing = child.content.startswith("</")
                if not (closing and opened):  # a pair of tags is one slip
                    yield _raw_html(line, child.content)
                opened = not closing
            elif child.type == "image":
                yield Fault(
                    line,
                    "![",
                    "A picture cannot stand inside a text.",
                    "Give it a block of its own, '- image:', with src and alt.",
                )
            elif child.type == "link_open":
                yield from _link(line, str(child.attrGet("href") or ""), child)


def _link(line: int, url: str, token: Token) -> Iterator[Fault]:
    if complaint := unsuitable(url):
        yield Fault(line, url, *complaint)
    if title := token.attrGet("title"):
        yield Fault(
            line,
            str(title),
            "The words in quotes after a link's address would be read by nobody.",
            "Write them in the sentence, and only the address in the round brackets.",
        )


def _raw_html(line: int, content: str) -> Fault:
    first = content.strip().splitlines()[0]
    if first.startswith("<!--"):
        return Fault(line, first, "A comment cannot stand inside a text.", "Write it as a YAML comment above the text.")
    tag = re.match(r"</?[A-Za-z][\w-]*", first)
    return Fault(
        line,
        first,
        f"HTML cannot stand inside a text: {tag[0] if tag else first}.",
        "Write Markdown (**bold**, - lists, [links](https://example.org)), or &lt; for a < sign.",
    )
