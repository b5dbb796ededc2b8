"""Find rows of signs, such as stars, dots and emoji, that a screen reader says one by one."""

import re
from collections.abc import Iterator

_STAR = "[★☆⭐🌟✩✪✫✬✭✮✯✰][\N{VARIATION SELECTOR-15}\N{VARIATION SELECTOR-16}]?"
_PICTURE = "[\u2190-\u2bff\U0001f000-\U0001faff]"
_SELECTOR = "\N{VARIATION SELECTOR-16}?"
_ROW = re.compile(
    rf"(?P<stars>{_STAR}(?: ?{_STAR}){{2,}})"
    # One picture is a word, and two can be a flag.
    rf"|(?P<picture>{_PICTURE}){_SELECTOR}(?: ?(?P=picture){_SELECTOR}){{2,}}"
    # Four dots can be the end of a sentence that was left unfinished.
    r"|\.(?: ?\.){4,}"
    r"|[!?]{4,}|<{3,}|>{3,}|(?<=\S )={3,}+|(?<!=)={3,}+(?= \S)"
    r"|(?P<sign>[^\w\s.=\N{OBJECT REPLACEMENT CHARACTER}]|_)(?: ?(?P=sign)){3,}"
)


def sign_rows(words: str) -> Iterator[re.Match[str]]:
    """Return each row. Its group `stars`, `picture` or `sign` says of what kind it is."""
    return _ROW.finditer(words)
