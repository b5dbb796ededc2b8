"""Rules in words: for `newsletter explain`, and for the reference page of rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from newsletter.check.registry import all_rules
from newsletter.check.rule import RULE_SCOPES, Rule, RuleScope
from newsletter.english import did_you_mean

LOADER_IDS: Mapping[str, str] = {
    "empty": "Each key has something after it.",
    "image-alt": "A picture has either a description ('alt') or 'decorative: true'.",
    "markdown": "A text is Markdown of words, lists, links and headings, without HTML.",
    "missing": "What an issue cannot do without is written.",
    "unprintable": "A file holds no characters that nobody can see, such as those that turn words round.",
    "unknown-key": "Each key is one that is read.",
    "value": "What stands after a key is of its kind, such as a day after 'date:'.",
    "yaml": "The file can be read as YAML, in one way only.",
}
"""What these ids tell while an issue is read, before any rule. An issue needs it, so none can be off or allowed."""

OTHER_IDS: Mapping[str, str] = {
    "allow": "An 'allow' names a rule that finds something in this place, and says why that may stay.",
    "block": (
        "A block's worked example says what an editor can write. It is a YAML file of three keys:\n"
        "`about`, one sentence; `fields`, each with its type, such as `text: text` or `link?: link`;\n"
        "and `example`, what an editor might write."
    ),
    "browser": "`newsletter audit` finds a browser, and can start it.",
    "exists": "A new issue has a name of its own.",
    "fault": "The preview can be made. If not, the program is to blame.",
    "fix": "A file is put right only if it can be written, and nobody else has changed it meanwhile.",
    "gone": "The files that the preview has read are still there.",
    "header-lost": "The header of the email says what the brand says. If not, the program is to blame.",
    "layout": "The layout that brand.yaml names is a template.",
    "mjml": "A template is well-formed MJML.",
    "no-issue": "An issue that a command names is there.",
    "outside": "The preview reads files of the project alone.",
    "part-lost": "The email has all of its parts. If one is lost, the program or a template is to blame.",
    "picture-name": "Pictures that an email shows have names that can be told apart.",
    "port": "The preview can listen where it was told to.",
    "settings": "What pyproject.toml says under [tool.newsletter] can be read, and means something.",
    "slug": "An issue's file has a name of small letters, digits and hyphens.",
    "subject-lost": "The subject arrives as it was written. If it does not, the program is to blame.",
    "template": (
        "A template is Jinja2 that can be filled in. It can use `issue`, `brand` and, in a block's\n"
        "template, `block` and `article`; `c`, the light colours; `t`, the fixed words; `start`, the side\n"
        "on which the language begins; and the filters `long_date`, `weekday_date`, `plain` and `tel`."
    ),
    "words": "templates/words.yaml has English words.",
    "words-lost": "Everything that was written arrives. If not, the program or a template is to blame.",
    "write": "The outbox can be written.",
}
"""What the other ids tell that are no rule's."""

_HEADINGS: Mapping[RuleScope, str] = {
    "issue": "What an editor can put right",
    "page": "What a template author can put right",
    "message": "What is about the finished message",
    "browser": "What only a browser shows (`newsletter audit`)",
}


def explain(rule: Rule) -> str:
    """Explain one rule on a terminal."""
    return f"{rule.id} ({_counts(rule)})\n\n{rule.explanation}\n"


def explain_other_id(id: str) -> str | None:
    """Explain an id of a problem that no rule has; None if there is none such."""
    when = "while an issue is read" if id in LOADER_IDS else "by no rule"
    means = LOADER_IDS.get(id) or OTHER_IDS.get(id)
    return means and f"{id} (error, told {when})\n\n{means}\n\nThe message with it says what to do.\n"


def no_rule(name: str, known: Iterable[str]) -> tuple[str, str]:
    """Say that none of the known rules has this name, and what to do: as what it is known, or which was meant."""
    if name in LOADER_IDS:
        return f"'{name}' is always told while an issue is read.", "It cannot be chosen, set or left out."
    if name in OTHER_IDS:
        return f"'{name}' is told by no rule.", "It cannot be chosen, set or left out."
    if any(rule.id == name for rule in all_rules() if rule.scope == "browser"):
        return f"'{name}' is a rule of `newsletter audit`.", "`newsletter check` looks at no browser."
    return f"There is no rule '{name}'.", did_you_mean(
        name, [*known, *LOADER_IDS], "`newsletter explain` lists the rules."
    )


def rules_page(rules: Iterable[Rule]) -> str:
    """Write the page that explains them all (Markdown)."""
    page = "# Rules\n\nMade from the rules' own words by `make update`. "
    page += "`newsletter explain RULE` prints one of them.\n"
    listed = list(rules)
    for kind in RULE_SCOPES:
        page += f"\n## {_HEADINGS[kind]}\n"
        for rule in (rule for rule in listed if rule.scope == kind):
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
