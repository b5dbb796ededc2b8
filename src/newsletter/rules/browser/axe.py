"""axe-core, the test engine of most accessibility tools, finds no problem.

All its rules run: WCAG levels A to AAA, best practices and experimental ones. The few exceptions are rules that an
email cannot or need not satisfy; the report lists them with the reasons. A problem at level A or AA is an error, any
other is a warning.

Bad:
    <td><img src="chart.png"></td>

Good:
    <td><img src="chart.png" alt="Seven in ten people slept better"></td>

The names of the rules are from axe-core, https://github.com/dequelabs/axe-core; EN 301 549, clause 10. A project can
switch more of them off in `without`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.axe_rules import A_OR_AA
from newsletter.audit.observation import Observation
from newsletter.characters import quoted
from newsletter.check.rule import Finding
from newsletter.check.wcag import tagged_criteria

SEVERITY = "error"
OPTIONS: dict[str, Any] = {"without": []}
EXCEPTIONS = ("without",)


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each violation at its element. Low contrast is reported once, by the first rule that measured it."""
    violations = {item["id"]: item for item in page.axe["violations"] if item["id"] not in options["without"]}
    reported = {"color-contrast": _numbers(page.low_contrast_text(4.5, 3.0))}  # axe-core's own limits
    reported["color-contrast-enhanced"] = reported["color-contrast"] | _numbers(
        violations.get("color-contrast", {"nodes": ()})["nodes"]
    )
    for id, violation in violations.items():
        is_required = any(tag in A_OR_AA for tag in violation["tags"])
        for node in violation["nodes"]:
            if node["number"] not in reported.get(id, ()):
                words = f": {quoted(node['words'])}" if node["words"] else "."
                hint = f"{violation['help']}. The element is: {node['html'][:120]}"
                yield Finding(
                    page.at(node),
                    f"axe-core’s rule {id} fails{words}",
                    hint,
                    "error" if is_required else "warning",
                    criteria=tagged_criteria(violation["tags"]),
                )


def _numbers(items: Any) -> set[int]:
    return {item["number"] for item in items}
