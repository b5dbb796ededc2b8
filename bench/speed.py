"""Measures the time, memory and size of emails: ours, a Node stack, React Email and the five packages chained.

python bench/speed.py [--sizes 1,5,20,100,500] [--runs 9] [--issues 200] [--write]

All have the same content, and take turns, so that other work on the machine slows down all of them. Prints Markdown;
`--write` writes it into docs/explanation/speed.md, with a plot.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

from same_content import Content, write_content

BENCH = Path(__file__).resolve().parent
PAGE = BENCH.parent / "docs" / "explanation" / "speed.md"
PLOT = BENCH.parent / "docs" / "images" / "speed.png"
NEWSLETTER = str(Path(sys.executable).with_name("newsletter"))
NODE, REACT, FIVE = "Node stack", "React Email", "five packages"
NPM_PACKAGES = ("mjml", "juice", "html-to-text", "nodemailer", "react-email", "react")
PYTHON_PACKAGES = ("jinja2", "mjml-python", "premailer", "html2text")
COLD_SIZE = 5
BEGIN, END = "<!-- figures: written by bench/speed.py -->\n", "<!-- end of figures -->\n"


def _python(script: str, *options: str) -> list[str]:
    return [sys.executable, str(BENCH / script), *options]


def _node(script: str) -> list[str]:
    return ["node", str(BENCH / "node" / script)]


@dataclass(frozen=True)
class Stack:
    """A way to create emails: a command that creates one for each path that it reads, and which path it wants."""

    command: list[str]
    source: Callable[[Content], Path]
    is_ours: bool = False


STACKS = {
    # The first writes the MJML from which the Node stack starts.
    "newsletter": Stack(_python("warm.py"), lambda content: content.issue, is_ours=True),
    "newsletter with check": Stack(_python("warm.py", "--check"), lambda content: content.issue, is_ours=True),
    NODE: Stack(_node("render.mjs"), lambda content: content.issue.with_suffix(".mjml")),
    REACT: Stack(_node("react.mjs"), lambda content: content.data),
    FIVE: Stack(_python("five_packages.py"), lambda content: content.data),
}


class Process(NamedTuple):
    """One process: wall time and processor time in ms, and peak memory in MB."""

    wall: float
    processor: float
    memory: float


@dataclass
class Builds:
    """The builds of one size by one stack."""

    stages: list[dict[str, float]] = field(default_factory=list)
    """Milliseconds by stage, of each build."""
    processor: list[float] = field(default_factory=list)
    """Milliseconds of processor time, of all threads, of each build."""
    html: int = 0
    """Bytes of the page."""
    bytes: int = 0
    """Bytes of the whole message."""
    peak: float = 0
    """The largest resident memory of the process until then, in MB. Sizes rise, so it is that of this size."""

    @property
    def totals(self) -> list[float]:
        return [sum(stages.values()) for stages in self.stages]


class Worker:
    """A process that builds one email after the other."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._process = subprocess.Popen(
            stack.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def build(self, content: Content, builds: Builds) -> None:
        """Build an email, and add its figures."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{self._stack.source(content)}\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        builds.stages.append(answer["ms"])
        builds.processor.append(answer["processor"])
        builds.html, builds.bytes, builds.peak = answer["html"], answer["bytes"], answer["peak"]

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="1,5,20,100,500", help="of the issues, in articles")
    parser.add_argument("--runs", type=int, default=9, help="of each stack, for each figure")
    parser.add_argument("--issues", type=int, default=200, help="in the run of many issues; 0 leaves it out")
    parser.add_argument("--write", action="store_true", help="write the figures into the documentation")
    arguments = parser.parse_args()
    sizes = sorted(int(size) for size in arguments.sizes.split(","))
    with_node = _node_is_ready()
    stacks = {name: stack for name, stack in STACKS.items() if with_node or stack.command[0] != "node"}
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody compiles a program at each start

    parts = [_machine(arguments.runs, with_node)]
    with tempfile.TemporaryDirectory() as folder:
        contents = {size: write_content(Path(folder), size) for size in sorted({COLD_SIZE, *sizes})}
        warm = _warm(stacks, {size: contents[size] for size in sizes}, arguments.runs)
        parts += _printed([*_warm_tables(warm, sizes), *_stage_table(warm["newsletter"])])
        parts += _printed(_cold_table(_cold(stacks, contents[COLD_SIZE], arguments.runs)))
    if arguments.issues:
        with tempfile.TemporaryDirectory() as folder:
            parts += _printed(_many(Path(folder), arguments.issues))
    if arguments.write:
        _plot(warm)
        figures = "\n".join(parts)
        before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{figures}\n{END}{rest.partition(END)[2]}", "utf-8")


def _printed(lines: Iterable[str]) -> list[str]:
    """Print lines, each as soon as it is there, and return them."""
    result = []
    for line in lines:
        print(line, flush=True)
        result.append(line)
    return result


def _warm(stacks: Mapping[str, Stack], contents: Mapping[int, Content], runs: int) -> dict[str, dict[int, Builds]]:
    workers = {name: Worker(stack) for name, stack in stacks.items()}
    builds = {name: {size: Builds() for size in contents} for name in stacks}
    for size, content in contents.items():
        # The first do not count: V8 compiles what is hot. The largest take many seconds, so they have fewer turns.
        ignored, counted = (2, runs) if size < 100 else (1, max(2, runs // 2)) if size < 500 else (0, 2)
        for turn in range(ignored + counted):
            for name, worker in workers.items():
                worker.build(content, Builds() if turn < ignored else builds[name][size])
    for worker in workers.values():
        worker.close()
    return builds


def _cold(stacks: Mapping[str, Stack], content: Content, runs: int) -> dict[str, list[Process]]:
    project, issue = content.data.parent, content.issue.stem
    if not content.issue.with_suffix(".mjml").exists():  # a run of other sizes has not written it
        worker = Worker(STACKS["newsletter"])
        worker.build(content, Builds())
        worker.close()
    render = [NEWSLETTER, "render", issue, "-q"]
    unchanged = [*render, "-o", "elsewhere"]
    subprocess.run(unchanged, cwd=project, check=True)
    commands = {
        "`newsletter render`, with all editions, web version and check": [*render, "--rebuild"],
        "`newsletter render` of one edition": [*render, "--rebuild", "--edition", "standard"],
        "`newsletter render`, if nothing has changed": unchanged,
        "`newsletter check`": [NEWSLETTER, "check", issue, "-q"],
        "`newsletter explain link-text`": [NEWSLETTER, "explain", "link-text"],
        "`newsletter --version`": [NEWSLETTER, "--version"],
        **{
            name: [*stack.command, str(stack.source(content)), str(project / "other.eml")]
            for name, stack in stacks.items()
            if not stack.is_ours
        },
    }
    measured: dict[str, list[Process]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            process = _run(command, project)
            if turn:  # the first fills the disk's cache
                measured[name].append(process)
    return measured


def _run(command: Sequence[str], folder: Path) -> Process:
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed.")
    # Linux counts in KB, macOS in bytes.
    memory = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Process(wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000, memory)


def _many(folder: Path, count: int) -> Iterator[str]:
    """Yield the table of many issues, each with five articles and a subject of its own."""
    content = write_content(folder, COLD_SIZE)
    text = content.issue.read_text("utf-8")
    for number in range(count):
        own = text.replace("your street", f"street {number}", 1)
        content.issue.with_name(f"issue-{number:03}.yaml").write_text(own, "utf-8")
    content.issue.unlink()
    render = [NEWSLETTER, "render", "-q"]
    one = _run([*render, "--jobs", "1"], folder)
    expected = _digests(folder)
    two = _run([*render, "--jobs", "2", "--rebuild"], folder)
    if _digests(folder) != expected:
        sys.exit("Two processes wrote other bytes than one.")
    unchanged = _run(render, folder)
    changed = folder / "issues" / "issue-000.yaml"
    changed.write_text(changed.read_text("utf-8").replace("Groups that", "Meetings that"), "utf-8")
    rebuilt = _run(render, folder)
    yield f"\n### {count} issues of {COLD_SIZE} articles, each in all editions, with web version and check\n"
    yield from _rows("", "wall, s", "processor, s", "peak memory, MB")
    for name, run in {
        "one process": one,
        "two processes, bytes identical": two,
        "nothing has changed": unchanged,
        "one issue has changed": rebuilt,
    }.items():
        yield _row(name, f"{run.wall / 1000:.2f}", f"{run.processor / 1000:.2f}", f"{run.memory:.0f}")
    yield f"\nTwo processes are {one.wall / two.wall:.2f} times as fast as one."


def _digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each email. The contents would count as memory of each process that starts afterwards."""
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in (folder / "outbox").glob("*.*")}


