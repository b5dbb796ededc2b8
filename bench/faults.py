"""Compares which faults of tests/cases/faults/ `newsletter check` and axe-core find, as a table in Markdown.

python bench/faults.py [--area NAME ...] [--each]

Each fault is put into the shipped project, which is then built and checked. `newsletter check` finds a fault if it
reports the problem in the catalogue, at the line in the catalogue. axe-core runs in Chromium with all its rules,
including best practice, experimental and deprecated ones; its rules about colours run again in dark mode. axe-core
finds a fault if any of its rules reports more than on the good page, anywhere. Its results that a person must decide
(incomplete) are counted separately.

`newsletter audit` runs the check, and finds what it finds. So only the other faults are audited: the audit finds one if
it has a problem more than on the good page, anywhere.

Some faults stop our build. axe-core then gets the page as if the check for lost words was off. If there is still no
page, it gets the good page with the edit in the catalogue.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from newsletter.audit import audit
from newsletter.audit.find_browser import NO_BROWSER, find_browser
from newsletter.check.settings import Settings
from newsletter.edition import Edition, InlinedPage
from newsletter.stages.data_urls import browser_page
from support.browser import View, installed_browser, opened
from support.seeding import CHECKED, Fault, FaultyProject, catalogue, replaced, rules_that_report

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
    """The results of both for one fault."""

    fault: Fault
    ours: bool
    audited: bool
    """Whether `newsletter audit` finds it, which runs the check, too."""
    on_page: bool
    """Whether it changes the page that axe-core tests."""
    violations: tuple[str, ...]
    incomplete: tuple[str, ...]


class Axe:
    """axe-core in a browser, with a cache: it tests each page once."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser, self._folder = browser, folder
        self._cache: dict[str, dict[str, Counter[str]]] = {}
        self.version = ""

    def test(self, page: str) -> dict[str, Counter[str]]:
        """Return the number of elements by rule, for `violations` and `incomplete`; the larger of light and dark."""
        if page not in self._cache:
            with opened(self._browser, page, View(), self._folder) as window:
                window.page.evaluate(AXE_SCRIPT)
                light = self._run(window.page, dark=False)
                window.page.emulate_media(color_scheme="dark")
                dark = self._run(window.page, dark=True)
            self._cache[page] = {kind: light[kind] | dark[kind] for kind in light}
        return self._cache[page]

    def _run(self, page: Page, dark: bool) -> dict[str, Counter[str]]:
        result = json.loads(page.evaluate(_RUN, dark))
        self.version = f"axe-core {result['version']}, {result['rules']} rules"
        return {kind: Counter(result[kind]) for kind in ("violations", "incomplete")}


def page_for_axe(faulty: FaultyProject, fault: Fault) -> Edition | None:
    """Return the page with the fault, or None if the fault does not reach any page."""
    if edition := faulty.unguarded(fault):
        return edition
    good = faulty.good[fault.slug]
    if "page" not in fault.entry:
        return None
    return replace(good, inlined=InlinedPage(replaced(good.inlined, fault.entry["page"])))


def outcome(faulty: FaultyProject, axe: Axe, fault: Fault) -> Outcome:
    """Test one fault with both."""
    result = faulty.new_problems(fault)
    good: str
    page: str
    if fault.is_in_web_version:
        good, page = faulty.web_pages(fault)
    else:
        edition, good = page_for_axe(faulty, fault), browser_page(faulty.good[fault.slug])
        page = browser_page(edition) if edition else good
    before, after = axe.test(good), axe.test(page)
    more = {kind: tuple(sorted(after[kind] - before[kind])) for kind in after}
    reported = result.reports(fault)
    return Outcome(fault, reported, reported, page != good, more["violations"], more["incomplete"])


