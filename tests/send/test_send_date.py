"""The day on which an email is sent, and the one that it says."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from newsletter.check.settings import Settings
from newsletter.issue.load import load_brand
from newsletter.may_send import SendConditions
from newsletter.project import Project
from newsletter.send.readers import prepare_to_send
from support.reader_project import SLUG

SENT_AT = datetime.datetime(2190, 12, 2, 9, tzinfo=datetime.UTC)


@pytest.mark.parametrize(("hours", "is_reported"), [(0, False), (-23, False), (23, False), (-25, True), (25, True)])
def test_another_day_than_that_of_the_issue_is_a_warning(reader_brand: Path, hours: int, is_reported: bool) -> None:
    project = Project(reader_brand.parents[1])
    now = SENT_AT + datetime.timedelta(hours=hours)
    path = project.issues / f"{SLUG}.yaml"
    report, issue = prepare_to_send(path, project, load_brand(project), SendConditions(Settings()), now)
    (*warnings,) = (problem for problem in report.problems if problem.id == "send-date")
    assert issue and [problem.severity for problem in warnings] == ["warning"] * is_reported
    if warnings:
        assert warnings[0].message == "The email will say that it was sent on 2 December 2190."
        assert warnings[0].location.line == 1 + path.read_text("utf-8").splitlines().index("date: 2190-12-02")
