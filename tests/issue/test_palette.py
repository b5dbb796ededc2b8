"""The colours of a brand: the parts for which one colour is enough, and the problems."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError, model_validator

from newsletter.css.colour import Rgb, parse_colour, ratio
from newsletter.css.oklch import to_oklch
from newsletter.issue.derived_colours import CardColours
from newsletter.issue.load import load_brand
from newsletter.issue.palette import ROLES, Colours, Palette
from newsletter.issue.palette_contrast import EDGES, PAIRS
from newsletter.problems import Problems
from newsletter.project import DEFAULT_TEMPLATES, Project

FILLED = CardColours()


class Holder(BaseModel):
    colours: Colours
    plain: CardColours

    @model_validator(mode="after")
    def complete(self) -> Holder:
        return self.model_copy(update={"colours": self.colours.complete(self.plain)})


def complete(typed: object, plain: CardColours = FILLED) -> Colours:
    return Holder.model_validate({"colours": typed, "plain": plain}).colours


def contrast(palette: Palette, one: str, other: str) -> float:
    return ratio(rgb(getattr(palette, one)), rgb(getattr(palette, other)))


def rgb(typed: str) -> Rgb:
    colour = parse_colour(typed)
    assert colour
    return colour


def too_low(colours: Colours) -> list[str]:
    wanted = [*zip(PAIRS, itertools.repeat(7)), *zip(EDGES, itertools.repeat(3))]
    return [
        f"{mode}: {one} on {other} {value:.2f}"
        for mode in ("light", "dark")
        for (one, other), least in wanted
        if (value := contrast(getattr(colours, mode), one, other)) < least
    ]


any_colour = st.integers(0, 0xFFFFFF).map("#{:06X}".format)
roles = st.dictionaries(st.sampled_from(ROLES), any_colour, max_size=4)


@settings(deadline=None, max_examples=60)
@given(any_colour, st.builds(CardColours, st.booleans(), st.booleans(), st.booleans()))
def test_one_colour_is_enough(brand: str, plain: CardColours) -> None:
    colours = complete(brand, plain)
    assert too_low(colours) == []
    for palette in (colours.light, colours.dark):
        assert all(getattr(palette, role) == palette.card for role, is_plain in plain._asdict().items() if is_plain)
    assert colours == complete({"brand": brand}, plain) == complete({"light": brand}, plain)
    assert colours.light.brand == brand and colours.link == colours.light.link


@settings(deadline=None, max_examples=60)
@given(any_colour, roles, roles)
def test_what_is_written_is_used_and_can_be_read_or_is_reported(
    brand: str, light: dict[str, str], dark: dict[str, str]
) -> None:
    light = {**light, "brand": brand}
    try:
        colours = complete({"light": light, "dark": dark})
    except ValidationError as failure:
        (error,) = failure.errors()
        defined = {("light", role) for role in light} | {("dark", role) for role in dark}
        assert {path for path, _, _ in error["ctx"]["by_path"]} <= defined
        return
    assert too_low(colours) == []
    for palette, own in ((colours.light, light), (colours.dark, dark)):
        assert {role: getattr(palette, role) for role in own} == own
        assert palette.model_fields_set == set(own)


def test_a_dark_yellow_would_be_brown_so_figures_on_white_are_black() -> None:
    colours = complete("#FFD500").light
    assert to_oklch(rgb(colours.strong)).chroma < 0.03
    assert colours.button_edge == colours.on_button  # a yellow edge cannot be seen on white
    assert to_oklch(rgb(colours.button)).hue == pytest.approx(to_oklch(rgb("#FFD500")).hue, abs=5)


@pytest.mark.parametrize("brand", ["#FF0000", "#C8102E", "#C2185B", "#6D1A2D", "#3A0A10", "#8B4513", "#D9480F"])
def test_a_red_stays_red_and_no_button_or_band_is_salmon_pink(brand: str) -> None:
    colours = complete(brand)
    hue = to_oklch(rgb(brand)).hue
    for palette in (colours.light, colours.dark):
        for role in ("button", "masthead"):
            filled = to_oklch(rgb(getattr(palette, role)))
            assert filled.lightness < 0.55 and min(abs(filled.hue - hue), 360 - abs(filled.hue - hue)) < 6
            assert getattr(palette, f"on_{role}") == "#FFFFFF"
    edges = [ratio(rgb(colours.dark.button_edge), rgb(getattr(colours.dark, role))) for role in ("card", "panel")]
    assert min(edges) >= 3 and to_oklch(rgb(colours.dark.button)).lightness > 0.4


def test_a_brand_that_is_salmon_pink_stays_so() -> None:
    assert complete("#FA8072").light.button == "#FA8072"
    assert to_oklch(rgb(complete("#FA8072").dark.button)).lightness > 0.8


def test_a_white_masthead_has_a_title_in_the_colour_of_the_brand_and_does_not_dazzle_at_night() -> None:
    colours = complete({"brand": "#005EB8", "masthead": "#FFFFFF"})
    assert colours.light.masthead == "#FFFFFF"
    assert to_oklch(rgb(colours.light.on_masthead)).hue == pytest.approx(to_oklch(rgb("#005EB8")).hue, abs=5)
    assert to_oklch(rgb(colours.dark.masthead)).lightness < 0.3


def test_a_dark_colour_has_the_hue_of_the_light_one() -> None:
    colours = complete({"brand": "#005EB8", "link": "#7A0046", "button": "#0A5C1B"})
    for role in ("link", "button"):
        light, dark = (to_oklch(rgb(getattr(palette, role))) for palette in (colours.light, colours.dark))
        assert dark.hue == pytest.approx(light.hue, abs=10) and dark.lightness > 0.8


def test_a_palette_in_full_is_as_it_is_written() -> None:
    brand = load_brand(Project(DEFAULT_TEMPLATES.parent / "nowhere"))
    light, dark = brand.colours.light, brand.colours.dark
    assert light.masthead == light.button == light.button_edge == light.strong == light.brand
    assert (dark.masthead, dark.on_masthead, dark.button, dark.on_button) == (
        dark.brand,
        dark.on_brand,
        dark.link,
        dark.page,
    )


@pytest.mark.parametrize(
    ("typed", "at", "message"),
    [
        ('colours: "#0b5c7"', '"#0b5c7"', "“#0b5c7” is not a colour."),
        ("colours: navy", "navy", "“navy” is not a colour."),
        ("colours: #0b5c7d", "#0b", "“#0b5c7d” is not read, because “ #” begins a comment."),
        ('colours: ""', '""', "“colours” should be a group of keys, but it is “”."),
        ('colours:\n  brnd: "#0b5c7d"', "brnd", "There is no key called “brnd”."),
        ('colours:\n  link: "#0b5c7d"', 'link: "#0', "“colours” has no “brand”, from which the others are derived."),
        ('colours:\n  brand: "#0b5c7d"\n  text: "#999999"', '"#99', "“text” on “panel” has a contrast of 2.4:1;"),
        ('colours:\n  brand: "#0b5c7d"\n  light: {brand: "#0b5c7d"}', '"#0b', "This colour is also written"),
        ('colours:\n  brand: "#0b5c7d"\n  card: "#777777"', '"#77', "No words can be read on “card”"),
        ('colours:\n  brand: "#0b5c7d"\n  dark: {masthead: "#E08090"}', "", ""),
        ('colours:\n  brand: "#0b5c7d"\n  dark: {masthead: "#777777"}', '"#77', "No words can be read on “masthead”"),
        ('colours:\n  brand: "#0b5c7d"\n  dark: {card: "#FFFFFF"}', "", ""),
        (
            'colours:\n  brand: "#0b5c7d"\n  page: "#000000"\n  card: "#FFFFFF"',
            '"#00',
            "No words can be read both on “page”",
        ),
    ],
)
def test_a_mistake_is_reported_at_its_place(typed: str, at: str, message: str, tmp_path: Path) -> None:
    text = sample().partition("\ncolours:")[0] + f"\n{typed}\n"
    if not message:
        assert too_low(load(text, tmp_path)) == []
        return
    with pytest.raises(Problems) as error:
        load(text, tmp_path)
    (problem,) = error.value.problems
    assert problem.message.startswith(message) and problem.hint
    place = text[: text.index(at, text.index("\ncolours:"))] if at else text[: text.index("\ncolours:") + 1]
    assert (problem.location.line, problem.location.column) == (
        place.count("\n") + 1,
        len(place.rpartition("\n")[2]) + 1,
    )


def sample() -> str:
    return (DEFAULT_TEMPLATES / "brand.yaml").read_text("utf-8")


def load(text: str, tmp_path: Path) -> Colours:
    own = tmp_path / "templates"
    shutil.copytree(DEFAULT_TEMPLATES / "images", own / "images")
    (own / "brand.yaml").write_text(text, "utf-8")
    return load_brand(Project(tmp_path)).colours
