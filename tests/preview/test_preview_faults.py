"""A fault of the preview's own is told, and ends nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from newsletter.preview.builder import IssueBuilder
from newsletter.preview.events import Events
from newsletter.preview.faults import run_forever
from newsletter.preview.project_state import read_project_state


def test_a_job_goes_on_after_a_fault_which_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    begun: list[int] = []
    told: list[str] = []

    async def job() -> None:
        begun.append(1)
        if len(begun) < 4:
            raise KeyError("the same")
        await asyncio.sleep(60)

    async def run() -> None:
        task = asyncio.create_task(run_forever(job, told.append, pause=0))
        while len(begun) < 4:
            await asyncio.sleep(0)
        task.cancel()

    asyncio.run(run())
    assert len(told) == 1 and told[0].startswith("Something went wrong in the preview.")
    said = capsys.readouterr().err
    assert said.count("Something went wrong in the preview. It is still running.") == 1
    assert said.count("KeyError: 'the same'") == 1


def test_what_a_fault_kept_from_being_noted_is_noted_at_the_next_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "issues").mkdir()

    async def run() -> None:
        shelf = IssueBuilder(tmp_path, lambda shown: None, lambda: False)
        await shelf.rescan()
        issue = tmp_path / "issues" / "a.yaml"
        issue.write_text("title: A")
        await shelf.rescan()
        issue.unlink()
        with monkeypatch.context() as patch:
            patch.setattr(shelf, "_put", None)
            with pytest.raises(TypeError):
                await shelf.rescan()
        await shelf.rescan()
        assert "a" not in shelf.states
        shelf.close()

    asyncio.run(run())


def test_every_open_window_is_told() -> None:
    async def run() -> None:
        events = Events()
        stream = events.stream({"": 3})
        assert '"version": 3' in await anext(stream)
        events.send_notice("Something went wrong.")
        assert await anext(stream) == 'event: notice\ndata: "Something went wrong."\n\n'
        events.send_change("a", 4, "No problems.", "")
        assert '"text": "No problems."' in await anext(stream)

    asyncio.run(run())


def test_a_project_without_templates_of_its_own_takes_those_that_come_with_the_program(tmp_path: Path) -> None:
    assert read_project_state(tmp_path).problems == ()


def test_what_is_lost_is_a_problem_only_if_another_would_take_its_place(tmp_path: Path) -> None:
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
    lost = read_project_state(tmp_path, own=own)
    assert [problem.location.file for problem in lost.problems] == ["pyproject.toml", "templates/blocks/text.mjml"]
    # The preview begun again: nothing is missed.
    assert read_project_state(tmp_path).problems == ()
