"""Find HTML's codes for characters, such as `&amp;` and `&#163;`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.entities import html5

# Some programs write the & of a code as a code again: &amp;pound;.
_CODE = re.compile(
    r"&((?:amp;)*)([A-Za-z][A-Za-z0-9]{1,31};|#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};"
    # Browsers know these without a semicolon, too.
    r"|(?:amp|nbsp|pound|copy|quot|lt|gt|reg)(?![A-Za-z;=]))"
)


@dataclass(frozen=True)
class Code:
    """A code in a text: its start and end, itself, and the character that it means."""

    start: int
    end: int
    text: str
    character: str
    inner: str
    """The last code, if it is a code of a code; else the same as `text`."""


def codes(source: str) -> Iterator[Code]:
    """Return each code of a text that HTML knows."""
    for match in _CODE.finditer(source) if "&" in source else ():
        name = match[2]
        if name.startswith("#") or name in html5:
            yield Code(match.start(), match.end(), match[0], unescape(f"&{name}"), f"&{name}")
