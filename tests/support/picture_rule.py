"""Asks a rule about one picture that a test has made."""

import json
from pathlib import Path

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding, Rule
from newsletter.issue.load import load, load_brand
from newsletter.project import Project
from support.examples import SHORT

PICTURE_LINE = 11
"""The line of the picture's `src` in the issue."""


def findings_about(rule: Rule, picture: bytes, name: str, folder: Path, after: str = "") -> list[Finding]:
    """Write an issue that shows a picture of this name, and return what a rule of the scope "issue" reports of it.

    `after` is the text of a block after the picture.
    """
    (folder / "issues/images").mkdir(parents=True)
    (folder / "issues/images" / name).write_bytes(picture)
    path = folder / "issues/case.yaml"
    text = f"      - text: {json.dumps(after)}\n" if after else ""
    path.write_text(
        f'{SHORT}      - image:\n          alt: "A view of the hall."\n          src: images/{name}\n{text}', "utf-8"
    )
    project = Project(folder)
    brand = load_brand(project)
    return list(rule.check(IssueText(load(path, project, brand), brand), rule.options))
