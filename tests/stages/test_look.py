"""What a brand says about the look: every choice works in every edition, and nothing is reported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsletter.check.engine import check
from newsletter.check.settings import Settings
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.pipeline import build_editions, build_issue, build_web_page
from newsletter.problems import Problems
from newsletter.project import DEFAULT_TEMPLATES, Project
from support.examples import SHORT, write_every_block

SAMPLE = (DEFAULT_TEMPLATES / "brand.yaml").read_text("utf-8").partition("\ncolours:")[0]
WARM = """
colours: "#8A2846"
font: {heading: georgia, body: trebuchet}
panel: bar
divider: line
header: centred
radius: 16
tagline: "News for everybody who knows the valley"
"""
SOBER = """
colours: {brand: "#005EB8", masthead: "#FFFFFF"}
font: {body: arial}
scale: calm
panel: outline
divider: bar
button: outline
header: light
radius: 0
"""
BRIGHT = """
colours: "#FFD500"
font: {heading: system, body: system}
scale: bold
radius: 24
header: picture
"""


def style_of(tag: str, page: str) -> str:
    """Return the style of the first element of a kind, without spaces."""
    match = re.search(rf"<{tag} [^>]*?style=([\"'])(.*?)\1", page)
    return match[2].replace(" ", "") if match else ""


def brand_with(look: str) -> Brand:
    project = Project(DEFAULT_TEMPLATES.parent / "nowhere")
    return load_brand(project, SAMPLE + look)


@pytest.fixture(scope="module", params=[WARM, SOBER, BRIGHT], ids=["warm", "sober", "bright"])
def brand(request: pytest.FixtureRequest) -> Brand:
    return brand_with(request.param)


def test_nothing_is_reported_of_any_block_in_any_edition(project: Project, brand: Brand, tmp_path: Path) -> None:
    build = build_issue(write_every_block(project, tmp_path), project, brand)
    sample = build_issue(write_every_block(project, tmp_path / "sample"), project, brand_with('\ncolours: "#0B4A53"'))
    expected = [
        {(problem.id, problem.location.line) for problem in check(edition, Settings()).problems}
        for edition in build_editions(sample, project, ["standard", "large-print"])
    ]
    for edition, known in zip(build_editions(build, project, ["standard", "large-print"]), expected, strict=True):
        problems = check(edition, Settings()).problems
        assert not [problem for problem in problems if (problem.id, problem.location.line) not in known]
    assert not brand.tagline or str(brand.tagline) in build_web_page(build, project)


def test_the_look_is_in_the_page(project: Project, tmp_path: Path) -> None:
    text = SHORT + "      - button: {text: Our website, url: https://www.example.org/}\n"
    page = {}
    for name, look in (("warm", WARM), ("sober", SOBER), ("bright", BRIGHT)):
        build = build_issue(tmp_path / "winter.yaml", project, brand_with(look), text=text)
        (edition,) = build_editions(build, project, ["standard"])
        page[name] = edition.inlined
        assert (look is WARM) == ("News for everybody who knows the valley" in edition.text)
    style = {name: style_of("h1", text) for name, text in page.items()}
    header = page["warm"].with_marks.partition('class="masthead')[2].partition("<h1")[0]
    assert "Georgia" in style["warm"] and "text-align:center" in header
    assert "Georgia" not in re.sub(r"<h\d.*?>", "", page["warm"].partition("<body")[2])
    sizes = {name: int(re.search(r"font-size:(\d+)px", each)[1]) for name, each in style.items()}  # type: ignore[index]
    assert sizes["sober"] < sizes["warm"] < sizes["bright"]
    button = "<a " + page["sober"].partition("Our website")[0].rpartition("<a ")[2]
    assert "background-color:#fff" in style_of("a", button).lower()
    assert "border-radius:24px" in page["bright"].replace(" ", "")


@pytest.mark.parametrize(
    ("look", "message"),
    [
        ("font: {body: georgia}", "“body” should be one of"),
        ("font: {heading: comic}", "“heading” should be one of"),
        ("scale: huge", "“scale” should be one of calm, normal, bold"),
        ("radius: 25", "“radius” should be 24 or less, but it is “25”."),
        ("radius: round", "“radius” should be a whole number, but it is “round”."),
        ("header: center", "“header” should be one of band, light, centred, picture"),
        ("fonts: {body: arial}", "There is no key called “fonts”."),
    ],
)
def test_a_look_that_does_not_exist_is_reported(look: str, message: str) -> None:
    with pytest.raises(Problems) as error:
        brand_with(f'\ncolours: "#0B4A53"\n{look}\n')
    (problem,) = error.value.problems
    assert problem.message.startswith(message) and problem.hint


def test_a_header_with_a_picture_needs_one() -> None:
    without = re.sub(r"\nlogo:\n(  .*\n)+", "\n", SAMPLE)
    with pytest.raises(Problems) as error:
        load_brand(Project(DEFAULT_TEMPLATES.parent / "nowhere"), without + '\ncolours: "#0B4A53"\nheader: picture\n')
    (problem,) = error.value.problems
    assert problem.message == "There is no picture for the header." and "header: band" in problem.hint
    assert problem.location.line == without.count("\n") + 3
