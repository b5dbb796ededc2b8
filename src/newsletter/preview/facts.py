"""The facts about an issue that every view shows: size, words, reading time, reading grade, images, links."""

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
from newsletter.english import count
from newsletter.preview.issue_state import IssueState
from newsletter.stages.compose import reading_time

# An address in plain text, which mail apps turn into a link.
ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|sms:)\S+|(?<![^\s@])[^\s@]++@[^\s@]+\.\w+", re.IGNORECASE)


class Fact(NamedTuple):
    """One fact, with a note that explains its value."""

    label: str
    value: str
    note: str = ""


def facts(state: IssueState, settings: Settings) -> tuple[Fact, ...]:
    """Return the facts of the last good edition; none if there is no edition.

    Args:
        state: the issue.
        settings: the project's settings, for the limits of the rules that the facts name.
    """
    if (edition := state.edition) is None:
        return ()
    return (
        _size(edition, settings),
        Fact("Words", f"{reading_time.words(edition.issue):,}"),
        Fact("Reading time", f"about {count(reading_time.minutes(edition.issue), 'minute')}", "read aloud"),
        _grade(edition, settings),
        *(_page_facts(edition) if edition.has_page else ()),
        _text_links(edition),
    )


def _page_facts(edition: Edition) -> tuple[Fact, ...]:
    images = list(parse(edition.inlined).iter("img"))
    decorative = sum(not image.get("alt") for image in images)
    note = f"{decorative} of them decorative" if decorative else ""
    return (Fact("Images", str(len(images)), note), _html_links(parse(edition.reading)))


def _size(edition: Edition, settings: Settings) -> Fact:
    if not edition.has_page:
        return Fact("Size of the text", f"{len(edition.text.encode()) / 1000:.0f} KB", "there is no HTML")
    limit = settings.options(rule("html-size"), edition.kind)["block_from_kb"]
    size = len(edition.inlined.encode()) / 1000
    return Fact("Size of the HTML", f"{size:.0f} KB of {limit} KB", "Gmail cuts off large emails")


def _grade(edition: Edition, settings: Settings) -> Fact:
    options = settings.options(rule("reading-grade"), edition.kind)
    articles = list(grades(IssueText(edition.issue, edition.brand), int(options["fewest_words"])))
    # The two scales cannot be compared. If there are English articles, their scale is used.
    for measure, value in (("grade", "{:.1f}"), ("lix", "LIX {:.0f}")):
        if values := [article.value for article in articles if article.measure == measure]:
            note = f"the hardest of {len(values)} articles" if len(values) > 1 else "one article"
            return Fact("Reading grade", value.format(max(values)), note)
    return Fact("Reading grade", "unknown", "no article is long enough, in a language that we can measure")


def _html_links(reading: etree._Element) -> Fact:
    addresses = [link.get("href", "") for link in reading.iter("a")]
    inside = sum(address.startswith("#") for address in addresses)
    note = f"and {inside} inside the email" if inside else ""
    return Fact("Links in the HTML", str(len(addresses) - inside), note)


def _text_links(edition: Edition) -> Fact:
    addresses = ADDRESS.findall(edition.text)
    # Most telephone numbers are plain words in the text. Mail apps may turn them into links.
    phone_links = sum(link.get("href", "").startswith("tel:") for link in parse(edition.reading).iter("a"))
    as_words = phone_links - sum(address.lower().startswith("tel:") for address in addresses)
    note = f"and {count(as_words, 'telephone number')} as words" if as_words > 0 else ""
    return Fact("Links in the text", str(len(addresses)), note)
