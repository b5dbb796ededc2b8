"""Reads what an editor allows: `allow: {rule: "why"}` in an article or a block."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from newsletter.check.explain import LOADER_IDS, no_rule
from newsletter.check.registry import all_rules
from newsletter.issue.model import Article, Block, Issue
from newsletter.problems import Location, Problem
from newsletter.source.nodes import KeyPath

COUNTS_AS: Mapping[str, tuple[str, ...]] = {
    "invisible-words": ("hidden-text",),
    "motion-on-screen": ("motion",),
    "words-only-in-image": ("image-word-count", "image-decorative"),
    "contrast-on-screen": ("contrast", "dark-mode", "forced-inversion"),
    "text-size-on-screen": ("text-size",),
    "target-size": ("button-height",),
}
"""For each audit rule: the check rules whose `allow` entries also apply to it."""


@dataclass(frozen=True)
class Allowance:
    """One entry of an `allow`: a rule that does not count in the article or block at a path."""

    rule: str
    path: KeyPath
    location: Location
    reason: str

    def covers(self, rule: str, path: KeyPath | None) -> bool:
        """Check whether it allows a finding of a rule at a path."""
        return rule == self.rule and path is not None and path[: len(self.path)] == self.path


def allowances(issue: Issue) -> list[Allowance]:
    """Return every entry of every `allow` in an issue."""
    return [
        Allowance(rule, path, issue.location(*path, "allow", rule), str(reason))
        for path, model in _allowing(issue)
        for rule, reason in model.allow.items()
    ]


def _allowing(issue: Issue) -> Iterator[tuple[KeyPath, Article | Block]]:
    """Return each article and each of its blocks, with its path: only these can have an `allow`."""
    for number, article in enumerate(issue.articles):
        yield ("articles", number), article
        yield from ((("articles", number, "content", place), block) for place, block in enumerate(article.content))


def empty_allowances(issue: Issue) -> Iterator[Problem]:
    """Report each `allow` without an entry."""
    for path, model in _allowing(issue):
        if "allow" in model.model_fields_set and not model.allow:
            hint = "Write the id of a rule and why it does not count here, or delete this line."
            yield Problem(issue.location(*path, "allow"), "allow", "Nothing is allowed here.", hint)


def drop_needed_allowances(problems: Iterable[Problem], used: Collection[Allowance]) -> tuple[Problem, ...]:
    """Leave out the problems that call an allowance unused although another part of the issue needs it.

    Args:
        problems: the problems of one part.
        used: the allowances that the other parts need.
    """
    needed = {item.location for item in used}
    return tuple(problem for problem in problems if problem.id != "allow" or problem.location not in needed)


def unused_allowances(
    allowed: Collection[Allowance], used: Collection[Allowance], ran: Collection[str], off: Collection[str]
) -> Iterator[Problem]:
    """Report entries without effect.

    Args:
        allowed: all entries of an issue.
        used: those that a finding needed.
        ran: the ids of the rules that ran.
        off: the ids of the rules that are off.
    """
    known = [rule.id for rule in all_rules()]
    delete = "Delete this line. If it is the only one, delete “allow:” too."
    for item in allowed:
        if item.rule in LOADER_IDS:
            message = f"“{item.rule}” is reported while an issue is read, and cannot be allowed."
            yield Problem(item.location, "allow", message, delete)
        elif item.rule not in known:
            yield Problem(item.location, "allow", *no_rule(item.rule, known))
        elif item.rule in off:
            yield Problem(item.location, "allow", f"“{item.rule}” is off, so there is nothing to allow.", delete)
        elif item.rule in ran and item not in used:
            message = f"Nothing here goes against “{item.rule}”, so there is nothing to allow."
            hint = delete
            for audit_rule, names in COUNTS_AS.items():
                if item.rule in names:
                    hint += f" If “newsletter audit” needs it, write “{audit_rule}” instead of “{item.rule}”."
            yield Problem(item.location, "allow", message, hint)
