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

from newsletter.check.issue_text import IssueText, LinkRef
from newsletter.check.rule import Finding

SEVERITY = "error"

_HINT = "Say where it goes, or what a reader gets there: “Read the trial's results”."
# Words of which none names the thing that a link leads to ...
_SAYS_NOTHING = re.compile(
    "a|about|all|an|and|article|below|button|click|complete|continue|details|document|download|everything|file|find|for|"
    "from|full|further|go|here|i|in|info|information|it|kb|know|learn|like|link|list|mb|me|more|now|of|official|on|"
    "online|open|our|out|page|pdf|piece|please|post|press|read|reading|see|show|site|source|story|tap|tell|that|the|"
    "their|them|there|these|this|to|today|view|visit|want|web|webpage|website|whole|with|would|you|your"
)
# ... and those which, with "here", say no more: "Register here".
_OR_HERE = re.compile(
    "apply|ask|book|buy|call|come|contact|copy|donate|enrol|enter|follow|form|get|give|help|join|listen|order|pay|place|"
    "play|register|reply|respond|reserve|shop|sign|spot|start|subscribe|support|take|tickets?|up|us|vote|watch|write"
)
# "Our story" is a page, where "the story" could be any; "visit our website" says what happens and whose it is.
_OWN = re.compile(r"\b(?:our|your) (?:article|piece|post|story)\b|^visit our (?:web)?site$")
_ELSEWHERE = re.compile(
    # Welsh, Arabic, German, French and Spanish
    "cliciwch yma|yma|darllen mwy|mwy|rhagor|mwy o wybodaeth|اضغط هنا|انقر هنا|هنا|اقرأ المزيد|المزيد|"
    "hier|hier klicken|klicken sie hier|mehr|mehr erfahren|mehr lesen|mehr informationen|weiterlesen|"
    "ici|cliquez ici|plus|en savoir plus|lire la suite|plus dinformations|aquí|haga clic aquí|leer más|más información"
)
# Not in quotation marks: there it is what somebody writes about.
_CLICK_HERE = re.compile(
    r"(?<![“\"‘'\w])(?:please )?(?:click|tap|press)(?: on)? (?:here|this(?: link| button)?|the link|the button|below)\b"
    r"(?:,? (?:to|and|for|if you want to|if you would like to) )?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(https?://|www\.)\S*|[\w-]+(\.[\w-]+)+(/\S*)?", re.IGNORECASE)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the words of each link."""
    for link in issue.links:
        words = re.sub(r"[^\w\s./:?=&%#-]|[.:…]+$", "", link.words).strip().casefold()
        if not words:
            yield Finding(link, "This link has no words.", "Write in the square brackets where it goes.")
        elif _ADDRESS.fullmatch(words):
            if not _is_own_email(link):
                hint = "Write what is there, in words; the address stays in the round brackets or after 'url:'."
                yield Finding(link, f"The words of this link are an address: “{link.words}”.", hint)
        elif _says_nothing(words):
            yield Finding(link, f"“{link.words}” does not say where the link goes.", _HINT)
        elif click := _CLICK_HERE.search(link.words):
            rest = link.words[click.end() :].strip(" .!…:")
            hint = _HINT
            if click.start() == 0 and not _says_nothing(f"here {rest.casefold()}"):
                hint = f"Leave “{click[0].strip()}” out: “{rest[:1].upper()}{rest[1:]}”."
            yield Finding(link, f"“{click[0].strip()}” in a link does not say where it goes.", hint)


def _says_nothing(words: str) -> bool:
    """Whether words, in small letters, name nothing that a link could lead to."""
    if _ELSEWHERE.fullmatch(words):
        return True
    found = re.findall(r"[^\W\d]+", words)
    if not found or _OWN.search(words):
        return False
    return all(_SAYS_NOTHING.fullmatch(word) or ("here" in found and _OR_HERE.fullmatch(word)) for word in found)


def _is_own_email(link: LinkRef) -> bool:
    scheme, _, address = link.url.partition(":")
    return scheme.lower() == "mailto" and unquote(address.partition("?")[0]).casefold() == link.words.strip().casefold()
