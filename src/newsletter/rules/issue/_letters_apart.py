"""Find words whose letters are apart, such as F R E E, and are heard one by one."""

import re
from collections.abc import Iterator

_SPACED_LETTERS = re.compile(
    r"(?<![\w.'’-])(?<![Vv]itamins )(?<![Pp]lan )(?:(?:[A-Z] ){3,}[A-Z]|(?:[a-z] ){3,}[a-z])(?![\w'’-])"
    r"|(?<![\w.])(?:[a-z]\.){3,}[a-z](?![\w])"
    r"|(?<![\w.'’-])[A-Z] (?:[a-z] ){2,}[a-z](?![\w'’-])"
    r"|(?<![\w-])(?:[A-Z]-){3,}[A-Z](?![\w-])"
)
_SPELLING = re.compile(r"\b(?:[Ss]pell(?:s|ed|ing|ings)?|[Ss]pelt)\b")
_NEARBY = 40
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def words_apart(text: str) -> Iterator[re.Match[str]]:
    """Return each English word with spaces, dots or hyphens between its letters, unless the text spells it."""
    for row in _SPACED_LETTERS.finditer(text):
        word = re.sub(r"[ .-]", "", row[0])
        if word.upper() not in _ALPHABET and not _SPELLING.search(text, max(0, row.start() - _NEARBY), row.start()):
            yield row
