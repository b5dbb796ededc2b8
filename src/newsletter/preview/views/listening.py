"""Everything that a screen reader says, in order, to step through or to hear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from newsletter.english import count, join
from newsletter.preview.issue_state import IssueState
from newsletter.simulations.screen_reader import Role, language_name, utterances

TITLE = "Listening"

_COUNTED_ROLES: tuple[Role, ...] = ("heading", "link", "image", "list", "table")


def template_variables(state: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Return each utterance of a screen reader, and the number of headings, links and the like."""
    if state.edition is None:
        return {"utterances": (), "counts": "", "languages": ""}
    items = utterances(state.edition.reading, state.edition.issue.language)
    roles = Counter(item.role for item in items)
    languages = dict.fromkeys(item.language for item in items if item.words)
    return {
        "utterances": items,
        "counts": join(count(roles[role], role) for role in _COUNTED_ROLES if roles[role]),
        "languages": join(language_name(language) for language in languages) if len(languages) > 1 else "",
    }
