"""A rule of the head says what most elements of a tag say, if no other element and no other rule is in its way."""

from __future__ import annotations

import pytest

from newsletter.dom.tree import InlinedTree, parse_html
from newsletter.stages.slim import slim
from newsletter.stages.slim.tag_rules import share_tag_styles

PARAGRAPH = '<p style="margin:0 0 16px">Words</p>'
TWO = PARAGRAPH * 2


def shared(body: str, head: str = "") -> str:
    """Return a page after the pass; its last style sheet is empty before it."""
    page = f"<!DOCTYPE html><html><head>{head}<style></style></head><body>{body}</body></html>"
    return slim(InlinedTree(parse_html(page), ()), passes=[share_tag_styles]).with_marks


def test_the_most_frequent_value_is_a_rule() -> None:
    page = shared(f'{TWO}<p style="color:red;margin:0 0 16px">A</p><p style="margin:0">B</p>')
    assert "<style>p{margin:0 0 16px}</style>" in page
    assert '<p>Words</p><p>Words</p><p style="color:red">A</p><p style="margin:0">B</p>' in page


def test_what_an_email_needs_stays_in_its_elements() -> None:
    body = '<ul style="margin:0 0 16px 1.6em;padding:0"><li>A</li></ul><h4 style="font-weight:bold">A</h4>' * 3
    assert f"<body>{body}</body>" in shared(body)
    link = '<a href="#a" style="color:#00505B;text-decoration:underline;padding:3px 0">A</a>'
    assert f"<body>{link * 3}</body>" in shared(link * 3)  # its padding is room for a finger


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (PARAGRAPH, ""),  # the rule would be longer
        (f"{TWO}<p>A</p>", ""),
        (f"{TWO}<!--[if mso]><p>A</p><![endif]-->", ""),
        ('<p style="margin:0!important">A</p>' * 3, ""),
        ('<p style="margin:1em;margin:clamp(1em, 1rem, 9px)">A</p>' * 3, ""),
        (TWO, "<style>body p{margin:0}</style>"),
        (TWO, "<style>p{margin-bottom:0}</style>"),
        (TWO, "<style>@media print{*{margin:0}}</style>"),
        (TWO, "<!--[if mso]><style>p{margin:0}</style><![endif]-->"),
        ('<p style="margin-left:9px;margin:0">A</p>' * 3, ""),
    ],
)
def test_elements_keep_their_style(body: str, head: str) -> None:
    assert f"<body>{body}</body>" in shared(body, head)


@pytest.mark.parametrize("rule", [".other{margin:0}", "p{margin:0!important}", "p{color:red}"])
def test_a_rule_that_gives_nothing_to_these_elements_is_in_nobodys_way(rule: str) -> None:
    assert "p{margin:0 0 16px}" in shared(TWO, f"<style>{rule}</style>")


def test_a_corner_is_part_of_the_radius() -> None:
    pictures = '<img style="border-radius:8px">' * 3
    assert "img{border-radius:8px}" in shared(pictures, "<style>img{border:0}</style>")
    assert "img{border-radius:8px}" not in shared(pictures, "<style>img{border-top-left-radius:0}</style>")
