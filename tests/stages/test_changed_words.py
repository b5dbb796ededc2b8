"""What changes words in a template is reported once, at its line, and not once for each word that was lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.issue.brand import Brand
from newsletter.project import Project
from support.template_edits import HEADING, SUMMARY, problems_after_edit


def problems_with(project: Project, brand: Brand, home: Path, old: str, new: str) -> list[tuple[str, str, int]]:
    """Return the id, the file and the line of each problem after an edit of the heading of articles."""
    problems = problems_after_edit(project, brand, home, old, new)
    return [(one.id, one.location.file, one.location.line) for one in problems]


@pytest.mark.parametrize(
    "changed",
    [
        "{{ article.summary | upper }}",
        "{{ article.summary | truncate(20) }}",
        "{{ article.summary | replace('a', 'b') | trim }}",
        "{{ article.summary[:20] }}",
        "{{ article.summary.upper() }}",
        "{{ article.summary | upper if article.title else article.summary }}",
        "{{ article.summary | upper ~ '.' }}",
    ],
)
def test_a_change_of_words_is_one_problem_at_its_line(
    project: Project, brand: Brand, tmp_path: Path, changed: str
) -> None:
    line = project.template_file(HEADING).read_text("utf-8").partition(SUMMARY)[0].count("\n") + 1
    problems = problems_with(project, brand, tmp_path, SUMMARY, changed)
    assert problems == [("words-changed", f"templates/{HEADING}", line)]


@pytest.mark.parametrize(
    "name",
    [
        "{{ 'A' if article.title | lower == 'a' else '' }}",
        '<span class="{{ article.label | lower }}">A</span>',
        "{{ t.phone | upper }}",
    ],
)
def test_what_only_asks_or_is_no_word_of_an_editor_is_not_named(
    project: Project, brand: Brand, tmp_path: Path, name: str
) -> None:
    problems = problems_with(project, brand, tmp_path, SUMMARY, name)
    assert {id for id, _, _ in problems} == {"words-lost"}


def test_it_is_named_only_if_words_are_lost(project: Project, brand: Brand, tmp_path: Path) -> None:
    more = SUMMARY + "</p><p>{{ article.summary | upper }}"
    assert problems_with(project, brand, tmp_path, SUMMARY, more) == []
