"""Which of axe-core's rules are not run, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsletter.audit.axe_rules import LANDMARKS, NAVIGATION
from newsletter.audit.result import LeftOut
from newsletter.audit.states import State
from newsletter.check.settings import Settings
from newsletter.rules import all_rules


def left_out(settings: Settings, states: Iterable[State]) -> Iterator[LeftOut]:
    """Give what no email can satisfy, what the project names, and what cannot apply in some of these states."""
    for rule, reason in NAVIGATION.items():
        yield LeftOut("clause 10", rule, reason)
    for rule, reason in LANDMARKS.items():
        yield LeftOut("landmarks", rule, reason)
    axe = next(rule for rule in all_rules() if rule.id == "axe")
    for rule in settings.options(axe)["without"]:
        yield LeftOut("project", rule, "This project’s settings leave it out.")
    for state in states:
        for rule, reason in state.without_axe.items():
            yield LeftOut("state", rule, reason, (state.name,))
