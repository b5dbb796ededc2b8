"""Whether the email of an issue may be handed out: only if `newsletter render` would write exactly this one."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.check.causes import first_of_each_cause
from newsletter.may_send import SendConditions, obstacles
from newsletter.preview.issue_state import IssueState
from newsletter.problems import Problem, blocking, count_by_severity
from newsletter.project import Project


def reason_against_download(state: IssueState) -> str:
    """Return the sentence that says why an email is not handed out; empty if it is."""
    if is_busy(state):
        return "What you saved is being checked. This takes a few seconds."
    if state.edition is None:
        return f"This issue cannot be built: fix {_count(state.problems)} first."
    if state.is_outdated:
        return f"What you saved last cannot be built: fix {_count(state.problems)} first."
    if errors := blocking(state.problems):
        return f"Fix {_count(errors)} first."
    faults = obstacles([state.edition], state.web, Project(state.root), SendConditions(state.settings))
    fault = next(faults, None)
    return f"{fault.message} {fault.hint}" if fault else ""


def in_template(state: IssueState) -> dict[str, object]:
    """Return the reason for a template: also whether it will go by itself, and the view that says what to do."""
    view = "checks" if blocking(state.problems) else "ready"
    return {"reason_against_download": reason_against_download(state), "is_busy": is_busy(state), "help_view": view}


def is_busy(state: IssueState) -> bool:
    """Check whether the file as it is now is not built and checked yet, in all its editions."""
    is_stopped = state.is_outdated or (state.edition is None and bool(state.problems))
    return state.is_pending or not (state.all_editions_built or is_stopped)


def _count(problems: Iterable[Problem]) -> str:
    """Return the number of errors and warnings as the lists of findings have them."""
    return count_by_severity(first_of_each_cause(problems))
