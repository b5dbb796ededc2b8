"""Lines of text are far enough apart: 1.5 times the font size.

If lines are close, people with dyslexia, nystagmus or tired eyes slip into the line above or below, and have to start
again.

Bad:
    <mj-text line-height="1.2">

Good:
    <mj-text line-height="1.6">

WCAG 2.2, 1.4.8 Visual Presentation (AAA); British Dyslexia Association, Dyslexia Style Guide 2023.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding, HasLocation
from newsletter.check.style_location import rule_at

SEVERITY = "error"
IN_WEB_VERSION = True
OPTIONS = {"text": 1.5, "large_from": 24.0}
STRICTER_WHEN_HIGHER = ("text", "large_from")

_TEXT = ("p", "li", "dd", "dt", "td", "th", "blockquote", "div", "span", "strong", "b", "em", "a")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "caption")


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the line height of each text that is not a heading, a button or very large."""
    reported = set[HasLocation]()
    for node in page.find(*_TEXT):
        if (
            not node.text
            or node.is_hidden
            or node.style.font_size >= options["large_from"]
            or node.style.font_size <= 2
        ):
            continue
        if node.style.line_height < options["text"] - 0.01 and not _is_heading_or_button(node):
            hint = f"Write line-height: {options['text']:g} or more, in styles.css or on the mj-text."
            message = (
                f"The line-height of <{node.tag}> is only {round(node.style.line_height, 2):g} times its font size."
            )
            at = rule_at(page, node, "line-height", value=f"{node.style.line_height:g}") or node
            if at not in reported:
                reported.add(at)
                yield Finding(at, message, hint)


def _is_heading_or_button(node: PageElement) -> bool:
    is_button = any(up.tag == "a" and up.style.display in ("inline-block", "block") for up in (node, *node.parents()))
    return is_button or node.inside(*_HEADINGS) is not None