class Audits:
    """`newsletter audit`, with a cache for the good pages."""

    def __init__(self, faulty: FaultyProject) -> None:
        self._faulty = faulty
        self._good: dict[str, Counter[tuple[str, str]]] = {}

    def test(self, missed: Outcome) -> Outcome:
        """Audit a fault that the check does not find."""
        fault = missed.fault
        edition = None if fault.is_in_web_version else self._faulty.unguarded(fault)
        if edition is None:
            return missed
        if fault.slug not in self._good:
            self._good[fault.slug] = self._problems(self._faulty.good[fault.slug])
        return replace(missed, audited=bool(self._problems(edition) - self._good[fault.slug]))

    def _problems(self, edition: Edition) -> Counter[tuple[str, str]]:
        (result,) = audit([edition], Settings())
        return Counter((problem.id, re.sub(r"\d[\d.]*", "0", problem.message)) for problem in result.problems)


def table(outcomes: list[Outcome]) -> str:
    """Return a table with a row for each area, for all faults, and for those that change the page."""
    rows: dict[str, list[Outcome]] = {}
    for item in outcomes:
        area = "in the files of single rules" if item.fault.is_of_a_rule else item.fault.area
        rows.setdefault(area, []).append(item)
    rows["**all faults**"] = outcomes
    rows["**those that change the page**"] = [item for item in outcomes if item.on_page]
    head = "| area | faults | check | check and audit | axe-core | axe-core: incomplete alone |\n"
    head += "| --- | --: | --: | --: | --: | --: |"
    return "\n".join([head, *(_row(name, items) for name, items in rows.items())])


def _row(name: str, items: list[Outcome]) -> str:
    counts = [
        sum(item.ours for item in items),
        sum(item.audited for item in items),
        sum(bool(item.violations) for item in items),
        sum(bool(item.incomplete) and not item.violations for item in items),
    ]
    share = "**" in name
    cells = [f"{count} ({100 * count / len(items):.0f} %)" if share else str(count) for count in counts]
    return f"| {' | '.join([name, str(len(items)), *cells])} |"


def by_both(outcomes: list[Outcome]) -> Mapping[str, int]:
    """Return how many faults were found by both, by one of the two, and by neither."""
    names = {(True, True): "both", (True, False): "newsletter alone", (False, True): "axe-core alone"}
    return Counter(names.get((item.ours, bool(item.violations)), "neither") for item in outcomes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--area", action="append", help="a file of tests/cases/faults/, without .yaml; repeatable")
    parser.add_argument("--each", action="store_true", help="also print a line for each fault, with axe-core's rules")
    arguments = parser.parse_args()
    if find_browser() is None:
        sys.exit(NO_BROWSER)
    faults = [fault for fault in catalogue() if not arguments.area or fault.area in arguments.area]
    with tempfile.TemporaryDirectory() as folder, installed_browser() as browser:
        faulty, axe = FaultyProject(Path(folder) / "project"), Axe(browser, Path(folder))
        outcomes = []
        for fault in faults:
            outcomes.append(outcome(faulty, axe, fault))
            if arguments.each:
                item = outcomes[-1]
                rules = ", ".join([*item.violations, *(f"({name}?)" for name in item.incomplete)]) or "-"
                print(f"{fault} | {'found' if item.ours else 'MISSED'} | {rules} | {fault.entry['what']}", flush=True)
    with tempfile.TemporaryDirectory() as folder:  # the audit starts a browser of its own
        audits = Audits(FaultyProject(Path(folder) / "project"))
        outcomes = [item if item.ours else audits.test(item) for item in outcomes]
    print(f"{axe.version}; both colour schemes, 600 px wide.\n\n{table(outcomes)}\n")
    print(", ".join(f"{count} found by {name}" for name, count in by_both(outcomes).items()) + ".")
    if not arguments.area:
        unused = sorted(CHECKED - rules_that_report(faults))
        count = len(CHECKED) - len(unused)
        print(f"{count} of {len(CHECKED)} rules have a fault. The others: {', '.join(unused) or 'none'}.")


if __name__ == "__main__":
    main()
