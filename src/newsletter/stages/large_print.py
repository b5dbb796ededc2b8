"""Large print: a page whose text is 24 px and more, without decorative pictures.

It changes the compiled page: every size of text grows in proportion. So no template needs code for it.
"""

import math
import re
from functools import lru_cache

from lxml import etree

from newsletter.css.parser import value_of
from newsletter.css.rewrite import rewrite_blocks, scale_text
from newsletter.dom.tree import parse_html, remove_keeping_tail, serialise
from newsletter.edition import IssueBuild, Page
from newsletter.edition_kinds import EDITION_KINDS
from newsletter.project import Project
from newsletter.stages.compose import fill

SMALLEST_TEXT = round(EDITION_KINDS["large-print"].minimums["text-size"]["smallest"])
"""Of text, in CSS pixels."""

_RATIO = 4 / 3  # makes body text of 18 px 24 px large
_INVISIBLE_SIZE = 2  # px; an element with such text is a gap or a bar, and not read

_COLUMN = re.compile(
    r"(\.mj-column-per-\d+(?:-\d+)?\s*\{\s*width:)\d+(?:\.\d+)?%( !important; max-width:)\d+(?:\.\d+)?%"
)


def to_large_print(build: IssueBuild, project: Project) -> Page:
    """Return the page of an issue in large print.

    Raises:
        Problems: if `large-print.css` cannot be filled.
    """
    return enlarge(build.page, fill("large-print.css", build.issue, build.brand, project))


def enlarge(page: Page, rules: str) -> Page:
    """Return a page in large print.

    Args:
        page: the compiled page, its rules still in style elements.
        rules: CSS that is added after every other rule; `inline` writes it into the elements.

    Returns:
        The page with text a third larger and none under `SMALLEST_TEXT`, its columns one below the other, without
        decorative images (those with an empty alt). Sizes in other units than px stay: the rule `text-size` reports
        them.
    """
    root = parse_html(page.with_marks)
    for image in [image for image in root.iter("img") if image.get("alt") == ""]:
        _drop(image)
    for element in root.iter(etree.Element):
        if element.tag == "style":
            element.text = _enlarged_sheet(element.text or "")
        elif style := element.get("style"):
            element.set("style", _enlarged(style))
    etree.SubElement(next(root.iter("head")), "style", {"type": "text/css"}).text = rules
    return Page(serialise(root), page.sources)


@lru_cache(maxsize=32)  # all issues of a layout have the same style sheets
def _enlarged_sheet(css: str) -> str:
    return _COLUMN.sub(r"\g<1>100%\g<2>100%", rewrite_blocks(css, _enlarged))


def _enlarged(css: str) -> str:
    size = re.fullmatch(r"(\d+(?:\.\d+)?|\.\d+)px", value_of(css, "font-size"))
    return css if size and float(size[1]) <= _INVISIBLE_SIZE else scale_text(css, _larger)


def _larger(property_name: str, length: float, unit: str) -> float:
    if unit != "px" or math.isinf(length):  # 1e999px is infinite
        return length
    larger = round(length * _RATIO)
    return max(SMALLEST_TEXT, larger) if property_name == "font-size" else larger


def _drop(element: etree._Element) -> None:
    """Remove an element, and the cells and tables that held nothing else."""
    above = element.getparent()
    if above is None or element.tag == "body":
        return
    remove_keeping_tail(element)
    if not len(above) and not (above.text or "").strip():
        _drop(above)
