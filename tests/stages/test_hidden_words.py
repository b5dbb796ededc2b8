"""Words that a template hides are reported once, at its line, and not once for each word that was lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.issue.brand import Brand
from newsletter.project import Project
from support.template_edits import HEADING, problems_after_edit

LEAD = '<p class="lead">'


@pytest.mark.parametrize(
    "hidden",
    [
        '<p class="lead" aria-hidden="true">',
        '<p class="lead" hidden="hidden">',
        '<p class="lead" style="display:none">',
    ],
)
def test_words_that_a_template_hides_are_one_problem(
    project: Project, brand: Brand, tmp_path: Path, hidden: str
) -> None:
    (problem,) = problems_after_edit(project, brand, tmp_path, LEAD, hidden)
    template = project.template_file(HEADING).read_text("utf-8")
    line = template.partition(LEAD)[0].count("\n") + 1
    assert (problem.id, problem.location.file, problem.location.line) == (
        "words-hidden",
        f"templates/{HEADING}",
        line,
    )
