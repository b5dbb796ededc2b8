"""The web version: the page that readers get from the email's link to read it on the web."""

from __future__ import annotations

from collections.abc import Mapping

from newsletter.dom.tree import parse_html
from newsletter.preview.issue_state import IssueState
from newsletter.preview.security import EMAIL_SANDBOX
from newsletter.preview.views.controls import Control, Option, address, control_links, selected_parameters
from newsletter.preview.views.email import DEVICE, simulate

TITLE = "Web version"

CONTROLS = (
    DEVICE,
    Control("scheme", "Colours", (Option("light", "Light"), Option("dark", "Dark"))),
    Control("text", "Text size", (Option("100", "100 %"), Option("200", "200 %")), "menu"),
)


def template_variables(state: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Return the controls, and the addresses of the page with and without its stamp."""
    parameters = selected_parameters(CONTROLS[1:], query)
    return {
        "controls": control_links("web-version", CONTROLS, query, state.query),
        "device": DEVICE.selected_option(query).value,
        "notes": [
            "The same issue as a page for your website, shared by all editions. `newsletter render` writes it next "
            "to the email."
        ],
        "page": address("web", parameters),
        "frame": address("web", parameters | state.web_stamp),
        "sandbox": EMAIL_SANDBOX,
    }


def frame_page(state: IssueState, query: Mapping[str, str]) -> str:
    """Return the page for the frame, changed as the address says; "" if there is none."""
    return simulate(parse_html(state.web), query) if state.web else ""
