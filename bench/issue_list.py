"""Measure how long the first page of the preview takes with many issues: `.venv/bin/python bench/issue_list.py`.

The clock starts with the program, and stops when the whole list has arrived. Then the list is asked for again and
again while the issues are built in the background, which is when it is slowest.
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
import urllib.request
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from support.live_preview import make_project, running  # noqa: E402

FIRST_DAY = datetime.date(2004, 1, 7)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--issues", type=int, default=300)
    arguments.add_argument("--requests", type=int, default=40)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        write_issues(project, options.issues)
        start = time.perf_counter()
        with running(project) as live:
            begun = time.perf_counter()
            first = ask(live.address)
            end = time.perf_counter()
            assert first.count('class="issue"') == options.issues
            times = [timed(live.address) for _ in range(options.requests)]
            filtered = [timed(f"{live.address}?q=december") for _ in range(options.requests)]
            picture = re.search(r'src="/(pictures/[^"]+)"', first)
            assert picture
            pictures = [timed(live.address + picture[1]) for _ in range(options.requests)]
            is_busy = "Checking" in ask(live.address)
    print(f"{options.issues} issues, {len(first) / 1000:.0f} KB; load {os.getloadavg()[0]:.1f}\n")
    print("| ms | median | slowest |\n| --- | --: | --: |")
    print(f"| from the start of the program to its address | {1000 * (begun - start):.0f} | |")
    print(f"| from the start of the program to the list | {1000 * (end - start):.0f} | |")
    for words, measured in (("the list again", times), ("the list, filtered", filtered), ("a picture", pictures)):
        state = " while issues are built" if is_busy else ""
        print(f"| {words}{state} | {statistics.median(measured):.0f} | {max(measured):.0f} |")


def write_issues(project: Path, number: int) -> None:
    """Write a project with many issues, one a month: the shipped ones and those of the tests in turn."""
    make_project(project)
    sources = [*(ROOT / "issues").glob("[0-9]*.yaml"), *(ROOT / "tests/cases/issues").glob("[0-9]*.yaml")]
    for at, source in enumerate(islice(cycle(sorted(sources)), number)):
        day = FIRST_DAY + datetime.timedelta(days=28 * at)
        text = re.sub(r"^date: .*$", f"date: {day}", source.read_text("utf-8"), count=1, flags=re.MULTILINE)
        (project / "issues" / f"{day}-{at}.yaml").write_text(text, "utf-8")
    for images in ROOT.glob("tests/cases/issues/images"):
        shutil.copytree(images, project / "issues" / "images", dirs_exist_ok=True)


def ask(address: str) -> str:
    """Return what is at an address."""
    with urllib.request.urlopen(address) as answer:
        return str(answer.read().decode("utf-8", "replace"))


def timed(address: str) -> float:
    """Ask for an address, and return how long the answer takes, in ms."""
    start = time.perf_counter()
    ask(address)
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
