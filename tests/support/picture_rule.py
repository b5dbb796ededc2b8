"""Asks a rule about one picture that a test has made."""

from pathlib import Path

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding, Rule
from newsletter.issue.load import load, load_brand
from newsletter.project import Project
from support.examples import SHORT

PICTURE_LINE = 11
"""The line of the picture's `src` in the issue."""


def findings_about(rule: Rule, picture: bytes, name: str, folder: Path) -> list[Finding]:
    """Write an issue that shows a picture of this name, and return what a rule of the scope "issue" reports of it."""
    (folder / "issues/images").mkdir(parents=True)
    (folder / "issues/images" / name).write_bytes(picture)
    path = folder / "issues/case.yaml"
    path.write_text(
        f'{SHORT}      - image:\n          alt: "A view of the hall."\n          src: images/{name}\n', "utf-8"
    )
    project = Project(folder)
    brand = load_brand(project)
    return list(rule.check(IssueText(load(path, project, brand), brand), rule.options))
