"""The email as mail clients show it: narrow and wide, light, dark and inverted, without pictures, larger, in grey."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from newsletter.edition import Edition, InlinedPage
from newsletter.outbox import browser_page
from newsletter.preview.security import EMAIL_SANDBOX
from newsletter.preview.shown import Shown
from newsletter.renderings.dark import dark, light
from newsletter.renderings.enlarged import enlarged
from newsletter.renderings.greyscale import greyscale
from newsletter.renderings.images_off import images_off
from newsletter.renderings.inverted import inverted
from newsletter.renderings.stripped import stripped

TITLE = "Email"


@dataclass(frozen=True)
class Choice:
    """One way to look: its value in the address, its words, and what it imitates, how well."""

    value: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class Question:
    """Something to choose: its name in the address, and the choices, the first of which is what is shown unasked."""

    name: str
    title: str
    choices: tuple[Choice, ...]

    def answer(self, query: Mapping[str, str]) -> Choice:
        """Give what an address chooses."""
        return next((choice for choice in self.choices if choice.value == query.get(self.name)), self.choices[0])


QUESTIONS = (
    Question(
        "width",
        "Width",
        (
            Choice("600", "600 px"),
            Choice("320", "Phone", "320 px: a small phone, or a computer’s window at a zoom of 400 %."),
            Choice("full", "Full"),
        ),
    ),
    Question(
        "scheme",
        "Colours",
        (
            Choice("light", "Light"),
            Choice(
                "dark",
                "Dark",
                "The email’s own dark colours, exactly as Apple Mail, Outlook.com and Samsung Email take them for a "
                "reader who prefers dark.",
            ),
            Choice(
                "inverted",
                "Inverted",
                "Forced inversion, an approximation: Gmail’s apps and Outlook for Windows ignore the email’s own dark "
                "colours and turn the light ones round, each in a way that it does not publish.",
            ),
        ),
    ),
    Question(
        "images",
        "Images",
        (
            Choice("on", "On"),
            Choice("off", "Off", "Each picture’s description stands in its place, as where pictures are blocked."),
        ),
    ),
    Question(
        "text",
        "Text size",
        (
            Choice("100", "100 %"),
            Choice("150", "150 %", "Only the text grows, as in Apple Mail and in mail apps on phones."),
            Choice("200", "200 %", "Only the text grows, as in Apple Mail and in mail apps on phones."),
        ),
    ),
    Question(
        "grey",
        "Greyscale",
        (
            Choice("0", "Off"),
            Choice("1", "On", "Whatever colour alone says is lost, as it is to a reader who cannot see colours."),
        ),
    ),
)

# Elements that no mail client keeps. The policy of the frame lets none of them run or load, but browsers get ready for
# them: for a preconnect, or a script within `srcdoc`, Chromium calls on its server before it asks whether it may.
_ACTIVE = re.compile(
    r"<(/?)(?=(?:script|i?frame|frameset|fencedframe|object|embed|link|base|meta\b[^>]*\brefresh)\b)", re.IGNORECASE
)


def context(shown: Shown, query: Mapping[str, str]) -> dict[str, object]:
    """Give what can be chosen, each with its address, and the address of the framed page."""
    chosen = {question.name: question.answer(query) for question in QUESTIONS}
    values = {name: choice.value for name, choice in chosen.items()}
    controls = [
        {
            "question": question,
            "links": [
                (choice, _address("email", values | {question.name: choice.value}), choice is chosen[question.name])
                for choice in question.choices
            ],
        }
        for question in QUESTIONS
    ]
    page = _address("page", {name: value for name, value in values.items() if name != "width"})
    changes = [(name, choice) for name, choice in chosen.items() if choice is not _question(name).choices[0]]
    return {
        "controls": controls,
        "width": values["width"],
        "notes": [choice.note for choice in chosen.values() if choice.note],
        "look": ", ".join(f"{_question(name).title.lower()}: {choice.words.lower()}" for name, choice in changes),
        "page": page,
        "frame": f"{page}{'&' if '?' in page else '?'}v={shown.built.timestamp() * 1000:.0f}" if shown.built else "",
        "sandbox": EMAIL_SANDBOX,
    }


def framed(edition: Edition, query: Mapping[str, str]) -> str:
    """Make the page that stands in a frame: the email, changed as the address asks, with its pictures inside.

    Args:
        edition: whose email.
        query: the answers to `QUESTIONS`; and `client=stripped` for what the strictest clients leave of it,
            `client=bare` for the same without the style in its elements.
    """
    page = edition.inlined
    if query.get("client") in ("stripped", "bare"):
        page = stripped(page, styles=query["client"] == "stripped")
    if query.get("images") == "off":
        page = images_off(page)
    page = enlarged(page, int(_question("text").answer(query).value))
    scheme = _question("scheme").answer(query).value
    page = dark(page) if scheme == "dark" else light(page)
    if scheme == "inverted":
        page = inverted(page)
    if query.get("grey") == "1":
        page = greyscale(page)
    return browser_page(replace(edition, inlined=InlinedPage(_ACTIVE.sub(r"<\1x-", page))))


def _question(name: str) -> Question:
    return next(question for question in QUESTIONS if question.name == name)


def _address(place: str, values: Mapping[str, str]) -> str:
    """Give an address beside the view's own, with the answers that are not what is shown unasked."""
    asked = {name: value for name, value in values.items() if value != _question(name).choices[0].value}
    return f"{place}?{urlencode(asked)}" if asked else place
