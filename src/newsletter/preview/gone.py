"""Issues whose files are gone: deleted, renamed, or away while some program saves them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from newsletter.preview.issue_state import IssueState
from newsletter.problems import Location, Problem

_GONE = "gone"


def is_deleted(shown: IssueState) -> bool:
    """Whether its file is not there any more."""
    return any(problem.id == _GONE for problem in shown.problems)


def mark_deleted(shown: IssueState, new_name: str) -> IssueState:
    """Give an issue whose file is gone as it is still shown: with its last good page, and where the file is.

    Args:
        shown: the issue.
        new_name: of its file, as problems name it; "" if it was not renamed.
    """
    if new_name:
        message = f"This file is called '{new_name}' now."
        hint = "Go on from the list of all issues, where it stands under its new name."
    else:
        message = "This file is not there any more."
        hint = "Once it is back, it is shown again."
    return replace(
        shown,
        problems=(Problem(Location(shown.file), _GONE, message, hint),),
        provisional=None,
        is_outdated=shown.edition is not None,
        saved=datetime.now().astimezone(),
    )


def forgettable(issues: Iterable[IssueState], last_wanted: Iterable[str]) -> list[str]:
    """Name those that are gone and that nobody has looked at of late, so that no window has them open."""
    kept = set(last_wanted)
    return [shown.slug for shown in issues if is_deleted(shown) and shown.slug not in kept]
