"""Findings that an editor allows, each in its place and with a reason: `allow: {rule: "why"}`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from newsletter.check.near import did_you_mean
from newsletter.model import Article, Block, Issue
from newsletter.problems import Place, Problem
from newsletter.rules import Path, all_rules
from newsletter.values import models

COUNTS_AS: Mapping[str, tuple[str, ...]] = {
    "lost-words": ("hidden-text",),
    "motion-runs": ("motion",),
    "seen-contrast": ("contrast", "dark-mode", "forced-inversion"),
    "seen-text-size": ("text-size",),
    "target-size": ("button-height",),
}
"""Rules of the audit, and those of the check of which an allowance counts for them, too."""


@dataclass(frozen=True)
class Allowance:
    """A rule that does not count in the article or block at a path."""

    rule: str
    path: Path
    place: Place
    reason: str

    def covers(self, rule: str, path: Path | None) -> bool:
        """Whether it speaks of a rule's finding at a path."""
        return rule == self.rule and path is not None and path[: len(self.path)] == self.path


def allowances(issue: Issue) -> list[Allowance]:
    """Find every allowance of an issue."""
    return [
        Allowance(rule, path, issue.place(*path, "allow", rule), str(reason))
        for path, model in models(issue)
        if isinstance(model, Article | Block)
        for rule, reason in model.allow.items()
    ]


def idle(allowed: Collection[Allowance], used: Collection[Allowance], ran: Collection[str]) -> Iterator[Problem]:
    """Tell of allowances that name no rule, or a rule that ran and found nothing there."""
    known = [rule.id for rule in all_rules()]
    for item in allowed:
        if item.rule not in known:
            hint = did_you_mean(item.rule, known, "docs/rules.md lists the rules.")
            yield Problem(item.place, "allow", f"There is no rule '{item.rule}'.", hint)
        elif item.rule in ran and item not in used:
            message = f"Nothing here goes against '{item.rule}', so there is nothing to allow."
            hint = "Delete this line; if it is the last, 'allow:' too."
            for seen, names in COUNTS_AS.items():
                if item.rule in names:
                    hint += f" If 'newsletter audit' needs it, write '{seen}' in place of '{item.rule}'."
            yield Problem(item.place, "allow", message, hint)
