"""“Before you send” in the preview: the list that `newsletter ready` prints, of what is saved now."""

from __future__ import annotations

import datetime
import re
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from newsletter.check.engine import check_editions
from newsletter.check.settings import Settings
from newsletter.issue.load import load_brand
from newsletter.pipeline import build_editions, build_issue
from newsletter.preview import pages
from newsletter.preview.issue_state import IssueState
from newsletter.preview.views import VIEWS
from newsletter.problems import Location, Problem
from newsletter.project import Project
from newsletter.ready.notes import note_reader
from support.live_preview import Live, make_project, running, write_simple

VIEW = next(view for view in VIEWS if view.name == "ready")


def view(state: IssueState) -> Any:
    page: Any = html.document_fromstring(pages.issue(state, VIEW, {}, Settings()))
    return page.get_element_by_id("view")


def words(state: IssueState) -> str:
    return " ".join(view(state).text_content().split())


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> IssueState:
    folder = make_project(tmp_path_factory.mktemp("ready"))
    path, project = write_simple(folder, "short"), Project(folder)
    first, *others = build_editions(build_issue(path, project, load_brand(project)), project)
    report = check_editions([first, *others], Settings())
    return IssueState(
        "short",
        "issues/short.yaml",
        first,
        kinds=first.brand.editions,
        others=tuple(others),
        report=report,
        all_editions_built=True,
        root=folder,
    )


def test_each_group_of_points_says_its_state(state: IssueState) -> None:
    text = words(state)
    assert "points to do" in text and "Ready to send" not in text
    assert "outbox/short.eml" in text and "outbox/short.large-print.eml" in text
    headings = [heading.text.partition(":")[0] for heading in view(state).iter("h3")]
    assert headings[0] == "To do" and len(headings) == len(set(headings)) > 1


def test_the_notes_of_the_project_count(state: IssueState) -> None:
    assert state.edition
    note_reader(Project(state.root), state.edition, "Sam <b>", datetime.date(2026, 12, 1))
    assert "Sam <b> read it on 1 December 2026." in words(state)


@pytest.mark.parametrize("changes", [{"all_editions_built": False}, {"is_pending": True}])
def test_it_is_not_ready_before_it_is_checked(state: IssueState, changes: dict[str, object]) -> None:
    text = words(replace(state, **changes))  # type: ignore[arg-type]
    assert text.count("is being checked") == 2 and "Ready to send" not in text


def test_what_is_saved_cannot_be_built(state: IssueState) -> None:
    error = Problem(Location("issues/short.yaml", 1), "yaml", "A bracket is missing.")
    text = words(replace(state, problems=(error,), is_outdated=True))
    assert "What you saved last cannot be built: fix 1 error first." in text
    assert "The other points appear when it can be built." in text and "outbox" not in text


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = make_project(tmp_path_factory.mktemp("live"))
    write_simple(folder, "short")
    with running(folder) as server:
        yield server


def page_with(live: Live, condition: str) -> str:
    """Ask for the view until it has a text."""
    end = time.monotonic() + 60
    while True:
        with urllib.request.urlopen(f"{live.address}issues/short/ready") as answer:
            page: str = answer.read().decode()
        if re.search(condition, page):
            return page
        assert time.monotonic() < end, page
        time.sleep(0.05)


def test_a_new_note_updates_an_open_page(live: Live, state: IssueState) -> None:
    before = page_with(live, "Nobody is noted")
    version = re.search(r'data-version="\d+"', before)
    assert version and state.edition
    note_reader(Project(live.folder), state.edition, "Sam", datetime.date(2026, 12, 1))
    after = page_with(live, f"(?!{version[0]})data-version=")
    assert "Sam read it" in after
