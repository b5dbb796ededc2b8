"""The page with the text spacing that a reader with dyslexia or low vision may set.

Relative to the size of the text: lines 1.5, paragraphs 2, letters 0.12 and words 0.16. No content may be lost with
these (WCAG 2.2, 1.4.12 Text Spacing, AA: https://www.w3.org/TR/WCAG22/#text-spacing).
"""

from lxml import etree

from newsletter.simulations.style_sheets import add_style

_CSS = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""


def text_spacing(root: etree._Element) -> None:
    """Widen the lines, paragraphs, letters and words of a page."""
    add_style(root, _CSS)
