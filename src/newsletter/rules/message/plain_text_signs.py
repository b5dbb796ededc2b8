r"""The plain text has no signs that stand for a look: no rows of dashes, stars or bars, no left-over code.

A screen reader says each of them: "star star important star star", "equals equals equals", "vertical bar". A Braille
display fills up with a row of dashes before the first word comes.

Bad:
    ==========================
    **Results** | [Read them](https://www.example.org/results)

Good:
    ++ Results

    Read them:
    https://www.example.org/results

Text Email Newsletter (TEN) Standard (http://headstar.com/ten/): no long lines of symbols. What the page says too, such
as "5 ** 2" in an article on sums, is left alone.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.message import MessageSubject
from newsletter.check.rule import Finding
from newsletter.rules.message._said import said, token

SEVERITY = "error"

_SIGNS = {
    r"(?P<row>[^\w\s])(?: ?(?P=row)){3,}": "a row of symbols",
    r"\*\*|__(?=\w)|(?<=\w)__": "marks for bold",
    r"!\[|\]\(": "Markdown's signs for a link or a picture",
    r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>": "an HTML tag",
    r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d+|#x[0-9A-Fa-f]+);": "an HTML code for a character",
    r"\\[.*_\[\]()#+!`~>-]": "a backslash that Markdown put there",
    r"\|": "a vertical bar",
    r"(?<![^\s])#{1,6}(?= )": "Markdown's signs for a heading",
}
_ANY = re.compile("|".join(_SIGNS))
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)\S+")
_HEADING = re.compile(r"^\+{1,6} ")
_HINT = "The templates make the plain text from the page: look for where these signs come from, and take them out."


def check(message: MessageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at each line but for its addresses and a heading's plus signs, and pass over what the page says, too."""
    says = said(message)
    before = ""
    for line in message.text.splitlines():
        words = _ADDRESS.sub("", _HEADING.sub("", " ".join(line.split())))
        if not _ANY.search(words):
            continue
        for sign, name in _SIGNS.items():
            match = re.search(sign, words)
            if match and (quote := token(words, match.start())) not in says and words not in says:
                cut = f"{quote[:40]}…" if len(quote) > 40 else quote
                rest = words.replace(quote, " ")
                where = message.saying(rest if re.search(r"\w", rest) else before)
                yield Finding(where, f"The plain text holds {name}: “{cut}”.", _HINT)
        before = words if re.search(r"\w", words) else before
