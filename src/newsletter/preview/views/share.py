"""The email to take away: copied, downloaded, or as a review file for somebody who has no tool."""

from __future__ import annotations

from collections.abc import Mapping

from newsletter.preview.download_check import in_template
from newsletter.preview.issue_state import IssueState
from newsletter.preview.review import review_name

TITLE = "Take it away"


def template_variables(state: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Return why the email cannot be taken yet, or its HTML and its text; and the name of the review file."""
    edition, stopped = state.edition, in_template(state)
    can_copy = edition is not None and not stopped["reason_against_download"]
    return {
        **stopped,
        "html": edition.inlined if can_copy and edition and edition.has_page else "",
        "text": edition.text if can_copy and edition else "",
        "pictures": len(edition.pictures) if edition else 0,
        "pictures_travel": edition is not None and edition.brand.images == "embed",
        "review_file": review_name(state),
        "language": edition.issue.language if edition else "en",
    }
