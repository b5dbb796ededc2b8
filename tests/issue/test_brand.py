"""What a project says in its own brand.yaml: addresses, the sample, and the colours of dark mode."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from newsletter.check.engine import check
from newsletter.check.explain import explain
from newsletter.check.issue_text import IssueText
from newsletter.check.page import ParsedPage
from newsletter.check.registry import all_rules, rule
from newsletter.check.settings import Settings
from newsletter.issue.brand import Sector
from newsletter.issue.load import load, load_brand
from newsletter.pipeline import build_editions, build_issue, build_web_page
from newsletter.problems import Problems
from newsletter.project import DEFAULT_TEMPLATES, Project
from newsletter.rules.issue import sample_brand
from support.examples import SHORT

ISSUE = (
    SHORT
    + """\
      - text: |
          Some words.
"""
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A project with a brand of its own."""
    for name in ("brand.yaml", "images/logo.png"):
        path = tmp_path / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((DEFAULT_TEMPLATES / name).read_bytes())
    (tmp_path / "issues").mkdir()
    return tmp_path


def change(own: Path, old: str, new: str) -> None:
    path = own / "templates/brand.yaml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("https://news.example.org/{slug}.html", "https://news.example.org/2026-12-winter.html"),
        ("https://news.example.org/{date}/{slug}", "https://news.example.org/2026-12-03/2026-12-winter"),
        (
            "https://news.example.org/?day={date}&again={date}",
            "https://news.example.org/?day=2026-12-03&again=2026-12-03",
        ),
        ("https://news.example.org/latest", "https://news.example.org/latest"),
    ],
)
@pytest.mark.parametrize("name", ["2026-12-winter", "_2026-12-winter"])
def test_each_issue_can_have_its_own_web_version(own: Path, typed: str, sent: str, name: str) -> None:
    change(own, "https://news.example.org/latest", typed)
    project = Project(own)
    build = build_issue(own / f"issues/{name}.yaml", project, load_brand(project), text=ISSUE)
    for edition in build_editions(build, project, ["standard", "text-only"]):
        assert sent in edition.text.split()
        assert not edition.has_page or f'href="{sent.replace("&", "&amp;")}"' in edition.inlined
    assert "{" not in build_web_page(build, project).partition("<body")[2]


def test_the_date_in_an_address_does_not_depend_on_how_it_was_typed(own: Path) -> None:
    change(own, "https://news.example.org/latest", "https://news.example.org/{date}")
    project, text = Project(own), ISSUE.replace("2026-12-03", "Thursday 3 December 2026")
    build = build_issue(own / "issues/winter.yaml", project, load_brand(project), text=text)
    (edition,) = build_editions(build, project, ["text-only"])
    assert "https://news.example.org/2026-12-03" in edition.text.split()


@pytest.mark.parametrize("name", ["{name}", "{Slug}", "{", "{slug"])
def test_another_name_in_braces_is_reported(own: Path, name: str) -> None:
    change(own, "https://news.example.org/latest", f'"https://news.example.org/{name}"')
    with pytest.raises(Problems) as error:
        load_brand(Project(own))
    (problem,) = error.value.problems
    assert problem.hint == "Write {slug}, {date}, or for each reader {token} or {address}."
    line = own.joinpath("templates/brand.yaml").read_text("utf-8").splitlines()[problem.location.line - 1]
    assert line.startswith("web_version_url:")


@pytest.mark.parametrize(
    ("key", "old", "new", "hint"),
    [
        ("  phone:", "0808 157 0100\n  hours", "0808 157 0100 or 0808 157 0101\n  hours", "0808 157 0100."),
        ("  textphone:", "18001 0808 157 0100", "0808 CALL NOW", "such as 01632 960 144."),
        ("base_url:", "/pictures/\n", "/{slug}/\n", "Only “web_version_url”"),
        ("base_url:", "/pictures/\n", "/{{list}}/\n", "Only “web_version_url”"),
        ("website:", "website: https://www.example.org", "website: https://www.example.org/{page}", "without it"),
        ("  url:", "/neuro-news/unsubscribe\n", "/neuro-news/unsubscribe/{date}\n", "without it"),
    ],
)
def test_an_address_that_no_reader_can_use_is_reported_at_its_line(
    own: Path, key: str, old: str, new: str, hint: str
) -> None:
    change(own, old, new)
    with pytest.raises(Problems) as error:
        load_brand(Project(own))
    (problem,) = error.value.problems
    line = own.joinpath("templates/brand.yaml").read_text("utf-8").splitlines()[problem.location.line - 1]
    assert line.startswith(key) and hint in problem.hint


