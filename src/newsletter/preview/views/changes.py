"""The words that were added and removed since the last commit, the last render or a save, by article."""

from __future__ import annotations

from collections.abc import Mapping

from newsletter.changes.change_sentences import change_summary, heading, sentence
from newsletter.preview.history import is_saved
from newsletter.preview.issue_state import IssueState

TITLE = "What changed"


def template_variables(state: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Return the moments to choose from, and each article that changed with a sentence for each change."""
    comparison = state.comparison
    if comparison is None:
        return {"comparison": None}
    return {
        "comparison": comparison,
        "changes_summary": change_summary(comparison.parts),
        "parts": [
            (heading(section), [(change.line, sentence(change)) for change in section.changes])
            for section in comparison.parts
        ],
        "saved": dict(comparison.saves).get(comparison.since, ""),
        "typed": "" if is_saved(comparison.since) or comparison.since in dict(comparison.choices) else comparison.since,
    }
