"""A list of selectors is divided where browsers divide it."""

import pytest

from newsletter.css.selectors import each_selector


@pytest.mark.parametrize(
    ("selectors", "single"),
    [
        ("h1", ["h1"]),
        ("h1,\n .page   td", ["h1", ".page td"]),
        (":is(h1, h2) a, p", [":is(h1, h2) a", "p"]),
        ('[title="a, b"],a', ['[title="a, b"]', "a"]),
        ("a /* b, c */ , d", ["a", "d"]),
        ("[x-apple-data-detectors] > a,:not(.a,.b)", ["[x-apple-data-detectors] > a", ":not(.a,.b)"]),
    ],
)
def test_each_selector_of_a_list(selectors: str, single: list[str]) -> None:
    assert list(each_selector(selectors)) == single
