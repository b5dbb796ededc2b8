"""The links that `verify` looks for are those of the Markdown library, whatever brackets and escapes are in them."""

from __future__ import annotations

from random import Random

import pytest

from newsletter.issue.markdown import to_html
from newsletter.verify.markdown import spoken
from newsletter.verify.tokens import address_of

PIECES = [
    *("(", ")", "((", "))", "[", "]", "\\", "\\(", "\\)", "\\[", "\\]", "\\\\", "\\>", "\\ ", "<", ">"),
    *("`", '"', "'", "*", "_", " ", "a", "b", "é", "/", "?x=", "&amp;", "%20", "{", "}", ".", "!"),
]


def links_of_library(source: str) -> list[str] | None:
    """Return the addresses in a text as the library reads them; None if it has a problem that stops the email."""
    _, tokens, problems = to_html(source)
    children = [child for token in tokens for child in token.children or ()]
    if problems or any(child.attrGet("title") is not None for child in children):
        return None
    return [address_of(f"{child.attrGet('href')}") for child in children if child.type == "link_open"]


def links_of_verify(source: str) -> list[str]:
    links: list[str] = []
    spoken(source, links)
    return [address_of(link) for link in links]


@pytest.mark.parametrize(
    "address",
    [
        "?e=((email))",
        "Foo_((bar))",
        "Foo_(bar)",
        "(a(b(c)d)e)",
        "(" * 32 + ")" * 32,
        r"\(a\)",
        r"a\(b(c)",
        "a[b](c)",
    ],
)
def test_brackets_in_an_address_belong_to_it(address: str) -> None:
    source = f"See [the `]` [old] hall](https://www.example.org/{address}) today."
    expected = links_of_library(source)
    assert expected is not None
    assert len(expected) == 1
    assert links_of_verify(source) == expected


def test_any_brackets_quotes_and_escapes_are_read_alike() -> None:
    random = Random(20261201)
    compared = 0
    for _ in range(4_000):
        words, rest = ("".join(random.choices(PIECES, k=random.randint(1, most))) for most in (4, 8))
        begin, end = random.choice([("", ""), ("<", ">"), (" ", " "), ("<", "")])
        source = f"See [x] [{words}]({begin}https://www.example.org/{rest}{end}) and [two](https://example.org/2)"
        expected = links_of_library(source)
        if expected is not None:
            compared += 1
            assert links_of_verify(source) == expected, source
    assert compared > 1_000
