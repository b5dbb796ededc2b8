"""The work of the rules about words grows no faster than a text, even if every word has a problem."""

from functools import partial
from pathlib import Path

import pytest

from newsletter.check.issue_text import IssueText
from newsletter.check.registry import all_rules
from newsletter.issue.brand import Brand
from newsletter.issue.load import load
from newsletter.project import Project
from support.work import calls_of

SHORT, TIMES = 1_000, 4
MOST_GROWTH = 5  # of a text that is four times as long; with the square of the length it is 16
PIECES = [
    "by Friday ",
    "Friday 3 May ",
    "1/2/2027 ",
    "1.2.10 ",
    "e.g. ",
    "… ",
    "54% were better. ",
    "[a](https://example.org/) ",
    "https://example.org/a ",
    "CafÃ© ",
    "===\n\n",
    "two  spaces ",
]
ISSUE = """\
subject: "Subject"
preheader: "Preheader"
title: "Title"
date: 2026-12-03
articles:
  - title: "Article"
    summary: "Summary."
    content:
"""


@pytest.mark.parametrize("piece", PIECES)
def test_a_problem_in_every_word_is_work_in_proportion(
    piece: str, project: Project, brand: Brand, tmp_path: Path
) -> None:
    def check(length: int) -> int:
        lines = (piece * (length // len(piece))).split("\n")
        path = tmp_path / f"of-{length}.yaml"
        path.write_text(ISSUE + "      - text: |\n" + "".join(f"          {line}\n" for line in lines), "utf-8")
        issue = IssueText(load(path, project, brand), brand)
        return sum(1 for rule in all_rules() if rule.scope == "issue" for _ in rule.check(issue, rule.options))

    assert check(TIMES * SHORT)  # what is cached from one text to the next is there, and there is something to report
    short, long = (calls_of(partial(check, times * (SHORT + 100))) for times in (1, TIMES))
    assert long < MOST_GROWTH * short
