"""Finds the rules: each module in rules/issue, rules/page, rules/message, rules/web and rules/browser is one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

from newsletter.check.describe import describe
from newsletter.check.rule import RULE_SCOPES, Rule, RuleScope
from newsletter.check.wcag import named_criteria


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, sorted by scope and then by id."""
    return tuple(_read(scope, module) for scope in RULE_SCOPES for module in _modules(scope))


def rule(id: str) -> Rule:
    """Return the rule with an id.

    Raises:
        StopIteration: if there is none, which is a fault in our own code.
    """
    return next(rule for rule in all_rules() if rule.id == id)


def _modules(scope: RuleScope) -> list[ModuleType]:
    package = importlib.import_module(f"newsletter.rules.{scope}")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names if not name.startswith("_")]


def _read(scope: RuleScope, module: ModuleType) -> Rule:
    description = describe(scope, module.__name__.rpartition(".")[2], module.__doc__ or "", vars(module))
    return Rule(
        **vars(description),
        criteria=named_criteria(description.explanation),
        policies=getattr(module, "POLICIES", {}),
        stricter_when_higher=getattr(module, "STRICTER_WHEN_HIGHER", ()),
        exceptions=getattr(module, "EXCEPTIONS", ()),
        is_for_web_version=getattr(module, "IN_WEB_VERSION", False),
        states=getattr(module, "IN_STATES", ()),
        yields_to_errors=getattr(module, "YIELDS_TO_ERRORS", False),
        check=module.check,
        validate_option=getattr(module, "validate_option", _no_problems),
    )


def _no_problems(option: str, value: Any) -> Iterator[tuple[str, str]]:
    yield from ()
