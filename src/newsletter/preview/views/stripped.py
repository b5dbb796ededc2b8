"""What is left of the email where a mail program takes the most away."""

from __future__ import annotations

from collections.abc import Mapping

from newsletter.preview.issue_state import IssueState
from newsletter.preview.security import EMAIL_SANDBOX
from newsletter.preview.views.controls import Control, Option, address, controls

TITLE = "Stripped"

_QUESTION = Control(
    "client",
    "What is left",
    (
        Option(
            "stripped",
            "Inline styles left",
            "Style sheets, classes, ids, ARIA, comments and the elements of HTML 5 are gone.",
        ),
        Option(
            "bare",
            "No styles at all",
            "The styles and sizes within the elements are gone as well: only the HTML itself is left.",
        ),
    ),
)


def context(shown: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Give what can be chosen, and the address of the framed page beside the view's own."""
    chosen = _QUESTION.selected(query)
    said = shown.query | {"client": chosen.value}
    return {
        "controls": controls("stripped", [_QUESTION] if shown.has_page else [], query, shown.query),
        "note": chosen.note,
        "look": chosen.words,
        "page": address("page", said),
        "frame": address("page", said | shown.stamp),
        "sandbox": EMAIL_SANDBOX,
    }
