"""A real preview in its own process, on a free port of this computer, and a project for it."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from support.own_brand import own_brand

# Milliseconds. On a busy computer, a page that usually updates at once may take far longer than the default of 5 s.
expect.set_options(timeout=60_000)

ROOT = Path(__file__).resolve().parents[2]

SIMPLE = """\
subject: "A short issue about one thing"
preheader: "What one reader asked us, and what we answered to it"
title: "{title}"
date: 2026-12-03
contents: always
articles:
  - title: "One thing"
    summary: "One plain sentence about it."
    content:
      - text: |
          {words}
"""


def write_simple(
    folder: Path,
    slug: str,
    title: str = "A short issue",
    words: str = "Some plain words.",
    *,
    settings: str = "",
) -> Path:
    """Write a small issue with settings of its own at its end, in one step as good editors do. Return its path."""
    path = folder / "issues" / f"{slug}.yaml"
    save(path, SIMPLE.format(title=title, words=words) + settings)
    return path


def save(path: Path, text: str) -> None:
    """Save a file in one step: write another one, and rename it."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def make_project(folder: Path, *slugs: str) -> Path:
    """Copy the templates, the pictures and some of the shipped issues into a folder. Return the folder.

    Its brand is that of another charity than the sample, which would be a problem, and its settings are the defaults.
    """
    shutil.copytree(ROOT / "templates", folder / "templates")
    brand = folder / "templates" / "brand.yaml"
    brand.write_text(own_brand(brand.read_text("utf-8")), encoding="utf-8")
    (folder / "pyproject.toml").write_text("[tool.newsletter]\n", encoding="utf-8")
    shutil.copytree(ROOT / "issues" / "images", folder / "issues" / "images")
    for slug in slugs:
        shutil.copy(ROOT / "issues" / f"{slug}.yaml", folder / "issues")
    return folder


@dataclass(frozen=True)
class Live:
    """A running preview: its address, its project, and its process."""

    address: str
    folder: Path
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.address.rstrip("/").rpartition(":")[2])

    def memory(self) -> int:
        """Return the memory that it uses, in bytes, as Linux counts it."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        match = re.search(r"VmRSS:\s*(\d+) kB", status)
        assert match
        return int(match[1]) * 1024


def ask(live: Live, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Ask for a page, or send a form as a page of the preview does. Give the status, where it leads, and the page."""
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=60)
    headers = {"Origin": f"http://127.0.0.1:{live.port}", "Content-Type": "application/x-www-form-urlencoded"}
    try:
        if fields is None:
            connection.request("GET", path)
        else:
            connection.request("POST", path, urlencode(fields), headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", ""), answer.read().decode()
    finally:
        connection.close()


def wait_until(page: Page, expression: str) -> None:
    """Wait until a JavaScript expression is true. (Playwright's own function needs `eval`, which is forbidden here.)"""
    end = time.monotonic() + 60
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


@contextmanager
def running(
    folder: Path, port: int | None = 0, program: tuple[str, ...] = ("-m", "newsletter", "preview")
) -> Iterator[Live]:
    """Run `newsletter preview` in a project, and end it as Control-C does.

    Args:
        folder: the project.
        port: the port; None for the preview's default, 0 for any free one.
        program: the arguments of Python, for `bench/preview.py`, which runs another program.
    """
    process = subprocess.Popen(
        [sys.executable, *program, *([] if port is None else ["--port", f"{port}"])],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        # stderr is not captured, so that the output of the tests shows faults of the preview.
        text=True,
    )
    assert process.stdout
    try:
        line = process.stdout.readline()
        assert line.startswith("Preview: http://127.0.0.1:"), line
        yield Live(line.removeprefix("Preview: ").strip(), folder, process)
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
