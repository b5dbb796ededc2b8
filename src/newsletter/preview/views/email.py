"""The email as mail apps show it: narrow or wide; light, dark or inverted; without images; larger; in greyscale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from newsletter.edition import Edition, InlinedPage, PageBuild
from newsletter.preview.issue_state import IssueState
from newsletter.preview.security import EMAIL_SANDBOX
from newsletter.preview.views.controls import Control, Option, address, control_links, selected
from newsletter.preview.views.sandboxed import sandboxed
from newsletter.preview.views.text_page import text_page
from newsletter.simulations.dark import dark, light
from newsletter.simulations.greyscale import greyscale
from newsletter.simulations.images_off import images_off
from newsletter.simulations.inverted import inverted
from newsletter.simulations.larger_text import larger_text
from newsletter.simulations.stripped import stripped
from newsletter.stages.data_urls import browser_page

TITLE = "Email"

CONTROLS = (
    Control(
        "width",
        "Width",
        (
            Option("600", "600 px"),
            Option("320", "Phone", "320 px: a small phone, or a computer at 400 % zoom."),
            Option("full", "Full"),
        ),
    ),
    Control(
        "scheme",
        "Colours",
        (
            Option("light", "Light"),
            Option(
                "dark",
                "Dark",
                "The email’s own dark colours. Apple Mail, Outlook.com and Samsung Email use exactly these for readers "
                "who prefer dark.",
            ),
            Option(
                "inverted",
                "Inverted",
                "An approximation of forced dark mode. Gmail’s apps and Outlook for Windows ignore the email’s own "
                "dark colours and invert the light ones. How they do it is not published.",
            ),
        ),
    ),
    Control(
        "images",
        "Images",
        (
            Option("on", "On"),
            Option("off", "Off", "Each image is replaced by its description, as in mail apps that block images."),
        ),
    ),
    Control(
        "text",
        "Text size",
        (
            Option("100", "100 %"),
            Option("150", "150 %", "Only the text is larger, as in Apple Mail and in mail apps on phones."),
            Option("200", "200 %", "Only the text is larger, as in Apple Mail and in mail apps on phones."),
        ),
    ),
    Control(
        "grey",
        "Greyscale",
        (
            Option("0", "In colour"),
            Option("1", "In grey", "What only colour shows is lost, as it is for readers who cannot see colours."),
        ),
    ),
)


def context(state: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Return the controls, the notes of the selected options, and the addresses of the page."""
    offered = [control for control in CONTROLS if state.has_page or control.name != "images"]
    options = [(control, control.selected(query)) for control in offered]
    changes = [(control, option) for control, option in options if option is not control.options[0]]
    parameters = state.query | selected([control for control in offered if control.name != "width"], query)
    return {
        "controls": control_links("email", offered, query, state.query),
        "width": CONTROLS[0].selected(query).value,
        "notes": [option.note for _, option in options if option.note],
        "look": ", ".join(f"{control.title.lower()}: {option.label.lower()}" for control, option in changes),
        "page": address("page", parameters),
        "frame": address("page", parameters | state.stamp),
        "sandbox": EMAIL_SANDBOX,
    }


def framed(build: PageBuild, query: Mapping[str, str]) -> str:
    """Return the page for the frame: the email, changed as the address says, with its pictures inside.

    Args:
        build: the email. The text-only edition has to be complete.
        query: the selected options of `CONTROLS`. `client=stripped` removes what the strictest mail apps remove, and
            `client=bare` inline styles as well.
    """
    if isinstance(build, Edition) and not build.has_page:
        return simulate(text_page(build.text, build.issue.language), query)
    page = build.inlined
    if query.get("client") in ("stripped", "bare"):
        page = stripped(page, styles=query["client"] == "stripped")
    if query.get("images") == "off":
        page = images_off(page)
    return browser_page(replace(build, inlined=simulate(page, query)))


def simulate(page: InlinedPage, query: Mapping[str, str]) -> InlinedPage:
    """Change the colours and text size of a page as the address says, and make it safe for the frame."""
    page = larger_text(page, int(_control("text").selected(query).value))
    scheme = _control("scheme").selected(query).value
    page = dark(page) if scheme == "dark" else light(page)
    if scheme == "inverted":
        page = inverted(page)
    if query.get("grey") == "1":
        page = greyscale(page)
    return sandboxed(page)


def _control(name: str) -> Control:
    return next(control for control in CONTROLS if control.name == name)
