"""Words that a template hides are reported once, at its line, and not once for each word that was lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.issue.brand import Brand
from newsletter.pipeline import build
from newsletter.problems import Problems
from newsletter.project import Project
from support.examples import write_every_block

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
    path = write_every_block(project, tmp_path)
    template = project.template_file("article/heading.mjml").read_text("utf-8")
    (tmp_path / "templates/article").mkdir(parents=True)
    (tmp_path / "templates/article/heading.mjml").write_text(template.replace(LEAD, hidden), "utf-8")
    with pytest.raises(Problems) as error:
        build(path, Project(tmp_path), brand)
    (problem,) = error.value.problems
    line = template.partition(LEAD)[0].count("\n") + 1
    assert (problem.id, problem.location.file, problem.location.line) == (
        "words-hidden",
        "templates/article/heading.mjml",
        line,
    )
