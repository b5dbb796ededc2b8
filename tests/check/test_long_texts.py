"""The rules about words take time in proportion to a text, also if it has a problem in every word."""

import time
from pathlib import Path

from newsletter.check.issue_text import IssueText
from newsletter.check.registry import all_rules
from newsletter.issue.brand import Brand
from newsletter.issue.load import load
from newsletter.project import Project

LENGTH = 8_000
LONGEST = 10  # seconds of the processor; with the square of the length it took minutes
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


def test_a_problem_in_every_word_takes_seconds(project: Project, brand: Brand, tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    texts = (piece * (LENGTH // len(piece)) for piece in PIECES)
    blocks = ("      - text: |\n" + "".join(f"          {line}\n" for line in text.split("\n")) for text in texts)
    path.write_text(ISSUE + "".join(blocks), "utf-8")
    begin = time.process_time()
    issue = IssueText(load(path, project, brand), brand)
    found = [finding for rule in all_rules() if rule.scope == "issue" for finding in rule.check(issue, rule.options)]
    assert found
    assert time.process_time() - begin < LONGEST
