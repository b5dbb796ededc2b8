"""How long a full audit takes: every state, both shipped issues, in the browser that is installed.

python bench/audit.py [--runs 3]

Each run opens a browser anew, as `newsletter audit` does. Prints Markdown.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from pathlib import Path

from newsletter.audit import audit
from newsletter.audit.outcome import Audit
from newsletter.audit.report import files
from newsletter.check.settings import read_settings
from newsletter.load import load_brand
from newsletter.pipeline import build
from newsletter.project import Project

AIM = 20  # seconds, for the standard edition of an issue on two processors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    project = Project(Path(__file__).resolve().parents[1])
    load = f", load {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else ""
    print(f"{os.cpu_count()} processors{load}.\n")
    print("| issue | words | states | audit, s | slowest, s | report, KB |")
    print("| --- | --: | --: | --: | --: | --: |")
    for path in sorted(project.issues.glob("[!_]*.yaml")):
        print(_row(path, project, arguments.runs))
    print(f"\nThe aim is at most {AIM} s on two processors.")


def _row(path: Path, project: Project, runs: int) -> str:
    times = []
    made: Audit | None = None
    for _ in range(runs):
        start = time.perf_counter()
        edition = build(path, project, load_brand(project))
        (made,) = audit([edition], read_settings(project))
        written = files(made)
        times.append(time.perf_counter() - start)
    assert made is not None
    words, size = made.looked[0].words, max(map(len, written.values())) / 1000
    return (
        f"| {path.stem} | {words:,} | {len(made.looked)} | **{statistics.median(times):.1f}** | {max(times):.1f} "
        f"| {size:.0f} |"
    )


if __name__ == "__main__":
    main()
