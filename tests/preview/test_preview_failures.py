"""An error in the preview itself is reported, and ends nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from newsletter.preview.builder import IssueBuilder
from newsletter.preview.events import Events
from newsletter.preview.failures import run_forever
from newsletter.preview.project_state import read_project_state


def test_a_job_goes_on_after_a_fault_that_is_reported_once(capsys: pytest.CaptureFixture[str]) -> None:
    starts: list[int] = []
    notices: list[str] = []

    async def job() -> None:
        starts.append(1)
        if len(starts) < 4:
            raise KeyError("the same")
        await asyncio.sleep(60)

    async def run() -> None:
        task = asyncio.create_task(run_forever(job, notices.append, pause=0))
        while len(starts) < 4:
            await asyncio.sleep(0)
        task.cancel()

    asyncio.run(run())
    assert len(notices) == 1 and notices[0].startswith("Something went wrong in the preview.")
    text = capsys.readouterr().err
    assert text.count("Something went wrong in the preview. It is still running.") == 1
    assert text.count("KeyError: 'the same'") == 1


def test_a_change_that_a_fault_hid_is_noticed_at_the_next_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "issues").mkdir()

    async def run() -> None:
        builder = IssueBuilder(tmp_path, lambda state: None, lambda: False)
        await builder.rescan()
        issue = tmp_path / "issues" / "a.yaml"
        issue.write_text("title: A")
        await builder.rescan()
        issue.unlink()
        with monkeypatch.context() as patch:
            patch.setattr(builder, "_put", None)
            with pytest.raises(TypeError):
                await builder.rescan()
        await builder.rescan()
        assert "a" not in builder.states
        builder.close()

    asyncio.run(run())


def test_every_open_window_gets_events() -> None:
    async def run() -> None:
        events = Events()
        stream = events.stream({"": 3})
        assert '"version": 3' in await anext(stream)
        events.send_notice("Something went wrong.")
        assert await anext(stream) == 'event: notice\ndata: "Something went wrong."\n\n'
        events.send_change("a", 4, "No problems.", "", False)
        assert '"text": "No problems."' in await anext(stream)

    asyncio.run(run())


def test_a_project_without_templates_of_its_own_takes_those_that_come_with_the_program(tmp_path: Path) -> None:
    assert read_project_state(tmp_path).problems == ()


def test_a_missing_file_is_a_problem_only_if_a_default_would_replace_it(tmp_path: Path) -> None:
    blocks = tmp_path / "templates" / "blocks"
    blocks.mkdir(parents=True)
    for name in ("text.mjml", "our-own.mjml"):
        (blocks / name).write_text("<mj-raw></mj-raw>")
    settings = tmp_path / "pyproject.toml"
    settings.write_text("")
    own = read_project_state(tmp_path).own
    assert own == {"templates/blocks/text.mjml", "pyproject.toml"}
    (blocks / "our-own.mjml").unlink()
    assert read_project_state(tmp_path, own=own).problems == ()
    (blocks / "text.mjml").unlink()
    settings.unlink()
    missing = read_project_state(tmp_path, own=own)
    assert [problem.location.file for problem in missing.problems] == ["pyproject.toml", "templates/blocks/text.mjml"]
    # The preview starts again: nothing is missed.
    assert read_project_state(tmp_path).problems == ()
