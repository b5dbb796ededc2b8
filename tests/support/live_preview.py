"""A real preview in a process of its own, on a free port of this computer, and its pages in a real browser."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SIMPLE = """\
subject: "A short issue about one thing"
preheader: "What one reader asked us, and what we answered to it"
title: "{title}"
date: 2026-12-03
articles:
  - title: "One thing"
    summary: "One plain sentence about it."
    content:
      - text: |
          {words}
"""


def write_simple(folder: Path, slug: str, title: str = "A short issue", words: str = "Some plain words.") -> Path:
    """Write a small issue, in one step as good editors do, and give its path."""
    path = folder / "issues" / f"{slug}.yaml"
    save(path, SIMPLE.format(title=title, words=words))
    return path


def save(path: Path, text: str) -> None:
    """Save a file by renaming a whole one into its place."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def make_project(folder: Path, *slugs: str) -> Path:
    """Copy the templates, the pictures and some of the shipped issues into a folder, to be changed there."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    shutil.copytree(ROOT / "issues" / "images", folder / "issues" / "images")
    for slug in slugs:
        shutil.copy(ROOT / "issues" / f"{slug}.yaml", folder / "issues")
    return folder


@dataclass(frozen=True)
class Live:
    """A preview that runs: where it answers, its project, and its process."""

    address: str
    folder: Path
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.address.rstrip("/").rpartition(":")[2])

    def memory(self) -> int:
        """Give the memory that it holds, in bytes, as Linux counts it."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s*(\d+) kB", status)
        assert found
        return int(found[1]) * 1024


@contextmanager
def running(
    folder: Path, port: int | None = 0, program: tuple[str, ...] = ("-m", "newsletter", "preview")
) -> Iterator[Live]:
    """Run `newsletter preview` in a project, on any port unless one is given, and end it as Control-C does.

    `program` is what stands in its place where it is measured.
    """
    process = subprocess.Popen(
        [sys.executable, *program, *([] if port is None else ["--port", f"{port}"])],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        # What it has to say of its faults stands in the output of the tests.
        text=True,
    )
    assert process.stdout
    try:
        said = process.stdout.readline()
        assert said.startswith("Preview: http://127.0.0.1:"), said
        yield Live(said.removeprefix("Preview: ").strip(), folder, process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        finally:
            process.stdout.close()
