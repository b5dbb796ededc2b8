"""The page with larger text and nothing else larger: the column keeps its width.

Apple Mail ("Bigger"), mail apps that follow the text size of iPhones and Android, and Thunderbird with text-only zoom
do this. A browser or Outlook that zooms the whole page acts like a narrower window instead. WCAG 2.2, 1.4.4 Resize Text
(AA), asks for 200 %.

Exact for sizes in px, pt and other absolute units, for keywords, and for what follows from them (em, %, rem)
(`tests/simulations/test_simulations.py` measures every element in a browser).
"""

from lxml import etree

from newsletter.css.rewrite import scale_text
from newsletter.dom.tree import Change
from newsletter.simulations.style_sheets import add_style, change_css


def larger_text(percent: int) -> Change:
    """Return the change that gives the text of a page a percentage of its size."""

    def scaled(css: str) -> str:
        return scale_text(css, lambda _, length, __: length * percent / 100)

    def scale(root: etree._Element) -> None:
        change_css(root, scaled)
        # Text without a size of its own follows the size of the html element.
        add_style(root, f"html {{ font-size: {percent}%; }}", first=True)

    return scale
