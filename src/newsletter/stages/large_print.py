"""Large print: a page whose letters have 24 px and more, and which shows no picture that says nothing.

It works on the compiled page, so that no template has to know of it, a project's own ones included: whatever size they
give to letters grows in proportion.
"""

import re

from lxml import etree

from newsletter.dom.tree import parse, remove_keeping_tail, serialise
from newsletter.edition import Page

SMALLEST = 24
"""Of letters, in CSS pixels (18 points): above UKAAF's 16 points for large print."""

_RATIO = 4 / 3  # body text of 18 px has 24 then
_UNSEEN = 2  # px; what has such letters is a gap or a bar, and not read

_BLOCK = re.compile(r"(?<=\{)[^{}]*(?=\})")
# In `font: bold 18px/1.5 Arial` the first length is the size, too.
_SIZE = re.compile(r"(\bfont(?:-size)?\s*:[^;{}]*?)(\d+(?:\.\d+)?)px")
_LINE = re.compile(r"(\bline-height\s*:\s*)(\d+(?:\.\d+)?)px")
_COLUMN = re.compile(
    r"(\.mj-column-per-\d+(?:-\d+)?\s*\{\s*width:)\d+(?:\.\d+)?%( !important; max-width:)\d+(?:\.\d+)?%"
)


def to_large_print(page: Page, rules: str) -> Page:
    """Make a page one in large print.

    Args:
        page: as it was compiled, its rules still in style elements.
        rules: what else changes; `inline` will write it into the elements, after every other rule.

    Returns:
        The page with letters a third larger and none under `SMALLEST`, its columns one below the other, without
        decorative images (those with an empty alt). Sizes in other units than px stay: the rule `text-size` tells them.
    """
    root = parse(page)
    body = next(root.iter("body"))
    origins = dict(zip(body.iter(etree.Element), page.element_sources, strict=True))
    for image in [image for image in body.iter("img") if image.get("alt") == ""]:
        _drop(image)
    for element in root.iter(etree.Element):
        if element.tag == "style":
            sheet = _BLOCK.sub(lambda block: _grown(block[0]), element.text or "")
            element.text = _COLUMN.sub(r"\g<1>100%\g<2>100%", sheet)
        elif style := element.get("style"):
            element.set("style", _grown(style))
    etree.SubElement(next(root.iter("head")), "style", {"type": "text/css"}).text = rules
    kept = tuple(origins[element] for element in body.iter(etree.Element))
    return Page(serialise(root), kept, page.comment_sources)


def _grown(declarations: str) -> str:
    sizes = [float(found[2]) for found in _SIZE.finditer(declarations)]
    if any(size <= _UNSEEN for size in sizes):
        return declarations
    grown = _SIZE.sub(lambda found: f"{found[1]}{max(SMALLEST, round(float(found[2]) * _RATIO))}px", declarations)
    return _LINE.sub(lambda found: f"{found[1]}{round(float(found[2]) * _RATIO)}px", grown)


def _drop(element: etree._Element) -> None:
    """Take an element out, and what stood around it only for its sake: the cells and tables that placed it."""
    above = element.getparent()
    if above is None or element.tag == "body":
        return
    remove_keeping_tail(element)
    if not len(above) and not (above.text or "").strip():
        _drop(above)
