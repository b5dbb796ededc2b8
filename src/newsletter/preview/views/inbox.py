"""The issue in the list of an inbox: who sends it, its subject and its preheader, as far as each program shows them.

How much is shown depends on the screen, the size of the text and the letters themselves. The numbers are what is
reported for common settings, and where reports differ the smallest of them: what stands within is seen by most.
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
_ACELLE = "Acelle, “Email preheader text” (a range, of which this is the least)"


@dataclass(frozen=True)
class Client:
    """A mail program's list: how many characters of the subject and of the words after it are seen, and who says so."""

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
    """What one program shows: words that are seen, and those that are cut off."""

    client: Client
    subject: str
    subject_cut: str
    preheader: str
    preheader_cut: str
    follows: str
    """Words of the email that fill the rest of the line when the preheader is short."""


def context(shown: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Give one row for each program."""
    if shown.edition is None:
        return {"rows": []}
    issue, sender = shown.edition.issue, shown.edition.brand.sender
    follows = _after_preheader(shown.edition)
    return {
        "rows": [_row(client, issue.subject, issue.preheader, follows) for client in CLIENTS],
        "sender": sender.name or sender.address,
        "address": sender.address,
        "subject": issue.subject,
        "preheader": issue.preheader,
        "language": issue.language,
        "lengths": (len(issue.subject), len(issue.preheader)),
        "date": issue.sent_at(shown.edition.brand.zone),
    }


def _row(client: Client, subject: str, preheader: str, follows: str) -> Row:
    seen, cut = _cut(subject, client.subject)
    words, words_cut = _cut(preheader, client.preheader)
    # A space parts the two; less than a word's room is left empty.
    room = client.preheader - len(preheader) - 1
    return Row(client, seen, cut, words, words_cut, _cut(follows, room)[0] if room > 2 else "")


def _cut(text: str, room: int) -> tuple[str, str]:
    """Part a text where a program ends it; it shows an ellipsis in place of the last character that has room."""
    if len(text) <= room:
        return text, ""
    seen = text[: room - 1].rstrip()
    return f"{seen}…", text[len(seen) :].lstrip()


def _after_preheader(edition: Edition) -> str:
    """Give the words of the page that come after the preheader, which is what it begins with."""
    words = " ".join(said.words for said in utterances(edition.reading, edition.issue.language) if said.words)
    return words.removeprefix(" ".join(edition.issue.preheader.split())).lstrip()
