"""The states in which the audit tests a page, as data for the tests and for the report.

The page is designed for a width of 600 px, and WCAG 2.2, 1.4.10 Reflow (AA), requires 320 px. Light and dark are tested
in both widths, text spacing in the narrow one. The other states do not depend on the width. Each has that of some phone
or window, so that more widths are tested. Text at 200 % is tested at 640 px, which has room for as many
characters as 320 px at normal size. A reader who zooms to 200 % on a phone of 320 px gets 160 px, which no criterion
requires.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from newsletter.dom.tree import Change, transform
from newsletter.edition import InlinedPage
from newsletter.simulations.dark import dark, light
from newsletter.simulations.images_off import images_off
from newsletter.simulations.inverted import invert_colours
from newsletter.simulations.larger_text import larger_text
from newsletter.simulations.outlook import as_outlook
from newsletter.simulations.stripped import strip_page
from newsletter.simulations.text_spacing import text_spacing


@dataclass(frozen=True)
class State:
    """One way in which readers meet the page."""

    name: str
    """A short name for messages: `dark`, `text at 200 %`."""
    imitates: str
    """What it imitates and what it does not: one or two sentences for the readers of the report."""
    changes: tuple[Change, ...]
    """The changes to the page before the browser opens it."""
    is_outlook: bool = False
    """Whether the page then has the parts for Outlook on Windows, and not those for all others."""
    width: int = 600
    """The width of the window, in CSS pixels."""
    scheme: Literal["light", "dark"] = "light"
    """The colour scheme that the reader prefers."""
    forced_colours: bool = False
    reduced_motion: bool = False
    tables_may_scroll: bool = False
    """Whether a data table may scroll in its box: the text is enlarged, or no style sheet can make the table a list."""
    without_axe: Mapping[str, str] = field(default_factory=dict)
    """Rules of axe-core that cannot apply in it, and why; in addition to `axe_rules.NEVER_RUN`."""
    is_guess: bool = False
    """Whether the imitated behaviour is not documented. All its problems are then warnings."""
    shows: str = "h2"
    """A CSS selector. The screenshot begins at its second match, such as the heading of the first article."""
    needs: str = ""
    """A CSS selector. The state runs only if the page has a match; empty for every page."""

    def simulate(self, page: InlinedPage) -> InlinedPage:
        """Return a page as the browser opens it."""
        changed = transform(page, *self.changes)
        return as_outlook(changed) if self.is_outlook else changed


_HOST = "The mail app puts the message into its own page, which has {}."

STATES = (
    State(
        "light",
        "The page as it was designed, in the width for which it was designed.",
        (light,),
    ),
    State("phone", "The narrowest screen that WCAG requires (1.4.10), 320 pixels wide.", (light,), width=320),
    State(
        "dark",
        "Dark mode in mail apps that use the page's own dark colours, such as Apple Mail and Outlook.com.",
        (dark,),
        scheme="dark",
    ),
    State("dark phone", "The same on the narrowest phone.", (dark,), width=320, scheme="dark"),
    State(
        "forced inversion",
        "Dark mode in mail apps that compute dark colours themselves, such as Gmail on iPhones. Their methods are not "
        "documented. This inverts every colour, as the most aggressive of them do.",
        (invert_colours,),
        width=390,
        without_axe={
            "color-contrast-enhanced": "This state is a guess, so text needs the contrast of 4.5:1 (WCAG 1.4.3) in it, "
            "as the rule forced-inversion asks.",
        },
        is_guess=True,
    ),
    State(
        "text at 200 %",
        "All text twice as large, in a window of the same width (WCAG 1.4.4).",
        (light, larger_text(200)),
        width=640,
        tables_may_scroll=True,
    ),
    State(
        "text spacing",
        "More space between lines, paragraphs, letters and words, as some readers with dyslexia or low vision set it "
        "(WCAG 1.4.12).",
        (light, text_spacing),
        width=320,
        tables_may_scroll=True,
    ),
    State(
        "images off",
        "Before the reader allows pictures, or when they do not load. Outlook also adds a sentence of its own before "
        "each description, which is not shown here.",
        (light, images_off),
        width=480,
        shows="img",
    ),
    State(
        "forced colours",
        "A contrast theme of Windows, which replaces every colour and removes backgrounds, as Chromium imitates it.",
        (light,),
        width=800,
        forced_colours=True,
        without_axe=dict.fromkeys(
            ("color-contrast", "color-contrast-enhanced"),
            "axe-core reads the page's own colour of text, which the theme replaces. The rule contrast-on-screen "
            "measures the one on the screen.",
        ),
    ),
    State(
        "reduced motion",
        "A reader who set the computer to show less motion.",
        (light,),
        width=700,
        reduced_motion=True,
    ),
    State(
        "Outlook view",
        "The page with the parts that only Outlook on Windows shows. No browser can show how Outlook draws them.",
        (light,),
        is_outlook=True,
        width=900,
    ),
    State(
        "stripped",
        "The page as the strictest webmail leaves it: without style sheets, classes, ids, ARIA or elements that HTML "
        "5 added. No mail app removes all of this at once.",
        (light, strip_page),
        width=1024,
        tables_may_scroll=True,
        without_axe={
            "document-title": _HOST.format("its own title"),
            "html-has-lang": _HOST.format("its own language; each part of the message still has its language"),
            "css-orientation-lock": "The rule reads style sheets, and this state has none.",
            "focus-order-semantics": "This state removes every role. The keyboard still reaches what scrolls.",
        },
    ),
    State(
        "right to left",
        "The parts in languages from right to left, on a phone.",
        (light,),
        width=360,
        shows="[dir='rtl']",
        needs="[dir='rtl']",
    ),
)
