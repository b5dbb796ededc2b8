"""Reads how strict a project is: `[tool.newsletter]` in its pyproject.toml.

[tool.newsletter]
profile = "aphasia-friendly"

[tool.newsletter.rules]
link-text = "warning"
html-size = {severity = "error", warn_from_kb = 60}
abbreviations = {known = ["PML"]}

A list is added to the list of the rule.
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
"""Pairs of thresholds: if a rule has both, the first cannot be above the second."""


@dataclass(frozen=True)
class Settings:
    """The profile, and the settings of single rules: `severity` and thresholds by the rule's id."""

    profile: str = "plain"
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

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
        return {**rule.profiles.get(self.profile, {}), **self.rules.get(rule.id, {})}


def read_settings(project: Project) -> Settings:
    """Read a project's settings. Without the file or the table, the rules have their defaults.

    Raises:
        Problems: if the file cannot be read, and for each unknown name and wrong value.
    """
    path = project.root / FILE
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as error:
        place = Location(FILE, error.object.count(b"\n", 0, error.start) + 1)
        raise Problems.one(place, "settings", "This file is not saved as UTF-8.", "Save it as UTF-8.") from None
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
        place = Location(FILE, *_position(str(error), text))
        raise Problems.one(place, "settings", "This line cannot be read as TOML.", _advice(text, place.line)) from None
    if not isinstance(tools, dict):
        place = _Lines(text).location("tool")
        hint = "Write [tool.newsletter] in a line of its own, and each setting in a line below it."
        raise Problems.one(place, "settings", "“tool” should be a table.", hint)
    tool = tools.get("newsletter", {})
    if problems := [*_near_misses(tools, _Lines(text)), *_problems(tool, _Lines(text))]:
        raise Problems(problems)
    rules = {name: value if isinstance(value, dict) else {"severity": value} for name, value in _rules(tool).items()}
    return Settings(tool.get("profile", "plain"), rules)


def _position(error: str, text: str) -> tuple[int, int]:
    """Return the line and column of a TOML error. An error at the end of the file is in the last line with text."""
    match = re.search(r"line (\d+), column (\d+)", error)
    return (int(match[1]), int(match[2])) if match else (len(text.rstrip().splitlines()), 0)


def _advice(text: str, number: int) -> str:
    """Return a hint for a line that is not TOML. The messages of tomllib name parts of its grammar."""
    if text.startswith("\ufeff"):
        return "The file begins with an invisible character, a byte order mark. Save it as UTF-8 without one."
    line = next(iter(text.splitlines()[number - 1 : number]), "")
    if bare := re.fullmatch(r"\s*([\w.-]+\s*=)\s*([A-Za-z][\w-]*)\s*(?:#.*)?", line):
        return f'Put the word in quotes: {bare[1]} "{bare[2]}".'
    if table := re.fullmatch(r"\s*\[([\w.-]+)\s*(?:#.*)?", line):
        return f"The closing bracket is missing: [{table[1]}]."
    return (
        "There is a quote, a bracket or a comma too few or too many, here or in the line above. "
        'A correct line is: link-text = "warning".'
    )


def _near_misses(tools: Mapping[str, Any], lines: _Lines) -> Iterator[Problem]:
    """Report tables with a name like ours, but a spelling mistake. Tables of other tools have other keys."""
    for name, table in tools.items():
        is_similar = difflib.get_close_matches(name.lower(), ["newsletter"], cutoff=0.8)
        if name != "newsletter" and is_similar and isinstance(table, dict) and table.keys() & set(KEYS):
            hint = "Did you mean “tool.newsletter”?"
            yield Problem(lines.table(name), "settings", f"No program reads “tool.{name}”.", hint)


def _rules(tool: Any) -> dict[str, Any]:
    rules: dict[str, Any] = tool.get("rules", {})
    return rules


class _Lines:
    """Finds the line of a key, because tomllib does not return it."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def table(self, name: str) -> Location:
        """Return the line in which a tool's table begins."""
        header = re.compile(rf"\s*\[tool\.[\"']?{re.escape(name)}\b")
        return Location(FILE, next((at for at, line in enumerate(self._lines, 1) if header.match(line)), 0))

    def location(self, *keys: str) -> Location:
        """Return the line of the last of these keys. Each is searched for from the line of the one before."""
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
            hint = did_you_mean(key, KEYS, f"You can write these keys here: {', '.join(KEYS)}.")
            yield Problem(lines.location(key), "settings", f"Unknown key “{key}”.", hint)
    if (profile := tool.get("profile", "plain")) not in PROFILES:
        hint = did_you_mean(str(profile), PROFILES, f"Write one of {', '.join(PROFILES)}.")
        yield Problem(lines.location("profile"), "settings", f"There is no profile “{profile}”.", hint)
    known = {rule.id: rule for rule in all_rules()}
    for name, value in _rules(tool).items():
        if name not in known:
            yield Problem(lines.location("rules", name), "settings", *no_rule(name, known))
        else:
            yield from _rule_problems(known[name], value, lines)


def _rule_problems(rule: Rule, value: Any, lines: _Lines) -> Iterator[Problem]:
    settings = value if isinstance(value, dict) else {"severity": value}
    valid = dict(rule.options)
    for key, chosen in settings.items():
        place = lines.location("rules", rule.id, key) if isinstance(value, dict) else lines.location("rules", rule.id)
        if key == "severity":
            if chosen not in LEVELS:
                hint = did_you_mean(str(chosen), LEVELS, 'Write "error", "warning" or "off".')
                yield Problem(place, "settings", f"A rule cannot count as “{chosen}”.", hint)
        elif key not in rule.options:
            names = ("severity", *rule.options)
            hint = did_you_mean(key.replace("_", "-"), names, f"You can write these keys here: {', '.join(names)}.")
            yield Problem(place, "settings", f"The rule “{rule.id}” has no “{key}”.", hint)
        elif not _fits(chosen, rule.options[key]):
            default = rule.options[key]
            hint = (
                'Write words in quotes: ["one", "two"].'
                if isinstance(default, list)
                else f"Write a value such as {default}."
            )
            yield Problem(
                place, "settings", f"“{key}” cannot be {f'“{chosen}”' if isinstance(chosen, str) else chosen}.", hint
            )
        else:
            valid[key] = chosen
            for message, hint in rule.validate_option(key, chosen):
                yield Problem(place, "settings", message, hint)
    for low, high in _RISING:
        if {low, high} <= valid.keys() and {low, high} & settings.keys() and valid[low] > valid[high]:
            place = lines.location("rules", rule.id, low if low in settings else high)
            message = f"“{low}” is {valid[low]}, and this is above “{high}”, {valid[high]}."
            yield Problem(place, "settings", message, f"Write a smaller “{low}”, or a larger “{high}”.")


def _fits(value: Any, default: Any) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, int | float):
        return isinstance(value, int | float) and value >= 0
    # All lists are lists of text.
    return isinstance(value, type(default)) and all(isinstance(item, str) for item in value)
