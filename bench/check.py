"""Measures what the accessibility check adds to the time of building an issue, and which rules take most of it.

python bench/check.py [--sizes 1,5,20] [--runs 15]

It measures two cases. `newsletter render` builds all editions of the brand and the web version, and checks all
editions. A single edition cannot share work with others. Builds and checks alternate in one process. The processor time
is measured, so that a busy machine matters less; it still matters, because memory is slower then. Python's garbage
collector is off, as in the command, and runs between two measurements. Prints Markdown.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from many_articles import write_issue

from newsletter.check.context import CheckContext
from newsletter.check.engine import check_editions
from newsletter.check.registry import all_rules
from newsletter.check.settings import Settings, read_settings
from newsletter.edition import Edition
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.pipeline import build, build_editions, build_issue, build_web_page
from newsletter.project import Project, find_project

AIM = 1 / 3
SLOWEST = 5  # rules in the table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1,5,20")
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    print("| articles | case | build, ms | check, ms | check / build | slowest rules, ms |")
    print("| --: | --- | --: | --: | --: | --- |")
    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, arguments.sizes.split(",")):
            path = write_issue(Path(folder), size)
            project = find_project(path.parent)
            brand, settings = load_brand(project), read_settings(project)
            for name, build_case in (("as `render` does", all_editions), ("one edition", one_edition)):
                print(f"| {size} | {name} | {_row(lambda: build_case(path, project, brand), settings, arguments.runs)}")  # noqa: B023
    print(f"\nThe aim for 20 articles is at most {AIM:.2f}.")


def all_editions(path: Path, project: Project, brand: Brand) -> Sequence[Edition]:
    build = build_issue(path, project, brand)
    editions = build_editions(build, project)
    build_web_page(build, project)
    return editions


def one_edition(path: Path, project: Project, brand: Brand) -> Sequence[Edition]:
    return [build(path, project, brand)]


def _row(build_case: Callable[[], Sequence[Edition]], settings: Settings, runs: int) -> str:
    builds, checks, ratios = [], [], []
    for number in range(runs + 2):
        gc.collect()
        start = time.process_time()
        editions = build_case()
        built = time.process_time()
        check_editions(editions, settings)
        checked = time.process_time()
        if number >= 2:  # the first ones load modules
            builds.append(built - start)
            checks.append(checked - built)
            ratios.append((checked - built) / (built - start))
    build_ms, check_ms = (statistics.median(values) * 1000 for values in (builds, checks))
    slowest = ", ".join(f"{id} {ms / 100:.1f}" for id, ms in _spent(editions[0], settings).most_common(SLOWEST))
    return f"{build_ms:.0f} | {check_ms:.0f} | **{statistics.median(ratios):.2f}** | {slowest} |"


def _spent(edition: Edition, settings: Settings) -> Counter[str]:
    """Return the time of each rule in one edition, in 0.01 ms. Shared data counts for the first rule that needs it."""
    spent: Counter[str] = Counter()
    context = CheckContext(edition)
    for rule in all_rules():
        if rule.scope != "browser":
            argument = getattr(context, rule.scope)
            start = time.process_time()
            list(rule.check(argument, settings.options(rule)))
            spent[rule.id] += round((time.process_time() - start) * 1e5)
    return spent


if __name__ == "__main__":
    main()
