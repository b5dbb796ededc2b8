"""The controls of a view. Each option is a link, so that every way to look at an email has its own address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

ControlGroup = Literal["list", "bar", "menu"]


@dataclass(frozen=True)
class Option:
    """One option: its value in the address, its label, and a note about what it simulates and how well."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Control:
    """A control: its name in the address, and its options. The first one is the default."""

    name: str
    title: str
    options: tuple[Option, ...]
    place: ControlGroup = "bar"
    """Where it is: as a list that opens, with each option in the toolbar, or in the menu “More” of the toolbar."""

    def selected_option(self, query: Mapping[str, str]) -> Option:
        """Return the option that an address selects."""
        return next((option for option in self.options if option.value == query.get(self.name)), self.options[0])


LIGHT_OR_DARK = Control("scheme", "Colours", (Option("light", "Light"), Option("dark", "Dark")))


@dataclass(frozen=True)
class ControlLinks:
    """A control with its options, the address of each, and whether it is selected."""

    control: Control
    links: tuple[tuple[Option, str, bool], ...]

    @property
    def selected(self) -> Option:
        """The selected option."""
        return next(option for option, _, is_selected in self.links if is_selected)

    @property
    def is_default(self) -> bool:
        """Whether the first option is selected."""
        return self.selected is self.control.options[0]


def control_links(
    path: str, controls: Sequence[Control], query: Mapping[str, str], others: Mapping[str, str]
) -> list[ControlLinks]:
    """Return a view's controls with their links.

    Args:
        path: the last part of the view's path.
        controls: all controls of the view, so that each link keeps the selected options of the others.
        query: the selected options, from the address.
        others: further parameters that each link keeps.
    """
    now = selected_parameters(controls, query)
    return [
        ControlLinks(
            control,
            tuple(
                (
                    option,
                    address(path, {**others, **selected_parameters(controls, now | {control.name: option.value})}),
                    option is control.selected_option(query),
                )
                for option in control.options
            ),
        )
        for control in controls
    ]


def selected_parameters(controls: Sequence[Control], query: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters of an address: each control whose selected option is not the default."""
    options = ((control, control.selected_option(query)) for control in controls)
    return {control.name: option.value for control, option in options if option is not control.options[0]}


def address(path: str, query: Mapping[str, str]) -> str:
    """Return an address relative to the view's own."""
    return f"{path}?{urlencode(query)}" if query else path
