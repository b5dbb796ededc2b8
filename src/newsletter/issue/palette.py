"""The colours of a brand, by what they are for. An editor writes one of them or more; the others are derived."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from newsletter.css import colour
from newsletter.css.oklch import nearest, nearest_readable
from newsletter.issue import derived_colours
from newsletter.issue.derived_colours import BACKGROUNDS, BLACK, DRAWN_ON, LEAST_CONTRAST, LEAST_EDGE, WHITE
from newsletter.issue.fields import Colour, invalid_value
from newsletter.issue.model import IssueModel
from newsletter.source.nodes import KeyPath

_DERIVED = Colour()  # a colour that the editor leaves out

PAIRS = (
    *((word, behind) for word in ("text", "quiet", "link") for behind in BACKGROUNDS),
    *(("strong", behind) for behind in DRAWN_ON),
    ("on_masthead", "masthead"),
    ("on_button", "button"),
)
"""The roles of words, each with the role of a background that they can be on."""

EDGES = (("strong", "warning"), *(("button_edge", behind) for behind in DRAWN_ON))
"""The roles of what is drawn and means something, each with the role of a background."""


class Palette(IssueModel):
    """The colours of one mode. Those that are left out are derived from “brand”, so that words can be read."""

    brand: Annotated[Colour, Field(description="Your colour. All that you leave out is derived from it.")] = _DERIVED
    on_brand: Annotated[Colour, Field(description="Words on “brand”, if not white or black.")] = _DERIVED
    page: Annotated[Colour, Field(description="Behind everything.")] = _DERIVED
    card: Annotated[Colour, Field(description="Behind each article.")] = _DERIVED
    panel: Annotated[Colour, Field(description="Behind the contents, key figures and boxes.")] = _DERIVED
    warning: Annotated[Colour, Field(description="Behind notices that are important or about safety.")] = _DERIVED
    text: Annotated[Colour, Field(description="Most words.")] = _DERIVED
    quiet: Annotated[Colour, Field(description="Dates, captions and small notes.")] = _DERIVED
    link: Annotated[Colour, Field(description="Links.")] = _DERIVED
    strong: Annotated[Colour, Field(description="Large figures, bars of charts and strong lines.")] = _DERIVED
    masthead: Annotated[Colour, Field(description="The band at the top.")] = _DERIVED
    on_masthead: Annotated[Colour, Field(description="Words on “masthead”.")] = _DERIVED
    button: Annotated[Colour, Field(description="Buttons.")] = _DERIVED
    on_button: Annotated[Colour, Field(description="Words on “button”.")] = _DERIVED
    accent: Annotated[Colour, Field(description="The line under the band.")] = _DERIVED
    line: Annotated[Colour, Field(description="Thin lines, such as those of a table.")] = _DERIVED

    @model_validator(mode="before")
    @classmethod
    def _one_colour(cls, value: Any) -> Any:
        """Read a colour alone as the brand's."""
        return {"brand": value} if isinstance(value, str) and value else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        group = handler.resolve_ref_schema(handler(schema))
        about = group.pop("description", "")
        return {"description": about, "anyOf": [{"type": "string", **Colour.json_schema}, group]}

    @property
    def button_edge(self) -> str:
        """The colour of the line around a button."""
        return colour.to_hex(derived_colours.button_edge(_values(_chosen(self))))


ROLES = tuple(Palette.model_fields)
"""The names of the colours."""


class Colours(Palette):
    """One colour alone, such as "#0B4A53", or these two, or the keys of [palette](#palette) beside “dark”."""

    light: Annotated[Palette, Field(description="What most readers see.")] = Palette()
    dark: Annotated[Palette, Field(description="For readers whose phone or computer is set to dark.")] = Palette()

    @model_validator(mode="after")
    def _complete(self) -> Colours:
        """Derive what is missing. After that, the colours beside “light” and “dark” are those of “light”."""
        here, light, dark = _chosen(self), _chosen(self.light), _chosen(self.dark)
        if twice := [role for role in here if role in light]:
            message = "This colour is also written under “light”."
            raise invalid_value("", "", by_key=[((role,), message, "Delete one of the two.") for role in twice])
        if "brand" not in here | light:
            hint = 'Add a line “brand: "#0B4A53"”, with the colour of your charity.'
            raise invalid_value("“colours” has no “brand”, from which the others are derived.", hint, id="missing")
        in_light = _values(here | light)
        in_dark = derived_colours.derive_dark(_values(dark), in_light)
        in_light = derived_colours.derive_light(in_light)
        light_paths: dict[str, KeyPath] = {role: (role,) for role in here} | {role: ("light", role) for role in light}
        dark_paths: dict[str, KeyPath] = {role: ("dark", role) for role in dark}
        if problems := [*_unreadable(in_light, light_paths), *_unreadable(in_dark, dark_paths)]:
            raise invalid_value("", "", by_key=problems)
        complete = _completed(here | light, in_light)
        dark_palette = Palette.model_construct({*dark}, **_completed(dark, in_dark))
        return Colours.model_construct(
            None, **complete, light=Palette.model_construct({*here, *light}, **complete), dark=dark_palette
        )