def _cold_table(cold: Mapping[str, Sequence[Process]]) -> Iterator[str]:
    yield f"\n### Cold: the whole process, {COLD_SIZE} articles\n"
    columns = ("wall, ms: least", "median", "of Node", "processor, ms: median", "peak memory, MB", "of Node")
    yield from _rows("", *columns)
    node = cold.get(NODE)
    for name, runs in cold.items():
        walls, memory = [run.wall for run in runs], median(run.memory for run in runs)
        of_node = ["", ""]
        if node:
            of_node = [
                f"**{median(walls) / median(run.wall for run in node):.2f}**",
                f"{memory / median(run.memory for run in node):.2f}",
            ]
        processor = median(run.processor for run in runs)
        times = (f"{min(walls):.0f}", f"{median(walls):.0f}", of_node[0], f"{processor:.0f}")
        yield _row(name, *times, f"{memory:.0f}", of_node[1])


def _warm_tables(warm: Mapping[str, Mapping[int, Builds]], sizes: Sequence[int]) -> Iterator[str]:
    heads = [str(size) for size in sizes]
    for title, times in {
        "wall time, ms (least, median)": {
            name: {size: each.totals for size, each in by.items()} for name, by in warm.items()
        },
        "processor time, ms (least, median)": {
            name: {size: each.processor for size, each in by.items()} for name, by in warm.items()
        },
    }.items():
        yield f"\n### Warm: one process builds email after email, {title}\n"
        yield from _rows("articles", *heads, "growth")
        for name, of_stack in times.items():
            cells = [f"{min(each):.0f}, {median(each):.0f}" for each in of_stack.values()]
            yield _row(name, *cells, _growth({size: min(each) for size, each in of_stack.items()}))
        yield from _ratios(times)
    yield "\nGrowth is the slope of log time over log size, from the least times: 1 is linear.\n"
    for title, figure in {
        "KB of HTML": lambda builds: f"{builds.html / 1000:.1f}",
        "KB of the message": lambda builds: f"{builds.bytes / 1000:.1f}",
        "peak memory, MB": lambda builds: f"{builds.peak:.0f}",
    }.items():
        yield f"### {title}\n"
        yield from _rows("articles", *heads)
        for name, by_size in warm.items():
            yield _row(name, *map(figure, by_size.values()))
        yield ""


