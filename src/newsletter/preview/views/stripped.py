"""The email without what the strictest mail apps remove."""

from __future__ import annotations

from collections.abc import Mapping

from newsletter.preview.issue_state import IssueState
from newsletter.preview.security import EMAIL_SANDBOX
from newsletter.preview.views.controls import Control, Option, address, control_links

TITLE = "Stripped"

_CONTROL = Control(
    "client",
    "What is left",
    (
        Option(
            "stripped",
            "Inline styles",
            "Style sheets, classes, ids, ARIA, comments and HTML 5 elements are removed.",
        ),
        Option(
            "bare",
            "No styles",
            "Inline styles and sizes are removed as well. Only the HTML itself is left.",
        ),
    ),
)


def template_variables(state: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Return the controls, and the addresses of the page with and without its stamp."""
    option = _CONTROL.selected_option(query)
    parameters = state.query | {"client": option.value}
    return {
        "controls": control_links("stripped", [_CONTROL] if state.has_page else [], query, state.query),
        "notes": [
            f"{option.note} No mail app removes all of this, but each removes some. If the email reads well here, it "
            "reads well in all of them.",
            "Links inside the email do not work here.",
        ],
        "page": address("page", parameters),
        "frame": address("page", parameters | state.stamp),
        "sandbox": EMAIL_SANDBOX,
    }
