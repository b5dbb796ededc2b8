"""Tests editions in a real browser, in each state in which readers meet them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from newsletter.audit.axe_rules import disabled_rules
from newsletter.audit.result import Audit
from newsletter.audit.states import STATES, State
from newsletter.check.report import Report
from newsletter.check.settings import Settings
from newsletter.dom.numbering import with_numbers
from newsletter.dom.tree import parse_html
from newsletter.edition import Edition
from newsletter.stages.data_urls import browser_page


def audit(
    editions: Sequence[Edition],
    settings: Settings,
    on_progress: Callable[[Edition, State, int], None] = lambda edition, state, of: None,
    states: Sequence[State] = (),
    of_issue: Report | None = None,
) -> tuple[Audit, ...]:
    """Test editions in a browser.

    Args:
        editions: the editions to test.
        settings: the severity and the thresholds of each rule.
        on_progress: called after each test with its edition, its state and the number of all tests.
        states: the states to test; empty for all. The others are compared with the first.
        of_issue: the check of the whole issue. It knows which allowances nothing needs, not even the web version.

    Returns:
        One audit for each edition, in the same order.

    Raises:
        Problems: if there is no browser, or the extra `audit` is not installed.
    """
    # Only these modules need the packages of the extra.
    from newsletter.audit.find_browser import require_extra  # noqa: PLC0415

    require_extra()
    from newsletter.audit.browser import MeasuredPage, Request, measure_pages  # noqa: PLC0415
    from newsletter.audit.evaluate import evaluate  # noqa: PLC0415

    states = states or STATES
    jobs = [
        (number, edition, state, html)
        for number, edition in enumerate(editions)
        for state, html in _pages(edition, states)
    ]
    without = tuple(item.rule for item in disabled_rules(settings, ()))
    requests = [Request(html, state, (*without, *state.without_axe)) for _, _, state, html in jobs]
    results = measure_pages(requests, lambda number: on_progress(*jobs[number][1:3], len(jobs))) if requests else []
    by_edition: list[list[tuple[State, MeasuredPage]]] = [[] for _ in editions]
    for (number, _, state, _), result in zip(jobs, results, strict=True):
        by_edition[number].append((state, result))
    audits = [
        evaluate(edition, settings, results, _skipped(results, states))
        for edition, results in zip(editions, by_edition, strict=True)
    ]
    return tuple(_without_needed(one, of_issue) if of_issue else one for one in audits)


def _without_needed(one: Audit, of_issue: Report) -> Audit:
    """Leave out what the check of an edition says of allowances that another part of the issue needs."""
    problems = [problem for problem in one.report.problems if problem.id != "allow" or problem in of_issue.problems]
    return replace(one, report=replace(one.report, problems=tuple(problems)))


def _skipped(tested: Sequence[tuple[State, object]], states: Sequence[State]) -> list[State]:
    return [state for state in states if state not in [one for one, _ in tested]]


def _pages(edition: Edition, states: Sequence[State]) -> Iterator[tuple[State, str]]:
    """Return the page in each state that applies to it."""
    if not edition.has_page:
        return
    page = with_numbers(browser_page(edition))
    for state in states:
        if not state.needs or parse_html(page).cssselect(state.needs):
            yield state, state.simulate(page)
