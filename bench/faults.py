"""Our share and axe-core's of the faults in tests/cases/faults/, side by side, as a table in Markdown.

python bench/faults.py [--area NAME ...] [--each]

Each fault is put into the shipped project, which is built and checked; for us it is found when the problem that the
catalogue names is reported at the line that it names. axe-core, with all of its rules, those of best practice,
experimental and deprecated ones too, looks at the page in Chromium, and its rules about colours look again in dark
mode. For axe-core a fault is found when any of its rules has more to report than on the good page, wherever that is.
What it calls incomplete, which somebody then has to look at, is counted apart.

A page that we refuse to make is made all the same for axe-core: as if nobody looked for lost words; or, where not even
that would do, by the edit of the good page that the catalogue gives.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from newsletter.audit.find_browser import NO_BROWSER, find_browser
from newsletter.edition import Edition, InlinedPage
from newsletter.stages.data_urls import browser_page
from support.browser import View, installed_browser, opened
from support.seeding import CHECKED, Bed, Fault, Seen, broken, catalogue, replaced

_RUN = """async dark => {
  const every = axe.getRules().map(rule => rule.ruleId);
  const rules = dark ? every.filter(name => /contrast|link-in-text-block/.test(name)) : every;
  const results = await axe.run(document, {runOnly: {type: "rule", values: rules},
    resultTypes: ["violations", "incomplete"]});
  const nodes = kind => Object.fromEntries(results[kind].map(result => [result.id, result.nodes.length]));
  return JSON.stringify({version: axe.version, rules: every.length, violations: nodes("violations"),
    incomplete: nodes("incomplete")});
}"""


@dataclass(frozen=True)
class Outcome:
    """What both made of one fault."""

    fault: Fault
    ours: bool
    on_page: bool
    """Whether it changes the page that axe-core looks at."""
    violations: tuple[str, ...]
    incomplete: tuple[str, ...]


class Axe:
    """axe-core in a browser; it looks at each page once."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser, self._folder = browser, folder
        self._seen: dict[str, dict[str, Counter[str]]] = {}
        self.version = ""

    def look(self, page: str) -> dict[str, Counter[str]]:
        """Give the numbers of elements by rule, of `violations` and of `incomplete`; the larger of light and dark."""
        if page not in self._seen:
            with opened(self._browser, page, View(), self._folder) as shown:
                shown.page.evaluate(AXE_SCRIPT)
                light = self._run(shown.page, dark=False)
                shown.page.emulate_media(color_scheme="dark")
                dark = self._run(shown.page, dark=True)
            self._seen[page] = {kind: light[kind] | dark[kind] for kind in light}
        return self._seen[page]

    def _run(self, page: Page, dark: bool) -> dict[str, Counter[str]]:
        result = json.loads(page.evaluate(_RUN, dark))
        self.version = f"axe-core {result['version']}, {result['rules']} rules"
        return {kind: Counter(result[kind]) for kind in ("violations", "incomplete")}


def page_for_axe(bed: Bed, fault: Fault, seen: Seen) -> Edition | None:
    """Give the page that a tool would have been shown that looks at pages alone."""
    if edition := seen.edition or bed.unguarded(fault):
        return edition
    good = bed.good[fault.slug]
    if "page" not in fault.told:
        return None
    return replace(good, inlined=InlinedPage(replaced(good.inlined, fault.told["page"])))


def outcome(bed: Bed, axe: Axe, fault: Fault) -> Outcome:
    """Let both look at one fault."""
    seen = bed.look(fault)
    edition, good = page_for_axe(bed, fault, seen), browser_page(bed.good[fault.slug])
    page = browser_page(edition) if edition else good
    before, after = axe.look(good), axe.look(page)
    more = {kind: tuple(sorted(after[kind] - before[kind])) for kind in after}
    return Outcome(fault, seen.reports(fault), page != good, more["violations"], more["incomplete"])


def table(outcomes: list[Outcome]) -> str:
    """Write one line an area, and the totals: of all faults, and of those alone that a page shows."""
    areas = dict.fromkeys(item.fault.area for item in outcomes)
    rows = {area: [item for item in outcomes if item.fault.area == area] for area in areas}
    rows["**all faults**"] = outcomes
    rows["**those that change the page**"] = [item for item in outcomes if item.on_page]
    head = "| area | faults | newsletter | axe-core | axe-core: incomplete alone |\n| --- | --: | --: | --: | --: |"
    return "\n".join([head, *(_row(name, items) for name, items in rows.items())])


def _row(name: str, items: list[Outcome]) -> str:
    counts = [
        sum(item.ours for item in items),
        sum(bool(item.violations) for item in items),
        sum(bool(item.incomplete) and not item.violations for item in items),
    ]
    share = "**" in name
    cells = [f"{count} ({100 * count / len(items):.0f} %)" if share else str(count) for count in counts]
    return f"| {' | '.join([name, str(len(items)), *cells])} |"


def by_both(outcomes: list[Outcome]) -> Mapping[str, int]:
    """Count who found what."""
    names = {(True, True): "both", (True, False): "newsletter alone", (False, True): "axe-core alone"}
    return Counter(names.get((item.ours, bool(item.violations)), "neither") for item in outcomes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--area", action="append", help="a file of tests/cases/faults/, without .yaml; again for more")
    parser.add_argument("--each", action="store_true", help="first a line for each fault, with axe-core's rules")
    asked = parser.parse_args()
    if find_browser() is None:
        sys.exit(NO_BROWSER)
    faults = [fault for fault in catalogue() if not asked.area or fault.area in asked.area]
    with tempfile.TemporaryDirectory() as folder, installed_browser() as browser:
        bed, axe = Bed(Path(folder) / "project"), Axe(browser, Path(folder))
        outcomes = []
        for fault in faults:
            outcomes.append(outcome(bed, axe, fault))
            if asked.each:
                item = outcomes[-1]
                said = ", ".join([*item.violations, *(f"({name}?)" for name in item.incomplete)]) or "-"
                print(f"{fault} | {'found' if item.ours else 'MISSED'} | {said} | {fault.told['what']}", flush=True)
    print(f"{axe.version}; both colour schemes, 600 px wide.\n\n{table(outcomes)}\n")
    print(", ".join(f"{count} found by {name}" for name, count in by_both(outcomes).items()) + ".")
    if not asked.area:
        left = sorted(CHECKED - broken(faults))
        print(f"{len(CHECKED) - len(left)} of {len(CHECKED)} rules are broken. Not: {', '.join(left) or 'none'}.")


if __name__ == "__main__":
    main()
