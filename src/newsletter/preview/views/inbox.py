"""The issue in an inbox: its sender, subject and preheader, as far as each mail app shows them.

How much of them is visible depends on the screen, the text size and the width of the characters. The limits are those
reported for common settings. If reports differ, it is the smallest: most readers see at least so much.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple
from urllib.parse import quote

from markupsafe import escape

from newsletter.edition import Edition
from newsletter.issue.palette import Palette
from newsletter.preview.issue_state import IssueState
from newsletter.preview.views.controls import LIGHT_OR_DARK, control_links
from newsletter.simulations.screen_reader import utterances

TITLE = "Inbox"

SOURCES = (
    "Apple Mail: measured on an iPhone 14 by EmailToolTester. Subjects elsewhere: ActiveCampaign, “How long should "
    "your email subject line be?”. Preheaders elsewhere: Acelle, “Email preheader text” (the lowest of a range)."
)


@dataclass(frozen=True)
class Client:
    """A mail app: how its list looks, and how many characters of the subject and of the preheader it shows."""

    name: str
    look: Literal["phone", "lines", "column"]
    """On a phone; on a computer, each email in one line; or each in a few lines beside the open email."""
    subject: int
    preheader: int
    preheader_lines: int = 1


CLIENTS = (
    Client("Apple Mail on an iPhone", "phone", 48, 99, 2),
    Client("Gmail app on an iPhone", "phone", 37, 40),
    Client("Gmail app on Android", "phone", 33, 40),
    Client("Gmail in a browser", "lines", 70, 100),
    Client("Outlook on a computer", "column", 50, 50),
)


class Mail(NamedTuple):
    """Another sender's email in the example inbox."""

    sender: str
    subject: str
    words: str
    time: str

    @property
    def initials(self) -> str:
        """The letters instead of a picture of the sender."""
        return _initials(self.sender)


# Nobody has these names: they are those that are reserved for examples.
ABOVE = Mail("Example Library", "Your books are due on Friday", "You can renew them online or by phone.", "10:05")
BELOW = (
    Mail("Example Council", "Bins in the holidays", "The days change in the last week of the month.", "Yesterday"),
    Mail("Example Surgery", "Your appointment", "Please come ten minutes early, and bring your card.", "Monday"),
)


@dataclass(frozen=True)
class Row:
    """What one mail app shows, and what it cuts off."""

    client: Client
    subject: str
    subject_cut: str
    preheader: str
    preheader_cut: str
    follows: str
    """The next words of the email, which fill the rest of the line if the preheader is short."""


def template_variables(state: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Return one row for each mail app, and the whole sender, subject and preheader."""
    if state.edition is None:
        return {"rows": []}
    issue, sender = state.edition.issue, state.edition.brand.sender
    follows = _after_preheader(state.edition)
    return {
        "rows": [_row(client, issue.subject, issue.preheader, follows) for client in CLIENTS],
        "sender": sender.name or sender.address,
        "address": sender.address,
        "subject": issue.subject,
        "preheader": issue.preheader,
        "language": issue.language,
        "lengths": (len(issue.subject), len(issue.preheader)),
        "controls": control_links("inbox", [LIGHT_OR_DARK], query, {}),
        "scheme": LIGHT_OR_DARK.selected_option(query).value,
        "avatar": _avatar(sender.name or sender.address, state.edition.brand.colours.light),
        "above": ABOVE,
        "below": BELOW,
        "sources": SOURCES,
    }


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:2]).upper()


def _avatar(name: str, colours: Palette) -> str:
    """Return the address of a picture: a name's initials on the colour of the brand.

    The page's policy allows no style in an element, and the colour is another one for each brand.
    """
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">'
        f'<circle cx="20" cy="20" r="20" fill="{escape(colours.brand)}"/>'
        f'<text x="20" y="26" text-anchor="middle" font-family="sans-serif" font-size="16" font-weight="600" '
        f'fill="{escape(colours.on_brand)}">{escape(_initials(name))}</text></svg>'
    )
    return f"data:image/svg+xml,{quote(svg)}"


def _row(client: Client, subject: str, preheader: str, follows: str) -> Row:
    # After a space the next words follow, unless there is no room even for a short one.
    room = client.preheader - len(preheader) - 1
    return Row(
        client,
        *_cut(subject, client.subject),
        *_cut(preheader, client.preheader),
        follows=_cut(follows, room)[0] if room > 2 else "",
    )


def _cut(text: str, room: int) -> tuple[str, str]:
    """Split a text into what fits, with an ellipsis as its last character, and what is cut off."""
    if len(text) <= room:
        return text, ""
    start = text[: room - 1].rstrip()
    return f"{start}…", text[len(start) :].lstrip()


def _after_preheader(edition: Edition) -> str:
    """Return the words of the page after the preheader, with which the page begins."""
    words = " ".join(item.words for item in utterances(edition.reading, edition.issue.language) if item.words)
    return words.removeprefix(" ".join(edition.issue.preheader.split())).lstrip()
