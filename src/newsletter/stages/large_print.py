"""Large print: a page with text of at least 24 px and without decorative pictures.

It changes the compiled page, so no template has to support it. Every size of text grows in proportion.
"""

import re

from lxml import etree

from newsletter.css.parser import declarations
from newsletter.css.rewrite import scale_text
from newsletter.dom.tree import parse, remove_keeping_tail, serialise
from newsletter.edition import IssueBuild, Page
from newsletter.edition_kinds import EDITION_KINDS
from newsletter.project import Project
from newsletter.stages.compose import fill

SMALLEST = round(EDITION_KINDS["large-print"].minimums["text-size"]["smallest"])
"""The smallest size of text, in CSS pixels."""

_RATIO = 4 / 3  # body text of 18 px has 24 then
_GAP = 2  # px; an element with such small text is a gap or a bar

_DECLARATIONS = re.compile(r"(?<=\{)[^{}]*(?=\})")
# Also the first length in `font: bold 18px/1.5 Arial`.
_SIZE = re.compile(r"(\bfont(?:-size)?\s*:[^;{}]*?)(\d+(?:\.\d+)?)px")
_LINE = re.compile(r"(\bline-height\s*:\s*)(\d+(?:\.\d+)?)px")
_COLUMN = re.compile(
    r"(\.mj-column-per-\d+(?:-\d+)?\s*\{\s*width:)\d+(?:\.\d+)?%( !important; max-width:)\d+(?:\.\d+)?%"
)


def transform(build: IssueBuild, project: Project) -> Page:
    """Return the page of an issue in large print.

    Raises:
        Problems: if `large-print.css` cannot be filled.
    """
    return to_large_print(build.page, fill("large-print.css", build.issue, build.brand, project))


def to_large_print(page: Page, rules: str) -> Page:
    """Return a page in large print.

    Args:
        page: the compiled page, with its rules in style elements.
        rules: CSS that is added after every other rule; `inline` writes it into the elements.

    Returns:
        The page with text a third larger and at least `SMALLEST`, with its columns one below the other, and without
        decorative images (those with an empty alt). Sizes in other units than px do not change: the rule `text-size`
        reports them.
    """
    root = parse(page.with_marks)
    for image in [image for image in root.iter("img") if image.get("alt") == ""]:
        _drop(image)
    for element in root.iter(etree.Element):
        if element.tag == "style":
            sheet = _DECLARATIONS.sub(lambda block: _enlarged(block[0]), element.text or "")
            element.text = _COLUMN.sub(r"\g<1>100%\g<2>100%", sheet)
        elif style := element.get("style"):
            element.set("style", _enlarged(style))
    etree.SubElement(next(root.iter("head")), "style", {"type": "text/css"}).text = rules
    return Page(serialise(root), page.sources)


def _enlarged(declarations: str) -> str:
    if any(float(size[2]) <= _GAP for size in _SIZE.finditer(declarations)):
        return declarations
    enlarged = _SIZE.sub(lambda size: f"{size[1]}{max(SMALLEST, round(float(size[2]) * _RATIO))}px", declarations)
    return _LINE.sub(lambda height: f"{height[1]}{round(float(height[2]) * _RATIO)}px", enlarged)


def _drop(element: etree._Element) -> None:
    """Remove an element, and the cells and tables that are empty without it."""
    above = element.getparent()
    if above is None or element.tag == "body":
        return
    remove_keeping_tail(element)
    if not len(above) and not (above.text or "").strip():
        _drop(above)