@pytest.mark.parametrize(
    ("added", "is_promised"),
    [
        ("", False),
        ("?list=neuro%20news&a=1", False),
        ("?reader=*|UNIQID|*", True),
        ("?reader={{contact.id}}", True),
        ("?reader=%RECIPIENT_ID%", True),
        ("?reader=[subscriber_id]", True),
        ("\n  one_click: true", True),
        ("\n  one_click: false", False),
    ],
)
def test_one_click_is_promised_if_the_address_tells_who_the_reader_is(own: Path, added: str, is_promised: bool) -> None:
    change(own, "/neuro-news/unsubscribe\n", f"/neuro-news/unsubscribe{added}\n")
    project = Project(own)
    build = build_issue(own / "issues/winter.yaml", project, load_brand(project), text=ISSUE)
    for edition in build_editions(build, project, ["standard", "text-only"]):
        header = re.search(rb"^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$", edition.message, re.MULTILINE)
        assert bool(header) is is_promised
        sent = re.search(rb"^List-Unsubscribe: <([^>]+)>", edition.message, re.MULTILINE)
        assert sent and sent[1].decode() == str(build.brand.unsubscribe.url)


def test_a_placeholder_arrives_in_the_page_as_it_is(own: Path) -> None:
    change(own, "/neuro-news/unsubscribe\n", "/neuro-news/unsubscribe?reader={{contact.id}}&code=*|CODE|*\n")
    project = Project(own)
    build = build_issue(own / "issues/winter.yaml", project, load_brand(project), text=ISSUE)
    (edition,) = build_editions(build, project, ["standard"])
    assert "unsubscribe?reader={{contact.id}}&amp;code=*|CODE|*" in edition.inlined


def own_values(own: Path) -> None:
    """Write another charity's values instead of all that are the sample's."""
    path = own / "templates/brand.yaml"
    text = path.read_text("utf-8")
    for old, new in [
        ("Larkmoor Neuro Trust", "Saltby Group"),
        ("Larkmoor Neuro helpline", "Saltby helpline"),
        ("Neuro News", "Saltby News"),
        ("Lantern House, 12 Example Street", "1 Sea Road"),
        ("example.org", "saltby.test"),
        ("0808 157 0100", "01632 960960"),
        ("0000000", "1234567"),
        ("SC000000", "SC012345"),
    ]:
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def sample_values(own: Path) -> list[str]:
    project = Project(own)
    issue = IssueText(load(own / "issues/winter.yaml", project, brand := load_brand(project), ISSUE), brand)
    return [f"{finding.where.location} {finding.message}" for finding in sample_brand.check(issue, {})]


def test_a_brand_of_ones_own_is_not_the_sample(own: Path) -> None:
    own_values(own)
    assert sample_values(own) == []


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("01632 960960\n  hours", "0808 157 0100\n  hours", "helpline.phone"),
        ("1 Sea Road", "Lantern House, 12 Example Street", "address"),
        ("number 1234567", "number 0000000", "charity_numbers"),
        ("from:\n  name", "from:\n  # x\n  name", ""),
        ("post@saltby.test", "post@example.com", "from.address"),
        ("https://www.saltby.test/privacy", "https://www.charity.example/privacy", "privacy_url"),
    ],
)
def test_one_value_of_the_sample_is_reported_at_its_line(own: Path, old: str, new: str, key: str) -> None:
    own_values(own)
    change(own, "news@saltby.test", "post@saltby.test")
    change(own, old, new)
    text = (own / "templates/brand.yaml").read_text("utf-8")
    line = text[: text.index(new.partition("\n")[0])].count("\n") + 1
    expected = [f"templates/brand.yaml:{line}:"] if key else []
    assert [each.split(" ")[0][: len(expected[0])] for each in sample_values(own)] == expected
    assert all(f"“{key}”." in each for each in sample_values(own))


def test_a_project_without_a_brand_of_its_own_is_a_trial(own: Path) -> None:
    (own / "templates/brand.yaml").unlink()
    assert sample_values(own) == []


