"""The colours of a brand, by their purpose. An editor writes one of them or more; the others are derived."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from newsletter.css import colour
from newsletter.issue import derived_colours
from newsletter.issue.fields import Colour, invalid_value
from newsletter.issue.model import IssueModel
from newsletter.issue.palette_contrast import contrasts, unreadable
from newsletter.source.nodes import KeyPath

_DERIVED = Colour()  # a colour that the editor leaves out


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

    @property
    def has_words_on_brand(self) -> bool:
        """Whether words can be read on the brand's own colour. If not, the email has another one behind words."""
        values = _values(_chosen(self))
        return colour.ratio(values["on_brand"], values["brand"]) >= derived_colours.LEAST_CONTRAST

    def contrast_of(self, role: str) -> dict[str, float]:
        """Return the contrast of a colour with each background that it can be on, by the background's role."""
        return contrasts(role, _values(_chosen(self)))


ROLES = tuple(Palette.model_fields)
"""The names of the colours."""


class Colours(Palette):
    """One colour alone, such as "#0B4A53", or these two, or the keys of [palette](#palette) beside “dark”."""

    light: Annotated[Palette, Field(description="What most readers see.")] = Palette()
    dark: Annotated[Palette, Field(description="For readers whose phone or computer is set to dark.")] = Palette()

    def complete(self, plain: derived_colours.CardColours) -> Colours:
        """Derive what is missing. After that, the colours beside “light” and “dark” are those of “light”.

        Args:
            plain: the parts without a colour of their own.

        Raises:
            PydanticCustomError: if there is nothing to derive from, or if something cannot be read.
        """
        here, light, dark = _chosen(self), _chosen(self.light), _chosen(self.dark)
        if twice := [role for role in here if role in light]:
            message = "This colour is also written under “light”."
            raise invalid_value("", "", by_path=[((role,), message, "Delete one of the two.") for role in twice])
        if "brand" not in here | light:
            hint = 'Add a line “brand: "#0B4A53"”, with the colour of your charity.'
            raise invalid_value("“colours” has no “brand”, from which the others are derived.", hint, id="missing")
        in_light = _values(here | light)
        in_dark = derived_colours.derive_dark(_values(dark), in_light, plain)
        in_light = derived_colours.derive_light(in_light, plain)
        light_paths: dict[str, KeyPath] = {role: (role,) for role in here} | {role: ("light", role) for role in light}
        dark_paths: dict[str, KeyPath] = {role: ("dark", role) for role in dark}
        if problems := [*unreadable(in_light, light_paths), *unreadable(in_dark, dark_paths)]:
            raise invalid_value("", "", by_path=problems)
        complete = _completed(here | light, in_light)
        dark_palette = Palette.model_construct({*dark}, **_completed(dark, in_dark))
        return Colours.model_construct(
            None, **complete, light=Palette.model_construct({*here, *light}, **complete), dark=dark_palette
        )


def _chosen(palette: Palette) -> dict[str, Colour]:
    """Return the colours that the editor wrote, by their roles."""
    return {role: getattr(palette, role) for role in ROLES if getattr(palette, role)}


def _values(own: Mapping[str, Colour]) -> dict[str, colour.Rgb]:
    return {role: colour.parse_colour(value) or (0, 0, 0) for role, value in own.items()}


def _completed(own: Mapping[str, Colour], derived: Mapping[str, colour.Rgb]) -> dict[str, Colour]:
    """Return all colours. Those that the editor wrote stay to the letter."""
    return {role: own.get(role) or Colour(colour.to_hex(value)) for role, value in derived.items()}
