"""What a screen reader says, in order; to step through, and to hear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from newsletter.english import count
from newsletter.preview.issue_state import IssueState
from newsletter.simulations.screen_reader import Role, language_name, utterances

TITLE = "Listening"

_COUNTED: tuple[tuple[Role, str], ...] = (
    ("heading", "heading"),
    ("link", "link"),
    ("image", "image"),
    ("list", "list"),
    ("table", "table"),
)


def context(shown: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Give each stop of a screen reader, and how many there are of each kind."""
    if shown.edition is None:
        return {"utterances": (), "counts": [], "languages": []}
    heard = utterances(shown.edition.reading, shown.edition.issue.language)
    roles = Counter(said.role for said in heard)
    languages = dict.fromkeys(said.language for said in heard if said.words)
    return {
        "utterances": heard,
        "counts": [count(roles[role], words) for role, words in _COUNTED if roles[role]],
        "languages": [language_name(language) for language in languages],
    }
