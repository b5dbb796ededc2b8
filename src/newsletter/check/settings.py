"""How strict a project wants to be: `[tool.newsletter]` in its pyproject.toml.

[tool.newsletter]
profile = "aphasia-friendly"

[tool.newsletter.rules]
link-text = "warning"
html-size = {severity = "error", warn_from_kb = 60}
abbreviations = {known = ["PML"]}

A list is added to the rule's own.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from newsletter.check.explain import no_rule
from newsletter.check.registry import all_rules
from newsletter.check.rule import LEVELS, Finding, Level, Rule
from newsletter.edition_kinds import EditionKind
from newsletter.english import did_you_mean
from newsletter.problems import Location, Problem, Problems, Severity
from newsletter.project import Project

FILE = "pyproject.toml"
KEYS = ("profile", "rules")
PROFILES = ("plain", "aphasia-friendly")
_RISING = (("warn_from_kb", "block_from_kb"), ("shortest", "longest"), ("longest", "block_over"))
"""Thresholds of one rule of which the first cannot be above the second."""


@dataclass(frozen=True)
class Settings:
    """The profile, and what the project says about single rules: `severity` and thresholds by the rule's id."""

    profile: str = "plain"
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def severity(self, rule: Rule) -> Level:
        """Give how much a rule counts."""
        level: Level = self._told(rule).get("severity", rule.severity)
        return level

    def finding_severity(self, rule: Rule, finding: Finding) -> Severity:
        """Return how much a finding counts: as the project sets it, else as the finding says, else as the rule does."""
        own = self.severity(rule)
        level = own if self.is_overridden(rule) else finding.severity or own
        return "error" if level == "error" else "warning"

    def is_overridden(self, rule: Rule) -> bool:
        """Whether the project itself gives the severity, which then counts for every finding of the rule."""
        return "severity" in self.rules.get(rule.id, {})

    def options(self, rule: Rule, kind: EditionKind = "standard") -> dict[str, Any]:
        """Give a rule's thresholds for an edition."""
        options = dict(rule.options)
        for key, value in self._told(rule).items():
            if key != "severity":
                # What a project lists is listed besides: nobody has to repeat what the rule knows.
                options[key] = [*options[key], *value] if isinstance(value, list) else value
        return options | {name: max(least, options[name]) for name, least in rule.editions.get(kind, {}).items()}

    def _told(self, rule: Rule) -> dict[str, Any]:
        return {**rule.profiles.get(self.profile, {}), **self.rules.get(rule.id, {})}


def read_settings(project: Project) -> Settings:
    """Read a project's settings; without the file or the table, everything is as the rules say.

    Raises:
        Problems: for each name and value that means nothing.
    """
    path = project.root / FILE
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError):
        raise Problems.one(Location(FILE), "settings", "This file cannot be read.", "Save it as UTF-8.") from None
    try:
        tools = tomllib.loads(text).get("tool", {})
    except tomllib.TOMLDecodeError as error:
        place = Location(FILE, *_position(str(error), text))
        raise Problems.one(place, "settings", "This line cannot be read as TOML.", _advice(text, place.line)) from None
    if not isinstance(tools, dict):
        place = _Lines(text).location("tool")
        hint = "Write [tool.newsletter], and each setting in a line of its own below it."
        raise Problems.one(place, "settings", "'tool' should be a table.", hint)
    tool = tools.get("newsletter", {})
    if problems := [*_near_misses(tools, _Lines(text)), *_problems(tool, _Lines(text))]:
        raise Problems(problems)
    rules = {name: value if isinstance(value, dict) else {"severity": value} for name, value in _rules(tool).items()}
    return Settings(tool.get("profile", "plain"), rules)


def _position(said: str, text: str) -> tuple[int, int]:
    """Tell where a TOML error is; one at the end of the file is in the last line that holds anything."""
    found = re.search(r"line (\d+), column (\d+)", said)
    return (int(found[1]), int(found[2])) if found else (len(text.rstrip().splitlines()), 0)


def _advice(text: str, number: int) -> str:
    """Say in words what to do about a line that is no TOML; tomllib speaks to who wrote its grammar."""
    if text.startswith("\ufeff"):
        return "The file begins with a sign that nobody sees, a byte order mark. Save it as UTF-8 without one."
    line = next(iter(text.splitlines()[number - 1 : number]), "")
    if bare := re.fullmatch(r"\s*([\w.-]+\s*=)\s*([A-Za-z][\w-]*)\s*(?:#.*)?", line):
        return f'Words stand in quotes: {bare[1]} "{bare[2]}".'
    if table := re.fullmatch(r"\s*\[([\w.-]+)\s*(?:#.*)?", line):
        return f"The closing bracket is missing: [{table[1]}]."
    return (
        'A quote, a bracket or a comma is missing or too many, here or just above, such as in: link-text = "warning".'
    )


