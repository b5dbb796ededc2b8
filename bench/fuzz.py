"""Long fuzzing: `python bench/fuzz.py --count 20000 --seed 1`, and again with `--files project`.

Of issues, three of four files are generated from the model (see tests/support/generated.py). The others are shipped
issues with damage. With `--files project`, each round damages one file of a project that shows every block: a
template, a style sheet, a block, the brand, the words, the layout or the settings. Each passes through the whole
pipeline and, if it is built, through `check`. It prints how many rendered without losing a word, how many were rejected
and why, and how many ended in a traceback. The exit code is 0 if there is no traceback and no problem without a line.
"""

from __future__ import annotations

import argparse
import collections
import multiprocessing
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from newsletter.issue.blocks import issue_model, read_blocks  # noqa: E402
from newsletter.issue.load import load_brand  # noqa: E402
from newsletter.pipeline import build  # noqa: E402
from newsletter.problems import Problem, Problems  # noqa: E402
from newsletter.project import Project  # noqa: E402
from support.damaged_project import DamagedProject  # noqa: E402
from support.generated import as_yaml, issue, mutated  # noqa: E402

EXAMPLES = 3  # of each kind
OURS = ("lost", "template", "mjml")  # an editor cannot fix these
CHECKED = 7  # one project in so many is also checked, and built with all editions
TRACEBACK, NO_PLACE = "traceback", "problem without a location"

Outcome = tuple[collections.Counter[str], dict[str, list[str]]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--files", choices=["issues", "project"], default="issues")
    parser.add_argument("--keep", type=Path, help="Folder for the files that fail without a mistake of the editor.")
    arguments = parser.parse_args()
    begin = time.perf_counter()
    fuzz = fuzz_issues if arguments.files == "issues" else fuzz_project
    processes = arguments.processes
    shares = [(arguments.seed, range(first, arguments.count, processes), arguments.keep) for first in range(processes)]
    with multiprocessing.Pool(processes) as pool:
        outcomes = pool.starmap(fuzz, shares)
    total = sum((counts for counts, _ in outcomes), collections.Counter[str]())
    seconds = time.perf_counter() - begin
    print(f"{arguments.count:,} files with seed {arguments.seed} in {seconds:.0f} s, {processes} processes")
    for name, count in sorted(total.items()):
        print(f"{count:>8,}  {name}")
    for _, examples in outcomes:
        for name, messages in examples.items():
            print(f"\n{name}:", *messages, sep="\n  ")
    return 1 if total[TRACEBACK] or total[NO_PLACE] else 0


def fuzz_issues(seed: str, numbers: range, keep: Path | None) -> Outcome:
    project = Project(ROOT)
    brand = load_brand(project)
    originals = [path.read_bytes() for path in sorted(project.issues.glob("*.yaml"))]
    counts: collections.Counter[str] = collections.Counter()
    examples: dict[str, list[str]] = {}
    kind = issue_model(read_blocks(project))
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(project.issues / "images", Path(folder) / "images")
        path = Path(folder) / "fuzz.yaml"
        for number in numbers:
            random = Random(f"{seed}-{number}")
            sort = "damaged" if number % 4 == 3 else "generated"
            data = mutated(random, random.choice(originals)) if number % 4 == 3 else _generated(random, kind)
            path.write_bytes(data)
            names = _outcome(lambda: build(path, project, brand), examples, str(number), OURS)
            counts.update(f"{sort}: {name}" if name in ("rendered", "rejected") else name for name in names)
            if keep and any(mark in name for name in names for mark in (*OURS, TRACEBACK)):
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{seed}-{number}.yaml").write_bytes(data)
    return counts, examples


def fuzz_project(seed: str, numbers: range, keep: Path | None) -> Outcome:
    counts: collections.Counter[str] = collections.Counter()
    examples: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        project = DamagedProject(Path(folder))
        for number in numbers:
            path, data = project.damage(Random(f"{seed}-{number}"))
            check = partial(project.check, with_editions=number % CHECKED == 0)
            names = _outcome(check, examples, f"{number} {path}", ())
            counts.update(f"{path.suffix}: {name}" if name in ("rendered", "rejected") else name for name in names)
            if keep and {TRACEBACK, NO_PLACE} & names:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{seed}-{number}-{path.name}").write_bytes(data)
    return counts, examples


def _generated(random: Random, kind: type) -> bytes:
    return as_yaml(random, issue(random, kind)).encode("utf-8", "surrogatepass")


def _outcome(
    run: Callable[[], object], examples: dict[str, list[str]], number: str, marks: tuple[str, ...]
) -> set[str]:
    """Run it, and return the names of what happened. Keep examples of tracebacks and of problems with these marks."""
    try:
        run()
    except Problems as error:
        unplaced = [problem for problem in error.problems if not _is_placed(problem)]
        for problem in error.problems:
            if any(mark in problem.id for mark in marks):
                _example(examples, problem.id, f"{number}: {problem.message}")
        for problem in unplaced:
            _example(examples, NO_PLACE, f"{number}: {problem}")
        ids = {problem.id for problem in error.problems}
        return {"rejected", *(f"because of {name}" for name in ids), *([NO_PLACE] if unplaced else [])}
    except Exception:  # noqa: BLE001 - finding these is the purpose
        _example(examples, TRACEBACK, f"{number}: {traceback.format_exc(limit=-4)}")
        return {TRACEBACK}
    return {"rendered"}


def _is_placed(problem: Problem) -> bool:
    return bool(problem.location.file and problem.location.line and problem.message)


def _example(examples: dict[str, list[str]], name: str, message: str) -> None:
    if len(examples.setdefault(name, [])) < EXAMPLES:
        examples[name].append(message)


if __name__ == "__main__":
    sys.exit(main())
