"""The issue in an inbox: its sender, subject and preheader, as far as each mail app shows them.

How much of them is visible depends on the screen, the text size and the width of the characters. The limits are those
reported for common settings. If reports differ, it is the smallest: most readers see at least so much.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsletter.edition import Edition
from newsletter.preview.issue_state import IssueState
from newsletter.simulations.screen_reader import utterances

TITLE = "Inbox"

_EMAILTOOLTESTER = "measured on an iPhone 14 by EmailToolTester"
_ACTIVECAMPAIGN = "ActiveCampaign, “How long should your email subject line be?”"
_ACELLE = "Acelle, “Email preheader text” (the lowest of a range)"


@dataclass(frozen=True)
class Client:
    """A mail app: how many characters of the subject and of the preheader it shows, and the source of these numbers."""

    name: str
    kind: str
    subject: int
    preheader: int
    source: str


CLIENTS = (
    Client("Apple Mail on an iPhone", "phone", 48, 99, f"Both {_EMAILTOOLTESTER}."),
    Client("Gmail app on an iPhone", "phone", 37, 40, f"Subject: {_ACTIVECAMPAIGN}. Preheader: {_ACELLE}."),
    Client("Gmail app on Android", "phone", 33, 40, f"Subject: {_ACTIVECAMPAIGN}. Preheader: {_ACELLE}."),
    Client("Gmail in a browser", "desktop", 70, 100, f"Subject: {_ACTIVECAMPAIGN}. Preheader: {_ACELLE}."),
    Client("Outlook on a computer", "desktop", 50, 50, f"Subject: {_ACTIVECAMPAIGN}. Preheader: {_ACELLE}."),
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


def context(state: IssueState, query: Mapping[str, str]) -> dict[str, object]:
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
    }


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
