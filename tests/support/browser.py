"""A real browser for the tests: the one that the audit finds, and what it shows of a page."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from newsletter.audit.browser import MEASURE
from newsletter.audit.find_browser import NO_BROWSER, browser_arguments, find_browser


def require_browser() -> str:
    """Return the path of an installed browser. Without one, skip the test, or fail if NEWSLETTER_REQUIRE_ALL=1."""
    path = find_browser()
    if path is None:
        if os.environ.get("NEWSLETTER_REQUIRE_ALL") == "1":
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    return path


@contextmanager
def installed_browser(*more: str) -> Iterator[Browser]:
    """Run the browser, with `more` arguments."""
    path = require_browser()
    with sync_playwright() as playwright:
        # Scripts run once per page, so V8's optimising compiler costs more than it saves.
        browser = playwright.chromium.launch(
            executable_path=path, args=[*browser_arguments(), "--js-flags=--no-opt", *more]
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True)
class View:
    """A window and the settings in which somebody looks at a page."""

    width: int = 600
    scheme: Literal["light", "dark"] = "light"
    forced_colours: bool = False
    text_scale: int = 1
    """2 for text at 200 %, as a mail app makes it: every size in px doubled, the width as it was."""
    spaced: bool = False
    """With the distances of WCAG 1.4.12, text spacing."""

    def __str__(self) -> str:
        return " ".join(
            [f"{self.width} px", self.scheme]
            + ["forced colours"] * self.forced_colours
            + [f"text at {100 * self.text_scale} %"] * (self.text_scale > 1)
            + ["spaced"] * self.spaced
        )


_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""


@dataclass
class OpenPage:
    """A page in the browser, and the addresses that it asked for outside of this computer, all refused."""

    page: Page
    asked_for: list[str] = field(default_factory=list)

    def measure(self) -> Measured:
        """Measure what the reader meets."""
        return Measured(self.page.evaluate(MEASURE), self.asked_for)


@dataclass(frozen=True)
class Measured:
    """The results of the audit's `measure.js`, and the addresses that the page asked for."""

    results: dict[str, Any]
    asked_for: list[str]

    def __getitem__(self, key: str) -> Any:
        return self.results[key]

    @property
    def visible(self) -> list[dict[str, Any]]:
        """The visible pieces of text."""
        return [text for text in self.results["texts"] if not text["hidden"]]


@contextmanager
def opened(browser: Browser, html: str, view: View, folder: Path) -> Iterator[OpenPage]:
    """Open a page from a file, with everything but data: and the file itself refused.

    Args:
        browser: see `chromium`.
        html: a whole document.
        view: how it is looked at.
        folder: where the file can be written.
    """
    if view.text_scale > 1:
        html = re.sub(r"(?<=font-size:)\s*(\d+)px", lambda size: f"{int(size[1]) * view.text_scale}px", html)
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    # One page shows them all: a new one, with a process of its own, takes longer than what is asked of it.
    page = browser.contexts[0].pages[0] if browser.contexts else browser.new_context().new_page()
    page.set_viewport_size({"width": view.width, "height": 900})
    page.emulate_media(color_scheme=view.scheme, forced_colors="active" if view.forced_colours else "none")
    tab = OpenPage(page)

    def block(route: Route) -> None:
        tab.asked_for.append(route.request.url)
        route.abort()

    outside = re.compile(r"^(?!file:|data:|about:)")
    page.route(outside, block)
    try:
        tab.page.goto(path.as_uri())
        if view.spaced:
            tab.page.add_style_tag(content=_SPACING)
        yield tab
    finally:
        page.unroute(outside, block)
