"""What commands report about lists of readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsletter.english import count
from newsletter.problems import Location, Problem

if TYPE_CHECKING:
    from newsletter.personal.merge_run import Progress


def rejected_problems(progress: Progress, list_name: str, rejects: str, again: str) -> list[Problem]:
    """Return a problem for each of the first rejected lines, and one that says where all of them are.

    Args:
        progress: the run.
        list_name: the list.
        rejects: the file of rejected lines.
        again: what to do with a corrected list, as the end of a sentence.
    """
    problems = [Problem(Location(list_name, row.line), "recipients", row.reason) for row in progress.first_rejected]
    if progress.rejected:
        message = f"{count(progress.rejected, 'line')} got no email."
        where = f"All of them, with the reason, are in {rejects}."
        hint = f"{where} Correct them in the list, or in a copy of that file under another name, and {again}."
        problems.append(Problem(Location(rejects), "recipients", message, hint))
    return problems


def shared_token_problems(progress: Progress, list_name: str) -> list[Problem]:
    """Return a warning for each of the first lines that has the token of an earlier one, and one with their number."""
    hint = "Give each reader a “token” of their own. Otherwise one unsubscribes the other."
    problems = [
        Problem(
            Location(list_name, each.line),
            "recipients",
            f"The “token” is that of line {each.first}, too, so two readers have one address to unsubscribe.",
            hint,
            "warning",
        )
        for each in progress.first_shared
    ]
    if progress.shared_tokens > len(problems):
        message = f"{count(progress.shared_tokens, 'line')} have the “token” of an earlier line."
        problems.append(Problem(Location(list_name), "recipients", message, hint, "warning"))
    return problems
