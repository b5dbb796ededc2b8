r"""A backslash that readers should see is there.

In Markdown, a backslash before a sign is not shown. It is needed before a sign that would mean something: \*, \#, \[.
Before any other sign it is only lost: \(x\) becomes (x), and C:\!new becomes C:!new.

Bad:
    - text: |
        The file is in C:\!new.

Good:
    - text: |
        The file is in C:\\!new.

CommonMark 0.31, 2.4 Backslash escapes.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.issue.markdown import Escape, escapes
from newsletter.issue.text_fields import Markdown

SEVERITY = "warning"

# Signs that mean something in any place.
_MARKS = "*_`[]<~^|#>"
# Where others mean something: what is before and after them.
_WITH_MEANING = {
    "\\": (r"", r""),
    "&": (r"", r"#?\w+;"),
    "!": (r"", r"\["),
    "(": (r"\]$", r""),
    ")": (r"^\d+$|\]\(", r""),
    ".": (r"^\d+$", r""),
    "-": (r"^$|-$", r"|^-"),
    "+": (r"^$|\+$", r""),
    "=": (r"^$|=$", r""),
    ":": (r"", r"[a-z0-9_+-]+:"),
    "{": (r"", r":?[ \t]*[.#][A-Za-z]|[a-z][a-z0-9_]*[|}]"),
}
# The start of a path on a computer, C:\, or in a network, \\server\share.
_DISK = re.compile(r"(?<!\w)[A-Za-z]:$")
_NETWORK_FOLDER = re.compile(r"[\w.-]+\\\w")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report the first lost backslash of each paragraph."""
    for path, value in issue.values:
        if not isinstance(value, Markdown):
            continue
        source = issue.source(path)
        starts = [0, *(newline.end() for newline in re.finditer("\n", source))]
        for line, each in escapes(value.tokens):
            if escape := next(filter(_is_lost, each), None):
                start = starts[line + escape.line]
                # With the sign before it, as the same sign may be in code or in an address.
                typed = f"{escape.before[-1:]}\\{escape.sign}"
                offset = source.find(typed, start) + len(escape.before[-1:])
                if offset < start:
                    offset = max(source.find(f"\\{escape.sign}", start), start)
                message = f"Readers would not see the backslash before {quoted(escape.sign)}."
                hint = f"To show it, write it twice: \\\\{escape.sign}. If not, delete it."
                yield Finding(issue.at_source(path, offset), message, hint)


def _is_lost(escape: Escape) -> bool:
    if _DISK.search(escape.before):
        return escape.sign != "\\"
    if escape.sign == "\\":
        return re.search(r"\S$", escape.before) is None and _NETWORK_FOLDER.match(escape.after) is not None
    if escape.sign in _MARKS:
        return False
    before, after = _WITH_MEANING.get(escape.sign, (r"(?!)", r""))
    return not (re.search(before, escape.before.strip()) and re.match(after, escape.after))
