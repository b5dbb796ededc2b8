"""What a real browser shows of pages, and what axe-core says of them.

playwright and axe-core enter through this module alone. Nothing is downloaded, and no page reaches the network.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from newsletter.audit.axe_rules import OF_LOOK
from newsletter.audit.find_browser import NONE_FOUND, arguments, find_browser, name_of
from newsletter.audit.states import State
from newsletter.problems import Location, Problems

if TYPE_CHECKING:
    from playwright.async_api import Page

_SCRIPTS = files(__package__).joinpath("measure")
_PARTS = ("elements.js", "texts.js", "layers.js", "things.js")
MEASURE = "() => {\n" + "\n".join(_SCRIPTS.joinpath(part).read_text(encoding="utf-8") for part in _PARTS) + "}"
"""A function that measures the page that it is called in."""

_HEIGHT = 900  # px, of the window
_AT_ONCE = max(1, min(4, os.cpu_count() or 1))  # pages; each keeps a processor busy
# Each page asks so many different things, and each so seldom, that compiling them twice costs more than it brings.
_QUICK = "--js-flags=--no-opt"
_TILE = 4_000  # px; a picture of more than some 16,000 px in height is not drawn whole
# Answers come as JSON in one string: taking data over value by value costs the driver more than the measuring does.
_MEASURE = f"() => JSON.stringify(({MEASURE})())"
_AXE = _SCRIPTS.joinpath("axe.js").read_text(encoding="utf-8")
_AXE_IS_THERE = "typeof axe === 'object'"
_AXE_RULES = "(left) => axe.getRules().map((rule) => rule.ruleId).filter((id) => !left.includes(id))"
# The first of many headings is that of the contents; the first of many pictures may be the logo.
_SHOW = "(what) => { const [one, two] = document.querySelectorAll(what); (two ?? one)?.scrollIntoView(); }"
_WITHOUT_TEXT = """
*, ::before, ::after, ::marker {
  color: transparent !important; -webkit-text-fill-color: transparent !important; text-shadow: none !important;
}
"""


@dataclass(frozen=True)
class Request:
    """A page to be looked at, and how."""

    html: str
    """As the state's rendering has made it."""
    state: State
    without_axe: tuple[str, ...]
    """Rules of axe-core that are not run."""


@dataclass(frozen=True)
class ScreenshotTile:
    """A piece of the page as it looks (PNG), with its words and without; where its top edge is, in px."""

    top: int
    with_words: bytes
    without_words: bytes


@dataclass(frozen=True)
class BrowserResult:
    """What the browser saw of one page."""

    found: Mapping[str, Any]
    """See measure/."""
    axe: Mapping[str, Any]
    """`version`, `ran` (how many rules), `violations` and `incomplete`."""
    browser: str
    """Name and version."""
    screenshot: bytes
    """What the window shows (JPEG)."""
    tiles: tuple[ScreenshotTile, ...]
    """The pieces of the page whose contrast only pixels can tell."""


def is_mixed(text: Mapping[str, Any]) -> bool:
    """Whether only the pixels tell the contrast of a text; of one that cannot be seen nothing does."""
    return not text["asAsked"] and text["hidden"] in ("", "colour") and text["box"] is not None


def look(requests: Sequence[Request], told: Callable[[int], None] = lambda number: None) -> list[BrowserResult]:
    """Look at pages, a few at once in one browser.

    Args:
        requests: the pages.
        told: called with the position of each request when its page has been looked at.

    Returns:
        What was seen, in the order of the requests.

    Raises:
        Problems: when there is no browser, or it does not start.
    """
    path = find_browser()
    if path is None:
        hint = "Install any of the three; `newsletter audit` finds it by itself."
        raise Problems.one(Location("newsletter audit"), "browser", NONE_FOUND, hint)
    return asyncio.run(_look(path, requests, told))


async def _look(path: str, requests: Sequence[Request], told: Callable[[int], None]) -> list[BrowserResult]:
    from axe_playwright_python.base import AXE_SCRIPT  # noqa: PLC0415
    from playwright.async_api import Error, async_playwright  # noqa: PLC0415

    async with async_playwright() as playwright:
        try:
            browser = await playwright.chromium.launch(executable_path=path, args=[*arguments(), _QUICK])
        except Error as error:
            hint = f"Look whether {path} opens by itself. It said: {str(error).splitlines()[0]}"
            raise Problems.one(Location("newsletter audit"), "browser", "The browser did not start.", hint) from None
        name = f"{name_of(path)} {browser.version}"
        waiting = list(range(len(requests)))[::-1]
        sights: dict[int, BrowserResult] = {}

        async def work() -> None:
            # One window for many pages: opening one costs the browser more than showing a page in it.
            page = await (await browser.new_context()).new_page()
            await page.route(re.compile(r"^(?!data:|about:)"), lambda route: route.abort())
            while waiting:
                number = waiting.pop()
                sights[number] = await _see(page, name, requests[number], AXE_SCRIPT)
                told(number)

        try:
            await asyncio.gather(*(work() for _ in range(min(_AT_ONCE, len(requests)))))
        finally:
            await browser.close()
    return [sights[number] for number in range(len(requests))]


async def _see(page: Page, name: str, request: Request, axe: str) -> BrowserResult:
    state = request.state
    await page.set_viewport_size({"width": state.width, "height": _HEIGHT})
    await page.emulate_media(
        color_scheme=state.scheme,
        forced_colors="active" if state.forced_colours else "none",
        reduced_motion="reduce" if state.reduced_motion else "no-preference",
    )
    # It takes the place of all that was in the window before, but for axe-core, which takes long to read.
    await page.set_content(request.html)
    found = json.loads(await page.evaluate(_MEASURE))
    await page.evaluate(_SHOW, state.shows)
    screenshot = await page.screenshot(type="jpeg", quality=90)
    await page.evaluate("scrollTo(0, 0)")
    if not await page.evaluate(_AXE_IS_THERE):
        await page.evaluate(axe)
    rules = await page.evaluate(_AXE_RULES, list(request.without_axe))
    asked = {
        "rules": [rule for rule in rules if rule not in OF_LOOK],
        "ofLook": [rule for rule in rules if rule in OF_LOOK],
        "alike": found["alike"],
    }
    told = {**json.loads(await page.evaluate(_AXE, asked)), "ran": len(rules)}
    return BrowserResult(found, told, name, screenshot, await _tiles(page, found))


async def _tiles(page: Page, found: Mapping[str, Any]) -> tuple[ScreenshotTile, ...]:
    mixed = [text["box"] for text in found["texts"] if is_mixed(text)]
    # A text that lies across an edge is in two of them; each overlaps the next by that much.
    tops = sorted({max(0, int(box["top"])) // _TILE * _TILE for box in mixed})
    if not tops:
        return ()
    with_words = [await _tile(page, top) for top in tops]
    await page.add_style_tag(content=_WITHOUT_TEXT)
    without = [await _tile(page, top) for top in tops]
    return tuple(ScreenshotTile(*parts) for parts in zip(tops, with_words, without, strict=True))


async def _tile(page: Page, top: int) -> bytes:
    size = await page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    height = min(_TILE + _HEIGHT, size[1] - top)
    return await page.screenshot(full_page=True, clip={"x": 0, "y": top, "width": size[0], "height": height})
