"""Knows which issues need no render, because nothing that they depend on has changed, and nor have their emails.

`.newsletter/.rendered.json` lists for each issue the digests of everything that its last render read and of each file
that it wrote, with the result. The first line is the digest of the rest. If it does not fit, or if this program, Python
or any package is another version, the whole file counts as empty. So a damaged or edited file costs time, and nothing
else.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import newsletter
from newsletter.atomic_write import is_unfinished, write_all
from newsletter.check.report import Report
from newsletter.inputs import Input, Reads, digest, file_digest
from newsletter.problems import Location, Problem
from newsletter.project import STATE_FOLDER, Project
from newsletter.render_result import FilesToUpload, RenderOptions, RenderResult, WrittenMessage

# A dot in front: no issue can have this name, and the preview does not look at it.
FILE = ".rendered.json"
_MAX_BYTES = 200_000_000  # an issue has about 20 KB


class Manifest:
    """The renders of a project: those that are remembered from earlier runs, and those of this run."""

    def __init__(self, project: Project, options: RenderOptions) -> None:
        """Read what is remembered; nothing, if it cannot be trusted.

        Args:
            project: where the manifest is.
            options: how issues are rendered now. A render with other options does not count.
        """
        self._project, self._options = project, options
        self._path = project.root / STATE_FOLDER / FILE
        self._program = program_digest()
        self._records = _read(self._path, self._program)
        self._is_changed = False
        self._digests: Reads = {}
        self._is_unfinished = is_unfinished(options.output)

    def unchanged_result(self, issue: Path) -> RenderResult | None:
        """Return the result of the last render of an issue if another one would have the same result; else None."""
        record = self._records.get(self._key(issue))
        if not record or self._is_unfinished or record["options"] != repr(self._options):
            return None
        if not all(self._digest(Input(kind, path)) == known for kind, path, known in record["inputs"]):
            return None
        files = ((self._options.output / name, known) for name, known in record["outputs"].items())
        # A render would write a file instead of a link.
        if any(path.is_symlink() or file_digest(path) != known for path, known in files):
            return None
        return _result(record)

    def remember(self, issue: Path, reads: Reads, result: RenderResult) -> None:
        """Remember a render.

        Args:
            issue: the issue's file.
            reads: everything that the render read; empty if that is not known. Then nothing is remembered.
            result: the result. If it wrote nothing, nothing is remembered.
        """
        if reads and result.outputs:
            self._is_changed = True
            self._records[self._key(issue)] = {
                "options": repr(self._options),
                "inputs": [[*read, known] for read, known in reads.items()],
                **_as_data(result),
            }

    def write(self) -> None:
        """Write the manifest if it has changed. If it cannot be written, the next run renders again."""
        if not self._is_changed:
            return
        records = {key: record for key, record in self._records.items() if _is_current(key)}
        content = json.dumps({"program": self._program, "records": records}).encode()
        with suppress(OSError):
            write_all(self._path.parent, {".gitignore": b"*\n", FILE: _checksum(content) + b"\n" + content})

    def _key(self, issue: Path) -> str:
        # With the names as they were typed, which the result repeats.
        return json.dumps([str(issue.absolute()), self._project.name_of(issue), str(self._options.output.absolute())])

    def _digest(self, read: Input) -> str:
        if read not in self._digests:
            self._digests[read] = digest(read)
        return self._digests[read]


def _is_current(key: str) -> bool:
    """Check whether the issue and the outbox of a record still exist."""
    issue, _, output = json.loads(key)
    return Path(issue).exists() and Path(output).exists()


def program_digest() -> str:
    """Return the digest of what builds the emails: this program, Python, and each installed package by its version."""
    packages = {
        path.name
        for folder in map(Path, sys.path)
        if folder.is_dir()
        for path in folder.iterdir()
        if path.suffix in (".dist-info", ".egg-info")
    }
    program = digest(Input("folder", str(Path(newsletter.__file__).parent)))
    return sha256("\n".join([program, sys.version, *sorted(packages)]).encode("utf-8", "surrogateescape")).hexdigest()


def _read(path: Path, program: str) -> dict[str, Any]:
    """Return the records of a manifest by their keys; none if it was not written by this very program."""
    try:
        # Only a plain file: opening a pipe would wait for ever.
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _MAX_BYTES:
            return {}
        checksum, _, content = path.read_bytes().partition(b"\n")
        data = json.loads(content) if checksum == _checksum(content) else {}
    except (OSError, ValueError, RecursionError):
        return {}
    records: dict[str, Any] = data["records"] if isinstance(data, dict) and data.get("program") == program else {}
    return records


def _checksum(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()


def _as_data(result: RenderResult) -> dict[str, Any]:
    """Return a result as JSON can store it, without the fixes and findings of its report, which no render prints."""
    report = replace(result.report, problems=(), findings=())
    problems = [replace(problem, fix=None) for problem in result.report.problems]
    return asdict(replace(result, report=report)) | {"problems": [asdict(problem) for problem in problems]}


def _result(record: dict[str, Any]) -> RenderResult:
    problems = (
        Problem(**{**data, "location": Location(**data["location"]), "editions": tuple(data["editions"])})
        for data in record["problems"]
    )
    report: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in record["report"].items()
    }
    return RenderResult(
        Report(**report | {"problems": tuple(problems)}),
        tuple(WrittenMessage(**{**message, "unchanged": True}) for message in record["messages"]),
        tuple(FilesToUpload(**{**files, "names": tuple(files["names"])}) for files in record["uploads"]),
        record["outputs"],
    )
