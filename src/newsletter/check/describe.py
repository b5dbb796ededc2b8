"""Describes rules from the text of their modules, because importing one loads most of this program."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from newsletter.check.rule import RULE_SCOPES, RuleDescription, RuleScope
from newsletter.edition_kinds import EDITION_KINDS

_RULES = Path(__file__).parents[1] / "rules"
_CONSTANTS = frozenset({"SEVERITY", "OPTIONS", "PROFILES", "SECTOR"})


def described_rules() -> Iterator[RuleDescription]:
    """Yield every rule, sorted by scope and then by id."""
    for scope in RULE_SCOPES:
        for path in sorted((_RULES / scope).glob("[!_]*.py")):
            yield _described(scope, path)


def described_rule(id: str) -> RuleDescription | None:
    """Return the rule with an id; None if there is none."""
    # Among those that exist: an id that somebody typed may be too long for the name of a file.
    paths = ((scope, path) for scope in RULE_SCOPES for path in (_RULES / scope).glob("[!_]*.py"))
    return next((_described(scope, path) for scope, path in paths if path.stem == id.replace("-", "_")), None)


def describe(scope: RuleScope, name: str, docstring: str, constants: Mapping[str, Any]) -> RuleDescription:
    """Return what a rule says about itself.

    Args:
        scope: what the rule looks at.
        name: the name of its module.
        docstring: the docstring of its module.
        constants: the names in its module, with their values.
    """
    id, explanation = name.replace("_", "-"), inspect.cleandoc(docstring)
    return RuleDescription(
        id=id,
        scope=scope,
        title=explanation.partition("\n")[0],
        explanation=explanation,
        severity=constants["SEVERITY"],
        options=constants.get("OPTIONS", {}),
        profiles=constants.get("PROFILES", {}),
        editions={
            kind: properties.minimums[id] for kind, properties in EDITION_KINDS.items() if id in properties.minimums
        },
        sector=constants.get("SECTOR"),
    )


def _described(scope: RuleScope, path: Path) -> RuleDescription:
    tree = ast.parse(path.read_text("utf-8"))
    try:
        constants = dict(_literals(tree))
    except ValueError:  # it is computed, such as a threshold that is a constant of another module
        constants = vars(importlib.import_module(f"newsletter.rules.{scope}.{path.stem}"))
    return describe(scope, path.stem, ast.get_docstring(tree) or "", constants)


def _literals(tree: ast.Module) -> Iterator[tuple[str, Any]]:
    """Yield the constants that a module assigns.

    Raises:
        ValueError: if one is not a literal.
    """
    for node in tree.body:
        match node:
            case ast.Assign([ast.Name(name)], value) | ast.AnnAssign(ast.Name(name), value=ast.expr() as value):
                if name in _CONSTANTS:
                    yield name, ast.literal_eval(value)
