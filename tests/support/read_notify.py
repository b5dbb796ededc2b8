"""Read the Markdown of GOV.UK Notify with the library that Notify uses, and print the words of each text as JSON.

Run it as a program: mistune 0.8 warns on newer versions of Python, and its patterns change for the whole process.
"""

import html
import json
import re
import sys

import mistune

# Its documents: no emphasis and no code, and inset text begins with ^ instead of >.
mistune.BlockGrammar.block_quote = re.compile(r"^( *\^[^\n]+(\n[^\n]+)*\n*)+")
mistune.InlineLexer.default_rules = [
    rule
    for rule in mistune.InlineLexer.default_rules
    if rule not in ("emphasis", "double_emphasis", "strikethrough", "code")
]


class Renderer(mistune.Renderer):  # type: ignore[misc]
    """Leaves out what Notify leaves out, and gives a link as its words and its address."""

    def table(self, header: str, body: str) -> str:
        return ""

    def image(self, *_: str) -> str:
        return ""

    def footnote_ref(self, *_: object) -> str:
        return ""

    def footnote_item(self, key: str, text: str) -> str:
        return text

    def footnotes(self, text: str) -> str:
        return text

    def link(self, link: str, title: str, text: str) -> str:
        return f"{text} {link}"

    def autolink(self, link: str, is_email: bool = False) -> str:
        return link


def words(markdown: str) -> list[str]:
    """Return the words of a text that readers get."""
    page = mistune.Markdown(renderer=Renderer(), hard_wrap=True)(html.escape(markdown, quote=False))
    return html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u2060", "").split()


json.dump([words(each) for each in json.load(sys.stdin)], sys.stdout)
