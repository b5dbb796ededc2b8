"""Sections and gaps are rows of one table, unless that would change what somebody sees."""

from __future__ import annotations

import pytest

from newsletter.dom.tree import InlinedTree, parse_html
from newsletter.stages.slim import slim
from newsletter.stages.slim.frame import share_frame
from newsletter.stages.slim.languages import inherit_language

TABLE = '<table cellpadding="0" cellspacing="0" role="presentation" style="{}">'
FIXED = "table-layout:fixed;width:100%"
SECTION = (
    '<div class="{name}"{attributes} style="margin:0 auto;max-width:{width}px{outer}">' + TABLE + "<tr><td "
    'style="padding:8px">{words}</td></tr></table></div>'
)
GAP = '<div aria-hidden="true" style="height:16px;line-height:16px;font-size:1px">\N{NO-BREAK SPACE}</div>'
DARK = ".card, .card > table { background-color: #111 !important }"


def shared(*parts: str, head: str = DARK) -> str:
    """Return a page of some parts after the rule."""
    wrapper = f'<div lang="en" dir="ltr" style="overflow-wrap:anywhere">{"".join(parts)}</div>'
    page = f"<!DOCTYPE html><html><head><style>{head}</style></head><body>{wrapper}</body></html>"
    return slim(InlinedTree(parse_html(page), ()), passes=[share_frame]).with_marks


def section(**parts: str) -> str:
    """Return a section, with more style or attributes in some of its parts."""
    plain = {"name": "card", "attributes": "", "width": "600", "outer": "", "words": "Words"}
    style = parts.pop("table", FIXED)
    return SECTION.format(style, **plain | parts).replace("{}", style)


def test_sections_and_gaps_are_rows() -> None:
    white = ";background-color:#FFF"
    page = shared(section(outer=white, table=FIXED + white, attributes=' lang="cy" dir="ltr"'), GAP, section())
    assert page.count("<table") == 1 and page.count("<div") == 1
    rows = parse_html(page).findall("body/div/table/tr")
    assert [row.get("class") for row in rows] == ["card", None, "card"]
    assert (rows[0].get("lang"), rows[0].get("dir"), rows[1].get("aria-hidden")) == ("cy", "ltr", "true")
    assert rows[0][0].get("style") == "padding:8px;background-color:#FFF"
    assert rows[1][0].get("style") == "height:16px;font-size:1px"
    assert ".card,.card>td{" in page.replace(" ", "")


@pytest.mark.parametrize(
    "other",
    [
        section(attributes=' dir="rtl"'),
        section(attributes=' id="news"'),
        section(outer=";border-radius:8px"),
        section(outer=";background-color:#EEE", table=FIXED + ";background-color:#FFF"),
        section(table=FIXED + ";border:1px solid #111"),
        section(table="width:100%", words='<table class="data"><tr><th>A long word</th></tr></table>'),
        section(table="width:100%", words='<img src="a.png" alt="" width="500">'),
        "<p>Words</p>",
        GAP.replace("font-size:1px", "font-size:1px;background-color:#111"),
    ],
)
def test_what_is_more_than_a_frame_stays(other: str) -> None:
    page = shared(section(), other, section())
    assert other in page.replace("\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}") and page.count("<tr") >= 2


@pytest.mark.parametrize(
    ("table", "row", "expected"),
    [
        ('lang="en" dir="ltr"', 'lang="en" dir="ltr"', ""),
        ('lang="en" dir="ltr"', 'lang="cy" dir="ltr"', ' lang="cy" dir="ltr"'),
        ('lang="en" dir="ltr"', 'lang="ar" dir="rtl"', ' lang="ar" dir="rtl"'),
        ('lang="ar" dir="rtl"', 'lang="ar" dir="rtl"', ' lang="ar" dir="rtl"'),
        ("", 'lang="en" dir="ltr"', ' lang="en" dir="ltr"'),
    ],
)
def test_a_row_says_only_a_language_and_a_direction_of_its_own(table: str, row: str, expected: str) -> None:
    page = f"<html><head></head><body><div><table {table}><tr {row}><td>Words</td></tr></table></div></body></html>"
    after = slim(InlinedTree(parse_html(page), ()), passes=[inherit_language]).with_marks
    assert f"<tr{expected}><td>Words" in after


def test_borders_are_separate_where_a_rule_joins_them() -> None:
    joined = "table { border-collapse: collapse }"
    assert "border-collapse:separate" in shared(section(), section(), head=joined)
    assert "border-collapse" not in shared(section(), section())


def test_sections_of_two_widths_stay() -> None:
    page = shared(section(), section(width="700"))
    assert page.count("<table") == 2 and page.count('<div class="card"') == 2


@pytest.mark.parametrize(
    "head",
    [
        ".card > table > tbody > tr > td { padding: 0 !important }",
        ".card > table td { padding: 0 !important }",
        ".card { border: 1px solid #111 !important }",
        ".page div, div { color: #EEE !important }",
        ".card > table { background-color: #111 !important }",
    ],
)
def test_a_rule_for_the_frame_keeps_it(head: str) -> None:
    assert shared(section(), section(), head=head).count('<div class="card"') == 2


def test_a_section_that_stays_keeps_its_rule() -> None:
    page = shared(section(), section(attributes=' dir="rtl"'))
    assert ".card > table" in page and ".card > td" in page
