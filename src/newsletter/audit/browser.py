"""A real browser: any Chrome, Chromium or Edge that is installed, and what it shows of a page.

playwright and axe-core enter through this module alone. Nothing is downloaded, and no page reaches the network.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsletter.audit.shared import Request, Shared
from newsletter.audit.states import State
from newsletter.problems import Place, Problems

if TYPE_CHECKING:
    from playwright.async_api import Page

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
    # A browser asks its maker's servers for updates and lists; these pages contact nobody.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
NONE_FOUND = "No Chromium, Chrome or Edge is installed, so the page is not looked at in a browser."
MEASURE = files(__package__).joinpath("measure.js").read_text(encoding="utf-8")

_HEIGHT = 900  # px, of the window
_AT_ONCE = max(1, min(4, os.cpu_count() or 1))  # pages; each keeps a processor busy
_TILE = 4_000  # px; a picture of more than some 16,000 px in height is not drawn whole
# Answers come as JSON in one string: taking data over value by value costs the driver more than the measuring does.
_MEASURE = f"() => JSON.stringify(({MEASURE.rstrip().removesuffix(';')})())"
_SIGNS = files(__package__).joinpath("signs.js").read_text(encoding="utf-8")
_AXE_RULES = "(left) => axe.getRules().map((rule) => rule.ruleId).filter((id) => !left.includes(id))"
_AXE = """(rules) => axe.run(document, {
  runOnly: { type: "rule", values: rules },
  resultTypes: ["violations", "incomplete"], selectors: false, elementRef: true,
}).then((result) => {
  const numbers = new Map();
  let last = -1;
  for (const element of document.querySelectorAll("*"))
    numbers.set(element, last = Number(element.getAttribute("newsletter-element") ?? last));
  const plain = (found) => found.map(({ id, help, tags, nodes }) => ({ id, help, tags, nodes: nodes.map((node) => ({
    number: numbers.get(node.element) ?? -1,
    words: (node.element?.textContent || node.element?.getAttribute("alt") || "").trim().replace(/\\s+/g, " "),
    html: node.html.replace(/ newsletter-element="\\d+"/g, ""),
  })) }));
  return JSON.stringify({
    version: axe.version, violations: plain(result.violations), incomplete: plain(result.incomplete),
  });
})"""
_WITHOUT_TEXT = """
* { color: transparent !important; -webkit-text-fill-color: transparent !important; text-shadow: none !important; }
"""


@dataclass(frozen=True)
class Tile:
    """A piece of the page as it looks (PNG), with its words and without; where its top edge is, in px."""

    top: int
    with_words: bytes
    without_words: bytes


@dataclass(frozen=True)
class Sight:
    """What the browser saw of one page."""

    found: Mapping[str, Any]
    """See measure.js."""
    axe: Mapping[str, Any]
    """`version`, `ran` (rules that ran on this very page), `violations` and `incomplete`."""
    as_in: Mapping[str, tuple[str, ...]]
    """Rules of axe-core that ran in another state, in which all that they depend on is the same; by that state's name.
    What they found is in `axe` all the same."""
    browser: str
    """Name and version."""
    screenshot: bytes
    """What the window shows (PNG)."""
    tiles: tuple[Tile, ...]
    """The pieces of the page whose contrast only pixels can tell."""


def is_mixed(text: Mapping[str, Any]) -> bool:
    """Whether only the pixels tell the contrast of a text; of one that cannot be seen nothing does."""
    return not text["asAsked"] and text["hidden"] in ("", "colour") and text["box"] is not None


def find_browser() -> str | None:
    """Give the path of an installed browser of the Chromium family, or None."""
    found = (shutil.which(name) for name in _NAMES)
    places = (place for place in _PLACES.get(platform.system(), ()) if Path(place).is_file())
    return next(filter(None, (*found, *places)), None)


def arguments() -> list[str]:
    """Give what the browser is started with."""
    # For the superuser, as in most containers, Chromium starts only without its sandbox.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*_ARGUMENTS, *(["--no-sandbox"] if is_root else [])]


def look(requests: Sequence[Request], told: Callable[[int], None] = lambda number: None) -> list[Sight]:
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
        raise Problems.one(Place("newsletter audit"), "browser", NONE_FOUND, hint)
    return asyncio.run(_look(path, requests, told))


def require_extra() -> None:
    """See to it that what drives the browser and reads its pictures is installed.

    Raises:
        Problems: when it is not.
    """
    try:
        import axe_playwright_python.base  # noqa: F401, PLC0415 - an extra: a message, not a traceback
        import PIL  # noqa: F401, PLC0415 - see pixels.py
        import playwright.async_api  # noqa: F401, PLC0415
    except ImportError:
        message = "What drives the browser is not installed."
        hint = "Install it with: pip install 'accessible-newsletter[audit]'"
        raise Problems.one(Place("newsletter audit"), "browser", message, hint) from None


async def _look(path: str, requests: Sequence[Request], told: Callable[[int], None]) -> list[Sight]:
    from axe_playwright_python.base import AXE_SCRIPT  # noqa: PLC0415
    from playwright.async_api import Error, async_playwright  # noqa: PLC0415

    async with async_playwright() as playwright:
        try:
            browser = await playwright.chromium.launch(executable_path=path, args=arguments())
        except Error as error:
            hint = f"Look whether {path} opens by itself. It said: {str(error).splitlines()[0]}"
            raise Problems.one(Place("newsletter audit"), "browser", "The browser did not start.", hint) from None
        name = f"{_name(path)} {browser.version}"
        waiting = list(range(len(requests)))[::-1]
        sights: dict[int, Sight] = {}
        shared = Shared(requests)

        async def work() -> None:
            # One window for many pages: opening one costs the browser more than showing a page in it.
            page = await (await browser.new_context()).new_page()
            await page.route(re.compile(r"^(?!data:|about:)"), lambda route: route.abort())
            while waiting:
                number = waiting.pop()
                sights[number] = await _see(page, name, number, shared, AXE_SCRIPT)
                told(number)

        try:
            await asyncio.gather(*(work() for _ in range(min(_AT_ONCE, len(requests)))))
        finally:
            await browser.close()
    return [sights[number] for number in range(len(requests))]


def _name(path: str) -> str:
    written = path.lower()
    return next((name for part, name in (("edge", "Edge"), ("chromium", "Chromium")) if part in written), "Chrome")


async def _see(page: Page, name: str, number: int, shared: Shared, axe: str) -> Sight:
    request = shared.requests[number]
    state = request.state
    await page.set_viewport_size({"width": state.width, "height": _HEIGHT})
    await page.emulate_media(
        color_scheme=state.scheme,
        forced_colors="active" if state.forced_colours else "none",
        reduced_motion="reduce" if state.reduced_motion else "no-preference",
    )
    # A new document, so that nothing of the page before is left, neither scripts nor a place that was scrolled to.
    await page.goto("about:blank")
    await page.set_content(request.html)
    signs = await page.evaluate(_SIGNS)
    shared.known(number, signs)
    found = json.loads(await page.evaluate(_MEASURE))
    screenshot = await _screenshot(page, state)
    await page.evaluate(axe)
    rules = await page.evaluate(_AXE_RULES, list(request.without_axe))
    owners = await shared.owners(number, rules)
    own = [rule for rule in rules if owners[rule] == number]
    told = json.loads(await page.evaluate(_AXE, own))
    shared.done(number, told)
    axe_told = {**await shared.whole(owners), "version": told["version"], "ran": len(own)}
    as_in: dict[str, tuple[str, ...]] = {}
    for owner in sorted({*owners.values()} - {number}):
        as_in[shared.requests[owner].state.name] = tuple(rule for rule in rules if owners[rule] == owner)
    return Sight(found, axe_told, as_in, name, screenshot, await _tiles(page, found))


async def _screenshot(page: Page, state: State) -> bytes:
    if state.shows:
        await page.evaluate("what => document.querySelector(what)?.scrollIntoView()", state.shows)
    screenshot = await page.screenshot()
    await page.evaluate("scrollTo(0, 0)")
    return screenshot


async def _tiles(page: Page, found: Mapping[str, Any]) -> tuple[Tile, ...]:
    mixed = [text["box"] for text in found["texts"] if is_mixed(text)]
    # A text that lies across an edge is in two of them; each overlaps the next by that much.
    tops = sorted({int(box["top"]) // _TILE * _TILE for box in mixed})
    if not tops:
        return ()
    with_words = [await _tile(page, top) for top in tops]
    await page.add_style_tag(content=_WITHOUT_TEXT)
    without = [await _tile(page, top) for top in tops]
    return tuple(Tile(*parts) for parts in zip(tops, with_words, without, strict=True))


async def _tile(page: Page, top: int) -> bytes:
    size = await page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    height = min(_TILE + _HEIGHT, size[1] - top)
    return await page.screenshot(full_page=True, clip={"x": 0, "y": top, "width": size[0], "height": height})
