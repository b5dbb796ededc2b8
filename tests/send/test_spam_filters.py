"""What filters for spam say about each edition of each shipped issue."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.edition import Edition
from newsletter.edition_kinds import EditionKind
from support.spam_filters import rspamd, running_rspamd, spamassassin

pytestmark = pytest.mark.slow

# A string that each filter for spam knows as spam, to test that it works (spamassassin.apache.org/gtube).
GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
SPAM = f"From: <a@example.org>\r\nTo: <b@example.org>\r\nSubject: a\r\n\r\n{GTUBE}\r\n".encode()

Editions = dict[str, dict[EditionKind, Edition]]


def messages(every_edition: Editions) -> dict[str, bytes]:
    return {
        f"{slug} {kind}": edition.message for slug, kinds in every_edition.items() for kind, edition in kinds.items()
    }


def test_spamassassin_finds_nothing(every_edition: Editions, tmp_path: Path) -> None:
    named = messages(every_edition)
    *verdicts, spam = spamassassin([*named.values(), SPAM], tmp_path)
    assert spam.score >= spam.limit
    scores = {name: verdict for name, verdict in zip(named, verdicts, strict=True) if verdict.score > 0}
    assert scores == {}


def test_rspamd_finds_nothing_but_an_odd_number_of_links(every_edition: Editions) -> None:
    """Its limit is 15. Without signatures and DNS, only what it says about the words and the page counts."""
    named = messages(every_edition)
    with running_rspamd() as port:
        *verdicts, spam = rspamd([*named.values(), SPAM], port)
    assert spam.score >= spam.limit
    for name, verdict in zip(named, verdicts, strict=True):
        # About the server that sent it, and the day of the test.
        own = {rule: score for rule, score in verdict.rules.items() if not rule.startswith(("HFILTER_", "DATE_"))}
        costs = {rule: score for rule, score in own.items() if score > 0}
        # URI_COUNT_ODD is chance: it counts the links and pictures of an email, and every other one has an odd number.
        assert costs.keys() <= {"URI_COUNT_ODD"}, name
        assert sum(costs.values()) <= 1.0, (name, costs)
