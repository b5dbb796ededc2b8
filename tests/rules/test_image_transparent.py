"""The rule `image-transparent`, with pictures that are made here."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from conftest import ISSUES
from newsletter.check.issue_text import IssueText
from newsletter.check.registry import all_rules
from newsletter.issue.brand import Brand
from newsletter.issue.load import load
from newsletter.project import Project
from support.picture_rule import PICTURE_LINE, findings_about

RULE = next(rule for rule in all_rules() if rule.id == "image-transparent")
NOTHING = (0, 0, 0, 0)


def words(colour: str, size: int = 40, behind: str | tuple[int, ...] = NOTHING) -> Image.Image:
    picture = Image.new("RGBA", (552, 200), behind)
    ImageDraw.Draw(picture).text((20, 60), "Some words", colour, ImageFont.load_default(size))
    return picture


def outlined(colour: str, around: str) -> Image.Image:
    """Words with an outline of another colour, five pixels wide."""
    picture = words(colour)
    outline = Image.new("RGBA", picture.size, around)
    outline.putalpha(picture.getchannel("A").filter(ImageFilter.MaxFilter(11)))
    return Image.alpha_composite(outline, picture)


def masked(picture: Image.Image, radius: int) -> Image.Image:
    """Return a photo with round corners."""
    corners = Image.new("L", picture.size, 0)
    ImageDraw.Draw(corners).rounded_rectangle((0, 0, picture.width - 1, picture.height - 1), radius, 255)
    photo = picture.convert("RGBA")
    photo.putalpha(ImageChops.multiply(photo.getchannel("A"), corners))
    return photo


def ring_and_words(ring: str, colour: str) -> Image.Image:
    picture = words(colour, 14)
    ImageDraw.Draw(picture).ellipse((300, 10, 480, 190), outline=ring, width=20)
    return picture


def bars(colour: tuple[int, ...]) -> Image.Image:
    picture = Image.new("RGBA", (552, 200), NOTHING)
    for left, top in ((40, 150), (120, 130), (200, 160)):
        ImageDraw.Draw(picture).rectangle((left, top, left + 50, 199), colour)
    return picture


def ball_and_shadow() -> Image.Image:
    picture = Image.new("RGBA", (200, 200), NOTHING)
    ImageDraw.Draw(picture).ellipse((40, 10, 160, 130), "#7A7A7A")
    ImageDraw.Draw(picture).ellipse((50, 160, 150, 190), (0, 0, 0, 40))
    return picture


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    output = io.BytesIO()
    picture.save(output, kind)
    return output.getvalue()


PHOTO = Image.effect_noise((400, 400), 90)
DARK, LIGHT = "In dark mode", "On the light background"
CASES: dict[str, tuple[bytes, str]] = {
    "black words": (saved(words("black")), f"{DARK} 1.30:1 (#000000 on #172327)"),
    "dark blue words": (saved(words("#0B2A6B")), f"{DARK} 1.19:1 (#0B2A6B on #172327)"),
    "small black words": (saved(words("black", 14)), f"{DARK} 1.30:1 (#000000 on #172327)"),
    "white words": (saved(words("white")), f"{LIGHT} 1.00:1 (#FFFFFF on #FFFFFF)"),
    "yellow words": (saved(words("#F5E663")), f"{LIGHT} 1.28:1 (#F5E663 on #FFFFFF)"),
    "black words in grey and alpha": (saved(words("black").convert("LA")), f"{DARK} 1.30:1 (#000000 on #172327)"),
    "black words in a palette": (saved(words("black").quantize(8)), f"{DARK} 1.30:1 (#000000 on #172327)"),
    "black words in a GIF": (saved(words("black"), "GIF"), f"{DARK} 1.30:1 (#000000 on #172327)"),
    "black words beside a ring for both": (
        saved(ring_and_words("#7A7A7A", "black")),
        f"{DARK} 1.30:1 (#000000 on #172327)",
    ),
    "a black ring beside words for both": (
        saved(ring_and_words("black", "#7A7A7A")),
        f"{DARK} 1.30:1 (#000000 on #172327)",
    ),
    "grey words": (saved(words("#7A7A7A")), ""),
    "black words on white": (saved(words("black", behind="white")), ""),
    "black words with a white outline": (saved(outlined("black", "white")), ""),
    "white words with a black outline": (saved(outlined("white", "black")), ""),
    "a photo with round corners": (saved(masked(PHOTO, 40)), ""),
    "a photo of snow with round corners": (saved(masked(Image.new("RGB", (400, 300), "#F4F6F8"), 30)), ""),
    "a round photo": (saved(masked(PHOTO, 200)), ""),
    "soft black bars": (saved(bars((0, 0, 0, 40))), f"{DARK} 1.05:1 (#131E21 on #172327)"),
    "soft white bars": (saved(bars((255, 255, 255, 40))), f"{LIGHT} 1.00:1 (#FFFFFF on #FFFFFF)"),
    "soft bars below grey words": (
        saved(Image.alpha_composite(bars((0, 0, 0, 40)), words("#7A7A7A"))),
        f"{DARK} 1.05:1 (#131E21 on #172327)",
    ),
    "a ball with a soft shadow below it": (saved(ball_and_shadow()), ""),
}


@pytest.mark.parametrize("alpha", [0, 5])
def test_a_picture_of_nothing_is_reported(alpha: int, tmp_path: Path) -> None:
    findings = findings_about(RULE, saved(Image.new("RGBA", (60, 60), (0, 0, 0, alpha))), "steps.png", tmp_path)
    assert [finding.where.location.line for finding in findings] == [PICTURE_LINE]
    assert findings[0].message == "There is nothing to see in the picture “images/steps.png”: it is wholly transparent."


def test_a_picture_that_moves_may_begin_with_nothing(tmp_path: Path) -> None:
    output = io.BytesIO()
    nothing, something = Image.new("RGBA", (60, 60), NOTHING), Image.new("RGBA", (60, 60), "#7A7A7A")
    nothing.save(output, "PNG", save_all=True, append_images=[something])
    assert findings_about(RULE, output.getvalue(), "steps.png", tmp_path) == []


@pytest.mark.parametrize("name", CASES)
def test_what_is_reported(name: str, tmp_path: Path) -> None:
    data, expected = CASES[name]
    findings = findings_about(RULE, data, "steps.png", tmp_path)
    when, _, measured = expected.partition(" 1")
    assert [finding.where.location.line for finding in findings] == [PICTURE_LINE] * bool(expected)
    assert all(finding.message.startswith(when) and f"1{measured}" in finding.message for finding in findings)
    background = "dark blue" if when == LIGHT else "white"
    assert all(f"such as {background}," in finding.hint for finding in findings)


@pytest.mark.parametrize(("colour", "expected"), [("white", []), ("black", ["On the band in dark mode"])])
def test_the_logo_is_measured_on_the_band(colour: str, expected: list[str], project: Project, brand: Brand) -> None:
    issue = load(project.issues / f"{ISSUES[0]}.yaml", project, brand)
    assert brand.logo
    picture = replace(brand.logo.src, data=saved(words(colour)))
    other = brand.model_copy(update={"logo": brand.logo.model_copy(update={"src": picture})})
    findings = list(RULE.check(IssueText(issue, other), RULE.options))
    assert [finding.message.partition(",")[0] for finding in findings] == expected
    lines = brand.file.text.splitlines()
    assert all("src:" in lines[finding.where.location.line - 1] for finding in findings)


@pytest.mark.parametrize(
    ("light", "dark", "expected"),
    [
        ("white", "black", ["On the band in dark mode, parts of the transparent picture “night.png”"]),
        ("#0B4A53", "white", ["On the band, parts of the transparent picture “images/logo.png”"]),
        ("white", "white", []),
    ],
)
def test_each_of_two_logos_is_measured_on_its_own_band(
    light: str, dark: str, expected: list[str], project: Project, brand: Brand
) -> None:
    assert brand.logo
    pictures = {
        "src": replace(brand.logo.src, data=saved(words(light))),
        "dark": replace(brand.logo.src, src="night.png", data=saved(words(dark))),
    }
    text = brand.file.text.replace("\nlogo:\n", "\nlogo:\n  dark: night.png\n")
    file = replace(brand.file, text=text, filled=None)
    two = brand.model_copy(update={"logo": brand.logo.model_copy(update=pictures)}).remember(file)
    findings = list(
        RULE.check(IssueText(load(project.issues / f"{ISSUES[0]}.yaml", project, brand), two), RULE.options)
    )
    assert [finding.message.partition(" have")[0] for finding in findings] == expected
