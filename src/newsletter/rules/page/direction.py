"""The page and each of its parts say in which direction they run.

Arabic, Hebrew and Urdu run from right to left. Where `dir` is missing or wrong, full stops and numbers jump to the
wrong end, and a braille display or screen magnifier starts at the wrong side. Mail clients throw away `<html>` and
`<body>`, so each part says it again.

Bad:
    <div lang="ar">مرحبا.</div>

Good:
    <div lang="ar" dir="rtl">مرحبا.</div>

WCAG 2.2, 1.3.2 Meaningful Sequence (A); Good Email Code, Email Template; Email Markup Consortium 2026.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from newsletter.check.page import PageElement, PageSubject
from newsletter.check.rule import Finding
from newsletter.issue.fields import Language

SEVERITY = "error"

_HINT = (
    'Give an mj-section css-class="in-issue-language", or write dir="{{ issue.language.direction }}" into the element.'
)


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for `dir` at the frame and its parts; then whether words run as their language does."""
    frame = set(page.frame)
    languages: dict[PageElement, str] = {}
    for node in page.nodes:
        above = languages.get(node.parent, "") if node.parent else ""
        language = languages[node] = node.get("lang") or above
        written, wanted = node.attributes.get("dir"), _direction(language)
        if node in frame and written is None:
            yield Finding(node, f"<{node.tag}> does not say in which direction it runs.", _HINT)
        elif written is not None and written.lower() not in ("ltr", "rtl"):
            yield Finding(node, f"“{written}” in <{node.tag}> is no direction that mail clients keep.", _HINT)
        elif written is not None and wanted and written.lower() != wanted:
            hint = f'Write dir="{wanted}", or take it from the language: {{{{ article.language.direction }}}}.'
            yield Finding(node, f"<{node.tag}> runs {written}, but its language (“{language}”) runs {wanted}.", hint)
        elif wanted and written is None and node.text and node.style.direction != wanted and not node.is_hidden:
            hint = f'Write dir="{wanted}" beside lang, and direction="{{{{ dir }}}}" in the mj-section and mj-column.'
            message = f"The words of <{node.tag}> run {node.style.direction}, but “{language}” runs {wanted}."
            yield Finding(node, message, hint)


@cache
def _direction(language: str) -> str:
    try:
        return Language.check(language).direction
    except ValueError:
        return ""  # the rule `language` says so
