"""“Before you send” in the preview: the list that `newsletter ready` prints, of the file as it is now."""

from __future__ import annotations

import asyncio
import datetime
import json
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
from newsletter.pipeline import build_issue, finish_issue
from newsletter.preview import pages
from newsletter.preview.builder import IssueBuilder
from newsletter.preview.checklists import OpenItems
from newsletter.preview.issue_metadata import MetadataCache
from newsletter.preview.issue_state import IssueState
from newsletter.preview.views import VIEWS
from newsletter.problems import Location, Problem
from newsletter.project import STATE_FOLDER, Project
from newsletter.ready.notes import Notes, note_reader, read_notes
from support.audited import audit_passed
from support.command import run
from support.live_preview import Live, make_project, running, save, write_simple

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
    # A day that is still to come, whenever this runs.
    save(path, path.read_text("utf-8").replace("2026-12-03", f"{datetime.date.today() + datetime.timedelta(7)}"))
    issue = finish_issue(build_issue(path, project, load_brand(project)), project)
    first, *others = issue.editions
    report = check_editions([first, *others], Settings())
    return IssueState(
        "short",
        "issues/short.yaml",
        first,
        kinds=first.brand.editions,
        others=tuple(others),
        web=issue.web,
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


def entry(state: IssueState) -> tuple[str, str]:
    """Return what the first page says of an issue, and what it says is left; without the time of the last render."""
    builder = IssueBuilder(state.root, lambda state: None, lambda: False)
    asyncio.run(builder.rescan())
    builder.states = {state.slug: state}
    page: Any = html.document_fromstring(pages.index(builder, MetadataCache(), OpenItems(), {}))
    (verdict,) = page.xpath("//p[contains(@class, 'verdict')]")
    return verdict.text_content(), " ".join(" ".join(page.xpath("//p[@class='points']//text()")).split())


def printed(state: IssueState, monkeypatch: pytest.MonkeyPatch) -> tuple[bool, int]:
    """Return what `newsletter ready` says of an issue: whether it is ready, and how many points are to do."""
    monkeypatch.chdir(state.root)
    result = run("ready", state.file, "--json")
    (issue,) = json.loads(result.stdout)["issues"]
    return issue["ready"], sum(item["state"] == "to-do" for item in issue["items"])


def test_the_first_page_and_the_command_agree(state: IssueState, monkeypatch: pytest.MonkeyPatch) -> None:
    assert state.edition
    project, first, day = Project(state.root), state.edition, datetime.date(2026, 11, 1)
    editions, state = [first, *state.others], replace(state, problems=())

    ready, number = printed(state, monkeypatch)
    assert not ready and number > 1
    assert entry(state) == ("No problems", f"{number} points to do before you send : A short issue about one thing")

    assert run("render", state.file).exit_code == 0
    note_reader(project, first, "Sam", day)
    assert state.web
    audits = audit_passed(editions, state.web, day).audits
    notes = (read_notes(project, "short") or Notes()).model_copy(update={"audits": audits})
    (state.root / STATE_FOLDER / "short.json").write_text(notes.model_dump_json(), encoding="utf-8")
    assert printed(state, monkeypatch) == (True, 0)
    assert entry(state) == ("Ready to send", "")

    (state.root / "outbox" / "short.eml").write_bytes(b"Something else")
    assert printed(state, monkeypatch) == (False, 1)
    assert entry(state) == ("No problems", "1 point to do before you send : A short issue about one thing")


def test_the_bar_says_when_an_issue_is_ready(state: IssueState) -> None:
    def bar(state: IssueState) -> str:
        page: Any = html.document_fromstring(pages.issue(replace(state, problems=()), VIEWS[0], {}, Settings()))
        return " ".join(page.get_element_by_id("to-ready").text_content().split())

    assert bar(state) == "No problems: next steps"
    assert bar(replace(state, is_ready=True)) == "Ready to send"


def test_an_issue_of_the_past_is_not_called_ready(state: IssueState) -> None:
    """Nothing is left to do for a sent issue, and nobody is to send it once more."""
    assert state.edition
    issue = state.edition.issue.model_copy(update={"date": datetime.date(2020, 1, 2)})
    edition = replace(state.edition, build=replace(state.edition.build, issue=issue))
    assert entry(replace(state, edition=edition, problems=())) == ("No problems", "")


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
