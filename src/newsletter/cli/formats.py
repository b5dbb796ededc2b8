"""Problems in the formats of other tools: GitHub's workflow commands, and SARIF 2.1.0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from newsletter import __version__
from newsletter.problems import Problem


def from_checkout(problems: Iterable[Problem], root: Path) -> list[Problem]:
    """Return problems whose files are named from the folder that holds `.git`, as tools for repositories expect.

    Args:
        problems: problems whose files are named from the project.
        root: the folder of the project. Without a repository, the names stay.
    """
    checkout = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    folder = root.relative_to(checkout)
    return [replace(problem, location=replace(problem.location, file=_joined(folder, problem))) for problem in problems]


def _joined(folder: Path, problem: Problem) -> str:
    return (folder / problem.location.file).as_posix()  # an absolute path stays


def github_annotation(problem: Problem) -> str:
    """Return the workflow command with which GitHub shows a problem at its line in a pull request."""
    location = problem.location
    properties: dict[str, object] = {"file": location.file}
    properties |= {"line": location.line} if location.line else {}
    properties |= {"col": location.column} if location.line and location.column else {}
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in (properties | {"title": problem.id}).items())
    return f"::{problem.severity} {listed}::{_escaped(_text(problem))}"


def sarif_log(problems: Sequence[Problem]) -> dict[str, Any]:
    """Return problems as a SARIF log with one run, ready for JSON."""
    ids = sorted({problem.id for problem in problems})
    descriptions = _descriptions() if ids else {}
    rules = [{"id": id, "shortDescription": {"text": descriptions.get(id, id)}} for id in ids]
    driver = {"name": "newsletter", "version": __version__, "rules": rules}
    results = [
        {
            "ruleId": problem.id,
            "ruleIndex": ids.index(problem.id),
            "level": problem.severity,
            "message": {"text": _text(problem)},
            "locations": [{"physicalLocation": _physical_location(problem)}],
        }
        for problem in problems
    ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def _descriptions() -> dict[str, str]:
    from newsletter.check.explain import LOADER_IDS, OTHER_IDS  # noqa: PLC0415 - this loads every rule
    from newsletter.check.registry import all_rules  # noqa: PLC0415

    return {**LOADER_IDS, **OTHER_IDS, **{rule.id: rule.title for rule in all_rules()}}


def _physical_location(problem: Problem) -> dict[str, Any]:
    location = problem.location
    path = Path(location.file)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    data: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if location.line:
        data["region"] = {"startLine": location.line}
        data["region"] |= {"startColumn": location.column} if location.column else {}
    return data


def _text(problem: Problem) -> str:
    return f"{problem.message}\n{problem.hint}".strip()


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
