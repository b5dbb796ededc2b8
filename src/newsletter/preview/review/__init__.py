"""The review file: an issue as one page that can be mailed to somebody who has no tool but a browser.

It works without JavaScript, contacts nothing, and can be printed.
"""

from __future__ import annotations

import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from newsletter.check.settings import Settings
from newsletter.dom.tree import parse_html, transform
from newsletter.edition import Edition
from newsletter.edition_kinds import EDITION_KINDS
from newsletter.english import count, date_in_words, join
from newsletter.outbox import REVIEW
from newsletter.preview.facts import facts
from newsletter.preview.findings import finding_views
from newsletter.preview.issue_state import IssueState
from newsletter.preview.review.shadow_tree import picture_properties, shadow_tree, shared_pictures
from newsletter.preview.status import clock, status_summary
from newsletter.problems import count_by_severity
from newsletter.simulations.dark import dark, light
from newsletter.simulations.screen_reader import utterances
from newsletter.simulations.screen_width import on_screen

_VIEWS = (
    ("On a computer, light", "desktop", 1280, light),
    ("On a phone, light", "phone", 375, light),
    ("On a computer, dark", "desktop", 1280, dark),
    ("On a phone, dark", "phone", 375, dark),
)
"""The title of each look, the class of its size, the width of its screen in px, and its colours."""


def review_name(state: IssueState) -> str:
    """Return the name of the review file of an issue in the outbox."""
    return f"{state.slug.removeprefix('_')}{REVIEW}"


def review_page(state: IssueState, settings: Settings) -> str:
    """Return the review file of an issue.

    Args:
        state: the issue. It must have an edition, which is the one that is shown.
        settings: the project's settings, for the limits in the facts.
    """
    edition = state.edition
    assert edition is not None, "there is nothing to review before an email is built"
    issue, brand = edition.issue, edition.brand
    pictures = shared_pictures(edition.pictures)
    looks = [
        (title, size, scheme.__name__, shadow_tree(transform(edition.inlined, scheme, on_screen(width)), pictures))
        for title, size, width, scheme in (_VIEWS if edition.has_page else ())
    ]
    return _template().render(
        title=str(issue.title),
        subject=issue.subject,
        preheader=issue.preheader,
        sender=brand.sender,
        date=issue.date,
        date_words=date_in_words(issue.date),
        language=issue.language,
        edition=EDITION_KINDS[edition.kind].label,
        file=state.file,
        digest=hashlib.sha256(edition.message).hexdigest(),
        looks=looks,
        pictures=picture_properties(pictures.values()),
        lines=[line for line in edition.text.split("\n") if line.strip()],
        utterances=utterances(edition.reading, issue.language),
        links=_links(edition),
        findings=finding_views(state, state.problems),
        verdict=status_summary(state),
        is_checked=state.is_checked,
        outdated=clock(state.built_at) if state.is_outdated and state.built_at else "",
        facts=facts(state, settings),
    )


def _links(edition: Edition) -> list[tuple[str, str]]:
    """Return the words and the address of each link out of the email, each pair once."""
    links = (
        (" ".join("".join(map(str, link.itertext())).split()), link.get("href", ""))
        for link in parse_html(edition.reading).iter("a")
    )
    return list(dict.fromkeys((words, address) for words, address in links if address and not address.startswith("#")))


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("newsletter.preview", "review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"count": count, "count_by_severity": count_by_severity, "and": join}
    return environment.get_template("review.html.j2")
