"""The states in which a page is looked at: data that the audit runs through and the report prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from newsletter.edition import InlinedPage


@dataclass(frozen=True)
class State:
    """One way in which readers meet the page."""

    name: str
    """Short, for findings: `dark`, `text at 200 %`."""
    imitates: str
    """What it stands for, and what it does not: one or two sentences for whoever reads the report."""
    rendering: Callable[[InlinedPage], InlinedPage]
    """What is done to the page before the browser gets it."""
    width: int = 600
    """Of the window, in CSS pixels."""
    scheme: Literal["light", "dark"] = "light"
    """What the browser says that the reader prefers."""
    forced_colours: bool = False
    reduced_motion: bool = False