def _near_misses(tools: Mapping[str, Any], lines: _Lines) -> Iterator[Problem]:
    """Tell of a table that would be ours if its name were spelt so; other tools have other keys."""
    for name, table in tools.items():
        near = difflib.get_close_matches(name.lower(), ["newsletter"], cutoff=0.8)
        if name != "newsletter" and near and isinstance(table, dict) and table.keys() & set(KEYS):
            hint = "Did you mean 'tool.newsletter'?"
            yield Problem(lines.table(name), "settings", f"Nothing reads 'tool.{name}'.", hint)


def _rules(tool: Any) -> dict[str, Any]:
    rules: dict[str, Any] = tool.get("rules", {})
    return rules


class _Lines:
    """Finds the line of a key: tomllib gives none."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def table(self, name: str) -> Location:
        """Give the line in which a tool's table begins."""
        header = re.compile(rf"\s*\[tool\.[\"']?{re.escape(name)}\b")
        return Location(FILE, next((at for at, line in enumerate(self._lines, 1) if header.match(line)), 0))

    def location(self, *keys: str) -> Location:
        """Give the line in which the last of the keys is written, after those of the others."""
        start = next((at for at, line in enumerate(self._lines) if re.match(r"\s*\[tool\.newsletter\b", line)), 0)
        for key in keys:
            name = re.compile(rf"(?:^|[\s.{{,\[\"']){re.escape(key)}[\"']?\s*(?:[=.\]]|$)")
            start = next((at for at in range(start, len(self._lines)) if name.search(self._lines[at])), start)
        return Location(FILE, start + 1)


def _problems(tool: Any, lines: _Lines) -> Iterator[Problem]:
    if not isinstance(tool, dict) or not isinstance(tool.get("rules", {}), dict):
        yield Problem(lines.location("rules"), "settings", "This should be a table.", "Write [tool.newsletter.rules].")
        return
    for key in tool:
        if key not in KEYS:
            hint = did_you_mean(key, KEYS, f"Keys that can stand here: {', '.join(KEYS)}.")
            yield Problem(lines.location(key), "settings", f"Unknown key '{key}'.", hint)
    if (profile := tool.get("profile", "plain")) not in PROFILES:
        hint = did_you_mean(str(profile), PROFILES, f"Write one of {', '.join(PROFILES)}.")
        yield Problem(lines.location("profile"), "settings", f"There is no profile '{profile}'.", hint)
    known = {rule.id: rule for rule in all_rules()}
    for name, value in _rules(tool).items():
        if name not in known:
            yield Problem(lines.location("rules", name), "settings", *no_rule(name, known))
        else:
            yield from _of_rule(known[name], value, lines)


def _of_rule(rule: Rule, value: Any, lines: _Lines) -> Iterator[Problem]:
    told = value if isinstance(value, dict) else {"severity": value}
    fitting = dict(rule.options)
    for key, chosen in told.items():
        place = lines.location("rules", rule.id, key) if isinstance(value, dict) else lines.location("rules", rule.id)
        if key == "severity":
            if chosen not in LEVELS:
                hint = did_you_mean(str(chosen), LEVELS, 'Write "error", "warning" or "off".')
                yield Problem(place, "settings", f"'{chosen}' is not how much a rule can count.", hint)
        elif key not in rule.options:
            names = ("severity", *rule.options)
            hint = did_you_mean(key.replace("_", "-"), names, f"Keys that can stand here: {', '.join(names)}.")
            yield Problem(place, "settings", f"The rule '{rule.id}' has no '{key}'.", hint)
        elif not _fits(chosen, rule.options[key]):
            default = rule.options[key]
            hint = 'Write words in quotes: ["one", "two"].' if isinstance(default, list) else f"Write {default}, or so."
            yield Problem(place, "settings", f"'{key}' cannot be {chosen!r}.", hint)
        else:
            fitting[key] = chosen
            for message, hint in rule.validate_option(key, chosen):
                yield Problem(place, "settings", message, hint)
    for low, high in _RISING:
        if {low, high} <= fitting.keys() and {low, high} & told.keys() and fitting[low] > fitting[high]:
            place = lines.location("rules", rule.id, low if low in told else high)
            message = f"'{low}' is {fitting[low]}, which is above '{high}', {fitting[high]}."
            yield Problem(place, "settings", message, f"Write a smaller '{low}', or a larger '{high}'.")


def _fits(value: Any, default: Any) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, int | float):
        return isinstance(value, int | float) and value >= 0
    # All lists are of words.
    return isinstance(value, type(default)) and all(isinstance(item, str) for item in value)
