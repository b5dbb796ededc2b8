"""Keep a single star between letters or digits, as in 2*3*4, where CommonMark would take it for a mark of emphasis."""

import re

from markdown_it.rules_inline.emphasis import tokenize
from markdown_it.rules_inline.state_inline import StateInline

# Scripts without spaces between words have no other place for a mark.
_STAR_BETWEEN_LETTERS = re.compile(r"(?<=[0-9A-Za-z\u00c0-\u024f])\*(?=[0-9A-Za-z\u00c0-\u024f])")


def star_or_emphasis(state: StateInline, silent: bool) -> bool:
    """Read a star or an underscore, as an inline rule of markdown-it."""
    if not silent and _STAR_BETWEEN_LETTERS.match(state.src, state.pos):
        state.pending += "*"
        state.pos += 1
        return True
    return tokenize(state, silent)
