"""What is known of axe-core's rules when they meet an email. All of them run but those that are named here."""

from collections.abc import Iterable, Iterator, Mapping

from newsletter.audit.result import DisabledRule
from newsletter.audit.states import State
from newsletter.check import registry
from newsletter.check.settings import Settings

NAVIGATION: Mapping[str, str] = {
    "bypass": "EN 301 549, clause 10, asks of documents such as emails no way past repeated blocks (WCAG 2.4.1 Bypass "
    "Blocks): an email stands alone and repeats nothing from page to page.",
}
"""Rules about what EN 301 549, clause 10, does not ask of an email. They are not run in any state."""

LANDMARKS: Mapping[str, str] = {
    "landmark-one-main": "The mail client’s own page has the main landmark, and an email with a second one would hide "
    "where the message begins. The rule is a best practice for web pages; no level of WCAG asks for it.",
    "region": "Landmarks belong to the mail client’s page; the email is one article in it. The rule is a best practice "
    "for web pages; no level of WCAG asks for it.",
}
"""Best practices for web pages that would harm an email. They are not run in any state, either."""

LEFT_OUT: Mapping[str, str] = {**NAVIGATION, **LANDMARKS}
"""Rules that are not run in any state, and why."""

OF_LOOK = frozenset({"color-contrast", "color-contrast-enhanced", "link-in-text-block"})
"""Rules that ask how single words look. Of words that look alike they are asked about one; see measure/layers.js."""

A_OR_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
"""Tags of what EN 301 549 asks for; what has none of them (AAA, best practice, experimental) is a warning."""


def disabled(settings: Settings, states: Iterable[State]) -> Iterator[DisabledRule]:
    """Give what no email can satisfy, what the project names, and what cannot apply in some of these states."""
    for rule, reason in NAVIGATION.items():
        yield DisabledRule("clause 10", rule, reason)
    for rule, reason in LANDMARKS.items():
        yield DisabledRule("landmarks", rule, reason)
    axe = registry.rule("axe")
    for rule in settings.options(axe)["without"]:
        yield DisabledRule("project", rule, "This project’s settings leave it out.")
    for state in states:
        for rule, reason in state.without_axe.items():
            yield DisabledRule("state", rule, reason, (state.name,))
