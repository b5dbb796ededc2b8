"""The email as mail clients show it: narrow and wide, light, dark and inverted, without pictures, larger, in grey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from newsletter.edition import Edition, InlinedPage, PageBuild
from newsletter.preview.issue_state import IssueState
from newsletter.preview.security import EMAIL_SANDBOX
from newsletter.preview.views.controls import Control, Option, address, controls, selected
from newsletter.preview.views.sandboxed import sandboxed
from newsletter.preview.views.text_page import as_mail_programs_show
from newsletter.simulations.dark import dark, light
from newsletter.simulations.greyscale import greyscale
from newsletter.simulations.images_off import images_off
from newsletter.simulations.inverted import inverted
from newsletter.simulations.larger_text import larger_text
from newsletter.simulations.stripped import stripped
from newsletter.stages.data_urls import browser_page

TITLE = "Email"


QUESTIONS = (
    Control(
        "width",
        "Width",
        (
            Option("600", "600 px"),
            Option("320", "Phone", "320 px: a small phone, or a computer’s window at a zoom of 400 %."),
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
                "The email’s own dark colours, exactly as Apple Mail, Outlook.com and Samsung Email take them for a "
                "reader who prefers dark.",
            ),
            Option(
                "inverted",
                "Inverted",
                "Forced inversion, an approximation: Gmail’s apps and Outlook for Windows ignore the email’s own dark "
                "colours and turn the light ones round, each in a way that it does not publish.",
            ),
        ),
    ),
    Control(
        "images",
        "Images",
        (
            Option("on", "On"),
            Option("off", "Off", "Each picture’s description stands in its place, as where pictures are blocked."),
        ),
    ),
    Control(
        "text",
        "Text size",
        (
            Option("100", "100 %"),
            Option("150", "150 %", "Only the text grows, as in Apple Mail and in mail apps on phones."),
            Option("200", "200 %", "Only the text grows, as in Apple Mail and in mail apps on phones."),
        ),
    ),
    Control(
        "grey",
        "Greyscale",
        (
            Option("0", "In colour"),
            Option("1", "In grey", "Whatever colour alone says is lost, as it is to a reader who cannot see colours."),
        ),
    ),
)


def context(shown: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Give what can be chosen, each with its address, and the address of the framed page."""
    offered = QUESTIONS if shown.has_page else tuple(question for question in QUESTIONS if question.name != "images")
    chosen = [(question, question.selected(query)) for question in offered]
    changes = [(question, choice) for question, choice in chosen if choice is not question.options[0]]
    said = shown.query | selected([question for question in offered if question.name != "width"], query)
    return {
        "controls": controls("email", offered, query, shown.query),
        "width": QUESTIONS[0].selected(query).value,
        "notes": [choice.note for _, choice in chosen if choice.note],
        "look": ", ".join(f"{question.title.lower()}: {choice.words.lower()}" for question, choice in changes),
        "page": address("page", said),
        "frame": address("page", said | shown.stamp),
        "sandbox": EMAIL_SANDBOX,
    }


def framed(drawn: PageBuild, query: Mapping[str, str]) -> str:
    """Make the page that stands in a frame: the email, changed as the address asks, with its pictures inside.

    Args:
        drawn: the email; an edition without an HTML part has to be whole.
        query: the answers to `QUESTIONS`; and `client=stripped` for what the strictest clients leave of it,
            `client=bare` for the same without the style in its elements.
    """
    if isinstance(drawn, Edition) and not drawn.has_page:
        return looked_at(as_mail_programs_show(drawn.text, drawn.issue.language), query)
    page = drawn.inlined
    if query.get("client") in ("stripped", "bare"):
        page = stripped(page, styles=query["client"] == "stripped")
    if query.get("images") == "off":
        page = images_off(page)
    return browser_page(replace(drawn, inlined=looked_at(page, query)))


def looked_at(page: InlinedPage, query: Mapping[str, str]) -> InlinedPage:
    """Change the colours and the size of the text of any page as the address asks, and disarm it for the frame."""
    page = larger_text(page, int(_question("text").selected(query).value))
    scheme = _question("scheme").selected(query).value
    page = dark(page) if scheme == "dark" else light(page)
    if scheme == "inverted":
        page = inverted(page)
    if query.get("grey") == "1":
        page = greyscale(page)
    return sandboxed(page)


def _question(name: str) -> Control:
    return next(question for question in QUESTIONS if question.name == name)
