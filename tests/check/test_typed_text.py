"""What an editor types into a plain field is the editor's: no problem of it is reported at a template's line."""

from __future__ import annotations

import functools
import itertools
import operator
from pathlib import Path
from typing import Any

import pytest
import yaml

from newsletter.check.engine import check_editions
from newsletter.check.settings import read_settings
from newsletter.issue.load import load, load_brand
from newsletter.issue.text_fields import Text
from newsletter.issue.walk import iter_values
from newsletter.pipeline import build_editions, build_issue
from newsletter.project import Project
from newsletter.source.nodes import KeyPath

ROOT = Path(__file__).parents[2]
PROJECT = Project(ROOT)
ISSUE = ROOT / "issues/2026-12-03-everything-at-once.yaml"

PAYLOADS = {
    "&amp;": "coded-characters",
    "&pound;5": "coded-characters",
    "now &rarr;": "coded-characters",
    "&amp;nbsp;": "coded-characters",
    "&#8217;s": "coded-characters",
    "10&nbsp;kg": "coded-characters",
    "<b>now</b>": "typed-marks",
    "<br>": "typed-marks",
    "<br/> and": "typed-marks",
    "<span style='color:red'>now</span>": "typed-marks",
    "<p>now": "typed-marks",
    "**now**": "typed-marks",
    "__now__": "typed-marks",
    "_now_": "typed-marks",
    "~~now~~": "typed-marks",
    "==now==": "typed-marks",
    "`now`": "typed-marks",
    r"5 \* 3": "typed-marks",
    "now[^1]": "typed-marks",
    "cafÃ©": "broken-text",
    "lost �": "broken-text",
    "pasted \ufffc": "broken-text",
    "infor\u00admation": "invisible-characters",
    "on\u200bline": "invisible-characters",
    "𝗕𝗼𝗹𝗱": "dressed-up-letters",
}


def _filled(first: int) -> tuple[str, list[tuple[KeyPath, str]]]:
    """Return the issue with a payload at the end of every line of words, and the rule that each of them breaks."""
    data: Any = yaml.load(ISSUE.read_text("utf-8"), yaml.BaseLoader)
    for article in data["articles"]:
        for block in article["content"]:
            block.pop("allow", None)
    values = iter_values(load(ISSUE, PROJECT, load_brand(PROJECT)))
    paths = [path for path, value in values if isinstance(value, Text)]
    broken: list[tuple[KeyPath, str]] = []
    for path, (payload, rule) in zip(paths, itertools.cycle([*PAYLOADS.items()][first:]), strict=False):
        functools.reduce(operator.getitem, path[:-1], data)[path[-1]] += f" {payload}"
        broken.append((path, rule))
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000), broken


@pytest.mark.parametrize("first", (0, 12))
def test_each_field_is_reported_at_its_own_place(first: int) -> None:
    text, broken = _filled(first)
    editions = build_editions(build_issue(ISSUE, PROJECT, load_brand(PROJECT), text=text), PROJECT)
    report = check_editions(editions, read_settings(PROJECT))
    assert {problem.location.file for problem in report.problems} == {editions[0].issue.file.name}
    reported = {(finding.where.path, rule) for rule, finding in report.findings}
    assert [each for each in broken if each not in reported] == []
