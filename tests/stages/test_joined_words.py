"""What joins words in a template is reported at its line, beside the words that are lost by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.issue.brand import Brand
from newsletter.project import Project
from support.template_edits import HEADING, SUMMARY, problems_after_edit


def joined(project: Project, brand: Brand, home: Path, new: str) -> list[tuple[str, int]]:
    """Return the file and the line of each place where words are joined, after an edit of the heading of articles."""
    problems = problems_after_edit(project, brand, home, SUMMARY, new)
    ids = {one.id for one in problems}
    assert not ids or ids > {"words-joined"} or problems[0].id == "words-lost"
    return [(one.location.file, one.location.line) for one in problems if one.id == "words-joined"]


@pytest.mark.parametrize(
    "new",
    [
        "{{ article.summary }}{{ article.summary }}",
        "<b>{{ t.phone }}</b>{{ article.summary }}",
        "{{ article.summary }}x",
        "Summary{{ article.summary }}",
        "Note <em>{{ article.summary }}</em>\\u{a0}",
    ],
)
def test_each_is_at_its_line(project: Project, brand: Brand, tmp_path: Path, new: str) -> None:
    line = project.template_file(HEADING).read_text("utf-8").partition(SUMMARY)[0].count("\n") + 1
    assert joined(project, brand, tmp_path, new) == [(f"templates/{HEADING}", line)]


@pytest.mark.parametrize("new", ["", '<span class="a{{ 1 }}b">A</span>', "<b>{{ t.phone }}:</b> {{ t.hours }}."])
def test_words_that_are_lost_otherwise_are_not_joined(project: Project, brand: Brand, tmp_path: Path, new: str) -> None:
    assert joined(project, brand, tmp_path, new) == []
