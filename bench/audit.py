"""How long a full audit takes: every state, both shipped issues, in the browser that is installed.

python bench/audit.py [--runs 3]

For the standard edition and for all editions that the brand names. Each run opens a browser anew, as `newsletter audit`
does. Processor time is that of all processes, the browser's too; what it needs on two processors is at least half of
that. Prints Markdown.
"""

from __future__ import annotations

import argparse
import os
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from newsletter.audit import audit
from newsletter.audit.report import files
from newsletter.check.settings import read_settings
from newsletter.edition_kinds import EditionKind
from newsletter.issue.load import load_brand
from newsletter.pipeline import build_editions, build_issue
from newsletter.project import Project

AIM = 20  # seconds, for an issue on two processors
_EVERY = 0.05  # seconds between two looks at the processes; what one does after the last look is missed
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    project = Project(Path(__file__).resolve().parents[1])
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before; medians of {arguments.runs} runs.\n")
    print("| issue | editions | words | pages looked at | wall, s | slowest, s | processor, s | reports, KB |")
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
            made = audit(editions, read_settings(project))
            written = [content for one in made for content in files(one).values()]
        walls.append(time.perf_counter() - start)
        processors.append(sum(used.values()))
    pages = sum(len(one.tested) for one in made)
    named = ", ".join(one.edition.kind for one in made)
    return (
        f"| {path.stem} | {named} | {made[0].tested[0].words:,} | {pages} | **{statistics.median(walls):.1f}** "
        f"| {max(walls):.1f} | {statistics.median(processors):.1f} | {sum(map(len, written)) / 1000:.0f} |"
    )


@contextmanager
def _processor_time() -> Iterator[dict[tuple[int, str], float]]:
    """Give what this process and all that it starts use meanwhile, in seconds by process; full at the end."""
    used: dict[tuple[int, str], float] = {}
    before = time.process_time()
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_EVERY):
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
    """Give the processor time of each process that this one has started, or one of those; by number and beginning."""
    found: dict[int, tuple[int, str, float]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            # What stands before the last bracket is the program's name, which may hold anything (proc_pid_stat(5)).
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found[int(entry.name)] = (int(fields[1]), fields[19], (int(fields[11]) + int(fields[12])) / _TICKS)
    ours = {os.getpid()}
    while more := {number for number, (above, *_) in found.items() if above in ours} - ours:
        ours |= more
    return {(number, found[number][1]): found[number][2] for number in ours - {os.getpid()}}


if __name__ == "__main__":
    main()
