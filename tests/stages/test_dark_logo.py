"""A logo with another picture for dark mode: one of the two is shown and heard, whatever the mail app keeps."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from newsletter.check.context import CheckContext
from newsletter.check.engine import check
from newsletter.check.settings import Settings
from newsletter.dom.tree import parse_html, transform
from newsletter.edition import Edition, IssueBuild
from newsletter.issue.load import load_brand
from newsletter.pipeline import build_editions, build_issue, build_web_page
from newsletter.problems import Problems
from newsletter.project import DEFAULT_TEMPLATES, Project
from newsletter.simulations.outlook import as_outlook
from newsletter.simulations.stripped import strip_page
from support.examples import SHORT

BRAND = (DEFAULT_TEMPLATES / "brand.yaml").read_text("utf-8")
WITH_DARK = BRAND.replace("  src: images/logo.png", "  src: images/logo.png\n  dark: images/night.png")
ALT = "A lantern in a window"

Build = Callable[[str], IssueBuild]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    images = tmp_path / "templates/images"
    images.mkdir(parents=True)
    shutil.copy(DEFAULT_TEMPLATES / "images/logo.png", images)
    Image.new("RGBA", (400, 120), "white").save(images / "night.png")
    (tmp_path / "issues").mkdir()
    return Project(tmp_path)


@pytest.fixture
def build(project: Project) -> Build:
    def build(more: str) -> IssueBuild:
        text = WITH_DARK.replace('alt: "Larkmoor Neuro Trust"', f'alt: "{ALT}"')
        text = re.sub(rf"^{more.partition(':')[0]}:.*\n", "", text, flags=re.MULTILINE) + more if more else text
        (project.root / "templates/brand.yaml").write_text(text, "utf-8")
        path = project.root / "issues/winter.yaml"
        return build_issue(path, project, load_brand(project), f"{SHORT}      - text: Hello.\n")

    return build


def logos(edition: Edition, view: str) -> list[str]:
    """Return the names of the logos that an edition shows in a view."""
    page = CheckContext(edition).page
    visible = [image for image in page.find("img") if image.style_in(view).visible]
    assert all(image.get("alt") == ALT for image in visible)
    return [Path(image.get("src")).name for image in visible]


@pytest.mark.parametrize("header", ["band", "light", "centred", "picture"])
def test_each_mode_shows_its_own_logo(header: str, build: Build, project: Project) -> None:
    editions = build_editions(build(f"header: {header}\n"), project, ["standard", "large-print"])
    for edition in editions:
        assert logos(edition, "light") == ["logo.png"] and logos(edition, "dark") == ["night.png"]
        assert edition.text.count(ALT) == edition.reading.count(f'alt="{ALT}"') == 1
        assert "night.png" not in as_outlook(edition.inlined)
        (night,) = re.findall(r"<(?:p|td)[^<>]*logo-dark[^<>]*>", edition.inlined.with_marks)
        assert re.search("display: ?none", night) and re.search("max-height: ?0", night) and "mso-hide" in night
        bare = parse_html(transform(edition.inlined, strip_page))
        hidden = [element for element in bare.iter("p", "td") if "display:none" in element.get("style", "")]
        assert [len(list(element.iter("img"))) for element in hidden] == [1]
        known = {"sample-brand"}
        assert {problem.id for problem in check(edition, Settings()).problems} <= known


def test_both_travel_in_the_email(build: Build, project: Project) -> None:
    (edition,) = build_editions(build("images: embed\n"), project, ["standard"])
    assert len(edition.pictures) == edition.message.count(b"Content-Type: image/png") == 2


def test_the_web_version_has_both_and_says_when(build: Build, project: Project) -> None:
    page = build_web_page(build(""), project)
    assert page.count(f'alt="{ALT}"') == 2
    screen = page.partition("@media screen and (prefers-color-scheme: dark) {\n  .masthead .logo-dark")[2]
    assert ".masthead .logo-light { display: none; }" in screen.partition("\n}")[0]
    assert ".masthead .logo-dark { display: none; }" in page


def test_a_brand_needs_no_logo(project: Project) -> None:
    brand = load_brand(project, re.sub(r"\nlogo:\n(  .*\n)+", "\n", BRAND))
    path = project.root / "issues/winter.yaml"
    built = build_issue(path, project, brand, f"{SHORT}      - text: Hello.\n")
    pages = [*(edition.inlined for edition in build_editions(built, project, ["standard", "large-print"]))]
    assert all("logo-" not in page for page in (*pages, build_web_page(built, project)))


def test_a_missing_dark_logo_is_reported_at_its_line(project: Project) -> None:
    with pytest.raises(Problems) as error:
        load_brand(project, WITH_DARK.replace("night.png", "nigth.png"))
    (problem,) = error.value.problems
    assert WITH_DARK.splitlines()[problem.location.line - 1] == "  dark: images/night.png"
    assert "nigth.png" in problem.message
