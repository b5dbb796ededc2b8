"""Long fuzzing: `python bench/fuzz.py --count 20000 --seed 1`.

Three of four files are issues generated from the model (see tests/support/generated.py). The others are shipped issues
with damage. Each passes through the whole pipeline. It prints how many rendered without losing a word, how many were
rejected and why, and how many ended in a traceback. The exit code is 0 if there is no traceback.
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
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from newsletter.issue.blocks import issue_model, read_blocks  # noqa: E402
from newsletter.issue.load import load_brand  # noqa: E402
from newsletter.pipeline import build  # noqa: E402
from newsletter.problems import Problems  # noqa: E402
from newsletter.project import Project  # noqa: E402
from support.generated import as_yaml, issue, mutated  # noqa: E402

PROCESSES = 2
EXAMPLES = 3  # of each kind
OURS = ("lost", "template", "mjml")  # an editor cannot fix these

Outcome = tuple[collections.Counter[str], dict[str, list[str]]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--keep", type=Path, help="Folder for the files that fail without a mistake of the editor.")
    arguments = parser.parse_args()
    begin = time.perf_counter()
    shares = [(arguments.seed, range(first, arguments.count, PROCESSES), arguments.keep) for first in range(PROCESSES)]
    with multiprocessing.Pool(PROCESSES) as pool:
        outcomes = pool.starmap(fuzz, shares)
    total = sum((counts for counts, _ in outcomes), collections.Counter[str]())
    seconds = time.perf_counter() - begin
    print(f"{arguments.count:,} files with seed {arguments.seed} in {seconds:.0f} s, {PROCESSES} processes")
    for name, count in sorted(total.items()):
        print(f"{count:>8,}  {name}")
    for _, examples in outcomes:
        for name, messages in examples.items():
            print(f"\n{name}:", *messages, sep="\n  ")
    return 1 if total["traceback"] else 0


def fuzz(seed: str, numbers: range, keep: Path | None) -> Outcome:
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
            names = _outcome(path, project, brand, examples, number)
            counts.update(f"{sort}: {name}" if name in ("rendered", "rejected") else name for name in names)
            if keep and any(mark in name for name in names for mark in (*OURS, "traceback")):
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{seed}-{number}.yaml").write_bytes(data)
    return counts, examples


def _generated(random: Random, kind: type) -> bytes:
    return as_yaml(random, issue(random, kind)).encode("utf-8", "surrogatepass")


def _outcome(path: Path, project: Project, brand: object, examples: dict[str, list[str]], number: int) -> set[str]:
    try:
        build(path, project, brand)  # type: ignore[arg-type]
    except Problems as error:
        ids = {problem.id for problem in error.problems}
        for problem in error.problems:
            if any(mark in problem.id for mark in OURS):
                _example(examples, problem.id, f"{number}: {problem.message}")
        placed = all(problem.location.file and problem.location.line and problem.message for problem in error.problems)
        return {
            "rejected",
            *(f"because of {name}" for name in ids),
            *(() if placed else ("problem without a location",)),
        }
    except Exception:  # noqa: BLE001 - finding these is the purpose
        _example(examples, "traceback", f"{number}: {traceback.format_exc()}")
        return {"traceback"}
    return {"rendered"}


def _example(examples: dict[str, list[str]], name: str, message: str) -> None:
    if len(examples.setdefault(name, [])) < EXAMPLES:
        examples[name].append(message)


if __name__ == "__main__":
    sys.exit(main())
