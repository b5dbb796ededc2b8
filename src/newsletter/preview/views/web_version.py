"""The web version: the page that stands where the email's link to itself on the web leads."""

from __future__ import annotations

from collections.abc import Mapping

from newsletter.edition import InlinedPage
from newsletter.preview.issue_state import IssueState
from newsletter.preview.security import EMAIL_SANDBOX
from newsletter.preview.views.controls import Control, Option, address, controls, selected
from newsletter.preview.views.email import looked_at

TITLE = "Web version"

QUESTIONS = (
    Control("width", "Width", (Option("full", "Full"), Option("320", "Phone"))),
    Control("scheme", "Colours", (Option("light", "Light"), Option("dark", "Dark"))),
    Control("text", "Text size", (Option("100", "100 %"), Option("200", "200 %"))),
)


def context(shown: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Give what can be chosen, each with its address, and the address of the framed page."""
    said = selected(QUESTIONS[1:], query)
    return {
        "controls": controls("web-version", QUESTIONS, query, shown.query),
        "width": QUESTIONS[0].selected(query).value,
        "page": address("web", said),
        "frame": address("web", said | shown.web_stamp),
        "sandbox": EMAIL_SANDBOX,
    }


def framed(shown: IssueState, query: Mapping[str, str]) -> str:
    """Make the page that stands in a frame, changed as the address asks; "" as long as there is none."""
    return looked_at(InlinedPage(shown.web), query) if shown.web else ""
