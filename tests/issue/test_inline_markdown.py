"""A short text takes links, bold words and emphasis, and keeps every other sign as it was typed."""

import html
import re

import pytest
from pydantic_core import PydanticCustomError

from newsletter.issue.text_fields import InlineMarkdown

TYPED = [
    "2*3*4 and 2 * 3 * 4",
    "snake_case_name and __init__py",
    "p <0.05, 5 > 3, x < y > z",
    "Fish & chips, AT&T; R&amp;D &copy 2026",
    "1. First, and - second",
    "- 5 °C",
    "> 0.05",
    "# 1 reason",
    "+44 (0)20 7946 0000",
    "1986. The first",
    "Sat* and Sun* (*not in May), 2*3*4",
    "* not in May",
    "C:\\Users\\Jo",
    "[1] and [sic]",
    "a | b",
    "---",
    "<b>old</b>",
]


@pytest.mark.parametrize("typed", TYPED)
def test_signs_stay_as_they_were_typed(typed: str) -> None:
    value = InlineMarkdown.check(typed)
    visible = html.unescape(value.__html__()).replace("\N{NO-BREAK SPACE}", " ").replace("\N{ZERO WIDTH SPACE}", "")
    assert visible == value.words == typed


MARKED = {
    "**Free** for _all_": "<strong>Free</strong> for <em>all</em>",
    "[Our guide](https://www.example.org/?a=1&b=2)": '<a href="https://www.example.org/?a=1&amp;b=2">Our guide</a>',
    "10^9 cells and H₂O": "10⁹ cells and H₂O",
    r"\*not bold\*": "*not bold*",
    "one\ntwo": "one two",
    "\n one \n": "one",
    "12 Quay Street\\\nLarkmoor": "12 Quay Street<br />\nLarkmoor",
    "**五**月": "<strong>五</strong>月",
}


@pytest.mark.parametrize("typed", MARKED)
def test_marks_of_a_line_mean_something(typed: str) -> None:
    assert InlineMarkdown.check(typed).__html__() == MARKED[typed]


REFUSED = {
    "See [our guide]()": "no address",
    "See [](https://www.example.org/)": "no words",
    "![A map](map.png)": "picture",
    "https://www.example.org/": "not a link yet",
    "5**4**3": "would not be shown",
    " ": "empty",
}


@pytest.mark.parametrize("typed", REFUSED)
def test_what_would_be_lost_is_a_problem(typed: str) -> None:
    with pytest.raises(PydanticCustomError) as error:
        InlineMarkdown.check(typed)
    context = error.value.context or {}
    messages = [fault.message for fault in context.get("faults", ())] or [context["message"]]
    assert any(re.search(REFUSED[typed], message) for message in messages)


def test_the_words_have_no_marks_and_no_addresses() -> None:
    value = InlineMarkdown.check("A **new** [guide to\nrest](https://www.example.org/rest), by <mailto:jo@example.org>")
    assert value.words == "A new guide to rest, by mailto:jo@example.org"
