"""The hint of the rule `joined-lines` fits the kind of the value: a backslash means nothing in one line of words."""

from pathlib import Path

import pytest

from newsletter.check.issue_text import IssueText
from newsletter.issue.brand import Brand
from newsletter.issue.load import load
from newsletter.project import Project
from newsletter.rules.issue import joined_lines
from support.examples import SHORT

LINES = "|\n            Tuesday 11am\n            Friday noon\n"


@pytest.mark.parametrize(
    ("block", "hint_start"),
    [
        (
            f"      - contact:\n          name: Shop\n          phone: 01632 960 171\n          hours: {LINES}",
            "Readers get this in one line",
        ),
        (f"      - text: {LINES}", "Write a backslash at the end of each line"),
    ],
)
def test_the_hint(block: str, hint_start: str, project: Project, brand: Brand, tmp_path: Path) -> None:
    issue = IssueText(load(tmp_path / "case.yaml", project, brand, SHORT + block), brand)
    (finding,) = joined_lines.check(issue, joined_lines.OPTIONS)
    assert (finding.hint or "").startswith(hint_start)
