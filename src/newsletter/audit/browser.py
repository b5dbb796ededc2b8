"""Opens pages in a real browser, measures them and runs axe-core in them.

No other module imports playwright or axe-core. Nothing is downloaded, and no page can reach the network.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from newsletter.audit.axe_rules import APPEARANCE
from newsletter.audit.find_browser import NO_BROWSER, browser_arguments, browser_name, find_browser
from newsletter.audit.measure import AxeReport, MeasuredText, PageMeasurements
from newsletter.audit.states import State
from newsletter.problems import Location, Problems

if TYPE_CHECKING:
    from playwright.async_api import Page

_SCRIPTS = files(__package__).joinpath("measure")
_PARTS = ("elements.js", "texts.js", "layers.js", "boxes.js")
MEASURE = "() => {\n" + "\n".join(_SCRIPTS.joinpath(part).read_text(encoding="utf-8") for part in _PARTS) + "}"
"""A JavaScript function that measures the page in which it runs, and returns `PageMeasurements`."""

_WINDOW_HEIGHT = 900  # CSS pixels
_PARALLEL_PAGES = max(1, min(4, os.cpu_count() or 1))  # each keeps a processor busy
# Our scripts run once per page, so V8's optimising compiler costs more than it saves.
_NO_OPTIMISER = "--js-flags=--no-opt"
_STRIP_HEIGHT = 4_000  # CSS pixels; Chromium does not draw all of a screenshot that is higher than about 16,000
# The result is one JSON string: the driver needs longer to transfer single values than the script needs to measure.
_MEASURE = f"() => JSON.stringify(({MEASURE})())"
_AXE = _SCRIPTS.joinpath("axe.js").read_text(encoding="utf-8")
_HAS_AXE = "typeof axe === 'object'"
_AXE_RULES = "(disabled) => axe.getRules().map((rule) => rule.ruleId).filter((id) => !disabled.includes(id))"
# The second one, because the first heading is that of the contents, and the first picture may be the logo.
_SCROLL = "(selector) => { const [one, two] = document.querySelectorAll(selector); (two ?? one)?.scrollIntoView(); }"
_WITHOUT_TEXT = """
*, ::before, ::after, ::marker {
  color: transparent !important; -webkit-text-fill-color: transparent !important; text-shadow: none !important;
}
"""


@dataclass(frozen=True)
class Request:
    """A page to test, and its state."""

    html: str
    """The page after the simulation of the state."""
    state: State
    without_axe: tuple[str, ...]
    """The ids of the axe-core rules that do not run."""


@dataclass(frozen=True)
class ScreenshotStrip:
    """A part of the page as two PNG pictures, one with its text and one without."""

    top: int
    """The distance from the top of the page, in CSS pixels."""
    with_words: bytes
    without_words: bytes


@dataclass(frozen=True)
class MeasuredPage:
    """The measurements of one page."""

    measurements: PageMeasurements
    axe: AxeReport
    browser: str
    """Name and version, such as `Chromium 141.0`."""
    screenshot: bytes
    """The content of the window (JPEG)."""
    strips: tuple[ScreenshotStrip, ...]
    """The parts of the page whose contrast must be measured in pixels."""


def needs_pixels(text: MeasuredText) -> bool:
    """Check whether the contrast of a text must be measured in pixels. That of a hidden text cannot be measured."""
    return not text["hasDeclaredColours"] and text["hidden"] in ("", "colour") and text["box"] is not None


def measure_pages(
    requests: Sequence[Request], on_progress: Callable[[int], None] = lambda number: None
) -> list[MeasuredPage]:
    """Measure pages, a few at a time in one browser.

    Args:
        requests: the pages.
        on_progress: called with the position of a request when its page is measured.

    Returns:
        One result for each request, in the same order.

    Raises:
        Problems: if there is no browser, or it does not start.
    """
    path = find_browser()
    if path is None:
        hint = "Install one of the three; `newsletter audit` finds it without any setting."
        raise Problems.one(Location("newsletter audit"), "browser", NO_BROWSER, hint)
    return asyncio.run(_measure_pages(path, requests, on_progress))


async def _measure_pages(
    path: str, requests: Sequence[Request], on_progress: Callable[[int], None]
) -> list[MeasuredPage]:
    from axe_playwright_python.base import AXE_SCRIPT  # noqa: PLC0415
    from playwright.async_api import Error, async_playwright  # noqa: PLC0415

    async with async_playwright() as playwright:
        try:
            browser = await playwright.chromium.launch(executable_path=path, args=[*browser_arguments(), _NO_OPTIMISER])
        except Error as error:
            hint = f"Check whether {path} starts without newsletter. Its message: {str(error).splitlines()[0]}"
            raise Problems.one(Location("newsletter audit"), "browser", "The browser did not start.", hint) from None
        name = f"{browser_name(path)} {browser.version}"
        waiting = list(range(len(requests)))[::-1]
        results: dict[int, MeasuredPage] = {}

        async def work() -> None:
            # One window for many pages: the browser needs longer to open a window than to show a page.
            page = await (await browser.new_context()).new_page()
            await page.route(re.compile(r"^(?!data:|about:)"), lambda route: route.abort())
            while waiting:
                number = waiting.pop()
                results[number] = await _measure_page(page, name, requests[number], AXE_SCRIPT)
                on_progress(number)

        try:
            await asyncio.gather(*(work() for _ in range(min(_PARALLEL_PAGES, len(requests)))))
        finally:
            await browser.close()
    return [results[number] for number in range(len(requests))]


async def _measure_page(page: Page, name: str, request: Request, axe: str) -> MeasuredPage:
    state = request.state
    await page.set_viewport_size({"width": state.width, "height": _WINDOW_HEIGHT})
    await page.emulate_media(
        color_scheme=state.scheme,
        forced_colors="active" if state.forced_colours else "none",
        reduced_motion="reduce" if state.reduced_motion else "no-preference",
    )
    # This replaces the page before, but not axe-core, which takes long to load.
    await page.set_content(request.html)
    measurements: PageMeasurements = json.loads(await page.evaluate(_MEASURE))
    await page.evaluate(_SCROLL, state.shows)
    screenshot = await page.screenshot(type="jpeg", quality=90)
    await page.evaluate("scrollTo(0, 0)")
    if not await page.evaluate(_HAS_AXE):
        await page.evaluate(axe)
    rules = await page.evaluate(_AXE_RULES, list(request.without_axe))
    axe_options = {
        "rules": [rule for rule in rules if rule not in APPEARANCE],
        "appearanceRules": [rule for rule in rules if rule in APPEARANCE],
        "alike": measurements["alike"],
    }
    report: AxeReport = json.loads(await page.evaluate(_AXE, axe_options)) | {"ran": len(rules)}
    return MeasuredPage(measurements, report, name, screenshot, await _strips(page, measurements))


async def _strips(page: Page, measurements: PageMeasurements) -> tuple[ScreenshotStrip, ...]:
    boxes = [text["box"] for text in measurements["texts"] if text["box"] and needs_pixels(text)]
    # Each strip overlaps the next by the height of a window, so that no text is cut by its edge.
    tops = sorted({max(0, int(box["top"])) // _STRIP_HEIGHT * _STRIP_HEIGHT for box in boxes})
    if not tops:
        return ()
    with_words = [await _strip(page, top) for top in tops]
    await page.add_style_tag(content=_WITHOUT_TEXT)
    without = [await _strip(page, top) for top in tops]
    return tuple(ScreenshotStrip(*parts) for parts in zip(tops, with_words, without, strict=True))


async def _strip(page: Page, top: int) -> bytes:
    size = await page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    height = min(_STRIP_HEIGHT + _WINDOW_HEIGHT, size[1] - top)
    return await page.screenshot(full_page=True, clip={"x": 0, "y": top, "width": size[0], "height": height})
