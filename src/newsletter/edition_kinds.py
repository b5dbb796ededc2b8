"""The kinds of edition. To add one: its name and row here, its transform, its words and its test cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

EditionKind = Literal["standard", "large-print", "text-only"]
"""The name of an edition in `brand.yaml` and on the command line. Each kind is a whole message with the same words."""


@dataclass(frozen=True)
class EditionProperties:
    """The properties of a kind of edition."""

    label: str
    """Its name in messages, reports and the preview. Readers get the words `edition_*` of `templates/words.yaml`."""
    suffix: str = ""
    """The part of its files' names after that of the issue. Only one kind has none."""
    extensions: tuple[str, ...] = (".html", ".eml")
    """The endings of its files. The last one is the message."""
    has_page: bool = True
    """Whether the message has an HTML part."""
    transform: str | None = None
    """The module in `stages/` and its function that changes the compiled page; None if the page does not change."""
    minimums: Mapping[str, Mapping[str, float]] = field(default_factory=lambda: MappingProxyType({}))
    """The lowest values of options, by rule and option. A project's settings cannot go below them."""

    @property
    def files(self) -> tuple[str, ...]:
        """The parts of its files' names after that of the issue, the message last."""
        return tuple(f"{self.suffix}{extension}" for extension in self.extensions)


_SMALLEST = 24.0  # CSS pixels (18 points): UKAAF requires 16 points in large print
_ALL_TEXT_IS_LARGE = {
    "large_text": 4.5
}  # so no text may have the lower contrast that large text can have in other editions

EDITION_KINDS: Mapping[EditionKind, EditionProperties] = MappingProxyType(
    {
        "standard": EditionProperties("Standard", extensions=(".txt", ".html", ".eml")),
        "large-print": EditionProperties(
            "Large print",
            suffix=".large-print",
            transform="large_print:to_large_print",
            minimums=MappingProxyType(
                {
                    "alt-shown": {"smallest": _SMALLEST},
                    "contrast": _ALL_TEXT_IS_LARGE,
                    "forced-inversion": _ALL_TEXT_IS_LARGE,
                    "image-text-size": {"smallest": 24},
                    "line-height": {"large_from": 32.0},
                    "contrast-on-screen": _ALL_TEXT_IS_LARGE,
                    "text-size-on-screen": {"smallest": _SMALLEST},
                    "text-size": {"smallest": _SMALLEST, "body": _SMALLEST},
                }
            ),
        ),
        "text-only": EditionProperties("Text only", suffix=".text-only", extensions=(".txt", ".eml"), has_page=False),
    }
)
"""The kinds, the default one first."""
