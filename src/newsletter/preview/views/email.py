"""The email as readers meet it: on a desktop or a phone, light, dark or inverted, without images, larger and so on."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from newsletter.dom.tree import parse_html
from newsletter.edition import Edition, PageBuild
from newsletter.preview.download_check import reason_against_download
from newsletter.preview.issue_state import IssueState
from newsletter.preview.parts import parts_of
from newsletter.preview.reader_choice import READER, has_fields
from newsletter.preview.security import EMAIL_SANDBOX
from newsletter.preview.views.controls import Control, Option, address, control_links, selected_parameters
from newsletter.preview.views.sandboxed import for_sandbox
from newsletter.preview.views.text_page import text_page
from newsletter.simulations.dark import dark, light
from newsletter.simulations.forced_colours import forced_colours
from newsletter.simulations.greyscale import greyscale
from newsletter.simulations.images_off import images_off
from newsletter.simulations.inverted import invert_colours
from newsletter.simulations.larger_text import larger_text
from newsletter.simulations.stripped import strip_page, strip_page_and_styles
from newsletter.simulations.text_spacing import text_spacing
from newsletter.stages.data_urls import with_pictures

TITLE = "Email"

DEVICE = Control("device", "Device", (Option("desktop", "Desktop"), Option("phone", "Phone"), Option("both", "Both")))
CONTROLS = (
    DEVICE,
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
        "menu",
    ),
    Control(
        "text",
        "Text size",
        (
            Option("100", "100 %"),
            Option("150", "150 %", "Only the text is larger, as in Apple Mail and in mail apps on phones."),
            Option("200", "200 %", "Only the text is larger, as in Apple Mail and in mail apps on phones."),
        ),
        "menu",
    ),
    Control(
        "spacing",
        "Spacing",
        (
            Option("0", "As designed"),
            Option("1", "Wide", "Wider lines, paragraphs, letters and words, as some readers with dyslexia set them."),
        ),
        "menu",
    ),
    Control(
        "grey",
        "Greyscale",
        (
            Option("0", "In colour"),
            Option("1", "In grey", "What only colour shows is lost, as it is for readers who cannot see colours."),
        ),
        "menu",
    ),
    Control(
        "contrast",
        "Forced colours",
        (
            Option("0", "Off"),
            Option(
                "1",
                "On",
                "An approximation of a contrast theme of Windows: the reader’s own few colours replace those of the "
                "email. Only some mail apps do this.",
            ),
        ),
        "menu",
    ),
)


def template_variables(state: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Return the controls, the notes of the selected options, and the addresses of the page."""
    offered = [control for control in CONTROLS if state.has_page or control.name != "images"]
    if state.edition and has_fields(state.edition.build):
        offered.append(READER)
    parameters = state.query | selected_parameters([control for control in offered if control is not DEVICE], query)
    notes = dict.fromkeys(option.note for control in offered if (option := control.selected_option(query)).note)
    if not state.has_page:
        notes |= {"This edition has no HTML. Mail apps show its text in their own font and colours.": None}
    return {
        "controls": control_links("email", offered, query, state.query),
        "device": DEVICE.selected_option(query).value,
        "notes": list(notes),
        "page": address("page", parameters),
        "frame": address("page", parameters | state.stamp),
        "sandbox": EMAIL_SANDBOX,
        "reason_against_download": reason_against_download(state),
    }


def frame_page(build: PageBuild, query: Mapping[str, str]) -> str:
    """Return the page for the frame: the email, changed as the address says, with its pictures inside.

    Its parts have numbers (see `parts`), which the email that is sent has not.

    Args:
        build: the email. The text-only edition has to be complete.
        query: the selected options of `CONTROLS`. `client=stripped` removes what the strictest mail apps remove, and
            `client=bare` inline styles as well.
    """
    if isinstance(build, Edition) and not build.has_page:
        return simulate(parse_html(text_page(build.text, build.issue.language)), query)
    root = parts_of(build).copy_page()
    if change := {"stripped": strip_page, "bare": strip_page_and_styles}.get(query.get("client", "")):
        change(root)
    if query.get("images") == "off":
        images_off(root)
    return with_pictures(simulate(root, query), build.pictures)


def simulate(root: etree._Element, query: Mapping[str, str]) -> str:
    """Change the colours, text size and spacing of a page as the address says. Return it, safe for the frame."""
    if (percent := int(_control("text").selected_option(query).value)) != 100:
        larger_text(percent)(root)
    if query.get("spacing") == "1":
        text_spacing(root)
    change_colours = {"dark": dark, "inverted": invert_colours}.get(query.get("scheme", ""), light)
    change_colours(root)
    if query.get("grey") == "1":
        greyscale(root)
    if query.get("contrast") == "1":
        forced_colours(root)
    return for_sandbox(root)


def _control(name: str) -> Control:
    return next(control for control in CONTROLS if control.name == name)