def _ratios(times: Mapping[str, Mapping[int, Sequence[float]]]) -> Iterator[str]:
    """Yield rows with our times by those of others: of the least times, and of the medians."""
    for other in (NODE, REACT):
        for name in ("newsletter", "newsletter with check") if other in times else ():
            pairs = zip(times[name].values(), times[other].values(), strict=True)
            ratios = [f"{min(ours) / min(theirs):.2f}, {median(ours) / median(theirs):.2f}" for ours, theirs in pairs]
            yield _row(f"**{name} / {other}**", *ratios, "")


def _stage_table(by_size: Mapping[int, Builds]) -> Iterator[str]:
    yield "### Where our time goes, without the check, ms (median)\n"
    yield from _rows("articles", *map(str, by_size))
    for stage in next(iter(by_size.values())).stages[0]:
        yield _row(stage, *(f"{median(run[stage] for run in builds.stages):.1f}" for builds in by_size.values()))


def _plot(warm: Mapping[str, Mapping[int, Builds]]) -> None:
    # Only `make bench` installs it.
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(8, 5), layout="constrained")
    axes = figure.subplots()
    for marker, (name, by_size) in zip("osD^v", warm.items(), strict=False):
        axes.plot(list(by_size), [median(each.totals) for each in by_size.values()], marker=marker, label=name)
    axes.set(xscale="log", yscale="log", xlabel="articles", ylabel="milliseconds for one email (median)")
    axes.set_xticks(list(next(iter(warm.values()))), [str(size) for size in next(iter(warm.values()))])
    axes.minorticks_off()
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(PLOT, dpi=120)


def _growth(times: Mapping[int, float]) -> str:
    """Return the slope of log time over log size by least squares; empty for fewer than two sizes."""
    points = [(math.log(size), math.log(max(ms, 1e-3))) for size, ms in times.items()]
    if len(points) < 2:
        return ""
    middle_x, middle_y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    return f"{sum((x - middle_x) * (y - middle_y) for x, y in points) / spread:.2f}"


def _rows(*heads: str) -> Iterator[str]:
    yield _row(*heads)
    yield _row("---", *["--:"] * (len(heads) - 1))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _machine(runs: int, with_node: bool) -> str:
    node = f", Node {_output('node', '--version').lstrip('v')}, {_npm_versions()}" if with_node else ""
    packages = ", ".join(f"{name} {version(name)}" for name in PYTHON_PACKAGES)
    return (
        f"{time.strftime('%-d %B %Y')}. {os.cpu_count()} cores ({_processor()}), {platform.system()} "
        f"{platform.machine()}; Python {platform.python_version()}, {packages}{node}. {runs} runs of each, in turns; "
        f"{max(2, runs // 2)} of 100 articles, and 2 of 500. "
        f"Other work on the machine: {os.getloadavg()[0]:.0f} processes wanted to run when it began."
    )


def _processor() -> str:
    """Return the name of the processor, if the system says it."""
    try:
        match = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text("utf-8"))
    except OSError:
        match = None
    return match[1] if match else platform.processor()


def _node_is_ready() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        print("Node or npm is not installed, so only our half is measured.", file=sys.stderr)
        return False
    if not (BENCH / "node" / "node_modules" / "react-email").is_dir():
        install = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
        if subprocess.run(install, cwd=BENCH / "node", check=False).returncode:
            print("npm could not install the other stacks, so only our half is measured.", file=sys.stderr)
            return False
    return True


def _npm_versions() -> str:
    files = {name: BENCH / "node" / "node_modules" / name / "package.json" for name in NPM_PACKAGES}
    return ", ".join(f"{name} {json.loads(file.read_text('utf-8'))['version']}" for name, file in files.items())


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main()
