"""The lines of a longer text begin after a |.

Without it, YAML joins the lines of a text: paragraphs become one paragraph, and the items of a list one sentence. The
same happens after a > and between quotation marks.

Bad:
    - text:
        Bring these things with you.

        - a list of questions
        - a friend

Good:
    - text: |
        Bring these things with you.

        - a list of questions
        - a friend

YAML 1.2.2, 6.5 Line Folding and 8.1.2 Literal Style.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.issue.fields import Markdown, Text
from newsletter.source.nodes import TextNode

SEVERITY = "error"

_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+\S")
_HEADING = re.compile(r"\s*#{3,6}\s+\S")
_INSTEAD = {
    "": "Write | after {}, and begin the text in the next line.",
    ">": "Write | instead of >.",
    '"': "Write | instead of the quotation marks, and begin the text in the next line.",
    "'": "Write | instead of the quotation marks, and begin the text in the next line.",
}


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each value whose empty lines, lists or headings are lost."""
    for path, value in issue.values:
        node = issue.node(path)
        if (
            not isinstance(value, Text | Markdown)
            or not node.text
            or (isinstance(value, Markdown) and node.style == "|")
        ):
            continue
        part = _lost_part(_lines(node), str(value).split("\n"))
        if not part:
            continue
        name = f"“{path[-1]}:”" if isinstance(path[-1], str) else "“- ”"
        if isinstance(value, Markdown):
            yield Finding(issue.at(*path), f"The {part} of this text would be lost.", _INSTEAD[node.style].format(name))
        else:
            hint = "Write one or two sentences here. Put the rest in a “text” block."
            yield Finding(issue.at(*path), f"This text is shown in one line, so its {part} would be lost.", hint)


def _lost_part(lines: list[str], shown_lines: list[str]) -> str:
    """Return the name of what the value has in the file and not as readers get it; empty if there is nothing."""
    if _count(_ITEM, lines) > max(_count(_ITEM, shown_lines), 1):
        return "list"
    if _count(_HEADING, lines) > _count(_HEADING, shown_lines):
        return "headings"
    blank = [len(list(group)) for is_blank, group in groupby(lines, lambda line: not line.strip()) if is_blank]
    return "paragraphs" if 1 in blank else ""


def _lines(node: TextNode) -> list[str]:
    """Return the lines of the file that hold a value."""
    place = node.location
    last = node.location_of(len(node.text.rstrip()) - 1).line
    lines = list(node.source[place.line - 1 : last])
    if node.style in ("|", ">"):
        return lines[1:]
    # Without quotes, a heading in a text is a comment for YAML.
    following = next((line for line in node.source[last:] if line.strip()), "")
    begins_line = not lines[-1][: place.column - 1].strip() if len(lines) == 1 else True
    if not node.style and begins_line and _HEADING.match(following):
        lines += [following] * (_indentation(following) == _indentation(lines[-1]))
    return [lines[0][place.column - 1 :], *lines[1:]]


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _count(pattern: re.Pattern[str], lines: list[str]) -> int:
    return sum(pattern.match(line) is not None for line in lines)
