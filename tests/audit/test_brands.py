"""Other charities' newsletters, and the layouts in the look of three brands, have no problems in the browser.

All of them in all states take minutes. So each layout is tested with one brand, in the states that show its sizes and
its colours, and each newsletter where words have least room and where colours are not the brand's.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from newsletter.audit import audit
from newsletter.audit.result import Audit
from newsletter.audit.states import STATES
from newsletter.check.settings import Settings
from newsletter.edition import Edition
from newsletter.issue.load import layouts
from newsletter.pipeline import build
from newsletter.project import Project
from support.browser import require_browser
from support.newsletters import BRANDS, KINDS, add_layout_examples, branded_project

LAYOUTS = [*layouts(Project(Path(__file__).parents[2]))]
LOOKS = {name: BRANDS[number % len(BRANDS)] for number, name in enumerate(LAYOUTS)}
"""Each layout with the brand in whose look it is tested."""


def audited(editions: Sequence[Edition], *states: str) -> list[Audit]:
    require_browser()
    return [*audit(editions, Settings(), states=[state for state in STATES if state.name in states])]


def problems(audits: Sequence[Audit]) -> list[str]:
    return [
        f"{one.edition.issue.slug}: {item.problem} ({', '.join(item.states)})"
        for one in audits
        for item in one.problems_by_state
    ] + [f"{one.edition.issue.slug}: {item.rule}" for one in audits for item in one.incomplete if not item.resolution]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[Edition]:
    """The example of each layout in the look of its brand."""
    editions = []
    for name in BRANDS:
        project, brand = branded_project(name, tmp_path_factory.mktemp("look") / name)
        paths = add_layout_examples(project)
        editions += [build(paths[layout], project, brand) for layout in LAYOUTS if LOOKS[layout] == name]
    return editions


@pytest.fixture(scope="module")
def newsletters(tmp_path_factory: pytest.TempPathFactory) -> list[Edition]:
    editions = []
    for kind, name in KINDS.items():
        project, brand = branded_project(name, tmp_path_factory.mktemp("kind") / kind)
        editions.append(build(project.issues / f"{kind}.yaml", project, brand))
    return editions


def test_each_layout_and_each_brand_has_no_problems(examples: list[Edition]) -> None:
    assert set(LOOKS.values()) == set(BRANDS)
    audits = audited(examples, "light", "phone", "dark", "dark phone", "forced colours")
    assert [len(one.tested) for one in audits] == [5] * len(LAYOUTS)
    assert problems(audits) == []


def test_each_newsletter_has_no_problems(newsletters: list[Edition]) -> None:
    audits = audited(newsletters, "dark phone", "forced inversion")
    assert [len(one.tested) for one in audits] == [2] * len(KINDS)
    assert problems(audits) == []
