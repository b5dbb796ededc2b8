"""A message of plain text as mail programs show it: in their own letters, wrapped to the window, addresses as links."""

import re
from html import escape

from newsletter.edition import InlinedPage, PlainText
from newsletter.issue.fields import Language
from newsletter.preview.facts import ADDRESS

# The sizes of Apple Mail and Thunderbird; each program has its own letters.
_STYLE = """
:root { color-scheme: light dark; }
body { margin: 16px; font-family: system-ui, sans-serif; font-size: 16px; line-height: 1.4; }
pre { margin: 0; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
"""


def as_mail_programs_show(text: PlainText, language: Language) -> InlinedPage:
    """Make a page of a text.

    Args:
        text: the message.
        language: what it is written in.
    """
    words = ADDRESS.sub(_link, escape(text))
    return InlinedPage(
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>Text</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<pre>{words}</pre>\n</body>\n</html>\n"
    )


def _link(found: re.Match[str]) -> str:
    address = found[0]
    where = address if ":" in address else f"mailto:{address}"
    return f'<a href="{where}">{address}</a>'
