r"""The plain text has no decorative signs, such as rows of dashes, stars or bars, and no code.

A screen reader says each of them: "star star important star star", "equals equals equals", "vertical bar". A row of
dashes fills a Braille display before the first word comes.

Bad:
    ==========================
    **Results** | [Read them](https://www.example.org/results)

Good:
    ++ Results

    Read them:
    https://www.example.org/results

Text Email Newsletter (TEN) Standard (http://headstar.com/ten/): no long lines of symbols. Signs that the page
has too are fine, such as "5 ** 2" in an article on sums.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.message import ParsedMessage
from newsletter.check.rule import Finding
from newsletter.rules.message._page_words import page_words, token

SEVERITY = "error"

_SIGNS = {
    r"(?P<row>[^\w\s])(?: ?(?P=row)){3,}": "a row of symbols",
    r"\*\*|__(?=\w)|(?<=\w)__": "signs for bold",
    r"!\[|\]\(": "Markdown's signs for a link or a picture",
    r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>": "an HTML tag",
    r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d+|#x[0-9A-Fa-f]+);": "an HTML code for a character",
    r"\\[.*_\[\]()#+!`~>-]": "a backslash from Markdown",
    r"\|": "a vertical bar",
    r"(?<![^\s])#{1,6}(?= )": "Markdown's signs for a heading",
}
_ANY_SIGN = re.compile("|".join(_SIGNS))
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|sms:)\S+")
_HEADING = re.compile(r"^\+{1,6} ")
_ADDED_SIGNS = ":;,.]"
"""What the plain text can add after words of the page; a bracket after the description of a picture."""
_HINT = "The plain text is made from the page. Look in the templates for these signs, and remove them."


def check(message: ParsedMessage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report signs in each line, except in addresses, before headings and in words of the page."""
    says = page_words(message)
    before = ""
    for line in message.text.splitlines():
        words = _ADDRESS.sub("", _HEADING.sub("", " ".join(line.split())))
        if not _ANY_SIGN.search(words):
            continue
        for sign, name in _SIGNS.items():
            match = re.search(sign, words)
            if match and (piece := token(words, match.start())).rstrip(_ADDED_SIGNS) not in says and words not in says:
                rest = words.replace(piece, " ")
                where = message.element_with(rest if re.search(r"\w", rest) else before)
                yield Finding(where, f"The plain text has {name}: {quoted(piece)}.", _HINT)
        before = words if re.search(r"\w", words) else before
