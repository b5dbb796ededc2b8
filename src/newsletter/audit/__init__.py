"""Proof in a real browser: editions as their readers meet them, state by state, measured; and what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from newsletter.audit.axe_rules import disabled
from newsletter.audit.result import Audit
from newsletter.audit.states import STATES, State
from newsletter.check.settings import Settings
from newsletter.dom.numbering import numbered
from newsletter.dom.tree import parse
from newsletter.edition import Edition
from newsletter.stages.data_urls import browser_page


def audit(
    editions: Sequence[Edition],
    settings: Settings,
    told: Callable[[Edition, State, int], None] = lambda edition, state, of: None,
    states: Sequence[State] = (),
) -> tuple[Audit, ...]:
    """Look at editions in a browser.

    Args:
        editions: what `pipeline.build` made.
        settings: how much each rule counts, and its thresholds.
        told: called with each edition and state when the browser has seen it, and with how many there are in all.
        states: in which they are looked at, the first being what the others are compared with; empty for all.

    Returns:
        An audit of each, in this order.

    Raises:
        Problems: when there is no browser, or what drives it is not installed.
    """
    # Only who audits has to have what the extra brings.
    from newsletter.audit.find_browser import require_extra  # noqa: PLC0415

    require_extra()
    from newsletter.audit.browser import BrowserResult, Request, look  # noqa: PLC0415
    from newsletter.audit.evaluate import evaluate  # noqa: PLC0415

    states = states or STATES
    jobs = [(edition, state, html) for edition in editions for state, html in _pages(edition, states)]
    without = tuple(item.rule for item in disabled(settings, ()))
    requests = [Request(html, state, (*without, *state.without_axe)) for _, state, html in jobs]
    sights = look(requests, lambda number: told(*jobs[number][:2], len(jobs))) if requests else []
    seen: dict[int, list[tuple[State, BrowserResult]]] = {id(edition): [] for edition in editions}
    for (edition, state, _), sight in zip(jobs, sights, strict=True):
        seen[id(edition)].append((state, sight))
    return tuple(
        evaluate(edition, settings, seen[id(edition)], _skipped(seen[id(edition)], states)) for edition in editions
    )


def _skipped(seen: Sequence[tuple[State, object]], states: Sequence[State]) -> list[State]:
    return [state for state in states if state not in [one for one, _ in seen]]


def _pages(edition: Edition, states: Sequence[State]) -> Iterator[tuple[State, str]]:
    """Give the page in each state that it can be in."""
    if not edition.has_page:
        return
    page = numbered(browser_page(edition))
    for state in states:
        if not state.needs or parse(page).cssselect(state.needs):
            yield state, state.rendering(page)
