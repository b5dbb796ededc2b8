"""What the accessibility check adds to the time of building an issue, and which of its parts take it.

python bench/check.py [--sizes 1,5,20] [--runs 15]

Builds and checks take turns in one process, and what is counted is its processor time, so that a busy machine counts
less; it counts still, as both wait longer for their memory. Python's collector is off, as in `newsletter check`, and
collects between two runs. Prints Markdown.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path

from many_articles import write_issue

from newsletter.check import Subjects, check
from newsletter.check.settings import read_settings
from newsletter.load import load_brand
from newsletter.pipeline import build
from newsletter.project import find_project
from newsletter.rules import all_rules

AIM = 1 / 3
SLOWEST = 5  # rules that are named


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1,5,20")
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    print("| articles | build, ms | check, ms | check / build | slowest rules, ms |")
    print("| --: | --: | --: | --: | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, arguments.sizes.split(",")):
            print(_row(size, arguments.runs, Path(folder)))
    print(f"\nThe aim for 20 articles is at most {AIM:.2f}.")


def _row(size: int, runs: int, folder: Path) -> str:
    path = write_issue(folder, size)
    project = find_project(path.parent)
    brand, settings = load_brand(project), read_settings(project)
    builds, checks, ratios = [], [], []
    gc.disable()
    for number in range(runs + 2):
        gc.collect()
        start = time.process_time()
        edition = build(path, project, brand)
        built = time.process_time()
        check(edition, settings)
        checked = time.process_time()
        if number >= 2:  # the first ones load modules
            builds.append(built - start)
            checks.append(checked - built)
            ratios.append((checked - built) / (built - start))
    spent: Counter[str] = Counter()
    subjects = Subjects(edition)
    for rule in all_rules():
        if rule.kind == "browser":
            continue
        subject = getattr(subjects, rule.kind)
        start = time.process_time()
        list(rule.check(subject, settings.options(rule)))
        spent[rule.id] += round((time.process_time() - start) * 1e5)
    slowest = ", ".join(f"{id} {ms / 100:.1f}" for id, ms in spent.most_common(SLOWEST))
    build_ms, check_ms = (statistics.median(values) * 1000 for values in (builds, checks))
    return f"| {size} | {build_ms:.0f} | {check_ms:.0f} | **{statistics.median(ratios):.2f}** | {slowest} |"


if __name__ == "__main__":
    main()
