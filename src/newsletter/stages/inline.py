"""Write CSS rules into the style attributes of elements, because not every mail app keeps `<style>`.

Only this module imports premailer and cssutils.
"""

import logging
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextvars import ContextVar, copy_context
from functools import lru_cache
from types import ModuleType
from typing import Any

from lxml import etree

from newsletter.css.matching import PageIndex
from newsletter.dom.tree import InlinedTree, parse_html
from newsletter.edition import Page

# premailer imports requests to load style sheets from the network. It must never use the network, so it gets an empty
# module of that name. That is also 0.06 seconds faster and 6 MB smaller (bench/speed.py).
# Its cache has room for 128 selectors and styles. The style sheets of one layout have more, so each page would compute
# most of them again.
os.environ.setdefault("PREMAILER_CACHE_MAXSIZE", "4096")
_loaded = sys.modules.get("requests")
sys.modules["requests"] = ModuleType("requests")
try:
    import cssutils
    from premailer import Premailer, premailer
finally:
    del sys.modules["requests"]
    if _loaded is not None:
        sys.modules["requests"] = _loaded

# premailer validates inline styles even with `disable_validation`, and cssutils compiles a long regular expression for
# each property that it knows. Nothing uses the result, so all properties are removed.
cssutils.profile.removeProfile(all=True)

# What it writes into a style element, such as the media queries of large print, counts for the size of an email.
cssutils.ser.prefs.indent = cssutils.ser.prefs.lineSeparator = ""

# The page whose rules premailer is writing into its elements now.
_index: ContextVar[PageIndex | None] = ContextVar("_index", default=None)


def _find(selector: str) -> Callable[[etree._Element | etree._ElementTree], list[etree._Element]]:
    """Return a function that finds what a selector matches in a page, as lxml's CSSSelector does."""

    def find(page: etree._Element | etree._ElementTree) -> list[etree._Element]:
        return (_index.get() or PageIndex(next(page.iter(etree.Element)))).select(selector)

    return find


# premailer walks through the whole page for each selector. With an index of the page, it takes half as long.
premailer._create_cssselector = _find

# In a selector: a tag, a class, or the attribute for a direction.
_REQUIRED = re.compile(r'(?<![\w.#:"\[-])([a-z][\w-]*)|(\.[\w-]+)|\[(dir="\w+")\]')
_NOT_REQUIRED = re.compile(r'\([^()]*+\)|\[(?!dir="\w+"\])[^\[\]]*+\]')


class _Inliner(Premailer):  # type: ignore[misc]
    """Premailer for one page, without the rules whose tags and classes the page has not.

    For each rule, premailer walks through the whole page. A layout has rules for every block, and an issue uses a few.
    """

    def __init__(self, root: etree._Element) -> None:
        super().__init__(
            # Otherwise it would load style sheets from the network.
            allow_network=False,
            # Without !important, inlined colours would override dark mode: contrast fell to 1.74:1.
            strip_important=False,
            keep_style_tags=False,
            # The rules for dark mode and narrow screens need the classes.
            remove_classes=False,
            # Our templates write the attributes that Outlook needs. Premailer would turn <img width="300"> into 100%,
            # and add align, valign and bgcolor to elements that may not have them.
            disable_basic_attributes=["width", "height", "align", "valign", "bgcolor"],
            # It parses each image's style again, uncached, for floats that we do not use: five times slower.
            align_floating_images=False,
            # Our CSS has mso- properties, which no validator knows.
            disable_validation=True,
            disable_link_rewrites=True,
            cssutils_logging_level=logging.CRITICAL,
        )
        self._has = set(_present(root))

    def _parse_style_rules(self, css_body: str, ruleset_index: int) -> tuple[list[Any], list[Any]]:
        rules, leftover = _parse(css_body, ruleset_index)
        return [rule for rule in rules if _required(rule[1]) <= self._has], leftover

    def _style_to_basic_html_attributes(self, *_: object, **__: object) -> None:
        """Write no attributes. Premailer would read each style again, for nothing but the attributes disabled above."""


def _present(root: etree._Element) -> Iterator[str]:
    """Yield what a page has in its tags for a selector, in the form of `_required`."""
    for element in root.iter(etree.Element):
        yield f"<{element.tag}"
        yield from (f".{name}" for name in element.get("class", "").split())
        if direction := element.get("dir"):
            yield f'dir="{direction}"'


@lru_cache(maxsize=4096)
def _required(selector: str) -> frozenset[str]:
    """Return what a page must have in its tags for an element that a selector matches, such as `<td` and `.panel`.

    Args:
        selector: one selector, without a comma outside of parentheses.
    """
    rest = _NOT_REQUIRED.sub("", selector)
    if "\\" in rest or "(" in rest:  # an escape, or parentheses in parentheses
        return frozenset()
    matches = _REQUIRED.finditer(rest)
    return frozenset(match[2] or match[3] or f"<{match[1]}" for match in matches)


# All issues have the same few style sheets. Premailer's own cache is too small for them, and parsing them again for
# each page was two fifths of the time of `check` for a short issue.
_parse = lru_cache(maxsize=32)(super(_Inliner, _Inliner(etree.Element("html")))._parse_style_rules)


def _transform(root: etree._Element) -> None:
    _index.set(PageIndex(root))
    _Inliner(root).transform(root)


def inline(page: Page) -> InlinedTree:
    """Return a page whose rules are in the style attributes of the elements that they match.

    Args:
        page: a whole HTML document with a doctype.

    Returns:
        The document without those rules. Style elements with `data-premailer="ignore"` (media queries, dark mode,
        resets) stay as they were, without that attribute.
    """
    root = parse_html(page.with_marks)
    # A context of its own: two threads may write the rules of two pages at once.
    copy_context().run(_transform, root)
    return InlinedTree(root, page.sources)
