"""The page as a screen of some width shows it, whatever the width of the window, and also in print.

Exact for the page's own style sheets: only queries about the width of the screen and the medium `screen` are answered.
"""

from __future__ import annotations

import re

from newsletter.css.media import holds_at_width, is_about_width
from newsletter.dom.tree import Change
from newsletter.simulations.style_sheets import ALWAYS, NEVER, change_media

_QUERY = re.compile(r"@media[^{;@]*|\A[^{;@]*\Z", re.IGNORECASE)
"""The queries of a rule in a style sheet, or those of a `media` attribute."""
_CONDITION = re.compile(r"\(([^()]*)\)")
_SCREEN = re.compile(r"\b(?:only\s+)?screen\b", re.IGNORECASE)


def on_screen(width: int) -> Change:
    """Return the change that leaves a page with its style sheets as on a screen of a width in px."""

    def answer(condition: re.Match[str]) -> str:
        words = condition[1].lower()
        if not is_about_width(words):
            return condition[0]
        return ALWAYS if holds_at_width(words, width) else NEVER

    def change(query: re.Match[str]) -> str:
        return _SCREEN.sub("all", _CONDITION.sub(answer, query[0]))

    return lambda root: change_media(root, lambda css: _QUERY.sub(change, css))
