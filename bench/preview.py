"""How long a save takes to reach the browser, and what many saves leave in memory.

    .venv/bin/python bench/preview.py

With `--quick` it takes under a minute, and measures the first kind of save alone.

From a save of an issue with five articles to its new email in the browser: the clock starts before the file is written
and stops when the browser has laid out the new page in its frame. A browser of the Chromium family has to be installed.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "bench")]

from many_articles import write_issue  # noqa: E402
from playwright.sync_api import Page  # noqa: E402

from support.browser import installed_browser  # noqa: E402
from support.live_preview import Live, running, save  # noqa: E402

ARTICLES = 5
# Notes the time at which the words are there, by a clock that counts as Python's does. Looks before each frame.
_SEEN = """words => new Promise(resolve => {
  const look = () => {
    const frame = document.querySelector('.frames > iframe');
    const text = frame?.contentDocument?.body?.innerText ?? '';
    if (text.includes(words)) resolve(performance.timeOrigin + performance.now());
    else requestAnimationFrame(look);
  };
  look();
})"""


@dataclass(frozen=True)
class Save:
    """One save, in milliseconds: when it began, and when its page was there."""

    began: float
    seen: float


PAUSES = (("3 s after the one before", 3.0), ("0.5 s after, while it is checked", 0.5))
QUICK = (("2 s after the one before", 2.0),)
STEPS = (
    "noticed, by the watcher and a look",
    "waited for the check of the last save",
    "drawn",
    "asked for",
    "laid out",
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--saves", type=int, default=30, help="how many saves are timed, of each kind")
    arguments.add_argument("--quick", action="store_true", help="12 saves, 2 s after the one before, and no soak")
    arguments.add_argument("--soak", type=int, default=500, help="how many saves are made in the minute after")
    told = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder, installed_browser() as browser:
        # The clock writes outside of what is watched: each line would be one more change to look at.
        project, log = Path(folder) / "project", Path(folder) / "clock.log"
        path = write_issue(project, ARTICLES)
        with running(project, program=(str(ROOT / "bench" / "preview_clock.py"), str(log))) as live:
            page = browser.new_page()
            page.goto(f"{live.address}issues/{path.stem}/email")
            saves = 12 if told.quick else told.saves
            print(f"{ARTICLES} articles, 3 editions, {saves} saves; load {os.getloadavg()[0]:.1f}\n")
            print("| from a save to the new page, ms | median | p95 | slowest |\n| --- | --: | --: | --: |")
            for words, pause in QUICK if told.quick else PAUSES:
                timings = list(timed(page, path, saves, pause))
                row(f"**{words}**", [save.seen - save.began for save in timings])
                steps, processor = broken_down(log, timings)
                for step, taken in steps.items():
                    row(step, taken)
                row("processor time, from drawing to answer", processor)
            if told.quick:
                return
            print("\n| memory, MB | before | after |\n| --- | --: | --: |")
            before, after = soak(live, page, path, told.soak)
            print(f"| {told.soak} saves in a minute | {before / 1e6:.0f} | {after / 1e6:.0f} |")


def row(words: str, taken: list[float]) -> None:
    """Print one line of the table."""
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(f"| {words} | {statistics.median(taken):.0f} | {p95:.0f} | {max(taken):.0f} |", flush=True)


def timed(page: Page, path: Path, saves: int, pause: float) -> Iterator[Save]:
    """Save again and again, so many seconds after each page was seen."""
    written = path.read_text(encoding="utf-8")
    for number in range(-3, saves):  # the first ones warm up
        words = f"Seen {time.time_ns()}"
        began = time.time() * 1000
        save(path, written.replace("Many articles", words, 1))
        seen = float(page.evaluate(_SEEN, words))
        if number >= 0:
            yield Save(began, seen)
        page.wait_for_timeout(1000 * pause + random.random() * 100)
    save(path, written)


def broken_down(log: Path, saves: list[Save]) -> tuple[dict[str, list[float]], list[float]]:
    """Give how long each step took, save by save, and the processor time from noticing to answering."""
    moments = [
        (f"{name} {when}", float(at), float(processor))
        for name, when, at, processor in map(str.split, log.read_text(encoding="ascii").splitlines())
    ]
    steps: dict[str, list[float]] = {step: [] for step in STEPS}
    processor = []
    for one in saves:
        ours = [moment for moment in moments if one.began <= moment[1] <= one.seen]
        end = max(place for place, moment in enumerate(ours) if moment[0] == "make_page ends")
        begun = max(place for place in range(end) if ours[place][0] == "make_page begins")
        looked = max(place for place in range(begun) if ours[place][0] == "look ends")
        framed = next(place for place in range(end, len(ours)) if ours[place][0] == "framed ends")
        times = [one.began, *(ours[place][1] for place in (looked, begun, end, framed)), one.seen]
        for step, (before, after) in zip(STEPS, itertools.pairwise(times), strict=True):
            steps[step].append(after - before)
        processor.append(ours[framed][2] - ours[begun][2])
    return steps, processor


def soak(live: Live, page: Page, path: Path, saves: int) -> tuple[int, int]:
    """Save so many times in a minute, every third time something broken; give the bytes held before and after.

    A tenth as many saves come first and do not count: until then the program fills what it keeps for good.
    """
    whole = path.read_text(encoding="utf-8")
    dice = random.Random(0)
    before = 0
    for number in range(-saves // 10, saves):
        if number == 0:
            before = live.memory()
        text = whole.replace("Many articles", f"Save {number}.", 1)
        save(path, text[: dice.randrange(len(text))] if dice.random() < 1 / 3 else text)
        time.sleep(60 / saves)
    save(path, whole.replace("Many articles", "The last save.", 1))
    page.evaluate(_SEEN, "The last save.")
    page.wait_for_timeout(1000)
    return before, live.memory()


if __name__ == "__main__":
    main()
