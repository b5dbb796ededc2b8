"""What the report says about each criterion, from the rules that ran; no browser is needed to see that."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

import pytest

from newsletter.audit import report
from newsletter.audit.criteria import CriterionResult, by_criterion
from newsletter.audit.evaluate import evaluate
from newsletter.audit.result import Allowed, Audit, Incomplete, ProblemInStates
from newsletter.check.settings import Settings
from newsletter.edition import Edition
from newsletter.edition_kinds import EditionKind
from newsletter.problems import Location, Problem, Severity
from support.marked_pages import edited_page

pytest.importorskip("playwright")

DAY = datetime.date(2026, 12, 1)
HERE = Location("templates/fault.mjml", 7)


@pytest.fixture(scope="module")
def audit(editions: dict[str, Edition]) -> Audit:
    edition = next(iter(editions.values()))
    checked = evaluate(edition, Settings(), [], [])
    return replace(checked, axe_criteria={"image-alt": ("1.1.1",), "color-contrast": ("1.4.3",)})


def results(audit: Audit) -> dict[str, CriterionResult]:
    return {item.criterion.number: item for item in by_criterion(audit)}


def axe_problem(severity: Severity) -> ProblemInStates:
    return ProblemInStates(Problem(HERE, "axe", "It fails.", "Mend it.", severity), ("light",), ("1.4.3",))


def test_what_rules_looked_at_and_left_alone_is_passed_and_they_are_named(audit: Audit) -> None:
    alt = results(audit)["1.1.1"]
    assert (alt.outcome, alt.reason, alt.axe_rules) == ("passed", "", ("image-alt",))
    assert {"image-alt-missing", "image-alt-length"} <= set(alt.rules)


def test_a_rule_that_did_not_run_is_no_proof(audit: Audit) -> None:
    assert results(audit)["2.4.2"].outcome == "passed"
    without = replace(audit, report=replace(audit.report, ran=tuple(id for id in audit.report.ran if id != "title")))
    assert results(without)["2.4.2"].outcome == "not tested"


def test_an_error_fails_its_criterion_and_no_other(audit: Audit) -> None:
    failed = results(replace(audit, problems_by_state=(axe_problem("error"),)))
    assert [item.criterion.number for item in failed.values() if item.outcome == "failed"] == ["1.4.3"]
    problem = Problem(HERE, "title", "It has none.", "Write one.", "error")
    checked = results(replace(audit, report=replace(audit.report, problems=(problem,))))
    assert checked["2.4.2"].outcome == "failed"


def test_a_warning_an_exception_and_a_question_are_left_to_a_person(audit: Audit) -> None:
    warned = results(replace(audit, problems_by_state=(axe_problem("warning"),)))["1.4.3"]
    assert (warned.outcome, warned.reason) == ("undecided", "A person has to look: 1 warning.")
    allowed = replace(audit, allowed=(Allowed("link-text", HERE, "It is the name of the page.", ()),))
    assert results(allowed)["2.4.4"].reason == "A person has to look: 1 exception."
    question = Incomplete("color-contrast", "Contrast is enough.", "", (HERE,), ("light",))
    assert results(replace(audit, incomplete=(question,)))["1.4.3"].outcome == "undecided"
    answered = replace(question, resolution="The rule contrast-on-screen measured it.")
    assert results(replace(audit, incomplete=(answered,)))["1.4.3"].outcome == "passed"


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        ("<video src='film.mp4'></video>", {"1.2.3", "1.2.5", "1.4.2"}),
        ("<form><input name='age'></form>", {"1.3.5", "3.3.2", "3.3.8"}),
        ("<p onclick='go()'>Go</p>", {"2.1.2", "2.5.1", "2.2.1"}),
        ("<meta http-equiv='Refresh' content='5'>", {"2.2.1"}),
    ],
)
def test_what_does_not_apply_applies_as_soon_as_the_page_has_it(audit: Audit, html: str, numbers: set[str]) -> None:
    edition = audit.edition
    page = edited_page(edition.inlined, edition.inlined.replace("</body>", f"{html}</body>"))
    before, after = results(audit), results(replace(audit, edition=replace(edition, inlined=page)))
    assert {before[number].outcome for number in numbers} == {"does not apply"}
    assert numbers <= {number for number in after if after[number].outcome == "not tested"}
    assert after["2.4.5"].outcome == "does not apply", "an email is one document"


def test_a_web_version_needs_a_way_past_its_links(audit: Audit) -> None:
    assert results(audit)["2.4.1"].outcome == "does not apply"
    bypass = {**audit.axe_criteria, "bypass": ("2.4.1",)}
    web = results(replace(audit, is_web_version=True, axe_criteria=bypass))
    assert (web["2.4.1"].outcome, web["2.4.1"].axe_rules) == ("passed", ("bypass",))


def test_plain_text_has_no_looks(audit: Audit, every_edition: dict[str, dict[EditionKind, Edition]]) -> None:
    plain = every_edition[audit.edition.issue.slug]["text-only"]
    assert results(evaluate(plain, Settings(), [], []))["1.4.3"].outcome == "does not apply"
    assert results(audit)["1.4.3"].outcome == "passed"


def test_the_verdict_is_one_sentence_that_counts_every_criterion(audit: Audit) -> None:
    sentence = report.statement(audit, by_criterion(audit), DAY)
    assert sentence.startswith("On 1 December 2026, software tested this email against ")
    assert "found no error" in sentence
    counted = (
        r" against (\d+) criteria .* of all (\d+) criteria, (\d+) do not apply, software cannot test (\d+), and most "
    )
    tested, of_all, others, left = map(int, re.findall(counted, sentence)[0])
    assert tested + left + others == of_all == 55
    failed = replace(audit, problems_by_state=(axe_problem("error"), axe_problem("warning")))
    assert "found 1 error and 1 warning;" in report.statement(failed, by_criterion(failed), DAY)


def test_the_report_says_it_for_each_criterion(audit: Audit) -> None:
    html = next(content.decode() for name, content in report.report_files(audit, DAY).items() if name.endswith(".html"))
    data = report.report_data(audit, DAY)
    assert data["tested_on"] == "2026-12-01"
    assert len(data["criteria"]) == html.count('<th role="rowheader"') == 55
    assert all(f"{item['wcag']} {item['name']} ({item['level']})" in html for item in data["criteria"])
    assert data["verdict"] in html
