"""The reference page of all rules, which `make update` writes."""

import re
from collections.abc import Iterable, Mapping

from newsletter.check.explain import how_it_counts, other_ids
from newsletter.check.rule import RULE_SCOPES, RuleDescription, RuleScope

_HEADINGS: Mapping[RuleScope, str] = {
    "issue": "What an editor can fix",
    "page": "What a template author can fix",
    "message": "The finished message",
    "web": "The web version",
    "browser": "What only a browser shows (`newsletter audit`)",
}


def rules_page(rules: Iterable[RuleDescription]) -> str:
    """Return the page that explains all of these rules, as Markdown."""
    page = "# Rules\n\nWritten from the docstrings of the rules by `make update`. "
    page += "`newsletter explain RULE` prints one of them.\n"
    listed = list(rules)
    for kind in RULE_SCOPES:
        page += f"\n## {_HEADINGS[kind]}\n"
        for rule in (rule for rule in listed if rule.scope == kind):
            words = re.sub(r"^(Bad|Good):\n(?!\n)", r"**\1:**\n\n", rule.explanation, flags=re.MULTILINE)
            page += f"\n### `{rule.id}`\n\n*{how_it_counts(rule)}*\n\n{words}\n"
    page += "\n## Other problems\n\nThese are not rules: they cannot be set or allowed.\n\n"
    return page + "".join(f"- `{id}`: {means}\n" for id, means in other_ids())
