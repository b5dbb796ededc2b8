"""Reports each setting with which a project checks less than the rules do by default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.rule import LEVELS, Rule

_HINT = "Delete this setting. If one article or block is a good exception, write “allow” there, and why."


def weaker_settings(
    rule: Rule, settings: Mapping[str, Any], policy: str = "standard"
) -> Iterator[tuple[str, str, str]]:
    """Find what makes a rule report less than it does by default.

    Args:
        rule: the rule.
        settings: a project's valid settings for it: `severity` and thresholds.
        policy: the policy, whose own settings for the rule are its defaults.

    Yields:
        The key, a message and a hint.
    """
    usual = {"severity": rule.severity, **rule.options, **rule.policies.get(policy, {})}
    for key, value in settings.items():
        if key == "severity":
            if LEVELS.index(value) > LEVELS.index(usual[key]):
                counts = "is off" if value == "off" else f"is only a {value}"
                level = "an error" if usual[key] == "error" else "a warning"
                yield key, f"The rule “{rule.id}” {counts} in this project. By default it is {level}.", _HINT
        elif key in rule.exceptions:
            if more := ", ".join(name for name in value if name not in usual[key]):
                yield key, f"The rule “{rule.id}” leaves out {more} in this project.", _HINT
        elif _is_weaker(rule, key, value, usual[key]):
            message = f"The rule “{rule.id}” has “{key}” {value} in this project. By default it is {usual[key]}."
            yield key, message, _HINT


def _is_weaker(rule: Rule, key: str, value: Any, default: Any) -> bool:
    if not isinstance(default, int | float):
        return False  # words that a rule knows in addition
    return bool(value < default if key in rule.stricter_when_higher else value > default)
