"""The rules of axe-core that do not apply to emails. All others run."""

from collections.abc import Iterable, Iterator, Mapping

from newsletter.audit.result import DisabledRule
from newsletter.audit.states import State
from newsletter.check import registry
from newsletter.check.settings import Settings

NAVIGATION: Mapping[str, str] = {
    "bypass": "EN 301 549, clause 10, does not require documents such as emails to have a way past repeated blocks "
    "(WCAG 2.4.1 Bypass Blocks): an email is a single page and repeats nothing from another.",
}
"""Rules about what EN 301 549, clause 10, does not require of an email. They never run."""

LANDMARKS: Mapping[str, str] = {
    "landmark-one-main": "The mail app’s own page has the main landmark. A second one in the email would hide where "
    "the message begins. The rule is a best practice for web pages; no level of WCAG requires it.",
    "region": "Landmarks belong to the mail app’s page; the email is one article in it. The rule is a best practice "
    "for web pages; no level of WCAG requires it.",
}
"""Best practices for web pages that would harm an email. They never run, either."""

NEVER_RUN: Mapping[str, str] = {**NAVIGATION, **LANDMARKS}
"""Rules that run in no state, and why."""

APPEARANCE = frozenset({"color-contrast", "color-contrast-enhanced", "link-in-text-block"})
"""Rules about the appearance of text. They check one of all elements that look alike; see measure/layers.js."""

A_OR_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
"""Tags of the rules that EN 301 549 requires. A violation of any other rule (AAA, best practice) is a warning."""


def disabled_rules(settings: Settings, states: Iterable[State]) -> Iterator[DisabledRule]:
    """Return the rules that do not run: in no state, by the project's settings, or in some of these states."""
    for rule, reason in NAVIGATION.items():
        yield DisabledRule("clause 10", rule, reason)
    for rule, reason in LANDMARKS.items():
        yield DisabledRule("landmarks", rule, reason)
    axe = registry.rule("axe")
    for rule in settings.options(axe)["without"]:
        yield DisabledRule("project", rule, "The settings of this project disable it.")
    for state in states:
        for rule, reason in state.without_axe.items():
            yield DisabledRule("state", rule, reason, (state.name,))
