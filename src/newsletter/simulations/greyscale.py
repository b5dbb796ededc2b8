"""The page without colour, pictures included. It shows whether something relies on colour alone.

It looks like this under the greyscale filter of a phone or computer, on an e-reader and, nearly, in print. The
browser's own filter does it, by luminance (https://www.w3.org/TR/filter-effects-1/#grayscaleEquivalent).
"""

from lxml import etree

from newsletter.simulations.style_sheets import add_style


def greyscale(root: etree._Element) -> None:
    """Change a page to shades of grey."""
    add_style(root, "html { filter: grayscale(1) !important; }")
