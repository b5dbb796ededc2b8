"""The page without colour, pictures included. It shows whether something relies on colour alone.

It looks like this under the greyscale filter of a phone or computer, on an e-reader and, nearly, in print. The
browser's own filter does it, by luminance (https://www.w3.org/TR/filter-effects-1/#grayscaleEquivalent).
"""

from newsletter.edition import InlinedPage
from newsletter.simulations.style_sheets import with_style


def greyscale(page: InlinedPage) -> InlinedPage:
    """Return the page in shades of grey."""
    return with_style(page, "html { filter: grayscale(1) !important; }")
