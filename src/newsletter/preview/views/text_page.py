"""A plain-text message as mail apps show it: in their own font, wrapped to the window, with links."""

import re
from html import escape

from newsletter.edition import InlinedPage, PlainText
from newsletter.issue.fields import Language
from newsletter.preview.facts import ADDRESS

# The font size of Apple Mail and Thunderbird. Each mail app has its own font.
_STYLE = """
:root { color-scheme: light dark; }
body { margin: 16px; font-family: system-ui, sans-serif; font-size: 16px; line-height: 1.4; }
pre { margin: 0; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
"""


def text_page(text: PlainText, language: Language) -> InlinedPage:
    """Return a text message as an HTML page.

    Args:
        text: the message.
        language: its language.
    """
    words = ADDRESS.sub(_link, escape(text))
    return InlinedPage(
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>Text</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<pre>{words}</pre>\n</body>\n</html>\n"
    )


def _link(match: re.Match[str]) -> str:
    address = match[0]
    url = address if ":" in address else f"mailto:{address}"
    return f'<a href="{url}">{address}</a>'
