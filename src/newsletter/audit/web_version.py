"""Tests the web version in a real browser, in the states in which readers meet a page of a website."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from newsletter.audit.axe_rules import disabled_rules
from newsletter.audit.result import Audit
from newsletter.audit.states import STATES, State
from newsletter.check.report import Report
from newsletter.check.settings import Settings
from newsletter.check.web_version import with_web_version
from newsletter.dom.numbering import with_numbers
from newsletter.dom.tree import parse_html
from newsletter.edition import Edition, InlinedPage, WebPage
from newsletter.project import Project

# Mail apps invert and strip a page, and Outlook reads comments. A browser enlarges text by the size that its reader
# sets, and the page follows that in units that the simulation of mail apps does not change.
_STATES = frozenset(
    ["light", "phone", "dark", "dark phone", "text spacing", "images off", "forced colours", "reduced motion"]
) | {"right to left"}


def audit_web_version(
    edition: Edition,
    web: WebPage,
    project: Project,
    settings: Settings,
    on_progress: Callable[[Edition, State, int], None] = lambda edition, state, of: None,
) -> Audit:
    """Test the web version of an issue in a browser.

    Args:
        edition: an edition of the issue.
        web: its web version.
        project: where the style sheet of the web version is.
        settings: the severity and the thresholds of each rule.
        on_progress: called after each test with the edition, the state and the number of all tests.

    Raises:
        Problems: if there is no browser, or the extra `audit` is not installed.
    """
    # Only these modules need the packages of the extra.
    from newsletter.audit.find_browser import require_extra  # noqa: PLC0415

    require_extra()
    from newsletter.audit.browser import Request, measure_pages  # noqa: PLC0415
    from newsletter.audit.evaluate import evaluate  # noqa: PLC0415

    # The report names what it is about by the SHA-256 of the message: here, of the page as it is in the outbox.
    inlined = InlinedPage(_with_focus(web.with_marks), web.sources)
    as_edition = replace(edition, inlined=inlined, message=web.encode())
    page = with_numbers(as_edition.inlined)
    usual = [state for state in STATES if state.name in _STATES]
    states = [state for state in usual if not state.needs or parse_html(page).cssselect(state.needs)]
    # The rules about the landmarks of a website, which an email must not have, hold for this page.
    not_run = [rule for rule in disabled_rules(settings, states) if rule.group in ("project", "state")]
    without = tuple(rule.rule for rule in not_run if rule.group == "project")
    requests = [Request(state.simulate(page), state, (*without, *state.without_axe)) for state in states]
    results = measure_pages(requests, lambda number: on_progress(edition, states[number], len(states)))
    report = with_web_version(Report((), (), len(edition.issue.articles)), edition, web, settings)
    skipped = [state for state in usual if state not in states]
    tested = list(zip(states, results, strict=True))
    return replace(
        evaluate(as_edition, settings, tested, skipped, report), disabled=tuple(not_run), is_web_version=True
    )


def _with_focus(page: str) -> str:
    """Return the page as it is while the skip link has the focus: before, nobody sees it."""
    return page.replace(":not(:focus)", ":not(*)")
