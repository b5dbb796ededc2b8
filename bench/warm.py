"""The Python half of the warm runs of speed.py: builds issues and returns the milliseconds of each stage.

python warm.py                          reads a path from each line, and prints a line of JSON
python warm.py --mjml ISSUE.yaml OUT    writes the composed MJML, from which the Node stack starts

Writes the MJML of an issue beside the issue. It measures `pipeline.build` itself.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from newsletter import pipeline
from newsletter.edition import Edition
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.project import Project, find_project

# Functions that `pipeline` calls, and the stage for which their time counts. The rest is "other".
STAGES = {
    "load": "load",
    "compose": "compose",
    "compile_page": "compile",
    "inline": "inline",
    "slim": "slim",
    "linearise": "linearise",
    "to_text": "text",
    "assemble": "message",
    "find_losses": "verify",
}


def main() -> None:
    spent = dict.fromkeys(STAGES.values(), 0.0)
    for name, stage in STAGES.items():
        setattr(pipeline, name, _timed(getattr(pipeline, name), stage, spent))
    if sys.argv[1:2] == ["--mjml"]:
        Path(sys.argv[3]).write_text(_build(Path(sys.argv[2])).mjml, encoding="utf-8")
        return
    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        spent.update(dict.fromkeys(spent, 0.0))
        start = time.perf_counter()
        edition = _build(path)
        total = (time.perf_counter() - start) * 1000
        path.with_suffix(".mjml").write_text(edition.mjml, encoding="utf-8")
        times = {**spent, "other": total - sum(spent.values())}
        print(json.dumps({"ms": times, "bytes": len(edition.message)}), flush=True)


@cache
def _project(folder: Path) -> tuple[Project, Brand]:
    """Return the project and its brand, read once for many issues as in `newsletter render`."""
    project = find_project(folder)
    return project, load_brand(project)


def _build(path: Path) -> Edition:
    return pipeline.build(path.absolute(), *_project(path.parent))


def _timed(work: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    def run(*arguments: Any, **named: Any) -> Any:
        start = time.perf_counter()
        result = work(*arguments, **named)
        if stage == "verify":  # a generator, which works only when its items are read
            result = list(result)
        spent[stage] += (time.perf_counter() - start) * 1000
        return result

    return run


if __name__ == "__main__":
    main()
