"""The facts about an issue that every view shows: who can read it, how long it takes, its size, pictures and links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from newsletter.check.issue_text import IssueText
from newsletter.check.message import html_kb
from newsletter.check.readability import Measure, grades, whole_grade
from newsletter.check.registry import rule
from newsletter.check.settings import Settings
from newsletter.dom.tree import parse_html
from newsletter.edition import Edition
from newsletter.english import count
from newsletter.preview.issue_state import IssueState
from newsletter.problems import Severity
from newsletter.stages.compose import reading_time

# An address in plain text, which mail apps turn into a link.
ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|sms:)\S+|(?<![^\s@])[^\s@]++@[^\s@]+\.\w+", re.IGNORECASE)

_LONG_MINUTES = 10
"""From here on an issue is long. People spend 51 seconds with a newsletter on average, and read 19% of them as a whole
(Nielsen Norman Group, Email Newsletter Usability, 2006); some of ours tire after a few minutes.
"""


_SCHOOL_AGE = 18
"""The end of the last grade. Ages above it would be numbers without a meaning."""


class Fact(NamedTuple):
    """One fact, with a note that explains its value."""

    label: str
    value: str
    note: str = ""
    limit: tuple[float, float] | None = None
    """The amount and its limit, to be shown as a bar."""
    rule: str = ""
    """The rule that has a limit for it."""
    verdicts: Mapping[Severity, str] = {}
    """What is wrong with it if that rule has found a problem, by severity."""


def facts(state: IssueState, settings: Settings) -> tuple[Fact, ...]:
    """Return the facts of the last good edition; none if there is no edition.

    Args:
        state: the issue.
        settings: the project's settings, for the limits of the rules that the facts name.
    """
    if (edition := state.edition) is None:
        return ()
    minutes, words = reading_time.minutes(edition.issue), reading_time.word_count(edition.issue)
    note = f"{words:,} words, read aloud"
    if minutes >= _LONG_MINUTES:
        note += (
            ". This is long: people give a newsletter about a minute. Put what matters most first, and move articles "
            "to a web page or to the next issue."
        )
    return (
        _reading_age(edition, settings),
        Fact("Time to read", f"about {count(minutes, 'minute')}", note),
        _size(edition, settings),
        *(_page_facts(edition) if edition.has_page else ()),
        _text_links(edition),
    )


def _page_facts(edition: Edition) -> tuple[Fact, ...]:
    images = list(parse_html(edition.inlined).iter("img"))
    decorative = sum(not image.get("alt") for image in images)
    note = f"{decorative} of them decorative" if decorative else ""
    return (Fact("Pictures", str(len(images)), note), _html_links(parse_html(edition.reading)))


def _size(edition: Edition, settings: Settings) -> Fact:
    if not edition.has_page:
        return Fact("Size", f"{len(edition.text.encode()) / 1000:.0f} KB", "There is no HTML.")
    limit = settings.options(rule("html-size"), edition.kind)["block_from_kb"]
    size = html_kb(edition)
    verdicts: Mapping[Severity, str] = {"error": "Too large for Gmail", "warning": "Nearly too large for Gmail"}
    note = f"This is the HTML. The whole message has {len(edition.message) / 1000:.0f} KB."
    return Fact("Size", f"{size:.0f} KB of {limit} KB", note, (size, limit), "html-size", verdicts)


def _reading_age(edition: Edition, settings: Settings) -> Fact:
    options = settings.options(rule("reading-grade"), edition.kind)
    text, fewest = IssueText(edition.issue, edition.brand), int(options["fewest_words"])
    articles = list(grades(text, fewest))
    if not articles:
        if whole := whole_grade(text, fewest):
            return Fact("Reading age", _age(*whole), "Each article is too short to measure, so this is of all of them.")
        note = (
            f"There is too little to measure: {count(fewest, 'word')} in sentences are needed."
            if any(grades(text, 1))
            else "There is no measure for the language of the articles."
        )
        return Fact("Reading age", "unknown", note)
    # The two scales cannot be compared. If there are English articles, their scale is used.
    measured = [article for article in articles if article.measure == "grade"] or articles
    hardest = max(measured, key=lambda article: article.value)
    note = f"Hardest: {hardest.article.article.name}"
    verdicts: Mapping[Severity, str] = {"error": "Hard to read", "warning": "Hard to read"}
    return Fact("Reading age", _age(hardest.measure, hardest.value), note, None, "reading-grade", verdicts)


def _age(measure: Measure, value: float) -> str:
    """Return a measure in words. The first grade of a school in the USA begins at the age of six, the last at 17."""
    if measure == "lix":
        return f"index (LIX) {value:.0f}"
    age = max(1, round(value)) + 5
    return f"about age {age}" if age <= _SCHOOL_AGE else f"over {_SCHOOL_AGE}: as hard as a text for university"


def _html_links(reading: etree._Element) -> Fact:
    addresses = [link.get("href", "") for link in reading.iter("a")]
    inside = sum(address.startswith("#") for address in addresses)
    note = f"and {inside} to places inside the email" if inside else ""
    return Fact("Links", str(len(addresses) - inside), note)


def _text_links(edition: Edition) -> Fact:
    addresses = ADDRESS.findall(edition.text)
    # Most telephone numbers are plain words in the text. Mail apps may turn them into links.
    phone_links = sum(link.get("href", "").startswith("tel:") for link in parse_html(edition.reading).iter("a"))
    as_words = phone_links - sum(address.lower().startswith("tel:") for address in addresses)
    note = f"and {count(as_words, 'telephone number')} as words" if as_words > 0 else ""
    return Fact("Links in the plain text", str(len(addresses)), note)
