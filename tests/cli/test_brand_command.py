"""`newsletter brand`: the palette with its ratios, and the derived colours in the file."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import Result

from newsletter.issue.load import load_brand
from newsletter.issue.palette import ROLES
from newsletter.issue.write_colours import with_all_colours
from newsletter.project import DEFAULT_TEMPLATES, Project
from support.command import run

SAMPLE = (DEFAULT_TEMPLATES / "brand.yaml").read_text("utf-8")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "templates/images").mkdir(parents=True)
    (tmp_path / "templates/images/logo.png").write_bytes((DEFAULT_TEMPLATES / "images/logo.png").read_bytes())
    (tmp_path / "issues").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(home: Path, colours: str, after: str = "") -> Path:
    path = home / "templates/brand.yaml"
    path.write_bytes((SAMPLE.partition("\ncolours:")[0] + f"\n{colours}\n{after}").encode())
    return path


def run_brand(*arguments: str) -> Result:
    return run("brand", *arguments)


def test_each_colour_is_shown_with_its_lowest_contrast(home: Path) -> None:
    write(home, 'colours: {brand: "#0b5c7d", text: "#000000"}')
    result = run_brand()
    assert result.exit_code == 0 and "\x1b" not in result.output
    light, dark = result.output.split("Dark mode")
    assert re.search(r"^\* text +#000000 +\d\d\.\d:1 on (panel|warning)$", light, re.MULTILINE)
    assert re.search(r"^  button +#[0-9A-F]{6} +\d+\.\d:1 on (card|panel)$", dark, re.MULTILINE)
    assert all(len(re.findall(rf"^[* ] {role} ", part, re.MULTILINE)) == 1 for role in ROLES for part in (light, dark))
    data = json.loads(run_brand("--json").output)
    assert data["light"]["text"]["is_own"] and not data["dark"]["text"]["is_own"]
    assert min(data["dark"]["link"]["contrast"].values()) >= 7


@pytest.mark.parametrize(
    "colours",
    [
        'colours: "#0b5c7d"  # our teal',
        "colours: '#0b5c7d'",
        'colours:\n  "#0b5c7d"',
        'colours: {brand: "#0b5c7d", dark: {page: "#000000"}}  # our teal',
        'colours: {\n    brand: "#0b5c7d",  # our teal\n    masthead: "#FFFFFF"}',
        'colours:\n  # our teal\n  brand: "#0b5c7d"  # {as printed}\n\n  masthead: "#FFFFFF" # white',
        'colours:\n  brand: "#0b5c7d"\n  dark: {page: "#000000"}   # black\n  link: "#0b4c6d"',
        'colours:\n    light: "#0b5c7d"\n    dark:\n        # black\n        page: "#000000"',
        'colours:\n  dark:\n    page: "#000000"\n    # end\n  light:\n    brand: "#0b5c7d"',
        'colours:\n  dark: {page: "#000000"}\n  brand: "#0b5c7d"\n  light: {link: "#0b4c6d"}',
        'colours:\r\n  brand: "#0b5c7d"\r\n  card: "#FFFFFF"\r',
        SAMPLE[SAMPLE.index("\ncolours:") + 1 :],
    ],
)
@pytest.mark.parametrize("after", ["", '# --- More\nreply_to: "a@example.org"  # {us}\n'])
def test_derived_colours_are_added_and_all_else_stays(home: Path, colours: str, after: str) -> None:
    path = write(home, colours, after)
    path.write_bytes(
        path.read_bytes().replace(b"\nreply_to: hello@example.org", b"" if after else b"\nreply_to: b@example.org")
    )
    before, was = load_brand(Project(home)), path.read_bytes().decode()
    assert run_brand("--write").exit_code == 0
    now = path.read_bytes().decode()
    brand = load_brand(Project(home))
    assert brand.colours == before.colours
    assert all(palette.model_fields_set == set(ROLES) for palette in (brand.colours.light, brand.colours.dark))
    start = was.index("\ncolours:")
    assert now.startswith(was[:start]) and now.endswith(after)
    assert re.findall(r"(?<=\s)#.*", now) == re.findall(r"(?<=\s)#.*", was)
    assert now.count("\r\n") in (0, now.count("\n") - was.count("\n") + was.count("\r\n"))
    assert with_all_colours(brand) == now


@pytest.mark.parametrize("colour", ["#3F6B2A", "#E30613", "#808080", "#00A3AD"])
def test_a_brand_colour_on_which_no_words_can_be_read_is_written_without_words(home: Path, colour: str) -> None:
    write(home, f'colours: "{colour}"')
    before = load_brand(Project(home))
    assert run_brand("--write").exit_code == 0
    brand = load_brand(Project(home))
    assert brand.colours == before.colours
    assert all(
        palette.model_fields_set == {*ROLES} - {"on_brand"} for palette in (brand.colours.light, brand.colours.dark)
    )


def test_the_sample_is_not_written_to(home: Path) -> None:
    result = run_brand("--write")
    assert result.exit_code == 1 and "newsletter new" in result.output + result.stderr
