"""The facts of an issue that are shown beside every view."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from newsletter.check.issue_text import IssueText
from newsletter.check.readability import grades
from newsletter.check.registry import rule
from newsletter.check.settings import Settings
from newsletter.dom.tree import parse
from newsletter.edition import Edition
from newsletter.preview.issue_state import IssueState
from newsletter.stages.compose import reading_time

# What stands for a link in plain text: an address that mail programs make one of.
ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)\S+|\S+@\S+\.\w+", re.IGNORECASE)


class Fact(NamedTuple):
    """One fact, and what there is to know about it."""

    label: str
    value: str
    note: str = ""


def facts(shown: IssueState, settings: Settings) -> tuple[Fact, ...]:
    """Return the facts of the last good edition; none as long as there is none.

    Args:
        shown: the issue.
        settings: the project's, for the limits of the rules that the facts name.
    """
    if (edition := shown.edition) is None:
        return ()
    minutes = reading_time.minutes(edition.issue)
    return (
        _size(edition, settings),
        Fact("Words", f"{reading_time.words(edition.issue):,}"),
        Fact("Reading time", f"about {minutes} {'minute' if minutes == 1 else 'minutes'}", "read aloud"),
        _grade(edition, settings),
        *(_of_the_page(edition) if edition.has_page else ()),
        _links_of_text(edition),
    )


def _of_the_page(edition: Edition) -> tuple[Fact, ...]:
    images = list(parse(edition.inlined).iter("img"))
    decorative = sum(not image.get("alt") for image in images)
    note = f"{decorative} of them decorative" if decorative else ""
    return (Fact("Images", str(len(images)), note), _links(parse(edition.reading)))


def _size(edition: Edition, settings: Settings) -> Fact:
    if not edition.has_page:
        return Fact("Size of the text", f"{len(edition.text.encode()) / 1000:.0f} KB", "there is no HTML")
    most = settings.options(rule("html-size"), edition.kind)["block_from_kb"]
    size = len(edition.inlined.encode()) / 1000
    return Fact("Size of the HTML", f"{size:.0f} KB of {most} KB", "Gmail cuts off what is over some 102 KB")


def _grade(edition: Edition, settings: Settings) -> Fact:
    options = settings.options(rule("reading-grade"), edition.kind)
    found = list(grades(IssueText(edition.issue, edition.brand), int(options["fewest_words"])))
    # Two scales that cannot be compared: English articles first.
    for measure, words in (("grade", "{:.1f}"), ("lix", "LIX {:.0f}")):
        if values := [graded.value for graded in found if graded.measure == measure]:
            note = f"of the hardest of {len(values)} articles" if len(values) > 1 else "of one article"
            return Fact("Reading grade", words.format(max(values)), note)
    return Fact("Reading grade", "unknown", "no article has enough words in a language that can be measured")


def _links(reading: etree._Element) -> Fact:
    addresses = [link.get("href", "") for link in reading.iter("a")]
    within = sum(address.startswith("#") for address in addresses)
    note = f"and {within} to places within it" if within else ""
    return Fact("Links in the HTML", str(len(addresses) - within), note)


def _links_of_text(edition: Edition) -> Fact:
    addresses = ADDRESS.findall(edition.text)
    # Most telephone numbers are words there, which programs may make links of.
    by_phone = sum(link.get("href", "").startswith("tel:") for link in parse(edition.reading).iter("a"))
    as_words = by_phone - sum(address.lower().startswith("tel:") for address in addresses)
    note = f"and {as_words} telephone {'number' if as_words == 1 else 'numbers'} as words" if as_words > 0 else ""
    return Fact("Links in the text", str(len(addresses)), note)
