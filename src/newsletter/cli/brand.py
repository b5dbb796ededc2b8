"""`newsletter brand`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.options import json_option
from newsletter.cli.output import CommandOutcome
from newsletter.project import find_project

if TYPE_CHECKING:
    from newsletter.issue.palette import Palette


@click.command()
@click.option("--write", "writes", is_flag=True, help="Add the derived colours to templates/brand.yaml.")
@json_option
def brand(writes: bool, as_json: bool) -> None:
    """Show the brand's colours, light and dark, with their contrast.

    A star marks a colour that is in templates/brand.yaml. The others are derived from "brand". --write adds them to the
    file, so that you can change them; your own colours and notes stay.
    """
    from newsletter.issue.load import load_brand  # noqa: PLC0415
    from newsletter.issue.palette import ROLES  # noqa: PLC0415
    from newsletter.issue.write_colours import write_all_colours  # noqa: PLC0415

    project = find_project(Path.cwd())
    outcome = CommandOutcome(format="json" if as_json else "text")
    data: dict[str, object] = {}
    with outcome.collect():
        own = load_brand(project)
        for mode, palette in (("light", own.colours.light), ("dark", own.colours.dark)):
            outcome.lines += [f"{mode.title()} mode", *(_line(palette, role) for role in ROLES), ""]
            data[mode] = {role: _data(palette, role) for role in ROLES}
        outcome.lines.append("This is the lowest contrast of each. Words need 7:1, bars and the edges of buttons 3:1.")
        if writes:
            done = "Added the colours to" if write_all_colours(project, own) else "There are no colours to add to"
            outcome.lines.append(f"{done} {own.file.name}.")
    outcome.end(**data)


def _data(palette: Palette, role: str) -> dict[str, object]:
    ratios = {behind: round(ratio, 2) for behind, ratio in palette.contrast_of(role).items()}
    return {"colour": getattr(palette, role), "is_own": role in palette.model_fields_set, "contrast": ratios}


def _line(palette: Palette, role: str) -> str:
    """Return a colour as a line of text, with a sample of it on a terminal unless NO_COLOR is set (no-color.org)."""
    colour, ratios = getattr(palette, role), palette.contrast_of(role)
    line = f"{'*' if role in palette.model_fields_set else ' '} {role:12} {colour}"
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        red, green, blue = bytes.fromhex(colour[1:])
        line += " " + click.style("    ", bg=(red, green, blue))
    if ratios:
        # Never rounded up: 6.96:1 is not 7:1.
        behind, lowest = min(ratios.items(), key=lambda item: item[1])
        line += f"  {int(lowest * 10) / 10:4}:1 on {behind}"
    return line
