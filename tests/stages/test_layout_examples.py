"""Each layout's worked example: it is built with every edition, `check` finds nothing, and it keeps its order.

`make update` writes the page and the text of each again.
"""

from __future__ import annotations

import re

import pytest

from newsletter.check.engine import check
from newsletter.check.settings import Settings
from newsletter.edition import Edition
from newsletter.edition_kinds import EDITION_KINDS
from newsletter.issue.brand import Brand
from newsletter.issue.load import layouts
from newsletter.pipeline import build_editions, build_issue, build_web_page
from newsletter.project import DEFAULT_TEMPLATES, Project
from support.golden import GOLDEN, stages

LAYOUTS = sorted(path.stem for path in (DEFAULT_TEMPLATES / "layouts").glob("*.mjml"))


@pytest.fixture(scope="module", params=LAYOUTS)
def editions(request: pytest.FixtureRequest, project: Project, brand: Brand) -> list[Edition]:
    text = layouts(project)[request.param].with_suffix(".yaml").read_text("utf-8")
    issue = build_issue(project.issues / f"{request.param}.yaml", project, brand, text)
    assert issue.issue.layout == request.param
    assert build_web_page(issue, project).count("<h1") == 1
    return build_editions(issue, project, EDITION_KINDS)


def test_an_example_passes_every_rule_in_every_edition(editions: list[Edition]) -> None:
    assert [list(check(edition, Settings()).problems) for edition in editions] == [[], [], []]


def test_an_example_has_its_title_then_its_articles_in_order_then_the_footer(editions: list[Edition]) -> None:
    issue = editions[0].issue
    titles = [article.title for article in issue.articles if article.title]
    pieces = (issue.title, *titles, editions[0].brand.organisation)
    assert in_order(editions[0].text, *map(str, pieces)), editions[0].text


def in_order(text: str, *pieces: str) -> bool:
    return bool(re.search(".*".join(map(re.escape, pieces)), text, re.DOTALL))


ORDER = {
    "announcement": ("has a new number", "shorter number", "same hours", "Read how to reach"),
    "appeal": ("A nurse and a man", "Could you give £12", "£12 pays for", "Give to the night line", "Symptoms do not",
               "Give to the night line", "Someone to talk to"),
    "digest": ("The month in short", "Money and work", "New rates", "Read and watch", "Out and about"),
    "invitation": ("You are invited", "Saturday 12 June 2027", "Larkmoor Park", "A level path", "Say if you come",
                   "Who comes"),
    "newsletter": ("Happy new year", "In this issue", "Five small things", "two thin layers"),
}  # fmt: skip
"""What readers of some examples get, in this order."""


@pytest.mark.parametrize("editions", ORDER, indirect=True)
def test_an_example_keeps_the_order_of_its_layout(editions: list[Edition]) -> None:
    text = editions[0].text
    assert in_order(text, *ORDER[str(editions[0].issue.layout)]), text


@pytest.mark.parametrize(("editions", "has_lines"), [("digest", True), ("newsletter", False)], indirect=["editions"])
def test_a_digest_has_lines_where_a_newsletter_has_gaps(editions: list[Edition], has_lines: bool) -> None:
    page = editions[0].inlined
    assert (page.count('class="divider"') > 2, "height:16px;font-size:1px" in page) == (has_lines, not has_lines)
    assert (".divider td" in page) == has_lines  # its colour in dark mode


@pytest.mark.generated
def test_an_example_is_as_reviewed(editions: list[Edition], request: pytest.FixtureRequest) -> None:
    folder = GOLDEN / "layouts" / str(editions[0].issue.layout)
    for name, content in stages(editions[0]).items():
        if name not in ("3-inlined.html", "5-text.txt"):
            continue  # the other stages are those of every layout: see tests/pipeline/test_golden.py
        if request.config.getoption("--update"):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content, "utf-8", newline="")
        assert content == (folder / name).read_bytes().decode("utf-8")
