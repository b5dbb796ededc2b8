"""Measures how long a full audit takes: every state of both shipped issues, in the installed browser.

python bench/audit.py [--runs 3]

It measures the standard edition, then all editions of the brand. Each run starts a new browser, as `newsletter audit`
does. Processor time is that of all processes, the browser's included; on two processors an audit takes at least half of
it. Prints Markdown.
"""

from __future__ import annotations

import argparse
import datetime
import os
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from newsletter.audit import audit
from newsletter.audit.report import report_files
from newsletter.check.settings import read_settings
from newsletter.edition_kinds import EditionKind
from newsletter.issue.load import load_brand
from newsletter.pipeline import build_editions, build_issue
from newsletter.project import Project

AIM = 20  # seconds, for an issue on two processors
_INTERVAL = 0.05  # seconds between two readings; what a process uses after its last reading is not counted
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    project = Project(Path(__file__).resolve().parents[1])
    print(
        f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start; medians of {arguments.runs} runs.\n"
    )
    print("| issue | editions | words | pages tested | wall, s | slowest, s | processor, s | reports, KB |")
    print("| --- | --- | --: | --: | --: | --: | --: | --: |")
    for path in sorted(project.issues.glob("[!_]*.yaml")):
        for kinds in (("standard",), ()):
            print(_row(path, project, kinds, arguments.runs))
    print(f"\nThe aim is at most {AIM} s on two processors.")


def _row(path: Path, project: Project, kinds: Sequence[EditionKind], runs: int) -> str:
    walls, processors = [], []
    for _ in range(runs):
        start = time.perf_counter()
        with _processor_time() as used:
            editions = build_editions(build_issue(path, project, load_brand(project)), project, kinds)
            audits = audit(editions, read_settings(project))
            reports = [content for one in audits for content in report_files(one, datetime.date.today()).values()]
        walls.append(time.perf_counter() - start)
        processors.append(sum(used.values()))
    pages = sum(len(one.tested) for one in audits)
    tested = ", ".join(one.edition.kind for one in audits)
    return (
        f"| {path.stem} | {tested} | {audits[0].tested[0].words:,} | {pages} | **{statistics.median(walls):.1f}** "
        f"| {max(walls):.1f} | {statistics.median(processors):.1f} | {sum(map(len, reports)) / 1000:.0f} |"
    )


@contextmanager
def _processor_time() -> Iterator[dict[tuple[int, str], float]]:
    """Return the processor time of this process and its descendants during the block, in seconds by process.

    It is complete after the block.
    """
    used: dict[tuple[int, str], float] = {}
    before = time.process_time()
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_INTERVAL):
            used.update(_descendants())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield used
    finally:
        ended.set()
        watcher.join()
        used[os.getpid(), ""] = time.process_time() - before


def _descendants() -> dict[tuple[int, str], float]:
    """Return the processor time of each descendant of this process, in seconds by its number and its start time."""
    processes: dict[int, tuple[int, str, float]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            # The text before the last bracket has the name of the program, with any characters (proc_pid_stat(5)).
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        processes[int(entry.name)] = (int(fields[1]), fields[19], (int(fields[11]) + int(fields[12])) / _TICKS)
    ours = {os.getpid()}
    while more := {number for number, (above, *_) in processes.items() if above in ours} - ours:
        ours |= more
    return {(number, processes[number][1]): processes[number][2] for number in ours - {os.getpid()}}


if __name__ == "__main__":
    main()
