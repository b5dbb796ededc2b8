"""What a screen reader gets of the preview's own pages is compared with files, so that a review shows what changes.

`make update` writes the files again. The email in its frame is not in them: see tests/readers/test_tree.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from conftest import ROOT
from newsletter.issue.model import LAST_YEAR
from support.accessibility_tree import accessibility_tree, in_words
from support.live_preview import Live, make_project, running, write_simple

GOLDEN = ROOT / "tests/golden/preview"
SLUG = "a-short-one"
# One problem with a fix, one without, and a date that stays in the future.
WORDS = "Read  this first. Then [click here](https://example.org/)."
PAGES = {
    "first-page": "",
    "gallery": "gallery",
    "phone": "phone",
    **{
        view: f"issues/{SLUG}/{view}" for view in ("email", "inbox", "checks", "listening", "ready", "changes", "share")
    },
    "email-more": f"issues/{SLUG}/email?device=both&scheme=dark&part=2",
    "fix": f"issues/{SLUG}/fix?rule=double-spaces&at=11%3A14",
}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Live]:
    folder = make_project(tmp_path_factory.mktemp("trees") / "project")
    path = write_simple(folder, SLUG, words=WORDS)
    path.write_text(path.read_text("utf-8").replace("2026-12-03", f"{LAST_YEAR}-12-03"), encoding="utf-8")
    with running(folder) as preview:
        page = chromium.new_page()
        page.goto(f"{preview.address}issues/{SLUG}/email")
        # Of each edition.
        expect(page.locator("#beside").get_by_text("1 to fix, 1 to consider")).to_have_count(3)
        page.close()
        yield preview


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.generated
def test_the_pages_are_as_reviewed(chromium: Browser, live: Live, name: str, request: pytest.FixtureRequest) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(live.address + PAGES[name])
    tree = in_words(accessibility_tree(page))
    page.close()
    # What differs each time, and with each new rule.
    tree = re.sub(r"\b\d\d:\d\d:\d\d\b", "00:00:00", re.sub(r"\b\d+ rules", "some rules", tree))
    assert str(live.folder) not in tree
    path = GOLDEN / f"{name}.txt"
    if request.config.getoption("--update"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(tree, encoding="utf-8", newline="\n")
    assert tree == path.read_text("utf-8"), f"{path.name} has changed; `make update` writes it again"
