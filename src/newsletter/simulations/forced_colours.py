"""The page in forced colours, such as a contrast theme of Windows: the reader's few colours replace all others.

Backgrounds, shadows and the colours of text and borders are the reader's own. Pictures stay. The colours here are those
of the Windows theme “Aquatic”. A browser may force more than this, such as the colours of drawings
(https://drafts.csswg.org/css-color-adjust-1/#forced-colors-properties).
"""

from lxml import etree

from newsletter.simulations.style_sheets import add_style, answer_media

_BACKGROUND, _TEXT, _LINK = "#202020", "#ffffff", "#75e9fc"
_CSS = f"""
html {{ background-color: {_BACKGROUND} !important; }}
* {{ color: {_TEXT} !important; background-color: {_BACKGROUND} !important; border-color: {_TEXT} !important;
  outline-color: {_TEXT} !important; text-shadow: none !important; box-shadow: none !important; }}
a[href], a[href] * {{ color: {_LINK} !important; border-color: {_LINK} !important; }}
"""


def forced_colours(root: etree._Element) -> None:
    """Change a page to forced colours."""
    answer_media(root, "forced-colors", "active")
    add_style(root, _CSS)
