"""The plain-text part, for readers who chose plain text or whose mail app shows nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from newsletter.preview.issue_state import IssueState
from newsletter.preview.views.controls import Control, Option, control_links

TITLE = "Plain text"

_CONTROL = Control("lines", "Layout", (Option("0", "As readers see it"), Option("1", "Line by line")))


def template_variables(state: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Return the text, and its lines if the address says `lines=1`."""
    text = state.edition.text if state.edition else ""
    return {
        "controls": control_links("plain-text", [_CONTROL], query, state.query),
        "text": text,
        "lines": text.splitlines() if query.get("lines") == "1" else [],
        "by_lines": query.get("lines") == "1",
        "language": state.edition.issue.language if state.edition else "",
    }
