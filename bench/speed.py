"""Measures the time and memory of a render and of a Node stack with the same content; prints Markdown.

python bench/speed.py [--runs 9] [--sizes 1,5,20,100,500]

The two stacks take turns, so that other work on the machine slows down both.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from many_articles import write_issue

BENCH = Path(__file__).resolve().parent
PROJECT = BENCH.parent
ISSUE = "2023-09-26-stem-cell-hope"
WARM = [sys.executable, str(BENCH / "warm.py")]
NODE = ["node", str(BENCH / "node" / "render.mjs")]
THEIR_STAGES = ("compile", "inline", "text", "message")
OUR_STAGES = ("load", "compose", "compile", "inline", "slim", "linearise", "text", "message", "verify", "other")


class Run(NamedTuple):
    """One process: wall time and processor time in seconds, and peak memory in MB."""

    wall: float
    processor: float
    memory: float


Stages = dict[str, float]
"""Milliseconds by stage."""


class Worker:
    """A process that builds one issue after the other and returns the time of each stage."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def build(self, path: Path) -> Stages:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        answer: dict[str, Stages] = json.loads(self._process.stdout.readline())
        return answer["ms"]

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=9, help="of each stack, for each figure")
    parser.add_argument("--sizes", default="1,5,20,100,500", help="of the issues, in articles")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]

    with_node = _node_is_ready()
    print(
        f"\n{os.cpu_count()} cores, {platform.system()} {platform.machine()}; Python {platform.python_version()}",
        end="",
    )
    print(f", Node {_output('node', '--version').lstrip('v')}, {_node_packages()}" if with_node else "", end="")
    print(f"; medians of {arguments.runs} runs, in turns.")
    with tempfile.TemporaryDirectory() as folder:
        _cold(Path(folder), arguments.runs, with_node)
        _warm(Path(folder), sizes, arguments.runs, with_node)


def _cold(folder: Path, runs: int, with_node: bool) -> None:
    mjml = folder / "cold.mjml"
    subprocess.run([*WARM, "--mjml", str(PROJECT / "issues" / f"{ISSUE}.yaml"), str(mjml)], check=True)
    render = [str(Path(sys.executable).with_name("newsletter")), "render", f"issues/{ISSUE}.yaml"]
    commands = {"newsletter": [*render, "-q", "-o", str(folder)]}
    if with_node:
        commands["Node"] = [*NODE, str(mjml), str(folder / "node.eml")]
    measured: dict[str, list[Run]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            run = _run(command)
            if turn:  # the first fills the disk's cache
                measured[name].append(run)
    middle = {
        name: Run(*(median(values) for values in zip(*processes, strict=True))) for name, processes in measured.items()
    }

    print(f"\n### Cold: the whole process, `issues/{ISSUE}.yaml`\n")
    _row("", "newsletter", "Node", "ratio")
    _row("---", "--:", "--:", "--:")
    for index, (what, unit, scale) in enumerate(
        [("wall", "ms", 1000), ("processor", "ms", 1000), ("peak memory", "MB", 1)]
    ):
        figures = [run[index] * scale for run in middle.values()]
        _row(f"{what}, {unit}", *(f"{figure:.0f}" for figure in figures), *_ratio(*figures))


def _run(command: Sequence[str]) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=PROJECT)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} failed.")
    # Linux counts in KB, macOS in bytes.
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3))


def _warm(folder: Path, sizes: Sequence[int], runs: int, with_node: bool) -> None:
    ours, theirs = Worker(WARM), Worker(NODE) if with_node else None
    our_times: dict[int, Stages] = {}
    their_times: dict[int, Stages] = {}
    for size in sizes:
        issue = write_issue(folder / "warm", size)
        our_runs, their_runs = [], []
        # The largest takes Node seconds: fewer turns. The first two do not count: V8 compiles what is hot.
        for turn in range(2 + max(3, runs if size < 500 else runs // 3)):
            our_run = ours.build(issue)
            their_run = theirs.build(issue.with_suffix(".mjml")) if theirs else {}
            if turn > 1:
                our_runs.append(our_run)
                their_runs.append(their_run)
        our_times[size], their_times[size] = _medians(our_runs), _medians(their_runs)
    for worker in (ours, theirs):
        if worker:
            worker.close()

    print("\n### Warm: one process, milliseconds\n")
    print("Growth is the slope of log time over log size: 1 is linear. Node's stack starts from our composed MJML:")
    print("it reads no YAML, fills no template, builds no reading order and checks no word, which favours it.\n")
    _row("articles", *map(str, sizes), "growth", "growth, last step")
    _row("---", *["--:"] * (len(sizes) + 2))
    for stage in OUR_STAGES:
        _growing(stage, {size: times[stage] for size, times in our_times.items()})
    totals = {size: sum(times.values()) for size, times in our_times.items()}
    _growing("**newsletter, all of it**", totals)
    same = {size: sum(times[stage] for stage in THEIR_STAGES) for size, times in our_times.items()}
    _growing("**newsletter, the stages that Node has too**", same)
    if not with_node:
        return
    for stage in THEIR_STAGES:
        _growing(f"Node: {stage}", {size: times[stage] for size, times in their_times.items()})
    their_totals = {size: sum(times.values()) for size, times in their_times.items()}
    _growing("**Node, all of it**", their_totals)
    _row("**ratio, all to all**", *(f"**{totals[size] / their_totals[size]:.2f}**" for size in sizes), "", "")
    _row("**ratio, same stages**", *(f"**{same[size] / their_totals[size]:.2f}**" for size in sizes), "", "")


def _medians(runs: Sequence[Stages]) -> Stages:
    return {stage: median(run[stage] for run in runs) for stage in runs[0]}


def _growing(name: str, times: dict[int, float]) -> None:
    _row(name, *(f"{ms:.1f}" for ms in times.values()), _slope(times), _slope(dict(list(times.items())[-2:])))


def _slope(times: dict[int, float]) -> str:
    """Return the slope of log time over log size by least squares; empty for fewer than two sizes."""
    points = [(math.log(size), math.log(max(ms, 1e-3))) for size, ms in times.items()]
    if len(points) < 2:
        return ""
    middle_x, middle_y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    return f"{sum((x - middle_x) * (y - middle_y) for x, y in points) / spread:.2f}"


def _ratio(ours: float, theirs: float | None = None) -> list[str]:
    return ["", ""] if theirs is None else [f"**{ours / theirs:.2f}**"]


def _row(*cells: str) -> None:
    print("|", " | ".join(cells), "|")


def _node_is_ready() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        print("Node or npm is not installed, so only our half is measured.")
        return False
    if not (BENCH / "node" / "node_modules").is_dir():
        install = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
        if subprocess.run(install, cwd=BENCH / "node", check=False).returncode:
            print("npm could not install the Node stack, so only our half is measured.")
            return False
    return True


def _node_packages() -> str:
    folder = BENCH / "node"
    names = json.loads((folder / "package.json").read_text())["dependencies"]
    files = {name: folder / "node_modules" / name / "package.json" for name in names}
    return ", ".join(f"{name} {json.loads(file.read_text())['version']}" for name, file in files.items())


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main()
