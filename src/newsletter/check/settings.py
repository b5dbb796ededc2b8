"""Reads the settings of a project, above all how strict it is: `[tool.newsletter]` in its pyproject.toml.

[tool.newsletter]
profile = "aphasia-friendly"
policy = "strict"
require_audit = true

[tool.newsletter.rules]
link-text = "warning"
html-size = {severity = "error", warn_from_kb = 60}
abbreviations = {known = ["PML"]}

[tool.newsletter.relay]
host = "smtp.example.org"
user = "news@example.org"

A list is added to the list of the rule. The tables of mail servers, `relay` and `mailbox`, are those of
`delivery/servers.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from newsletter.check.explain import no_rule
from newsletter.check.registry import all_rules, rule
from newsletter.check.rule import LEVELS, Finding, Level, Rule
from newsletter.check.toml_lines import TomlLines, advice, error_position
from newsletter.check.weaker import weaker_settings
from newsletter.delivery import servers
from newsletter.edition_kinds import EditionKind
from newsletter.english import did_you_mean, nearest
from newsletter.inputs import will_read
from newsletter.problems import Location, Problem, Problems, Severity
from newsletter.project import Project

FILE = "pyproject.toml"
KEYS = ("profile", "policy", "require_audit", "rules", "relay", "mailbox")
PROFILES = ("plain", "aphasia-friendly")
Policy = Literal["standard", "strict"]
POLICIES: tuple[Policy, ...] = get_args(Policy)
_ASCENDING_THRESHOLDS = (("warn_from_kb", "block_from_kb"), ("shortest", "longest"), ("longest", "block_over"))
"""Pairs of thresholds: if a rule has both, the first cannot be above the second."""


@dataclass(frozen=True)
class Settings:
    """A project's settings: its profile, its policy, what single rules have, and its mail servers."""

    profile: str = "plain"
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    policy: Policy = "standard"
    """With "strict", warnings about what shuts readers out are errors, and so are weaker rules."""
    weaker: tuple[Problem, ...] = ()
    """The problems of settings with which rules report less than by default: errors if the policy is strict.

    A `--policy` lower than the project's is one, and always an error.
    """
    require_audit: bool = False
    """Whether `newsletter render` and the preview hand out only what an audit has passed as it is now."""
    relay: servers.Relay | None = None
    """The server that sends messages."""
    mailbox: servers.ImapServer | None = None
    """The server that keeps drafts."""

    def severity(self, rule: Rule) -> Level:
        """Return how much a rule counts."""
        level: Level = self._values(rule).get("severity", rule.severity)
        return level

    def finding_severity(self, rule: Rule, finding: Finding) -> Severity:
        """Return how much a finding counts: as the project sets it, else as the finding says, else as the rule does."""
        own = self.severity(rule)
        level = own if self.is_overridden(rule) else finding.severity or own
        return "error" if level == "error" else "warning"

    def is_overridden(self, rule: Rule) -> bool:
        """Check whether the project sets the severity of a rule. It then counts for every finding."""
        return "severity" in self.rules.get(rule.id, {})

    def options(self, rule: Rule, kind: EditionKind = "standard") -> dict[str, Any]:
        """Return a rule's thresholds for an edition."""
        options = dict(rule.options)
        for key, value in self._values(rule).items():
            if key != "severity":
                # A project's list is added to the rule's own, so that nobody has to repeat that.
                options[key] = [*options[key], *value] if isinstance(value, list) else value
        return options | {name: max(least, options[name]) for name, least in rule.editions.get(kind, {}).items()}

    def _values(self, rule: Rule) -> dict[str, Any]:
        own = self.rules.get(rule.id, {})
        return {**rule.profiles.get(self.profile, {}), **rule.policies.get(self.policy, {}), **own}


