"""The states in which a page is looked at: data that the audit runs through and its report prints.

600 px is what the page is made for, and 320 what WCAG 2.2, 1.4.10 Reflow (AA), asks for: in light, dark and with wider
spacing the page is looked at in both or in the narrower. The other states ask about something that no width changes,
and have the width of some phone or window of their own, so that more widths are seen. Text at 200 % is looked at in
640 px: to the letters that is as 320 px are to letters of the usual size, and who zooms to 200 % on a phone of 320 px
gets 160, which no criterion asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from newsletter.edition import InlinedPage
from newsletter.simulations.dark import dark, light
from newsletter.simulations.images_off import images_off
from newsletter.simulations.inverted import inverted
from newsletter.simulations.larger_text import larger_text
from newsletter.simulations.outlook import as_outlook
from newsletter.simulations.stripped import stripped
from newsletter.simulations.text_spacing import spaced

COMMON = (
    "axe",
    "button-edge",
    "clipped-text",
    "lost-words",
    "overlapping-text",
    "right-to-left",
    "seen-contrast",
    "seen-text-size",
    "sideways-scroll",
    "split-words",
    "target-size",
    "visual-order",
)
"""The rules that hold in every state."""


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
    rules: tuple[str, ...] = COMMON
    """Those of `rules/browser/` that hold in it."""
    without_axe: Mapping[str, str] = field(default_factory=dict)
    """Rules of axe-core that cannot apply in it, and why; besides `axe_rules.LEFT_OUT`."""
    is_guess: bool = False
    """Whether the makers of what it imitates do not document it: then what is found in it is a warning."""
    shows: str = "h2"
    """What the screenshot begins with: the second that this CSS selector finds, so the first article's heading."""
    needs: str = ""
    """What must be in the page for the state to be run (a CSS selector); empty for nothing."""


_HOST = "The mail client puts the message into a page of its own, which has {}."

STATES = (
    State("light", "The page as it was made, in the width that it was made for.", light),
    State("phone", "The narrowest screen that WCAG asks for (1.4.10), 320 pixels wide.", light, width=320),
    State(
        "dark",
        "Dark mode in mail clients that take the page's own dark colours, such as Apple Mail and Outlook.com.",
        dark,
        scheme="dark",
    ),
    State("dark phone", "The same on the narrowest phone.", dark, width=320, scheme="dark"),
    State(
        "forced inversion",
        "Dark mode in mail clients that make the dark colours themselves, such as Gmail on iPhones. How each of them "
        "does it is not documented; this turns round every colour, as the harshest of them do.",
        inverted,
        width=390,
        is_guess=True,
    ),
    State(
        "text at 200 %",
        "All text twice as large in a window that stays as wide (WCAG 1.4.4).",
        lambda page: larger_text(light(page), 200),
        width=640,
    ),
    State(
        "text spacing",
        "The lines, paragraphs, letters and words further apart, as some readers with dyslexia or low vision set them "
        "(WCAG 1.4.12).",
        lambda page: spaced(light(page)),
        width=320,
    ),
    State(
        "images off",
        "Before the reader lets the pictures in, or when they do not load. Outlook also puts a sentence of its own "
        "before each description, which is not shown here.",
        lambda page: images_off(light(page)),
        width=480,
        rules=(*COMMON, "alt-shown"),
        shows="img",
    ),
    State(
        "forced colours",
        "Windows in a contrast theme, which replaces every colour and takes away grounds, as Chromium imitates it.",
        light,
        width=800,
        forced_colours=True,
    ),
    State(
        "reduced motion",
        "A reader who has asked the computer for less motion.",
        light,
        width=700,
        reduced_motion=True,
        rules=(*COMMON, "motion-runs"),
    ),
    State(
        "Outlook view",
        "What stands in the page for Outlook on Windows alone, switched on. How Outlook draws it no browser can show.",
        lambda page: as_outlook(light(page)),
        width=900,
    ),
    State(
        "stripped",
        "What the strictest webmail leaves: no style sheets, classes, ids or ARIA, no elements that HTML 5 added. No "
        "client takes away all of this at once.",
        lambda page: stripped(light(page)),
        width=1024,
        without_axe={
            "document-title": _HOST.format("its own title"),
            "html-has-lang": _HOST.format("its own language; each part of the message still says its own"),
            "css-orientation-lock": "It reads style sheets, and this state has none.",
            "focus-order-semantics": "This state takes away every role; what scrolls is still reached by keyboard.",
        },
    ),
    State(
        "right to left",
        "The parts that are written from right to left, on a phone.",
        light,
        width=360,
        shows="[dir='rtl']",
        needs="[dir='rtl']",
    ),
)
