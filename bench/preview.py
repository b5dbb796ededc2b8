"""How long a save takes to reach the browser, and what many saves leave in memory.

    .venv/bin/python bench/preview.py

From a save of an issue with five articles to its new email in the browser: the clock starts before the file is written
and stops when the browser has laid out the new page in its frame. A browser of the Chromium family has to be installed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "bench")]

from many_articles import write_issue  # noqa: E402
from playwright.sync_api import Page  # noqa: E402

from browser import installed_browser  # noqa: E402
from live_preview import Live, running, save, write_simple  # noqa: E402

ARTICLES = 5
# Notes the time at which the words are there, by a clock that counts as Python's does. Looks before each frame.
_SEEN = """words => new Promise(resolve => {
  const look = () => {
    const frame = document.querySelector('.frames > iframe:not(.coming)');
    const text = frame?.contentDocument?.body?.innerText ?? '';
    if (text.includes(words)) resolve(performance.timeOrigin + performance.now());
    else requestAnimationFrame(look);
  };
  look();
})"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--saves", type=int, default=50, help="how many saves are timed")
    arguments.add_argument("--soak", type=int, default=500, help="how many saves are made in the minute after")
    told = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder, installed_browser() as browser:
        project = Path(folder)
        path = write_issue(project, ARTICLES)
        with running(project) as live:
            page = browser.new_page()
            page.goto(f"{live.address}issues/{path.stem}/email")
            print("| from a save to the new page, ms | median | p95 | slowest |\n| --- | --: | --: | --: |")
            taken = latencies(page, path, told.saves)
            p95 = statistics.quantiles(taken, n=20)[-1]
            figures = " | ".join(f"{value:.0f}" for value in (statistics.median(taken), p95, max(taken)))
            print(f"| {ARTICLES} articles, {told.saves} saves | {figures} |")
            print("\n| memory, MB | before | after |\n| --- | --: | --: |")
            before, after = soak(live, page, told.soak)
            print(f"| {told.soak} saves in a minute | {before / 1e6:.0f} | {after / 1e6:.0f} |")


def latencies(page: Page, path: Path, saves: int) -> list[float]:
    """Save again and again, and give the milliseconds from each save to its words in the browser."""
    written = path.read_text(encoding="utf-8")
    taken = []
    for number in range(-3, saves):  # the first ones warm up
        words = f"Seen {time.time_ns()}"
        began = time.time() * 1000
        save(path, written.replace("Many articles", words, 1))
        seen = float(page.evaluate(_SEEN, words))
        if number >= 0:
            taken.append(seen - began)
        # An editor thinks for a moment, in which the check is made.
        page.wait_for_timeout(500 + random.random() * 100)
    return taken


def soak(live: Live, page: Page, saves: int) -> tuple[int, int]:
    """Save so many times in a minute, every third time something broken; give the bytes held before and after."""
    path = write_simple(live.folder, "soak")
    page.goto(f"{live.address}issues/soak/email")
    whole = path.read_text(encoding="utf-8")
    dice = random.Random(0)
    before = 0
    for number in range(-50, saves):
        if number == 0:
            before = live.memory()
        text = whole.replace("Some plain words.", f"Save {number}.")
        save(path, text[: dice.randrange(len(text))] if dice.random() < 1 / 3 else text)
        time.sleep(60 / saves)
    save(path, whole.replace("Some plain words.", "The last save."))
    page.evaluate(_SEEN, "The last save.")
    page.wait_for_timeout(1000)
    return before, live.memory()


if __name__ == "__main__":
    main()
