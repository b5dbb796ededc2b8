"""“Before you send” starts what it asks for: links are tried, and an issue is audited or rendered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from newsletter.preview.tasks import IssueTasks, Tasks
from newsletter.ready.reach import LinkResult
from support.live_preview import Live, ask, make_project, running, save, write_simple

SLUG = "short"
ADDRESS = "https://www.example.org/"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = make_project(tmp_path_factory.mktemp("tasks"))
    write_simple(folder, SLUG)
    # Started in the folder of the project, Python would find this before the program.
    (folder / "newsletter").mkdir()
    (folder / "newsletter" / "__main__.py").write_text("raise SystemExit('This is not the program.')", "utf-8")
    with running(folder) as live:
        yield live


@pytest.fixture
def live(server: Live) -> Live:
    write_simple(server.folder, SLUG)
    return server


def view(live: Live) -> Any:
    return html.document_fromstring(ask(live, f"/issues/{SLUG}/ready")[2])


def text_of(page: Any, id: str) -> str:
    return " ".join(page.get_element_by_id(id).text_content().split())


def page_with(live: Live, id: str, words: str) -> Any:
    """Ask for the view until an element of it has certain words."""
    end = time.monotonic() + 120
    while True:
        page = view(live)
        if page.xpath(f"//*[@id='{id}']") and words in text_of(page, id):
            return page
        assert time.monotonic() < end, html.tostring(page, encoding="unicode")
        time.sleep(0.05)


def token(live: Live) -> str:
    return str(page_with(live, "point-second-reader", "Note it").xpath("//input[@name='token']/@value")[0])


def start(live: Live, task: str) -> tuple[int, str, str]:
    return ask(live, f"/issues/{SLUG}/start", {"token": token(live), "task": task})


def test_an_issue_is_rendered_and_the_point_is_done(live: Live) -> None:
    (button,) = page_with(live, "point-rendered", "Render it now").xpath("//button[@value='render']")
    assert button.text == "Render it now" and button.getparent().get("method") == "post"
    assert start(live, "render")[:2] == (303, f"/issues/{SLUG}/ready#point-rendered")
    page = page_with(live, "point-rendered", "Done at")
    assert (live.folder / "outbox" / f"{SLUG}.eml").is_file()
    assert "what a render would write now" in text_of(page, "point-rendered")
    assert not page.xpath("//button[@value='render']")
    # A new text has not been rendered, and nothing says so.
    write_simple(live.folder, SLUG, words="Other words.")
    page = page_with(live, "point-rendered", "not what a render would write now")
    assert "Done at" not in text_of(page, "task-render")


def test_what_a_command_says_is_on_the_page(live: Live) -> None:
    outbox = live.folder / "outbox"
    outbox.mkdir(exist_ok=True)
    write_simple(live.folder, SLUG, title="Another title")
    path = outbox / f"{SLUG}.eml"
    path.unlink(missing_ok=True)
    path.mkdir()
    assert start(live, "render")[0] == 303
    page = page_with(live, "point-rendered", "It reported problems. It ended at")
    assert "A folder has the name of the file." in text_of(page, "output-render")
    path.rmdir()


def test_nothing_starts_while_there_is_an_error(live: Live) -> None:
    write_simple(live.folder, SLUG, words=f"See [click here]({ADDRESS}).")
    page = page_with(live, "point-audit", "Fix 1 error first. Then you can do this here.")
    assert not page.xpath("//form[contains(@action, '/start')]")
    status, _, answer = start(live, "audit")
    assert status == 409 and "Fix 1 error first." in answer


def test_nothing_starts_for_a_text_that_cannot_be_built(live: Live) -> None:
    fields = {"token": token(live), "task": "render"}
    save(live.folder / "issues" / f"{SLUG}.yaml", "subject: [")
    status, _, answer = ask(live, f"/issues/{SLUG}/start", fields)
    assert status == 409 and "cannot be built" in answer


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"token": "0"}, 403), ({"task": "send"}, 404), ({"task": "--help"}, 404), ({"task": ""}, 404)],
)
def test_another_form_starts_nothing(live: Live, changes: dict[str, str], status: int) -> None:
    fields = {"token": token(live), "task": "render"}
    assert ask(live, f"/issues/{SLUG}/start", {**fields, **changes})[0] == status
    assert ask(live, f"/issues/{SLUG}/start")[0] == 404


def tried(addresses: Collection[str]) -> Mapping[str, LinkResult]:
    return {address: LinkResult("broken", "There is no such page (404).") for address in addresses}


def test_links_are_tried_only_if_somebody_asks(tmp_path: Path) -> None:
    changed: list[str] = []

    async def run() -> IssueTasks:
        tasks = Tasks(tmp_path, changed.append, tried)
        assert tasks.of(SLUG) == IssueTasks()
        tasks.start("links", SLUG, "", [ADDRESS])
        task = tasks.of(SLUG).of("links", "another text")
        assert task and task.words.startswith("Each website is being asked once. Started at ")
        tasks.start("links", SLUG, "", ["https://twice.example.org/"])  # it runs already
        while len(changed) < 2:
            await asyncio.sleep(0.01)
        await tasks.close()
        return tasks.of(SLUG)

    result = asyncio.run(run())
    assert result.link_results == {ADDRESS: LinkResult("broken", "There is no such page (404).")}
    task = result.of("links", "another text")
    assert task and task.words.startswith("Done at ") and changed == [SLUG, SLUG]


def test_a_task_ends_with_the_preview(tmp_path: Path) -> None:
    """Its process ends, too."""
    make_project(tmp_path)
    write_simple(tmp_path, SLUG)

    async def run() -> None:
        tasks = Tasks(tmp_path, lambda slug: None)
        tasks.start("render", SLUG, "")
        await asyncio.sleep(0)
        await tasks.close()

    asyncio.run(run())
    assert not (tmp_path / "outbox" / f"{SLUG}.eml").exists()
