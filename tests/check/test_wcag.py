"""Which criteria of WCAG 2.2 there are, and how the rules name them."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from newsletter.check.registry import all_rules, rule
from newsletter.check.wcag import CRITERIA, named_criteria, tagged_criteria


def test_there_are_all_criteria_of_level_a_and_aa() -> None:
    # https://www.w3.org/TR/WCAG22/ has 86 criteria; 31 of them are of level AAA.
    assert Counter(item.level for item in CRITERIA) == {"A": 31, "AA": 24}
    numbers = [tuple(map(int, item.number.split("."))) for item in CRITERIA]
    assert numbers == sorted(set(numbers))


def test_each_has_its_clauses_in_en_301_549() -> None:
    clauses = {item.number: (item.document_clause, item.web_clause) for item in CRITERIA}
    assert clauses["1.4.10"] == ("10.1.4.10", "9.1.4.10")
    assert clauses["2.4.1"] == ("", "9.2.4.1")
    assert clauses["2.5.8"] == ("", "")
    # Version 3.2.1 takes over WCAG 2.1; four of its criteria are void for documents.
    new = {"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"}
    assert {number for number, (_, web) in clauses.items() if web != f"9.{number}"} == new
    void = {"2.4.1", "2.4.5", "3.2.3", "3.2.4"}
    assert {number for number, (document, _) in clauses.items() if document != f"10.{number}"} == new | void


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("WCAG 2.2, 1.3.2 Meaningful Sequence and 2.4.3 Focus Order (A).", ("1.3.2", "2.4.3")),
        ("WCAG 2.2, 1.4.3\nContrast (AA), and 1.4.3 Contrast again.", ("1.4.3",)),
        ("WCAG 2.2, 2.4.9 Link Purpose (Link Only) (AAA).", ()),
        ("CommonMark 0.31, 6.8 Soft line breaks; YAML 1.2.2, 6.5 Line Folding.", ()),
        ("RFC 5322, 2.1.1 (998 characters without CRLF); RFC 5322, section 2.1.1, asks for lines.", ()),
    ],
)
def test_a_number_counts_with_the_first_word_of_its_name(text: str, numbers: tuple[str, ...]) -> None:
    assert named_criteria(text) == numbers


def test_tags_of_axe_core_name_criteria() -> None:
    assert tagged_criteria(["cat.color", "wcag2aa", "wcag143", "wcag1410", "EN-9.1.4.3", "wcag249"]) == (
        "1.4.3",
        "1.4.10",
    )


def test_no_rule_names_a_criterion_in_another_form() -> None:
    """A number right after `WCAG 2.2,` is one of ours, or of level AAA with its name."""
    for item in all_rules():
        for number, words in re.findall(r"WCAG 2\.2,\s+(\d\.\d\.\d+)([^.;:]*)", item.explanation):
            assert number in item.criteria or "(AAA)" in words, item.id
    assert rule("contrast").criteria == ("1.4.3",)
