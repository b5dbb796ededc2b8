"""A real browser for the tests: any Chromium, Chrome or Edge that is installed, and what it shows of a page.

playwright enters through this module alone. It is never asked to download a browser.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_PLACES = {
    "Darwin": (
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "Windows": tuple(
        str(Path(os.environ[root], *parts))
        for root in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        if root in os.environ
        for parts in (
            ("Chromium", "Application", "chrome.exe"),
            ("Google", "Chrome", "Application", "chrome.exe"),
            ("Microsoft", "Edge", "Application", "msedge.exe"),
        )
    ),
}
_ARGUMENTS = (
    # A browser asks its maker's servers for updates and lists; these tests contact nobody.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
NONE_FOUND = "No Chromium, Chrome or Edge is installed, so the page is not looked at in a browser."

_MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")


def find_browser() -> str | None:
    """Give the path of an installed browser of the Chromium family, or None."""
    found = (shutil.which(name) for name in _NAMES)
    places = (place for place in _PLACES.get(platform.system(), ()) if Path(place).is_file())
    return next(filter(None, (*found, *places)), None)


@contextmanager
def installed_browser(*more: str) -> Iterator[Browser]:
    """Run the browser, with `more` arguments; where none is installed the test is skipped, or fails if
    NEWSLETTER_REQUIRE_ALL=1."""
    path = find_browser()
    if path is None:
        if os.environ.get("NEWSLETTER_REQUIRE_ALL") == "1":
            pytest.fail(NONE_FOUND)
        pytest.skip(NONE_FOUND)
    with sync_playwright() as playwright:
        # For the superuser, as in most containers, Chromium starts only without its sandbox.
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        arguments = [*_ARGUMENTS, *more, *(["--no-sandbox"] if root else [])]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True)
class View:
    """How somebody looks at a page."""

    width: int = 600
    scheme: Literal["light", "dark"] = "light"
    forced_colours: bool = False
    text_scale: int = 1
    """2 for text at 200 %, as a mail client makes it: every size in px doubled, the width as it was."""
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
class Opened:
    """A page in the browser, and the addresses that it asked for outside of this computer, all refused."""

    page: Page
    asked_for: list[str] = field(default_factory=list)

    def measure(self) -> Measured:
        """Measure what the reader meets."""
        return Measured(self.page.evaluate(_MEASURE), self.asked_for)


@dataclass(frozen=True)
class Measured:
    """What `measure.js` found, and the addresses that the page asked for."""

    found: dict[str, Any]
    asked_for: list[str]

    def __getitem__(self, key: str) -> Any:
        return self.found[key]

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The pieces of text that can be seen."""
        return [text for text in self.found["texts"] if not text["hidden"]]


@contextmanager
def opened(browser: Browser, html: str, view: View, folder: Path) -> Iterator[Opened]:
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
    shown = Opened(page)

    def refuse(route: Route) -> None:
        shown.asked_for.append(route.request.url)
        route.abort()

    outside = re.compile(r"^(?!file:|data:|about:)")
    page.route(outside, refuse)
    try:
        shown.page.goto(path.as_uri())
        if view.spaced:
            shown.page.add_style_tag(content=_SPACING)
        yield shown
    finally:
        page.unroute(outside, refuse)
