"""Every fault of the catalogue in tests/cases/faults/ is found where it was put; seeding.py says how it is written."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from support.seeding import CHECKED, ROOT, Fault, FaultyProject, catalogue, rules_that_report

FAULTS = catalogue()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> FaultyProject:
    return FaultyProject(tmp_path_factory.mktemp("faults") / "project")


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if "missed" not in fault.entry], ids=str)
def test_the_fault_is_reported_where_it_was_put(project: FaultyProject, fault: Fault) -> None:
    reported = project.new_problems(fault)
    assert reported.reports(fault), "\n".join(map(str, reported.problems)) or "nothing was reported"


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if "missed" in fault.entry], ids=str)
def test_faults_marked_as_missed_are_missed(project: FaultyProject, fault: Fault) -> None:
    assert not project.new_problems(fault, every_rule=True).problems


def test_the_catalogue_breaks_every_rule() -> None:
    assert sorted(CHECKED - rules_that_report(FAULTS)) == [], "put a `fault` for these into tests/cases/rules/"


def test_pages_of_faults_that_stop_the_render_can_be_edited(project: FaultyProject) -> None:
    pages = [
        (str(fault), project.good[fault.slug].inlined, fault.entry["page"]) for fault in FAULTS if "page" in fault.entry
    ]
    assert pages
    assert [name for name, page, edit in pages if page.count(edit["find"]) != 1] == []


def test_each_fault_is_in_the_catalogue_once() -> None:
    assert len(FAULTS) >= 400
    assert [what for what, times in Counter(fault.entry["what"] for fault in FAULTS).items() if times > 1] == []


def test_check_and_audit_find_all_but_one_in_twenty_five() -> None:
    # The audit runs the check, so that the two find at least what the check finds.
    assert sum("missed" in fault.entry for fault in FAULTS) <= len(FAULTS) / 25


def test_the_shares_in_the_documents_hold_for_the_catalogue() -> None:
    # The documents give shares of a catalogue that grows with each rule: a rule stays two files.
    share = sum("missed" not in fault.entry for fault in FAULTS) / len(FAULTS)
    bench = (ROOT / "bench/README.md").read_text("utf-8")
    ((faults, ours, axe),) = re.findall(
        r"\| \*\*all faults\*\* \| (\d+) \| (\d+) \(\d+ %\) \| \d+ \(\d+ %\) \| (\d+) ", bench
    )
    measured = int(ours) / int(faults)
    assert abs(measured - share) < 0.03, "run bench/faults.py, and write down what it prints"
    assert int(faults) > 0.8 * len(FAULTS), "run bench/faults.py, and write down what it prints"
    readme = " ".join((ROOT / "README.md").read_text("utf-8").split())
    one_in = {7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven"}[round(int(faults) / int(axe))]
    assert f"the check finds more than nine in ten, each at its line; axe-core finds one in {one_in} (" in readme
    assert min(share, measured) >= 0.92
