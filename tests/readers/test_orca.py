"""Orca, a real screen reader, reads each shipped email in Chromium. The Listening view of the preview says the same."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

import pytest

from newsletter.edition import Edition
from newsletter.simulations.screen_reader import utterances
from newsletter.stages.data_urls import browser_page
from support.orca import (
    announced_by_orca,
    announced_by_view,
    read_by_orca,
    require_orca,
    words_of_orca,
    words_of_view,
)

pytestmark = pytest.mark.slow


def test_orca_says_what_the_listening_view_says(edition: Edition, tmp_path: Path) -> None:
    require_orca()
    texts = read_by_orca(browser_page(edition), str(edition.issue.subject), tmp_path)
    view = utterances(edition.reading, edition.issue.language)
    spoken, expected = words_of_orca(texts), words_of_view(view)
    assert len(expected) > 1000
    assert differences(expected, spoken) == []
    assert announced_by_orca(texts) == announced_by_view(view)


BEFORE_AND_AFTER = """<!DOCTYPE html><html lang="en"><title>Emoji</title><body>
<p>We meet <a href="https://example.org/">in the hall</a> at ten \N{HOT BEVERAGE}\N{VARIATION SELECTOR-16}.</p>
<p>We sing <a href="https://example.org/">in the church</a> at two \N{MICROPHONE}.</p>
<p>We walk \N{FAMILY}\N{ZERO WIDTH JOINER}\N{DOG FACE} <a href="https://example.org/">in the park</a> at four.</p>
<p>That is all.</p></body></html>"""


def test_after_an_emoji_in_a_paragraph_orca_loses_a_link_and_before_it_none(tmp_path: Path) -> None:
    require_orca()
    texts = read_by_orca(BEFORE_AND_AFTER, "Emoji", tmp_path)
    spoken = " ".join(words_of_orca(texts))
    assert "We meet in the hall at ten We sing in the church at two We walk" in spoken
    assert "in the park at four" not in spoken


def differences(expected: list[str], spoken: list[str]) -> list[tuple[str, str]]:
    """Return what only one of the lists has, in order: the words of each."""
    matcher = SequenceMatcher(None, expected, spoken, autojunk=False)
    parts = ((expected[a:b], spoken[c:d]) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal")
    return [(" ".join(one), " ".join(other)) for one, other in parts]
