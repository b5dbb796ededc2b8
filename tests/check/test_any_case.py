"""A pattern for words in any case finds what `re.IGNORECASE` finds."""

import importlib
import pkgutil
import re

import pytest

from newsletter import rules
from newsletter.check.any_case import AnyCase

PATTERNS = {
    f"{module.name}.{name}": value
    for module in pkgutil.walk_packages(rules.__path__, f"{rules.__name__}.")
    for name, value in vars(importlib.import_module(module.name)).items()
    if isinstance(value, AnyCase)
}


@pytest.mark.parametrize(
    "text", ["in lieu of", "In Lieu Of", "IN LIEU OF", "They came in lieu\u00a0of, IN LIEU OF tea"]
)
@pytest.mark.parametrize("pattern", [r"\bin lieu of\b", r"\bIn\Wlieu\Sof|(?P<first>[A-Z])N LIEU", r"\bof\b(?! TEA)"])
def test_it_finds_what_a_pattern_that_ignores_case_finds(pattern: str, text: str) -> None:
    expected = [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]
    assert [match.span() for match in AnyCase(pattern).finditer(text)] == expected
    assert AnyCase(pattern).is_in(text) is bool(expected)


def test_a_match_has_its_words_as_they_are_written() -> None:
    (match,) = AnyCase("(?P<word>prior) to").finditer("Prior To")
    assert match["word"] == "Prior"


def test_no_part_of_a_pattern_has_flags_of_its_own() -> None:
    assert PATTERNS
    assert not [name for name, pattern in PATTERNS.items() if re.search(r"\(\?-?[a-z]+[:)]", pattern.exact.pattern)]
