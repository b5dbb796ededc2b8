"""The page with the distances that a reader with dyslexia or low vision may set.

Lines 1.5 times, paragraphs 2 times, letters 0.12 and words 0.16 times the size of the text: at these, nothing may be
lost (WCAG 2.2, 1.4.12 Text Spacing, AA: https://www.w3.org/TR/WCAG22/#text-spacing).
"""

from newsletter.edition import InlinedPage
from newsletter.simulations.head_style import with_style

_CSS = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""


def spaced(page: InlinedPage) -> InlinedPage:
    """Give the page with wider lines, paragraphs, letters and words."""
    return with_style(page, _CSS)
