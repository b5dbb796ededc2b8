"""No regular expression takes more time than its input is long, however the input was made."""

import itertools
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from support import slow_patterns
from support.slow_patterns import all_patterns, growth

TESTS = Path(__file__).parent


@pytest.mark.slow
def test_each_pattern_takes_time_in_proportion_to_its_input() -> None:
    command = [sys.executable, "-m", "support.slow_patterns"]
    done = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, timeout=3_000, check=True)
    assert not done.stdout


def test_the_patterns_of_the_package_are_found() -> None:
    places = set(all_patterns().values())
    assert len(places) > 250
    assert {"newsletter.issue.text_fields._LINK", "newsletter.check.prose._ADDRESS"} <= places
    assert "newsletter.rules.issue.officials_words._ANY_WORD" in places


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"\s+$", "search"),
        (r"\S+@\S+\.\w+", "search"),
        (r"“[^”]*”", "finditer"),
        (r"\bby (?:\w+ )*ten\b", "finditer"),
        (r"(?<=\w)(?:, \w+)+ and", "sub"),
        (r"\b(?:risks?|odds)(?: of [\w' -]+)? (?:fell|rose)\b", "split"),
        (r"\b(?:(?:one|two|three|four|five|six) )+times", "findall"),
        (r"the +\w* *\w* *end", "match"),  # slow at one start, and only after its beginning
        (r"the +\w* *\w* *end", "finditer"),
        (r"\s*\s*\s*x", "match"),
        (r"\|?(\s*-{3,}\s*\|)+\s*-*$", "search"),
        (r"(?:a|aa)+$", "search"),
        (r"(?:\w+\s?)+[.]", "fullmatch"),
        (r"(?:a|a|a|a)+$", "match"),
    ],
)
def test_a_slow_pattern_is_reported(pattern: str, method: str) -> None:
    assert growth(re.compile(pattern), method)


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"(?<!\s)\s+$", "search"),
        (r"\S+", "finditer"),
        (r"(?<!\S)\S++@", "search"),
        (r"“[^“”]*”", "finditer"),
        (r"\bby (?:\w+ ){0,3}ten\b", "finditer"),
        (r".*x?", "sub"),
    ],
)
def test_a_fast_pattern_is_not_reported(pattern: str, method: str) -> None:
    assert not growth(re.compile(pattern), method)


@pytest.mark.parametrize(("power", "is_reported"), [(1, False), (2, True)])
def test_a_busy_computer_changes_nothing(power: int, is_reported: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of three times are so long that the pattern is stopped, whatever it does."""
    calls = itertools.count()

    def seconds(run: partial[None], clock: object, times: int) -> float:
        text = run.args[2]
        own = times * len(text) ** power * 1e-6
        return min(own, slow_patterns.LONGEST) if next(calls) % 3 else slow_patterns.LONGEST

    monkeypatch.setattr(slow_patterns, "_seconds", seconds)
    assert bool(growth(re.compile("a"), "match")) is is_reported
