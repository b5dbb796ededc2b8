"""Read earlier versions of a file from git, without running anything that the repository asks for.

A repository may come from somebody else, and its configuration can name programs: for differences, conversions, hooks,
signatures and transfers. Only `rev-parse`, `rev-list` and `cat-file` are used, which start none of them, and nothing is
fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_TIMEOUT_S = 10
_OPTIONS = ("--no-pager", "--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false")
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    # A partial clone would fetch what it lacks, with a program that its configuration names.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}


@dataclass(frozen=True)
class Commit:
    """A commit: its full name, its short name and its time, in local time."""

    name: str
    short: str
    time: datetime


def find_commit(folder: Path, revision: str) -> Commit | None:
    """Return the commit that a revision names, such as "HEAD" or "v1.2"; None if there is none, or no repository."""
    name = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return _commit(folder, name.decode("ascii", "replace").strip()) if name else None


def commit_before(folder: Path, time: datetime) -> Commit | None:
    """Return the last commit before a time; None if there is none, or no repository."""
    return _commit(folder, "HEAD", f"--before={time.timestamp():.0f}")


def read_file(folder: Path, commit: Commit, name: str, most: int) -> bytes | None:
    """Return the content of a file in a commit.

    Args:
        folder: a folder in the repository.
        commit: the commit.
        name: the path of the file from the folder, with forward slashes.
        most: the number of bytes that it may have.

    Returns:
        Its content; None if it is not in the commit, is larger, or cannot be read.
    """
    object_name = f"{commit.name}:./{name}"
    size = _git(folder, "cat-file", "-s", object_name)
    if not size or int(size) > most:
        return None
    return _git(folder, "cat-file", "blob", object_name)


def is_repository(folder: Path) -> bool:
    """Check whether a folder is in a git repository, and whether git can be used."""
    return _git(folder, "rev-parse", "--git-dir") is not None


def _commit(folder: Path, *arguments: str) -> Commit | None:
    lines = (_git(folder, "rev-list", "--max-count=1", "--format=%h %ct", *arguments, "--") or b"").decode().split()
    if len(lines) != 4:  # commit, its full name, its short name, its time
        return None
    return Commit(lines[1], lines[2], datetime.fromtimestamp(int(lines[3])).astimezone())


def _git(folder: Path, *arguments: str) -> bytes | None:
    """Return the output of a git command; None if it fails, or if there is no git."""
    program = shutil.which("git")
    # Windows also looks in the current folder, where somebody else may have put a program of this name.
    if program is None or Path(program).absolute().is_relative_to(folder.absolute()):
        return None
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _ENVIRONMENT
    try:
        result = subprocess.run(
            [program, "-C", str(folder), *_OPTIONS, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError, ValueError):  # ValueError: a null character in a revision
        return None
    return result.stdout if result.returncode == 0 else None
