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

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.issue.text_fields import InlineMarkdown, Markdown, Text
from newsletter.rules.issue._folded import INSTEAD, is_mistyped_bar, lines_in_file, lost_part, name_of

SEVERITY = "error"


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each value whose empty lines, lists or headings are lost."""
    for path, value in issue.values:
        node = issue.node(path)
        is_long = isinstance(value, Markdown) and not isinstance(value, InlineMarkdown)
        if not isinstance(value, Text | Markdown) or not node.text or (is_long and node.style == "|"):
            continue
        lines = lines_in_file(node)
        part = lost_part(lines, str(value).split("\n") if is_long else [str(value)])
        if is_mistyped_bar(node, lines):
            yield Finding(issue.at(*path), f"“{lines[0].strip()}” does not begin a longer text.", "Write | instead.")
        elif part and is_long:
            message = f"The {part} of this text would be lost."
            yield Finding(issue.at(*path), message, INSTEAD[node.style].format(name_of(path)))
        elif part:
            hint = "Write one or two sentences here. Put the rest in a “text” block."
            yield Finding(issue.at(*path), f"This text is shown in one line, so its {part} would be lost.", hint)
        elif not is_long and node.style == '"' and "\n" in node.text.strip():
            hint = "Write a space instead. To show the backslash, write it twice: \\\\n."
            yield Finding(issue.at(*path), "“\\n” is a line break, which would be lost in this text.", hint)