def read_settings(project: Project, policy: Policy | None = None) -> Settings:
    """Read a project's settings. Without the file or the table, the rules have their defaults.

    Args:
        project: the project.
        policy: the policy to use instead of the project's own.

    Raises:
        Problems: if the file cannot be read, and for each unknown name and wrong value.
    """
    path = project.root / FILE
    will_read(path)
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Settings(policy=policy or "standard")
    except UnicodeDecodeError as error:
        location = Location(FILE, error.object.count(b"\n", 0, error.start) + 1)
        raise Problems.one(location, "settings", "This file is not saved as UTF-8.", "Save it as UTF-8.") from None
    except OSError:
        raise Problems.one(Location(FILE, 1), "settings", "This file cannot be read.", "Save it as UTF-8.") from None
    try:
        tools = tomllib.loads(text).get("tool", {})
    except RecursionError:
        lines = text.splitlines()
        deepest = max(range(len(lines)), key=lambda number: lines[number].count("[") + lines[number].count("{"))
        hint = "Look for a bracket that is not closed."
        raise Problems.one(Location(FILE, deepest + 1), "settings", "Brackets are nested too deeply.", hint) from None
    except tomllib.TOMLDecodeError as error:
        location = Location(FILE, *error_position(str(error), text))
        raise Problems.one(
            location, "settings", "This line cannot be read as TOML.", advice(text, location.line)
        ) from None
    if not isinstance(tools, dict):
        location = TomlLines(FILE, text).location("tool")
        hint = "Write [tool.newsletter] in a line of its own, and each setting in a line below it."
        raise Problems.one(location, "settings", "“tool” should be a table.", hint)
    tool = tools.get("newsletter", {})
    if problems := [*_near_misses(tools, TomlLines(FILE, text)), *_problems(tool, TomlLines(FILE, text))]:
        raise Problems(problems)
    rules = {name: value if isinstance(value, dict) else {"severity": value} for name, value in _rules(tool).items()}
    chosen: Policy = policy or tool.get("policy", "standard")
    weaker = [*_weaker(rules, TomlLines(FILE, text), chosen)]
    if chosen != tool.get("policy", chosen):
        message = f"The policy of this project is “{tool['policy']}”, but --policy says “{chosen}”."
        if POLICIES.index(chosen) < POLICIES.index(tool["policy"]):
            location = TomlLines(FILE, text).location("policy")
            weaker.append(Problem(location, "weaker-settings", message, "Leave out --policy."))
    return Settings(
        tool.get("profile", "plain"),
        rules,
        chosen,
        tuple(weaker),
        tool.get("require_audit", False),
        servers.read_relay(tool["relay"]) if "relay" in tool else None,
        servers.read_mailbox(tool["mailbox"]) if "mailbox" in tool else None,
    )


def _weaker(rules: Mapping[str, Mapping[str, Any]], lines: TomlLines, policy: Policy) -> Iterator[Problem]:
    severity: Severity = "error" if policy == "strict" else "warning"
    for name, values in rules.items():
        for key, message, hint in weaker_settings(rule(name), values, policy):
            location = lines.location("rules", name, *([key] if key != "severity" else []))
            yield Problem(location, "weaker-settings", message, hint, severity)


def _near_misses(tools: Mapping[str, Any], lines: TomlLines) -> Iterator[Problem]:
    """Report tables with a name like ours, but a spelling mistake. Tables of other tools have other keys."""
    for name, table in tools.items():
        is_similar = nearest(name, ["newsletter"], likeness=0.8)
        if name != "newsletter" and is_similar and isinstance(table, dict) and table.keys() & set(KEYS):
            hint = "Did you mean “tool.newsletter”?"
            yield Problem(lines.table(name), "settings", f"No program reads “tool.{name}”.", hint)


def _rules(tool: Any) -> dict[str, Any]:
    rules: dict[str, Any] = tool.get("rules", {})
    return rules


