"""No email is handed out before its file is checked and has no error."""

from __future__ import annotations

import datetime
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsletter.check.settings import Settings
from newsletter.edition import Edition, WebPage
from newsletter.issue.substitutes import NO_DESCRIPTION
from newsletter.preview.download_check import reason_against_download
from newsletter.preview.issue_state import IssueState, mark_deleted
from newsletter.problems import Location, Problem
from newsletter.project import STATE_FOLDER
from newsletter.ready.notes import Notes
from support.audited import audit_passed
from support.live_preview import Live, make_project, running, save, write_simple

ERROR = Problem(Location("issues/a.yaml", 2), "link-text", "An error.")
WARNING = replace(ERROR, severity="warning")


@pytest.fixture
def ready(edition: Edition) -> IssueState:
    return IssueState("a", "issues/a.yaml", edition, all_editions_built=True)


def test_an_issue_without_errors_is_handed_out(ready: IssueState) -> None:
    assert not reason_against_download(ready)
    assert not reason_against_download(replace(ready, problems=(WARNING,)))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"problems": (ERROR, WARNING)}, "Fix 1 error first."),
        ({"all_editions_built": False}, "is being checked"),
        ({"is_pending": True}, "is being checked"),
        ({"is_outdated": True, "problems": (ERROR,)}, "What you saved last cannot be built: fix 1 error first."),
        ({"edition": None, "problems": (ERROR,)}, "This issue cannot be built: fix 1 error first."),
        ({"edition": None, "all_editions_built": False}, "is being checked"),
    ],
)
def test_any_other_issue_is_refused_with_the_reason(ready: IssueState, changes: dict[str, object], why: str) -> None:
    assert why in reason_against_download(replace(ready, **changes))  # type: ignore[arg-type]


def test_an_issue_whose_file_is_missing_is_refused(ready: IssueState) -> None:
    assert reason_against_download(mark_deleted(ready, ""))


def test_an_issue_in_a_project_without_a_brand_of_its_own_is_refused(ready: IssueState, tmp_path: Path) -> None:
    assert "This project has no brand of its own" in reason_against_download(replace(ready, root=tmp_path))


def test_an_issue_without_an_audit_is_refused_if_the_project_requires_one(
    ready: IssueState, web_pages: dict[str, WebPage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsletter.may_send.brand_problem", lambda *_: None)
    assert ready.edition
    slug, day = ready.edition.issue.slug, datetime.date(2026, 12, 1)
    web = web_pages[slug]
    required = replace(ready, web=web, settings=Settings(require_audit=True), root=tmp_path)
    assert "There was no audit yet. Type `newsletter audit" in reason_against_download(required)
    (tmp_path / STATE_FOLDER).mkdir()
    good = audit_passed([ready.edition], web, day).audits

    def with_notes(**changes: object) -> str:
        notes = Notes(audits={**good, "standard": good["standard"].model_copy(update=changes)})
        (tmp_path / STATE_FOLDER / f"{slug}.json").write_text(notes.model_dump_json(), "utf-8")
        return reason_against_download(required)

    assert not with_notes()
    assert "reported 1 error" in with_notes(errors=1)
    assert "What the settings or the issue allow has changed" in with_notes(settings="0" * 64)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = make_project(tmp_path_factory.mktemp("handover"))
    write_simple(folder, "short")
    with running(folder) as server:
        yield server


def download(live: Live, name: str = "short.eml") -> tuple[int, str]:
    while True:
        try:
            with urllib.request.urlopen(f"{live.address}issues/{name}") as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                page = error.read().decode()
            if "is being checked" not in page:
                return error.code, page
        time.sleep(0.05)


def test_the_address_of_the_message_answers_with_what_to_fix(live: Live) -> None:
    path = live.folder / "issues" / "short.yaml"
    for name in ("short.eml", "short.large-print.eml"):
        assert download(live, name)[0] == 200
    write_simple(live.folder, "short", words="[click here](https://example.org/a)")
    for name in ("short.eml", "short.large-print.eml"):
        status, page = download(live, name)
        assert status == 409 and "click here" in page and "/issues/short/checks" in page
        assert "ready to send" not in page
    for view in ("email", "message", "share"):
        with urllib.request.urlopen(f"{live.address}issues/short/{view}") as answer:
            assert 'href="/issues/short.eml"' not in answer.read().decode(), view
    save(path, "subject: [\n")
    assert download(live)[0] == 409
    # The download is of the last save, although the preview has an older message that is good.
    for words in ("First words.", "Other words."):
        write_simple(live.folder, "short", words=words)
        status, message = download(live)
        assert status == 200 and words in message
    assert download(live, "none.eml")[0] == 404
    save(live.folder / "pyproject.toml", "[tool.newsletter]\nrequire_audit = true\n")
    status, page = download(live)
    assert status == 409 and "<code>newsletter audit short</code>" in page
    brand = live.folder / "templates" / "brand.yaml"
    save(brand, brand.read_text("utf-8") + "unknown: key\n")
    assert download(live)[0] == 409


def test_an_issue_whose_texts_are_not_all_written_is_previewed_and_not_handed_out(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "project")
    path = write_simple(folder, "short")
    picture = "    image: {src: images/clinic.png}\n    content:"
    path.write_text(path.read_text("utf-8").replace("    content:", picture), "utf-8")
    with running(folder) as live:
        for name in ("short.eml", "short.large-print.eml", "short.text-only.eml"):
            status, page = download(live, name)
            assert status == 409 and NO_DESCRIPTION not in page
        assert f'alt="{NO_DESCRIPTION}"' in download(live, "short/page")[1]
        for view in ("email", "share", "ready"):
            page = download(live, f"short/{view}")[1]
            assert "1 to fix" in page and "Ready to send" not in page, view
    assert not (folder / "outbox").exists()
