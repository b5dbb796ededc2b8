"""Rules in words: for `newsletter explain`, and for docs/rules.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from newsletter.rules import KINDS, Kind, Rule

WHILE_READING: Mapping[str, str] = {
    "empty": "Each key has something after it.",
    "image-alt": "A picture has either a description ('alt') or 'decorative: true'.",
    "markdown": "A text is Markdown of words, lists, links and headings, without HTML.",
    "missing": "What an issue cannot do without is written.",
    "unknown-key": "Each key is one that is read.",
    "value": "What stands after a key is of its kind, such as a day after 'date:'.",
    "yaml": "The file can be read as YAML, in one way only.",
}
"""What these ids tell while an issue is read, before any rule. An issue needs it, so none can be off or allowed."""

_HEADINGS: Mapping[Kind, str] = {
    "issue": "What an editor can put right",
    "page": "What a template author can put right",
    "message": "What is about the finished message",
    "browser": "What only a browser shows (`newsletter audit`)",
}


def explained(rule: Rule) -> str:
    """Explain one rule on a terminal."""
    return f"{rule.id} ({_counts(rule)})\n\n{rule.explanation}\n"


def explained_while_reading(id: str) -> str:
    """Explain an id of a problem that no rule has."""
    return f"{id} (error, told while an issue is read)\n\n{WHILE_READING[id]}\n\nIts message says what to do.\n"


def rules_page(rules: Iterable[Rule]) -> str:
    """Write the page that explains them all (Markdown)."""
    page = "# Rules\n\nMade from the rules' own words by `pytest --update`. "
    page += "`newsletter explain RULE` prints one of them.\n"
    listed = list(rules)
    for kind in KINDS:
        page += f"\n## {_HEADINGS[kind]}\n"
        for rule in (rule for rule in listed if rule.kind == kind):
            words = re.sub(r"^(Bad|Good):\n(?!\n)", r"**\1:**\n\n", rule.explanation, flags=re.MULTILINE)
            page += f"\n### `{rule.id}`\n\n*{_counts(rule)}*\n\n{words}\n"
    return page


def _counts(rule: Rule) -> str:
    said = [rule.severity, *(f"{name} = {value}" for name, value in rule.options.items())]
    for profile, changes in rule.profiles.items():
        said.append(f"{profile}: " + ", ".join(f"{name} = {value}" for name, value in changes.items()))
    for edition, changes in rule.editions.items():
        said.append(f"{edition} edition: " + ", ".join(f"{name} = {value:g}" for name, value in changes.items()))
    return "; ".join(said)
