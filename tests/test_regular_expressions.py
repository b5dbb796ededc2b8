"""No regular expression takes more time than its input is long, however the input was made."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("pattern", [r"\s+$", r"\S+@\S+\.\w+", r"(?:a|aa)+$", r"\|?(\s*-{3,}\s*\|)+\s*-*$", r"“[^”]*”"])
def test_a_slow_pattern_is_reported(pattern: str) -> None:
    assert growth(re.compile(pattern), "search")


@pytest.mark.parametrize("pattern", [r"(?<!\s)\s+$", r"\S+", r"(?<!\S)\S++@", r"“[^“”]*”"])
def test_a_fast_pattern_is_not_reported(pattern: str) -> None:
    assert not growth(re.compile(pattern), "search")