def _chosen(palette: Palette) -> dict[str, Colour]:
    """Return the colours that the editor wrote, by their roles."""
    return {role: getattr(palette, role) for role in ROLES if getattr(palette, role)}


def _values(own: Mapping[str, Colour]) -> dict[str, colour.Colour]:
    return {role: colour.parse(value) or BLACK for role, value in own.items()}


def _completed(own: Mapping[str, Colour], derived: Mapping[str, colour.Colour]) -> dict[str, Colour]:
    """Return all colours. Those that the editor wrote stay to the letter."""
    return {role: own.get(role) or Colour(colour.to_hex(value)) for role, value in derived.items()}


_Unreadable = tuple[KeyPath, str, str]
"""The path of a colour, what is wrong with it, and what to do."""


def _unreadable(colours: Mapping[str, colour.Colour], paths: Mapping[str, KeyPath]) -> Iterator[_Unreadable]:
    """Yield each pair of colours with too little contrast, at the one that the editor wrote.

    Args:
        colours: all colours, by their roles.
        paths: the paths of those that the editor wrote.
    """
    pairs = [*PAIRS, *([("on_brand", "brand")] if {"on_brand", "brand"} <= paths.keys() else [])]
    weak = [(word, behind) for word, behind in pairs if colour.ratio(colours[word], colours[behind]) < LEAST_CONTRAST]
    own_words = list(dict.fromkeys(word for word, _ in weak if word in paths))
    for word in own_words:
        behind = [each for name, each in weak if name == word]
        around = [colours[each] for name, each in pairs if name == word]
        yield from _too_weak(word, behind, colours, paths, nearest_readable(colours[word], around, LEAST_CONTRAST))
    unusable = list(dict.fromkeys(behind for word, behind in weak if word not in paths))
    to_blame = [behind for behind in unusable if behind in paths]
    for background in to_blame if to_blame or own_words else unusable:
        yield _unusable(background, colours, paths)
    if not weak:
        yield from _weak_edges(colours, paths)


def _too_weak(
    word: str,
    backgrounds: Sequence[str],
    colours: Mapping[str, colour.Colour],
    paths: Mapping[str, KeyPath],
    better: colour.Colour | None,
) -> Iterator[_Unreadable]:
    """Yield a problem for each background on which words that the editor coloured cannot be read."""
    ratios = {behind: colour.ratio(colours[word], colours[behind]) for behind in backgrounds}
    # Of backgrounds that the editor did not write, the worst one says enough.
    for behind in [each for each in ratios if each in paths] or [min(ratios, key=ratios.__getitem__)]:
        hint = f"Make “{word}” and “{behind}” more different."
        if better:
            hint = f"The nearest colour that can be read is {colour.to_hex(better)}. Or change “{behind}”."
        message = f"“{word}” on “{behind}” has a contrast of {ratios[behind]:.1f}:1; readers with low vision need 7:1."
        yield paths[word], message, hint


def _weak_edges(colours: Mapping[str, colour.Colour], paths: Mapping[str, KeyPath]) -> Iterator[_Unreadable]:
    """Yield each bar or edge of a button with too little contrast."""
    edges = {**colours, "button_edge": derived_colours.button_edge(colours)}
    for role, behind in EDGES:
        if (contrast := colour.ratio(edges[role], edges[behind])) < LEAST_EDGE:
            name = role.removesuffix("_edge")
            path = next((paths[each] for each in (name, behind) if each in paths), ())
            message = f"“{name}” on “{behind}” has a contrast of {contrast:.1f}:1; bars and edges of buttons need 3:1."
            yield path, message, f"Make “{name}” and “{behind}” more different."


def _unusable(behind: str, colours: Mapping[str, colour.Colour], paths: Mapping[str, KeyPath]) -> _Unreadable:
    """Return the problem of a background on which no derived colour can be read."""
    own = colours[behind]
    best = max(colour.ratio(own, words) for words in (WHITE, BLACK))
    if best < LEAST_CONTRAST:
        message = f"No words can be read on “{behind}”: black and white have a contrast of up to {best:.1f}:1, not 7:1."
    else:
        message = f"No words can be read both on “{behind}” and on the other backgrounds."
    like = colours["card"] if behind in BACKGROUNDS else own
    words = max(WHITE, BLACK, key=lambda each: colour.ratio(each, like))
    better = nearest(own, lambda each: colour.ratio(each, words) >= LEAST_CONTRAST)
    hint = f"Choose a lighter or a darker colour, such as {colour.to_hex(better or WHITE)}."
    return paths.get(behind, ()), message, hint
