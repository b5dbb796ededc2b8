"""Measures what each pass of the stage `slim` saves, and proves that emails look the same with it, to the pixel.

python bench/slim.py [--look]

It prints, as Markdown, the bytes of the first shipped issue after each pass, and the sizes of other emails before and
after. With `--look` it compares the pages before and after in the browser: both shipped issues, each layout's example
and every block, in the standard and the large-print edition, at four widths, light and dark, and as Outlook for Windows
reads them.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

BENCH = Path(__file__).resolve().parent
sys.path[:0] = [str(BENCH), str(BENCH.parent / "tests")]

from many_articles import write_issue  # noqa: E402

from newsletter.edition import InlinedPage, IssueBuild  # noqa: E402
from newsletter.issue.brand import Brand  # noqa: E402
from newsletter.issue.load import layouts, load_brand  # noqa: E402
from newsletter.pipeline import build_issue  # noqa: E402
from newsletter.project import Project  # noqa: E402
from newsletter.simulations.outlook import as_outlook  # noqa: E402
from newsletter.stages.data_urls import browser_page  # noqa: E402
from newsletter.stages.edition_page import edition_page  # noqa: E402
from newsletter.stages.inline import inline  # noqa: E402
from newsletter.stages.slim import PASSES  # noqa: E402
from newsletter.stages.slim.short_names import with_short_names  # noqa: E402
from support.browser import View, installed_browser  # noqa: E402
from support.examples import write_every_block  # noqa: E402
from support.same_look import VIEWS, differences  # noqa: E402

_NOT_WORDS = re.compile(r"<head>.*</head>|<!--.*?-->|<[^>]*>", re.DOTALL)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--look", action="store_true")
    parser.add_argument("--only", default="", help="look at emails whose name has this in it")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.look:
            return _look(Path(folder), arguments.only)
        _print_passes()
        _print_sizes(Path(folder))
    return 0


def _print_passes() -> None:
    shipped = Project(BENCH.parent)
    path = min(shipped.issues.glob("*.yaml"))
    page = build_issue(path, shipped, load_brand(shipped)).page
    tree = inline(page)
    size = len(tree.page.encode())
    print(f"{path.stem}: {size:,} bytes before\n\n| pass | saves | bytes after it |\n|---|--:|--:|")
    for change in PASSES:
        change(tree.root)
        size = _print_row(change.__name__, size, tree.page)
    _print_row(with_short_names.__name__, size, with_short_names(tree.page))


def _print_row(name: str, before: int, page: InlinedPage) -> int:
    """Print what a pass saves, and return the size of the page after it, in bytes."""
    after = len(page.encode())
    print(f"| `{name}` | {before - after:,} | {after:,} |")
    return after


def _print_sizes(folder: Path) -> None:
    print("\n| email | words | bytes before | bytes after | bytes for 100 words |\n|---|--:|--:|--:|--:|")
    for name, build in builds(folder):
        before, after = len(inline(build.page).page.encode()), len(build.inlined.encode())
        words = len(_NOT_WORDS.sub(" ", build.inlined).split())
        print(f"| {name} | {words:,} | {before:,} | {after:,} | {100 * after / words:,.0f} |")


def builds(folder: Path) -> Iterator[tuple[str, IssueBuild]]:
    """Yield the name of each email to compare, and its build.

    Args:
        folder: an empty one.
    """
    shipped = Project(BENCH.parent)
    brand = load_brand(shipped)
    for path in sorted(shipped.issues.glob("*.yaml")):
        yield path.stem, build_issue(path, shipped, brand)
    for layout, file in sorted(layouts(shipped).items()):
        example = file.with_suffix(".yaml").read_text(encoding="utf-8")
        yield f"layout {layout}", build_issue(shipped.issues / f"{layout}.yaml", shipped, brand, example)
    yield "every block", _build_in_project(write_every_block(shipped, folder / "blocks"), brand)
    yield "12 articles", _build_in_project(write_issue(folder / "articles", 12), brand)
    yield "25 items", _build_in_project(_write_items(folder / "items", 25), brand)


def _build_in_project(path: Path, brand: Brand) -> IssueBuild:
    return build_issue(path, Project(path.parent.parent), brand)


def _write_items(project: Path, count: int) -> Path:
    path = project / "issues" / "items.yaml"
    path.parent.mkdir(parents=True)
    text = "A new evening group meets by the station. It has a ramp, and a loop for people with hearing aids."
    items = "".join(
        f'          - title: "Item {number} of the month"\n            text: "{text}"\n'
        f'            link: {{text: "Read more about item {number}", url: "https://www.example.org/{number}"}}\n'
        for number in range(1, count + 1)
    )
    head = 'subject: "Short items"\npreheader: "To be measured"\ntitle: "Short items"\ndate: 2026-12-03\n'
    path.write_text(f'{head}articles:\n  - title: "Items"\n    content:\n      - items:\n{items}', encoding="utf-8")
    return path


def _look(folder: Path, only: str) -> int:
    count = 0
    with installed_browser() as browser:
        for name, build in builds(folder / "issues"):
            for kind in ("standard", "large-print"):
                if only not in f"{name}, {kind}":
                    continue
                edition = edition_page(build, Project(BENCH.parent), kind)
                before = browser_page(replace(edition, inlined=inline(edition.page).page))
                after = browser_page(edition)
                results = list(differences(browser, before, after, VIEWS, folder))
                old, new = (as_outlook(InlinedPage(page)) for page in (before, after))
                results += (f"Outlook, {each}" for each in differences(browser, old, new, (View(900),), folder))
                print(f"{name}, {kind}: {len(results) or 'no'} differences", *results, sep="\n    ", flush=True)
                count += len(results)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
