r"""No code of a template is left among the words.

A template can print what it should have replaced: `{{ name }}`, `\u{a0}`, `&amp;nbsp;`, `None` for a value that is not
there. A screen reader reads it out, sign by sign.

Bad:
    <img alt="Photo\u{a0}1" src="...">

Good:
    <img alt="Photo 1" src="...">

The rule is our own. `coded-characters` and `placeholder` are the same for editors' texts.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding, HasLocation
from newsletter.check.typed_text import typed_texts
from newsletter.dom.tree import PHRASING
from newsletter.rules.issue._codes import codes

SEVERITY = "error"
IN_WEB_VERSION = True
YIELDS_TO_ERRORS = True  # merge-tag says more about what it finds in the brand

_ATTRIBUTES = ("alt", "title", "aria-label")
_CODE = re.compile(
    r"\\u\{?[0-9A-Fa-f]{2,6}\}?|\\x[0-9A-Fa-f]{2}|\\N\{[A-Z -]{1,60}\}|\\[nt](?![\w\\])"  # escapes of programs
    r"|\{\{|\}\}|\{%|%\}|\{#|#\}|\$\{\w|<%|%>"  # templates
    r"|\*\|[A-Z_:]{1,40}\|\*|%%\w{1,40}%%|%\([a-z_]{1,40}\)s|\[\[\w{1,40}\]\]"  # services that merge names
    r"|\[object Object\]|<(?:built-in|bound) |\bUndefined\b(?=\W*$)"
)
_EMPTY_VALUE = re.compile(r"\W*(?:None|null|undefined|NaN|nan|True|False)\W*")


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report code in the words of the page and in its alts, unless an editor wrote it."""
    for node in page.nodes:
        if node.tag in ("style", "script", "title") or node.inside("code", "pre") or node.tag in ("code", "pre"):
            continue
        texts = [node.text, *(node.get(name) for name in _ATTRIBUTES if name in node.attributes)]
        for text in filter(None, texts):
            if (code := _code(text)) and not _is_written(code, node, page):
                place = _in_brand(code, node, page)
                if place and code.startswith("&"):
                    continue  # coded-characters reports it
                yield Finding(
                    place or node, f"Readers would see code: {quoted(code)}.", "Write what readers should see."
                )


def _code(text: str) -> str:
    """Return the first code in a text; empty without any."""
    if match := _CODE.search(text):
        return match[0]
    if _EMPTY_VALUE.fullmatch(text):
        return text
    return next((code.text for code in codes(text)), "")


def _is_written(code: str, node: PageElement, page: ParsedPage) -> bool:
    """Check whether an editor wrote it in the same paragraph or description: rules for editors' texts report that."""
    displayed = _displayed(node)
    texts = (" ".join(item.text.split()) for item in page.issue.paragraphs() if code in item.text)
    return any(text in displayed or displayed.strip() in text for text in texts)


def _in_brand(code: str, node: PageElement, page: ParsedPage) -> HasLocation | None:
    """Return the place of the code in the value of the brand that the same paragraph shows; None if there is none."""
    displayed = _displayed(node)
    for typed in typed_texts(page.issue):
        if typed.path is None and code in typed.source and " ".join(typed.source.split()) in displayed:
            return typed.at(typed.source.index(code))
    return None


def _displayed(node: PageElement) -> str:
    """Return the words of the paragraph that an element is in, and its own description."""
    around = next((up for up in (node, *node.parents()) if up.tag not in PHRASING), node)
    return " ".join((around.all_text, *map(node.get, _ATTRIBUTES)))