def test_the_band_has_its_own_colours_in_dark_mode(own: Path) -> None:
    change(own, 'on_brand: "#FFFFFF"\n    accent: "#F2B544"\n    panel: "#1F3237"', COLOURS)
    project = Project(own)
    build = build_issue(own / "issues/winter.yaml", project, load_brand(project), text=ISSUE)
    (edition,) = build_editions(build, project, ["standard"])
    page = ParsedPage(edition, IssueText(edition.issue, edition.brand))
    heading = next(page.find("h1"))
    assert (heading.style.color, heading.dark.color) == ((255, 255, 255), (255, 255, 240))
    (band,) = (node for node in page.style_contains("border-bottom:6px"))
    assert any("masthead" in parent.get("class").split() for parent in band.parents())
    assert re.search(r"\.masthead td\s*\{\s*border-bottom-color:\s*#12F3E4\s*!important", edition.inlined.with_marks)


COLOURS = 'on_brand: "#FFFFF0"\n    accent: "#12F3E4"\n    panel: "#1F3237"'


BESIDES = {
    "a helpline": ("disclaimer: >-", "# --- Words to explain"),
    "a disclaimer": ("helpline:\n", "# What the newsletter cannot do."),
    "neither": ("helpline:\n", "# --- Words to explain"),
    "no numbers": ("charity_numbers:\n", "# Your postal address."),
    "no glossary": ("glossary:\n", "# --- Colours"),
}
"""What a brand may have none of: from where to where its file lacks something."""


@pytest.mark.parametrize("section", BESIDES.values(), ids=BESIDES.keys())
def test_a_brand_without_a_helpline_has_no_empty_card(own: Path, section: tuple[str, str]) -> None:
    path = own / "templates/brand.yaml"
    before, first, rest = path.read_text("utf-8").partition(section[0])
    _, last, after = rest.partition(section[1])
    assert first and last
    path.write_text(before + last + after, "utf-8")
    project = Project(own)
    brand = load_brand(project)
    build = build_issue(own / "issues/winter.yaml", project, brand, text=ISSUE)
    for edition in build_editions(build, project, ["standard", "text-only"]):
        assert ("Someone to talk to" in edition.text) is (brand.helpline is not None)
        assert ("general information" in edition.text) is (brand.disclaimer is not None)
    cards = 1 + bool(brand.glossary) + bool(brand.helpline or brand.disclaimer)
    assert build.mjml.count('css-class="card ') == cards
    assert "Someone to talk to" in build_web_page(build, project) or brand.helpline is None


def test_the_heading_of_the_helpline_can_be_the_brands_own(own: Path) -> None:
    change(own, "\nhelpline:\n", "\nhelpline:\n  heading: Ring the parish office\n")
    project = Project(own)
    build = build_issue(own / "issues/winter.yaml", project, load_brand(project), text=ISSUE)
    (edition,) = build_editions(build, project, ["text-only"])
    assert "\n++ Ring the parish office\n" in edition.text
    assert "Someone to talk to" not in edition.text


HYPE = """\
      - text: |
          A miracle: researchers found that yoga eases fatigue.
        allow: {hype-words: "The hymn says so"}
      - text: |
          Another miracle, and the most wonderful game-changing day of all.
"""


def test_rules_about_news_of_health_stay_out_of_a_general_brand(own: Path) -> None:
    ids = {}
    for sector in ("health", "general"):
        change(own, "\nsector: health\n", f"\nsector: {sector}\n")
        project = Project(own)
        build = build_issue(own / "issues/winter.yaml", project, load_brand(project), text=SHORT + HYPE)
        (edition,) = build_editions(build, project, ["text-only"])
        report = check(edition, Settings("plain"))
        ids[sector] = {problem.id for problem in report.problems}
        assert ({"hype-words", "study-size", "study-source"} <= {*report.ran}) is (sector == "health")
        only_hype = check(edition, Settings("plain"), only=["hype-words"])
        assert {problem.id for problem in only_hype.problems} == {"hype-words"}
        (own / "templates/brand.yaml").write_bytes((DEFAULT_TEMPLATES / "brand.yaml").read_bytes())
    assert {"hype-words", "study-size", "study-source"} <= ids["health"]
    assert not {"hype-words", "study-size", "study-source"} & ids["general"]
    # What nobody needs to allow is reported.
    assert "allow" in ids["general"]
    assert "allow" not in ids["health"]


def test_each_rule_of_a_sector_says_so() -> None:
    sectors = {rule.id: rule.sector for rule in all_rules() if rule.sector}
    assert {*sectors.values()} <= {*get_args(Sector)}
    assert all(f"only if brand.yaml has sector: {sector}" in explain(rule(id)) for id, sector in sectors.items())


def test_a_sector_that_does_not_exist_is_reported(own: Path) -> None:
    change(own, "\nsector: health", "\nsector: parish")
    with pytest.raises(Problems, match="“sector” should be one of health, general, but it is “parish”"):
        load_brand(Project(own))
