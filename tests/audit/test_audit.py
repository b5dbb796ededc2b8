"""The audit sees what each state shows, tells it once at its line, and finds nothing in what this project ships."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audit.faults import EVERYWHERE, FAULTS, edition_of, page
from browser import require_browser
from examples import write_every_block
from newsletter.audit import audit
from newsletter.audit.axe_rules import LEFT_OUT
from newsletter.audit.outcome import Audit
from newsletter.audit.states import COMMON, STATES
from newsletter.check.settings import Settings
from newsletter.edition import Edition
from newsletter.load import load_brand
from newsletter.pipeline import build
from newsletter.problems import Place
from newsletter.project import Project
from newsletter.rules import all_rules

BROWSER_RULES = {rule.id for rule in all_rules() if rule.kind == "browser"}


@pytest.fixture(scope="module")
def seeded(editions: dict[str, Edition]) -> tuple[Audit, Audit]:
    """A page with every state's fault, and one with those that show everywhere in the first state."""
    require_browser()
    base = next(iter(editions.values()))
    (faulty,) = audit([edition_of(base, page(*(fault for *_, fault in FAULTS.values())))], Settings())
    everywhere = edition_of(base, page(*(fault for _, fault in EVERYWHERE.values())))
    (first,) = audit([everywhere], Settings(), states=STATES[:1])
    return faulty, first


def told(one: Audit) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(found.problem.id, found.problem.message, found.states) for found in one.found]


@pytest.mark.parametrize("state", FAULTS)
def test_each_state_shows_a_fault_that_no_other_does(seeded: tuple[Audit, Audit], state: str) -> None:
    rule, words, _ = FAULTS[state]
    about = [item for item in told(seeded[0]) if words in item[1] and item[0] != "axe"]
    assert [(id, states) for id, _, states in about] == [(rule, (state,))]


def test_nothing_else_is_found_in_that_page(seeded: tuple[Audit, Audit]) -> None:
    words = [words for _, words, _ in FAULTS.values()]
    assert [item for item in told(seeded[0]) if not any(one in item[1] for one in words)] == []


def test_every_state_has_a_fault_and_every_rule_is_seeded() -> None:
    assert list(FAULTS) == [state.name for state in STATES]
    assert {rule for rule, *_ in FAULTS.values()} | set(EVERYWHERE) == BROWSER_RULES
    assert {rule for state in STATES for rule in state.rules} == BROWSER_RULES
    assert set(COMMON) <= BROWSER_RULES


@pytest.mark.parametrize("rule", EVERYWHERE)
def test_each_rule_finds_its_fault(seeded: tuple[Audit, Audit], rule: str) -> None:
    words, _ = EVERYWHERE[rule]
    assert [states for id, message, states in told(seeded[1]) if id == rule and words in message] == [("light",)]


def test_a_finding_is_at_the_line_of_its_template_where_no_editor_wrote_its_words(
    seeded: tuple[Audit, Audit],
) -> None:
    assert {found.problem.place for found in seeded[1].found} == {Place("templates/fault.mjml", 7)}
