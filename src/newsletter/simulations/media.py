"""Answers a question that a page's style sheets ask of the reader's device, whatever that device would say."""

import re
from collections.abc import Callable

from newsletter.edition import InlinedPage

# Widths are never negative, so the first always holds and the second never does; both are features as
# `prefers-color-scheme` is one, and stay right after `not`, `and` and `or`.
_ALWAYS, _NEVER = "(min-width: -1px)", "(max-width: -1px)"
_STYLE = re.compile(r"(<style\b[^>]*>)(.*?)(</style\s*>)", re.IGNORECASE | re.DOTALL)
_ASKING = re.compile(r"<(?:style|link|source)\b[^>]*\bmedia\s*=[^>]*>", re.IGNORECASE)


def answered(page: InlinedPage, feature: str, value: str) -> InlinedPage:
    """Give the page with every media query about a feature answered.

    Args:
        page: a whole document.
        feature: such as `prefers-color-scheme`.
        value: the reader's, such as `dark`: what is asked of it holds, what is asked of other values does not.
    """
    asked = re.compile(rf"\(\s*{re.escape(feature)}\s*(?::\s*([\w-]+)\s*)?\)", re.IGNORECASE)

    def answer(match: re.Match[str]) -> str:
        return _ALWAYS if (match[1] or value).lower() == value else _NEVER

    return in_styles(
        InlinedPage(_ASKING.sub(lambda tag: asked.sub(answer, tag[0]), page)), lambda css: asked.sub(answer, css)
    )


def in_styles(page: InlinedPage, change: Callable[[str], str]) -> InlinedPage:
    """Give the page with each of its style sheets changed, and nothing else."""
    return InlinedPage(_STYLE.sub(lambda found: found[1] + change(found[2]) + found[3], page))
