"""The Python half of the warm runs of speed.py: builds issues and returns the milliseconds of each stage.

python warm.py            reads a path from each line, and prints a line of JSON
python warm.py --check    checks each email against all rules, too

Writes the MJML of an issue beside the issue: from it, the Node stack starts. It measures `pipeline.build` itself.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from peak import peak_mb

from newsletter import pipeline
from newsletter.check.engine import check_editions
from newsletter.check.settings import Settings
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
    "assemble_message": "message",
    "find_losses": "verify",
}


def main() -> None:
    spent = dict.fromkeys(STAGES.values(), 0.0)
    for name, stage in STAGES.items():
        setattr(pipeline, name, _timed(getattr(pipeline, name), stage, spent))
    with_check = sys.argv[1:] == ["--check"]
    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        spent.update(dict.fromkeys(spent, 0.0))
        start, processor = time.perf_counter(), time.process_time()
        project, brand = _project(path.parent)
        edition = pipeline.build(path.absolute(), project, brand)
        built = time.perf_counter()
        if with_check:
            check_editions([edition], Settings())
            spent["check"] = (time.perf_counter() - built) * 1000
        total = (time.perf_counter() - start) * 1000
        path.with_suffix(".mjml").write_text(edition.mjml, encoding="utf-8")
        times = {**spent, "other": total - sum(spent.values())}
        html = len((edition.html_part or "").encode())
        used = (time.process_time() - processor) * 1000
        figures = {"ms": times, "processor": used, "bytes": len(edition.message), "html": html, "peak": peak_mb()}
        print(json.dumps(figures), flush=True)


@cache
def _project(folder: Path) -> tuple[Project, Brand]:
    """Return the project and its brand, read once for many issues as in `newsletter render`."""
    project = find_project(folder)
    return project, load_brand(project)


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
