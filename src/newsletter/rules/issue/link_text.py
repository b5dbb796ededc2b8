"""A link says where it goes.

Many people who listen to a page go from link to link, and hear only the words of each: "here, here, read more". People
with tremor or brain fog want to know what a tap will bring before they make it. An address is spelt out letter by
letter by a screen reader.

Bad:
    - text: |
        To join the trial, [click here](https://trial.example.org/).

Good:
    - text: |
        You can [ask to join the trial](https://trial.example.org/).

WCAG 2.2, 2.4.4 Link Purpose (In Context) (A) and 2.4.9 Link Purpose (Link Only) (AAA).
An email address may be the words of its own link, since people copy it or read it out to somebody.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from newsletter.check.written import LinkUse, WrittenIssue
from newsletter.rules import Finding

SEVERITY = "error"

_EMPTY = re.compile(
    "here|click|click here|click this|click this link|click me|tap here|press here|go|link|this link|this|this page|"
    "read more|more|learn more|find out more|more info|more information|further information|details|more details|"
    "see more|view more|find out|(?:learn|find out|read) more about (?:it|this|them)|"
    "continue|continue reading|read on|visit|website|visit website|this website|download|info|"
    # Welsh and Arabic, because our readers have them.
    "cliciwch yma|yma|darllen mwy|mwy|rhagor|mwy o wybodaeth|اضغط هنا|انقر هنا|هنا|اقرأ المزيد|المزيد"
)
_ADDRESS = re.compile(r"(https?://|www\.)\S*|[\w-]+(\.[\w-]+)+(/\S*)?", re.IGNORECASE)


def check(issue: WrittenIssue, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the words of each link."""
    for link in issue.links:
        words = re.sub(r"[^\w\s./:?=&%#-]|[.:…]+$", "", link.words).strip().casefold()
        if not words:
            yield Finding(link, "This link has no words.", "Write in the square brackets where it goes.")
        elif _EMPTY.fullmatch(words):
            hint = "Say where it goes, or what a reader gets there: “Read the trial's results”."
            yield Finding(link, f"“{link.words}” does not say where the link goes.", hint)
        elif _ADDRESS.fullmatch(words) and not _is_own_email(link):
            hint = "Write what is there, in words; the address stays in the round brackets or after 'url:'."
            yield Finding(link, f"The words of this link are an address: “{link.words}”.", hint)


def _is_own_email(link: LinkUse) -> bool:
    scheme, _, address = link.url.partition(":")
    return scheme.lower() == "mailto" and unquote(address.partition("?")[0]).casefold() == link.words.strip().casefold()
