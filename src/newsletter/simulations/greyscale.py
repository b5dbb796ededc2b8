"""The page without colour, pictures too: what is said by colour alone is lost.

As under the greyscale filter of a phone or computer, on an e-reader, and near enough to a black and white print.
The browser's own filter makes it (https://www.w3.org/TR/filter-effects-1/#grayscaleEquivalent), by luminance.
"""

from newsletter.edition import InlinedPage
from newsletter.simulations.head_style import with_style


def greyscale(page: InlinedPage) -> InlinedPage:
    """Give the page in shades of grey."""
    return with_style(page, "html { filter: grayscale(1) !important; }")
