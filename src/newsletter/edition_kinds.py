"""The forms in which an issue is sent. To add one: its name and row here, its transform, its words and its cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

EditionKind = Literal["standard", "large-print", "text-only"]
"""The name of an edition in `brand.yaml` and on the command line. Each is a whole message with the same words."""


@dataclass(frozen=True)
class EditionForm:
    """What makes a kind of edition different from the others."""

    label: str
    """Its name in reports and the preview."""
    suffix: str = ""
    """What its files have after the issue's name: empty for one kind only."""
    extensions: tuple[str, ...] = (".html", ".eml")
    """The files that are written; the last is the message."""
    has_page: bool = True
    """Whether the message has an HTML part."""
    transform: str | None = None
    """The module in `stages/` that changes the compiled page; None if it stays as it is."""
    minimums: Mapping[str, Mapping[str, float]] = field(default_factory=lambda: MappingProxyType({}))
    """The lowest value of rules' options, by rule and option. A project's settings cannot go below them."""

    @property
    def files(self) -> tuple[str, ...]:
        """What the names of its files have after the issue's, the message last."""
        return tuple(f"{self.suffix}{extension}" for extension in self.extensions)


_SMALLEST = 24.0  # CSS pixels (18 points): UKAAF asks for 16 points in large print
_ALL_TEXT_IS_LARGE = {"large_text": 4.5}  # so none may have the lower contrast that large text may have elsewhere

EDITION_KINDS: Mapping[EditionKind, EditionForm] = MappingProxyType(
    {
        "standard": EditionForm("Standard", extensions=(".txt", ".html", ".eml")),
        "large-print": EditionForm(
            "Large print",
            suffix=".large-print",
            transform="large_print",
            minimums=MappingProxyType(
                {
                    "alt-shown": {"smallest": _SMALLEST},
                    "contrast": _ALL_TEXT_IS_LARGE,
                    "forced-inversion": _ALL_TEXT_IS_LARGE,
                    "image-text-size": {"smallest": 24},
                    "line-height": {"large_from": 32.0},
                    "seen-contrast": _ALL_TEXT_IS_LARGE,
                    "seen-text-size": {"smallest": _SMALLEST},
                    "text-size": {"smallest": _SMALLEST, "body": _SMALLEST},
                }
            ),
        ),
        "text-only": EditionForm("Text only", suffix=".text-only", extensions=(".txt", ".eml"), has_page=False),
    }
)
"""Each kind, the default one first."""
