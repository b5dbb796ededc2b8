"""What joins words in a template is reported at its line, beside the words that are lost by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.issue.brand import Brand
from newsletter.pipeline import build
from newsletter.problems import Problems
from newsletter.project import Project
from support.examples import write_every_block

HEADING = "article/heading.mjml"
SUMMARY = "{{ article.summary }}"


def joined(project: Project, brand: Brand, home: Path, new: str) -> list[tuple[str, int]]:
    """Return the file and the line of each place where words are joined, after an edit of the heading of articles."""
    path = write_every_block(project, home)
    template = project.template_file(HEADING).read_text("utf-8")
    assert template.count(SUMMARY) == 1
    (home / "templates/article").mkdir(parents=True)
    (home / "templates" / HEADING).write_text(template.replace(SUMMARY, new), "utf-8")
    try:
        build(path, Project(home), brand)
    except Problems as error:
        assert {one.id for one in error.problems} > {"words-joined"} or error.problems[0].id == "words-lost"
        return [(one.location.file, one.location.line) for one in error.problems if one.id == "words-joined"]
    return []


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
