"""Findings that an editor allows, each in its place and with a reason: `allow: {rule: "why"}`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from newsletter.check.explain import LOADER_IDS
from newsletter.check.registry import all_rules
from newsletter.check.rule import KeyPath
from newsletter.english import did_you_mean
from newsletter.issue.model import Article, Block, Issue
from newsletter.problems import Location, Problem

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
    path: KeyPath
    location: Location
    reason: str

    def covers(self, rule: str, path: KeyPath | None) -> bool:
        """Whether it speaks of a rule's finding at a path."""
        return rule == self.rule and path is not None and path[: len(self.path)] == self.path


def allowances(issue: Issue) -> list[Allowance]:
    """Find every allowance of an issue."""
    return [
        Allowance(rule, path, issue.location(*path, "allow", rule), str(reason))
        for path, model in _allowing(issue)
        for rule, reason in model.allow.items()
    ]


def _allowing(issue: Issue) -> Iterator[tuple[KeyPath, Article | Block]]:
    """Give what can have an `allow`: each article and each of its blocks, with its path."""
    for number, article in enumerate(issue.articles):
        yield ("articles", number), article
        yield from ((("articles", number, "content", place), block) for place, block in enumerate(article.content))


def empty_allowances(issue: Issue) -> Iterator[Problem]:
    """Tell of each `allow` that allows nothing."""
    for path, model in _allowing(issue):
        if "allow" in model.model_fields_set and not model.allow:
            hint = "Name a rule and say why it does not count here, or delete this line."
            yield Problem(issue.location(*path, "allow"), "allow", "Nothing is allowed here.", hint)


def unused_allowances(
    allowed: Collection[Allowance], used: Collection[Allowance], ran: Collection[str], off: Collection[str]
) -> Iterator[Problem]:
    """Tell of allowances that name no rule, one that is off, or one that ran and found nothing there."""
    known = [rule.id for rule in all_rules()]
    delete = "Delete this line; if it is the last, 'allow:' too."
    for item in allowed:
        if item.rule in LOADER_IDS:
            message = f"'{item.rule}' is told while an issue is read, and cannot be allowed."
            yield Problem(item.location, "allow", message, delete)
        elif item.rule not in known:
            hint = did_you_mean(item.rule, known, "`newsletter explain` lists the rules.")
            yield Problem(item.location, "allow", f"There is no rule '{item.rule}'.", hint)
        elif item.rule in off:
            yield Problem(item.location, "allow", f"'{item.rule}' is off, so there is nothing to allow.", delete)
        elif item.rule in ran and item not in used:
            message = f"Nothing here goes against '{item.rule}', so there is nothing to allow."
            hint = delete
            for seen, names in COUNTS_AS.items():
                if item.rule in names:
                    hint += f" If 'newsletter audit' needs it, write '{seen}' in place of '{item.rule}'."
            yield Problem(item.location, "allow", message, hint)
