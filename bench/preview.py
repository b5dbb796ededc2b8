"""Measure how long a save takes to reach the browser, and how much memory many saves use.

    .venv/bin/python bench/preview.py

With `--quick` it takes less than two minutes, and measures fewer kinds of saves.

The issue has five articles. The clock starts before the file is written, and stops when the browser has laid out the
new email in its frame, or in both frames: one kind of save is looked at as on a desktop and on a phone. A browser of
the Chromium family has to be installed.
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
# Returns the time at which the browser is about to paint an email with certain words, on the same clock as Python's. It
# looks when a page changes. If it looked before each frame, it would slow down the build that it waits for.
_WAIT_FOR_WORDS = """words => new Promise(resolve => {
  const frames = () => [...document.querySelectorAll('.frames > iframe')];
  const shows = frame => frame.contentDocument?.body?.innerText.includes(words);
  const observer = new MutationObserver(look);
  function look() {
    for (const page of [document, ...frames().map(frame => frame.contentDocument)])
      if (page) observer.observe(page, { subtree: true, childList: true, characterData: true });
    if (!frames().length || !frames().every(shows)) return;
    observer.disconnect();
    document.removeEventListener('load', look, true);
    requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
  }
  document.addEventListener('load', look, true);
  look();
})"""


@dataclass(frozen=True)
class Save:
    """The start of one save, and the time at which its page was there; both in milliseconds."""

    start: float
    end: float


# Each kind of save: its name, the pause before it, and the query of the view.
KINDS = (
    ("3 s after the one before", 3.0, ""),
    ("the same, desktop and phone", 3.0, "?device=both"),
    ("0.5 s after, while it is checked", 0.5, ""),
)
QUICK = (("2 s after the one before", 2.0, ""), ("the same, desktop and phone", 2.0, "?device=both"))
STEPS = (
    "the watcher and the scan notice it",
    "the check of the last save ends",
    "the page is built",
    "the browser asks for it",
    "the browser lays it out",
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--saves", type=int, default=30, help="how many saves are timed, of each kind")
    arguments.add_argument("--quick", action="store_true", help="12 saves of two kinds, and no soak")
    arguments.add_argument("--soak", type=int, default=500, help="how many saves are made in the minute after")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder, installed_browser() as browser:
        # The clock writes outside of the watched folder, where each line would be one more change.
        project, log = Path(folder) / "project", Path(folder) / "clock.log"
        path = write_issue(project, ARTICLES)
        with running(project, program=(str(ROOT / "bench" / "preview_clock.py"), str(log))) as live:
            page = browser.new_page()
            saves = 12 if options.quick else options.saves
            print(f"{ARTICLES} articles, 3 editions, {saves} saves; load {os.getloadavg()[0]:.1f}\n")
            print(
                "| from a save to the new page, ms | least | median | p95 | slowest |\n| --- | --: | --: | --: | --: |"
            )
            for words, pause, query in QUICK if options.quick else KINDS:
                page.goto(f"{live.address}issues/{path.stem}/email{query}")
                timings = list(timed(page, path, saves, pause))
                row(f"**{words}**", [save.end - save.start for save in timings])
                steps, processor = durations(log, timings)
                for step, times in steps.items():
                    row(step, times)
                row("processor time, from build to answer", processor)
            if options.quick:
                return
            print("\n| memory, MB | before | after |\n| --- | --: | --: |")
            before, after = soak(live, page, path, options.soak)
            print(f"| {options.soak} saves in a minute | {before / 1e6:.0f} | {after / 1e6:.0f} |")


def row(title: str, times: list[float]) -> None:
    """Print one line of the table, from times in milliseconds."""
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    print(f"| {title} | {min(times):.0f} | {statistics.median(times):.0f} | {p95:.0f} | {max(times):.0f} |", flush=True)


def timed(page: Page, path: Path, saves: int, pause: float) -> Iterator[Save]:
    """Save again and again, with a pause in seconds after each new page."""
    text = path.read_text(encoding="utf-8")
    for number in range(-3, saves):  # the first ones warm up
        words = f"Save {time.time_ns()}"
        start = time.time() * 1000
        save(path, text.replace("Many articles", words, 1))
        end = float(page.evaluate(_WAIT_FOR_WORDS, words))
        if number >= 0:
            yield Save(start, end)
        page.wait_for_timeout(1000 * pause + random.random() * 100)
    save(path, text)


def durations(log: Path, saves: list[Save]) -> tuple[dict[str, list[float]], list[float]]:
    """Return the times of each step, and the processor times from build to answer, for each save in milliseconds."""
    moments = [
        (f"{name} {when}", float(at), float(processor))
        for name, when, at, processor in map(str.split, log.read_text(encoding="ascii").splitlines())
    ]
    steps: dict[str, list[float]] = {step: [] for step in STEPS}
    processor = []
    for one in saves:
        ours = [moment for moment in moments if one.start <= moment[1] <= one.end]
        end = max(place for place, moment in enumerate(ours) if moment[0] == "build_page ends")
        begin = max(place for place in range(end) if ours[place][0] == "build_page begins")
        scan = max(place for place in range(begin) if ours[place][0] == "take_snapshot ends")
        answer = next(place for place in range(end, len(ours)) if ours[place][0] == "frame_page ends")
        times = [one.start, *(ours[place][1] for place in (scan, begin, end, answer)), one.end]
        for step, (before, after) in zip(STEPS, itertools.pairwise(times), strict=True):
            steps[step].append(after - before)
        processor.append(ours[answer][2] - ours[begin][2])
    return steps, processor


def soak(live: Live, page: Page, path: Path, saves: int) -> tuple[int, int]:
    """Save many times in a minute, every third time a broken file. Return the memory before and after, in bytes.

    A tenth as many saves come first and do not count, because they fill the program's caches.
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
    page.evaluate(_WAIT_FOR_WORDS, "The last save.")
    page.wait_for_timeout(1000)
    return before, live.memory()


if __name__ == "__main__":
    main()