def _problems(tool: Any, lines: TomlLines) -> Iterator[Problem]:
    if not isinstance(tool, dict) or not isinstance(tool.get("rules", {}), dict):
        yield Problem(lines.location("rules"), "settings", "This should be a table.", "Write [tool.newsletter.rules].")
        return
    for key in tool:
        if key not in KEYS:
            hint = did_you_mean(key, KEYS, f"You can write these keys here: {', '.join(KEYS)}.")
            yield Problem(lines.location(key), "settings", f"Unknown key “{key}”.", hint)
    for key, names in (("profile", PROFILES), ("policy", POLICIES)):
        if (value := tool.get(key, names[0])) not in names:
            hint = did_you_mean(str(value), names, f"Write one of {', '.join(names)}.")
            yield Problem(lines.location(key), "settings", f"There is no {key} “{value}”.", hint)
    if not isinstance(tool.get("require_audit", False), bool):
        message, hint = f"“require_audit” cannot be “{tool['require_audit']}”.", "Write true or false, without quotes."
        yield Problem(lines.location("require_audit"), "settings", message, hint)
    yield from _server_problems(tool, lines)
    known = {rule.id: rule for rule in all_rules()}
    for name, value in _rules(tool).items():
        if name not in known:
            yield Problem(lines.location("rules", name), "settings", *no_rule(name, known))
        else:
            yield from _rule_problems(known[name], value, lines)


def _server_problems(tool: Mapping[str, Any], lines: TomlLines) -> Iterator[Problem]:
    for key, find_problems in (("relay", servers.relay_problems), ("mailbox", servers.mailbox_problems)):
        if not isinstance(table := tool.get(key, {}), dict):
            hint = f"Write [tool.newsletter.{key}], and each key in a line below it."
            yield Problem(lines.location(key), "settings", f"“{key}” should be a table.", hint)
        elif key in tool:
            for problem in find_problems(table):
                location = lines.location(key, *([problem.key] if problem.key else []))
                yield Problem(location, "settings", problem.message, problem.hint)


def _rule_problems(rule: Rule, value: Any, lines: TomlLines) -> Iterator[Problem]:
    settings = value if isinstance(value, dict) else {"severity": value}
    valid = dict(rule.options)
    for key, chosen in settings.items():
        location = (
            lines.location("rules", rule.id, key) if isinstance(value, dict) else lines.location("rules", rule.id)
        )
        if key == "severity":
            if chosen not in LEVELS:
                hint = did_you_mean(str(chosen), LEVELS, 'Write "error", "warning" or "off".')
                yield Problem(location, "settings", f"A rule cannot count as “{chosen}”.", hint)
        elif key not in rule.options:
            names = ("severity", *rule.options)
            hint = did_you_mean(key.replace("_", "-"), names, f"You can write these keys here: {', '.join(names)}.")
            yield Problem(location, "settings", f"The rule “{rule.id}” has no “{key}”.", hint)
        elif not _fits(chosen, rule.options[key]):
            default = rule.options[key]
            hint = (
                'Write words in quotes: ["one", "two"].'
                if isinstance(default, list)
                else f"Write a value such as {default}."
            )
            yield Problem(
                location, "settings", f"“{key}” cannot be {f'“{chosen}”' if isinstance(chosen, str) else chosen}.", hint
            )
        else:
            valid[key] = chosen
            for message, hint in rule.validate_option(key, chosen):
                yield Problem(location, "settings", message, hint)
    for low, high in _ASCENDING_THRESHOLDS:
        if {low, high} <= valid.keys() and {low, high} & settings.keys() and valid[low] > valid[high]:
            location = lines.location("rules", rule.id, low if low in settings else high)
            message = f"“{low}” ({valid[low]}) must not be above “{high}” ({valid[high]})."
            yield Problem(location, "settings", message, f"Write a smaller “{low}”, or a larger “{high}”.")


def _fits(value: Any, default: Any) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, int | float):
        return isinstance(value, int | float) and value >= 0
    # All lists are lists of text.
    return isinstance(value, type(default)) and all(isinstance(item, str) for item in value)
