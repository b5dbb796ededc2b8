"""Where views show problems: in the middle if there is no page, beside the email, elsewhere in a line each."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from newsletter.check.report import Report
from newsletter.check.settings import Settings
from newsletter.edition import Edition
from newsletter.preview import pages
from newsletter.preview.history import Comparison
from newsletter.preview.issue_list import issue_verdict
from newsletter.preview.issue_state import IssueState
from newsletter.preview.status import status
from newsletter.preview.views import VIEWS
from newsletter.problems import Location, Problem

FILE = "issues/a.yaml"
WITH_LIST_OF_THEIR_OWN = ("checks", "source", "ready")


def page(name: str, state: IssueState, **query: str) -> Any:
    chosen = next(view for view in VIEWS if view.name == name)
    return html.document_fromstring(pages.issue(state, chosen, query, Settings()))


def problem(line: int, id: str = "unknown-key") -> Problem:
    return Problem(Location(FILE, line, 1), id, f"Unknown key “titel{line}”.", "Did you mean “title”?")


@pytest.fixture
def never_built() -> IssueState:
    return IssueState("a", FILE, problems=(problem(2),), source='subject: "A"\ntitel2: "B"\n')


@pytest.fixture
def built(editions: dict[str, Edition]) -> IssueState:
    edition = editions["2023-09-26-stem-cell-hope"]
    problems = tuple(problem(line) for line in range(1, 8))
    return IssueState("a", FILE, edition, problems=problems, source=edition.issue.file.text, all_editions_built=True)


@pytest.mark.parametrize("name", [view.name for view in VIEWS if view.name not in WITH_LIST_OF_THEIR_OWN])
def test_before_there_is_a_page_the_middle_says_what_to_do(name: str, never_built: IssueState) -> None:
    document = page(name, never_built)
    (middle,) = document.xpath("//main//section[@id='problems']")
    assert "Fix 1 error to see the preview" in middle.text_content()
    assert 'titel2: "B"' in middle.text_content()  # the line itself
    assert document.text_content().count("Unknown key “titel2”.") == 1  # nothing beside it says it again
    assert not document.xpath("//*[contains(@class, 'strip')]")


@pytest.mark.parametrize("name", ["inbox", "listening", "plain-text", "share"])
def test_beside_other_views_a_problem_is_one_line_with_a_link(name: str, built: IssueState) -> None:
    document = page(name, built)
    links = document.xpath("//aside//ul[@class='brief']//a")
    anchors = [article.get("id") for article in page("checks", built).xpath("//article")]
    assert [link.get("href") for link in links] == [f"/issues/a/checks#{anchor}" for anchor in anchors[:5]]
    assert "Did you mean" not in document.xpath("//aside")[0].text_content()
    assert [link.text_content() for link in document.xpath("//a[@id='brief-all']")] == ["All 7 problems"]


@pytest.mark.parametrize(("name", "address"), [("email", "#findings"), ("inbox", "/issues/a/checks")])
def test_the_status_leads_to_the_nearest_list(name: str, address: str, built: IssueState) -> None:
    assert page(name, built).get_element_by_id("to-problems").get("href") == address


GRADES = tuple(
    Problem(Location(FILE, line), "reading-grade", f"“{line}” has reading grade {line}.", "Shorten it.", "warning")
    for line in (9, 11)
)


@pytest.fixture
def stopped(built: IssueState) -> IssueState:
    """An issue that was checked at 12:33, and cannot be built since."""
    report = Report((*GRADES, problem(4, "link-text")), (), 1, ())
    at = datetime.datetime(2026, 11, 30, 12, 33, 5)
    return replace(built, report=report, problems=(problem(2),), is_outdated=True, built_at=at, saved_at=at)


def test_an_error_that_stops_the_page_hides_no_other(stopped: IssueState) -> None:
    """The number of problems to fix must not become smaller because an issue becomes worse."""
    assert status(stopped).summary == "1 to fix first"
    assert issue_verdict(replace(stopped, all_editions_built=True)) == ("error", "1 to fix first")
    email, checks, inbox = (page(name, stopped) for name in ("email", "checks", "inbox"))
    for document in (email, checks, inbox):
        assert "As of 12:33:05, before this error: 1 to fix, 1 to consider" in document.text_content()
    (earlier,) = email.xpath("//aside//section[@id='earlier']")
    assert earlier.xpath(".//li[contains(@class, 'finding ')]/@data-number") == ["2", "3"]
    assert not earlier.xpath(".//a[contains(@class, 'fix')]")  # the lines may be others by now
    targets = [link.rpartition("/")[2] for link in earlier.xpath(".//a[starts-with(@id, 'to-why')]/@href")]
    assert [checks.get_element_by_id(target.partition("#")[2]).tag for target in targets] == ["article"] * 2
    assert inbox.get_element_by_id("to-earlier").get("href") == "/issues/a/checks#earlier"


def test_one_cause_now_and_earlier_has_two_ids(stopped: IssueState) -> None:
    document = page("email", replace(stopped, problems=(problem(3, "link-text"),)))
    ids = document.xpath("//*/@id")
    assert len(set(ids)) == len(ids)
    assert len([id for id in ids if id.startswith("problem-link-text-")]) == 2


def test_every_count_counts_entries(built: IssueState) -> None:
    state = replace(built, problems=(problem(1), *GRADES), report=Report(GRADES, (), 1, ()))
    ready = " ".join(page("ready", state).get_element_by_id("point-problems").text_content().split())
    assert status(state).summary == "1 to fix, 1 to consider"
    assert "1 to fix, 1 to consider, in 3 places. What is to fix stops the email." in ready
    assert len(page("checks", state).xpath("//article")) == 2
    listed = page("email", state).xpath("//section[@id='findings']//li[contains(@class, 'finding ')]/@data-number")
    assert listed == ["1", "2"]  # in the order of the list, in the page or not


def test_an_issue_that_is_being_read_says_so() -> None:
    text = page("checks", IssueState("a", FILE)).text_content()
    assert "This issue is being read." in text and "errors that stop the page" not in text


def test_an_issue_that_was_never_built_is_named_as_in_the_list(never_built: IssueState) -> None:
    assert (
        page("email", replace(never_built, source='titel: "B"\nsubject: "Winter  news"\n')).xpath("//h1")[0].text
        == "Winter news"
    )
    assert page("email", replace(never_built, source="")).xpath("//h1")[0].text == "a"


def test_after_no_problems_the_bar_says_where_its_link_leads(built: IssueState) -> None:
    link = page("email", replace(built, problems=(), report=Report((), (), 1, ()))).get_element_by_id("to-ready")
    assert link.text_content() == "No problems: next steps" and not link.find_class("unseen")


def test_an_entry_beside_the_email_has_its_lines(built: IssueState) -> None:
    (line,) = page("email", replace(built, problems=(problem(1),))).xpath("//aside//li[@class='marked error']/code")
    assert line.text_content() == built.source.splitlines()[0]


def test_a_problem_without_a_rule_does_not_promise_a_reason(built: IssueState) -> None:
    state = replace(built, problems=(problem(2), problem(3, "link-text")))
    links = page("email", state).xpath("//a[starts-with(@id, 'to-why-')]")
    texts = [link.text_content() for link in links]
    assert texts == ["See the lines", "Why"]


@pytest.mark.parametrize(("since", "value"), [("saved-1795987462539", ""), ("commit", ""), ("14:05", "14:05")])
def test_the_field_for_a_moment_holds_only_what_somebody_typed(since: str, value: str, built: IssueState) -> None:
    state = replace(built, comparison=Comparison(since, "then", ()))
    assert page("changes", state).get_element_by_id("since").get("value") == value
