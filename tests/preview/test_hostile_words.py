"""Every text of an issue and a brand is an attack: nothing runs or asks for anything, in a view or a review file."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from newsletter.issue.load import load, load_brand
from newsletter.preview.views import VIEWS
from newsletter.problems import Problems
from newsletter.project import Project
from support.counting_listener import counting_listener
from support.hostile_words import with_attacks
from support.live_preview import Live, ask, make_project, running, save

SLUG = "2026-12-03-everything-at-once"
# Values that are read by their form, and not shown as they are written.
READ = {"src", "url", "kind", "language", "time", "value"}


def faulty_lines(read: Callable[[str], object]) -> Callable[[str], list[int]]:
    def lines(text: str) -> list[int]:
        try:
            read(text)
        except Problems as problems:
            return [problem.location.line for problem in problems.problems]
        return []

    return lines


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Live, list[str]]]:
    """A preview of an issue and a brand in which every text is an attack, and its requests to the outside."""
    folder = make_project(tmp_path_factory.mktemp("hostile-words"), SLUG)
    project, brand_file = Project(folder), folder / "templates" / "brand.yaml"
    issue_file = folder / "issues" / f"{SLUG}.yaml"
    with counting_listener() as (there, requests):
        # These names are in headers, where a name as long as an attack is refused later.
        names = [("from", "name"), ("to", "name")]
        text, number, _ = with_attacks(
            brand_file.read_text("utf-8"), there, faulty_lines(lambda text: load_brand(project, text)), names
        )
        assert number > 10
        save(brand_file, text)
        brand = load_brand(project)
        text, number, refused = with_attacks(
            issue_file.read_text("utf-8"), there, faulty_lines(lambda text: load(issue_file, project, brand, text))
        )
        assert number > 200 and {path[-1] for path in refused} <= READ
        save(issue_file, text)
        with running(folder) as live:
            while "Building" in (page := ask(live, f"/issues/{SLUG}/email")[2]) or "<iframe" not in page:
                assert "There is no page yet" not in page
                time.sleep(0.05)  # each answer takes the preview time that it needs for building
            yield live, requests


def test_no_view_runs_or_asks_for_anything(chromium: Browser, hostile: tuple[Live, list[str]]) -> None:
    live, requests = hostile
    own_requests: list[str] = []
    page = chromium.new_page()
    page.on("request", lambda request: own_requests.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    for view in [*(view.name for view in VIEWS), "email?device=both", "stripped?client=bare", "page", "web"]:
        page.goto(f"{live.address}issues/{SLUG}/{view}")
        page.wait_for_timeout(150)
        assert page.evaluate("window.hacked") is None, view
        assert page.evaluate("[...document.scripts].every(script => script.src.startsWith(location.origin))"), view
        if "email" in view:
            expect(page.frame_locator("#email").get_by_text("</template><script>top.hacked").first).to_be_visible()
    page.goto(live.address)
    page.wait_for_timeout(150)
    assert page.evaluate("window.hacked") is None
    assert {url for url in own_requests if not url.startswith((live.address, "data:"))} == set()
    assert requests == []
    page.close()


@pytest.mark.parametrize("has_script", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("has_policy", [True, False], ids=["with its policy", "without"])
def test_no_review_file_runs_or_asks_for_anything(
    chromium: Browser, hostile: tuple[Live, list[str]], tmp_path: Path, has_script: bool, has_policy: bool
) -> None:
    """Not every program that shows a file obeys its policy."""
    live, requests = hostile
    text = ask(live, f"/issues/{SLUG}/review")[2]
    policy = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
    assert policy.search(text)
    file = tmp_path / "mailed.review.html"
    file.write_text(text if has_policy else policy.sub("", text), encoding="utf-8")
    own_requests: list[str] = []
    context = chromium.new_context(java_script_enabled=has_script)
    context.on("request", lambda request: own_requests.append(request.url))
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(file.as_uri())
    page.wait_for_timeout(300)
    assert {url for url in own_requests if not url.startswith("data:")} == {file.as_uri()}
    assert requests == []
    # Playwright's own questions work without JavaScript, too.
    assert page.evaluate("window.hacked") is None
    assert page.locator("script, form, iframe, object, embed, link, base").count() == 0
    attributes = page.evaluate(
        """[document, ...[...document.querySelectorAll('.email')].map(look => look.shadowRoot)]
          .flatMap(root => [...root.querySelectorAll('*')]).flatMap(element => element.getAttributeNames())"""
    )
    assert not [name for name in attributes if name.startswith("on") or name in ("srcdoc", "srcset", "action")]
    # All parts are there, each inside its own place: nothing hostile swallows or covers what follows it.
    assert page.locator("main > section").count() == 8
    assert page.locator(".email").count() == 4
    assert page.get_by_text("</template><script>top.hacked").count() > 100
    context.close()
