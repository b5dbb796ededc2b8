"""The versions of an issue to compare: the file on disk, the last render, and the commits of git."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from newsletter.changes import git
from newsletter.changes.version import Version
from newsletter.english import did_you_mean
from newsletter.issue.snippets import FOLDER as SNIPPETS
from newsletter.outbox import source_name
from newsletter.problems import Location, Problems
from newsletter.project import Project
from newsletter.source.text_file import MAX_BYTES, read_text

RENDER, COMMIT = "render", "commit"

_HINT = "Write render, commit, a date such as 2026-11-03, a time such as 14:05, or a revision of git."
_SNIPPET = re.compile(r"\bsnippet:\s*[\"']?([\w-]+)")
_TIME = re.compile(r"\d\d?:\d\d")
_SHAPES = {"time": _TIME, "date": re.compile(r"\d{4}-\d\d?-\d\d?(?:[T ]\d\d?:\d\d(?::\d\d)?)?")}
"""The forms of times and dates, whether or not there is such a moment."""


def saved_version(path: Path, project: Project, source: str | None = None) -> Version:
    """Return an issue as it is saved now.

    Args:
        path: the issue's file.
        project: the project.
        source: its text, if it was read already.

    Raises:
        Problems: if it cannot be read.
    """
    text = read_text(path, project.name_of(path)) if source is None else source

    def snippet(name: str) -> str | None:
        file = path.parent / SNIPPETS / f"{name}.yaml"
        try:
            return read_text(file, project.name_of(file))
        except Problems:
            return None

    return _version("the file as it is now", text, snippet)


def earlier_version(path: Path, project: Project, since: str | None, output: Path | None = None) -> Version:
    """Return an earlier version of an issue.

    Args:
        path: the issue's file.
        project: the project.
        since: "render", "commit", a date or time such as "2026-11-03 14:05", or a revision of git; None for the last
            commit, or the last render if there is no commit.
        output: the outbox; None for that of the project.

    Raises:
        Problems: if there is no such version.
    """
    output = output or project.root / "outbox"
    if since is None:
        has_commit = git.find_commit(project.root, "HEAD") is not None
        since = COMMIT if has_commit or not rendered_file(path, output).is_file() else RENDER
    if since == RENDER:
        return _rendered(path, project, output)
    if (time := moment(since)) and time > datetime.now().astimezone():
        raise _problem(f"{_words(time)} is still to come.", "Write a date or a time in the past.")
    shape = next((name for name, pattern in _SHAPES.items() if pattern.fullmatch(since)), None)
    if shape and not time and git.find_commit(project.root, since) is None:
        raise _problem(f"“{since}” is not a {shape}.", _HINT)
    if not git.is_repository(project.root):
        hint = "To compare with the last render, write “--since render”."
        raise _problem("This folder is not in a git repository, so there is no commit to compare with.", hint)
    if since == COMMIT:
        commit, name = git.find_commit(project.root, "HEAD"), "the last commit"
    elif time:
        commit, name = git.commit_before(project.root, time), f"the last commit before {_words(time)}"
    else:
        commit, name = git.find_commit(project.root, since), "the commit"
    if commit is None and since == COMMIT:
        hint = "Commit the issue, or render it and write “--since render”."
        raise _problem("This repository has no commit yet.", hint)
    if commit is None and time:
        raise _problem(f"Nothing was committed before {_words(time)}.", "Name a later moment.")
    if commit is None:
        raise _problem(f"There is no commit “{since}”.", did_you_mean(since, (RENDER, COMMIT), _HINT))
    return _committed(path, project, commit, name)


def rendered_file(path: Path, output: Path) -> Path:
    """Return where the last render has kept the words of an issue."""
    return output / source_name(path.stem.removeprefix("_"))


def _rendered(path: Path, project: Project, output: Path) -> Version:
    file = rendered_file(path, output)
    hint = "`newsletter render` keeps what it renders. Render the issue once, and compare again after the next change."
    if not file.is_file():
        raise _problem(f"There is no last render of “{path.stem}” in {project.name_of(output)}.", hint)
    time = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    try:
        content = json.loads(file.read_text("utf-8"))
        source, snippets = str(content["issue"]), {str(name): str(text) for name, text in content["snippets"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _problem(f"{project.name_of(file)} cannot be read.", hint) from None
    return Version(f"the last render ({_words(time)})", source, snippets)


def _committed(path: Path, project: Project, commit: git.Commit, name: str) -> Version:
    label = f"{name} ({commit.short}, {_words(commit.time)})"

    def read(file: Path) -> str | None:
        content = git.read_file(project.root, commit, project.name_of(file), MAX_BYTES)
        return None if content is None else content.decode("utf-8-sig", "replace")

    source = read(path)
    if source is None:
        hint = "All of it is new since then. To compare with an older or a newer version, name another one."
        raise _problem(f"{project.name_of(path)} is not in {label}.", hint)
    version = _version(label, source, lambda snippet: read(path.parent / SNIPPETS / f"{snippet}.yaml"))
    return replace(version, committed_at=commit.time)


def _version(label: str, source: str, read: Callable[[str], str | None]) -> Version:
    texts = {name: read(name) for name in dict.fromkeys(_SNIPPET.findall(source))}
    return Version(label, source, {name: text for name, text in texts.items() if text is not None})


def moment(since: str) -> datetime | None:
    """Return the time that somebody typed: a date (its beginning), a date with a time, or a time of today.

    It is in local time. If it is none of these, the result is None.
    """
    text = f"{datetime.now().date()} {since.zfill(5)}" if _TIME.fullmatch(since) else since
    try:
        # Without a hyphen it may be the name of a commit, such as 20261103.
        return datetime.fromisoformat(text).astimezone() if "-" in text[1:-1] else None
    except (ValueError, OverflowError, OSError):
        return None


def _words(time: datetime) -> str:
    return f"{time.day} {time:%B %Y}, {time:%H:%M}"


def _problem(message: str, hint: str) -> Problems:
    return Problems.one(Location("--since"), "since", message, hint)
