"""axe-core finds nothing: the test engine that most accessibility tools are built on.

Every rule of it runs, from level A to AAA, best practice and experimental ones, but for the few that an email cannot
or need not satisfy; the report names those and says why. What goes against level A or AA is an error, the rest a
warning.

Bad:
    <td><img src="chart.png"></td>

Good:
    <td><img src="chart.png" alt="Seven in ten people slept better"></td>

axe-core's own rule names, https://github.com/dequelabs/axe-core; EN 301 549, clause 10. A project can name more of its
rules in `without`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.axe_rules import A_OR_AA
from newsletter.audit.observation import Observation, quoted
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS: dict[str, Any] = {"without": []}


def check(seen: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Tell each violation at its element; one of contrast once, by the rule that measured it."""
    violations = {found["id"]: found for found in seen.axe["violations"] if found["id"] not in options["without"]}
    told = {"color-contrast": _numbers(seen.low_contrast_text(4.5, 3.0))}  # what axe-core asks for, too
    told["color-contrast-enhanced"] = told["color-contrast"] | _numbers(
        violations.get("color-contrast", {"nodes": ()})["nodes"]
    )
    for id, found in violations.items():
        is_duty = any(tag in A_OR_AA for tag in found["tags"])
        for node in found["nodes"]:
            if node["number"] not in told.get(id, ()):
                about = f" {quoted(node['words'])}" if node["words"] else ""
                message = f"axe-core’s rule {id} is broken{':' if about else '.'}{about}"
                hint = f"{found['help']}. It stands in the page as: {node['html'][:120]}"
                yield Finding(seen.at(node), message, hint, "error" if is_duty else "warning")


def _numbers(items: Any) -> set[int]:
    return {item["number"] for item in items}
