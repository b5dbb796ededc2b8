"""Tests emails with a second engine, IBM's accessibility-checker-engine, and with the newest axe-core, in the browser.

python bench/second_engine.py [--each]

It tests the shipped issues and the nine newsletters of tests/cases/newsletters, each as the standard edition and as the
web version, in light colours and 600 px wide. npm installs the engines into bench/node. It prints, as Markdown, each
rule of the second engine that reports something, on how many pages and how often, and what axe-core reports. With
`--each` it also prints every element.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypedDict

from playwright.sync_api import sync_playwright

from newsletter.audit.axe_rules import NEVER_RUN
from newsletter.audit.find_browser import browser_arguments, find_browser
from newsletter.edition import Edition
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.pipeline import build_editions, build_issue, build_web_page
from newsletter.project import Project
from newsletter.stages.data_urls import browser_page

BENCH = Path(__file__).resolve().parent
PACKAGES = BENCH / "node/node_modules"
SECOND, AXE = "accessibility-checker-engine", "axe-core"
sys.path.insert(0, str(BENCH.parent / "tests"))

from support.newsletters import KINDS, branded_project  # noqa: E402

KIND_OF_RESULT: Mapping[tuple[str, str], str] = {
    ("VIOLATION", "FAIL"): "violation",
    ("VIOLATION", "POTENTIAL"): "possible violation",
    ("VIOLATION", "MANUAL"): "for a person",
    ("RECOMMENDATION", "FAIL"): "recommendation",
    ("RECOMMENDATION", "POTENTIAL"): "possible recommendation",
    ("RECOMMENDATION", "MANUAL"): "for a person",
}
_CHECK = """async () => JSON.stringify((await new ace.Checker().check(document, ["IBM_Accessibility"])).results
  .map(({ ruleId, value, message, snippet }) => ({ ruleId, value, message, snippet })))"""
_RUN_AXE = """async (disabled) => {
  const rules = axe.getRules().map(({ ruleId }) => ruleId).filter((id) => !disabled.includes(id));
  const runOnly = { type: "rule", values: rules };
  const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}"""


class Result(TypedDict):
    """What a rule of the engine says about an element."""

    ruleId: str
    value: tuple[str, str]
    message: str
    snippet: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", action="store_true")
    arguments = parser.parse_args()
    install()
    engines = [(PACKAGES / file).read_text(encoding="utf-8") for file in (f"{SECOND}/ace.js", f"{AXE}/axe.min.js")]
    results: list[tuple[str, str, Result]] = []
    violations: list[str] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=browser_arguments())
        page = browser.new_page(viewport={"width": 600, "height": 900})
        page.route("**/*", lambda route: route.abort())
        pages = list(emails(Path(folder)))
        for kind, name, html in pages:
            page.set_content(html)
            for engine in engines:
                page.add_script_tag(content=engine)
            # A web page has landmarks and navigation of its own, so no rule is left out there.
            without = [*NEVER_RUN] if kind == "email" else []
            violations += [f"{name}, {kind}: {one}" for one in page.evaluate(_RUN_AXE, without)]
            results += [(kind, name, result) for result in json.loads(page.evaluate(_CHECK))]
        print(
            f"Chromium {browser.version}; {len(pages)} pages. axe-core {version(AXE)}: {len(violations)} violations.\n"
        )
        browser.close()
    print(*(f"- {violation}\n" for violation in violations), sep="")
    _print_results(results, arguments.each)


def _print_results(results: Sequence[tuple[str, str, Result]], each: bool) -> None:
    rules = {result["ruleId"] for *_, result in results}
    others = [item for item in results if item[2]["value"][1] != "PASS"]
    passes = f"{len(results) - len(others):,} results are passes"
    print(f"{SECOND} {version(SECOND)}: {len(rules)} rules had something to test, and {passes}. The others:\n")
    groups: dict[tuple[str, str, str], list[str]] = {}
    for kind, name, result in others:
        severity, confidence = result["value"]
        groups.setdefault((KIND_OF_RESULT[severity, confidence], result["ruleId"], kind), []).append(name)
        if each:
            print(f"- {name}, {kind}: {result['ruleId']}: {result['message']} `{result['snippet'][:120]}`")
    print("| kind of result | rule | in | pages | results |")
    print("| --- | --- | --- | --: | --: |")
    for (what, rule, kind), names in sorted(groups.items()):
        print(f"| {what} | `{rule}` | {kind} | {len(set(names))} | {len(names)} |")


def install() -> None:
    """Install the engines with npm if one is not there."""
    if all((PACKAGES / name).is_dir() for name in (SECOND, AXE)):
        return
    if not shutil.which("npm"):
        sys.exit("npm is not installed.")
    install = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(install, cwd=BENCH / "node", check=True)


def version(package: str) -> str:
    """Return the version of an engine that npm has installed."""
    return str(json.loads((PACKAGES / package / "package.json").read_text(encoding="utf-8"))["version"])


def emails(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Return the kind, the name and the HTML of each page to test.

    Args:
        folder: an empty one.
    """
    shipped = Project(BENCH.parent)
    for path in sorted(shipped.issues.glob("*.yaml")):
        yield from _pages(path, shipped, load_brand(shipped))
    for name, brand in KINDS.items():
        project, loaded = branded_project(brand, folder / name)
        yield from _pages(project.issues / f"{name}.yaml", project, loaded)


def _pages(path: Path, project: Project, brand: Brand) -> Iterator[tuple[str, str, str]]:
    build = build_issue(path, project, brand)
    edition: Edition = build_editions(build, project, ("standard",))[0]
    yield "email", path.stem, browser_page(edition)
    yield "web version", path.stem, build_web_page(build, project)


if __name__ == "__main__":
    main()
