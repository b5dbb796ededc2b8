"""Space between words is not a row of no-break spaces.

`&nbsp;`, typed several times, moves words to the right or into columns for the eye alone. Lines break at other places
on a phone or with large text, and the columns fall apart. Some screen readers say “blank” for each of them. A table has
columns for everybody, and a list has its indents.

Bad:
    - text: |
        Monday&nbsp;&nbsp;&nbsp;&nbsp;10am to 4pm

Good:
    - text: |
        Monday: 10am to 4pm

WCAG 2.2, 1.3.1 Info and Relationships (A), failures F33 and F34: white space is no means to format columns and tables.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.rules.issue._space_rows import SPACE_ROW

SEVERITY = "warning"


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report the first row of three or more such spaces in each paragraph."""
    for paragraph in issue.paragraphs():
        if not paragraph.text.isascii() and (row := SPACE_ROW.search(paragraph.text)):
            hint = "Write a table or a list, or a colon between two words. Space at the edges is a template's."
            after = len(paragraph.text[: row.end()].rstrip()) if paragraph.text[: row.start()].strip() else row.end()
            message = "Words are moved with a row of no-break spaces, which falls apart on a small screen."
            yield Finding(paragraph.at(max(0, after - 1)), message, hint)
