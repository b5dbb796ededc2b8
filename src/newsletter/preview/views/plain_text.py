"""The plain-text part: what readers get who chose plain text, and whose mail program shows nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from newsletter.preview.issue_state import IssueState
from newsletter.preview.views.controls import Control, Option, controls

TITLE = "Plain text"

_QUESTION = Control("lines", "Shown", (Option("0", "As readers see it"), Option("1", "Line by line")))


def context(shown: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Give the text, whole or, with `lines=1`, in numbered lines with their lengths."""
    text = shown.edition.text if shown.edition else ""
    return {
        "controls": controls("plain-text", [_QUESTION], query, shown.query),
        "text": text,
        "lines": text.splitlines() if query.get("lines") == "1" else [],
        "by_lines": query.get("lines") == "1",
        "language": shown.edition.issue.language if shown.edition else "",
    }
