"""The page, the frame in its body, and each part in another direction say in which direction their text runs.

Arabic, Hebrew and Urdu run from right to left. If `dir` is missing or wrong, full stops and numbers jump to the wrong
end, and a Braille display or screen magnifier starts at the wrong side. Mail apps remove `<html>` and `<body>`, so the
frame in the body says it again.

Bad:
    <div lang="ar">مرحبا.</div>

Good:
    <div lang="ar" dir="rtl">مرحبا.</div>

WCAG 2.2, 1.3.2 Meaningful Sequence (A); Good Email Code, Email Template; Email Markup Consortium 2026.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.check.style_location import rule_at
from newsletter.dom.tree import PHRASING
from newsletter.issue.fields import Language

SEVERITY = "error"
IN_WEB_VERSION = True

_HINT = (
    'Give the mj-section css-class="in-issue-language", or write dir="{{ issue.language.direction }}" in the element.'
)

_RIGHT_TO_LEFT = ("R", "AL")
"""The letters that run from right to left (Unicode Standard Annex 9)."""


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check `dir` on the frame and its parts, and that text runs in the direction of its language."""
    frame = set(page.frame)
    languages: dict[PageElement, str] = {}
    for node in page.nodes:
        above = languages.get(node.parent, "") if node.parent else ""
        language = languages[node] = node.get("lang") or above
        value = node.get_of_frame("dir") if node in frame else node.attributes.get("dir")
        wanted = _direction(language)
        if node in frame and value is None:
            yield Finding(node, f"<{node.tag}> does not say in which direction its text runs.", _HINT)
        elif value is not None and value.lower() not in ("ltr", "rtl"):
            yield Finding(node, f"Mail apps do not understand the direction “{value}” in <{node.tag}>.", _HINT)
        elif value is not None and wanted and value.lower() != wanted and _has_letters(node, wanted):
            hint = f'Write dir="{wanted}", or take it from the language: {{{{ article.language.direction }}}}.'
            yield Finding(node, f"<{node.tag}> runs {value}, but its language (“{language}”) runs {wanted}.", hint)
        elif wanted and value is None and node.text and node.style.direction != wanted and not node.is_hidden:
            hint = f'Write dir="{wanted}" beside lang, and direction="{{{{ dir }}}}" in the mj-section and mj-column.'
            message = f"The text of <{node.tag}> runs {node.style.direction}, but “{language}” runs {wanted}."
            yield Finding(rule_at(page, node, "direction") or node, message, hint)


def _has_letters(node: PageElement, wanted: str) -> bool:
    """Check whether its text has a letter: a phone number runs from left to right in each language.

    So do -5 °C and other Latin letters within a line. Only letters that run in the direction `wanted` count there.
    """
    letters = filter(str.isalpha, node.all_text)
    if node.tag not in PHRASING:
        return any(letters)
    return any((unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT) == (wanted == "rtl") for letter in letters)


@cache
def _direction(language: str) -> str:
    try:
        return Language.check(language).direction
    except ValueError:
        return ""  # the rule `language` reports it
