"""The stage `slim` leaves alone what it does not know: values for other mail apps, rules, spaces in lines of text."""

from __future__ import annotations

import pytest

from newsletter.css.compact import compact_sheet, read_style, write_style
from newsletter.dom.tree import Change, InlinedTree, parse_html
from newsletter.stages.slim import slim
from newsletter.stages.slim.attributes import compact_styles, drop_defaults, drop_spaces
from newsletter.stages.slim.head import compact_head
from newsletter.stages.slim.outlook import compact_comments, share_outlook_table


def changed(rule: Change, body: str, head: str = "") -> str:
    """Return a whole page after one rule of the stage."""
    page = f"<!DOCTYPE html><html><head><title>T</title>{head}</head><body>{body}</body></html>"
    return slim(InlinedTree(parse_html(page), ()), passes=[rule]).with_marks


def stays(rule: Change, body: str, head: str = "") -> bool:
    return f"<body>{body}</body>" in changed(rule, body, head)


@pytest.mark.parametrize("css", ["/* a */.a{/* b */color:red;/* c */}}", ".a{color:red} .b", ".a{color:red}} .b"])
def test_a_spare_brace_or_word_does_no_harm(css: str) -> None:
    assert compact_sheet(css, frozenset([".a"])) == ".a{color:red}"


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("background:#0A3B43; background:linear-gradient(red,blue)", None),
        ("color:#eee; color:rgb(255 255 255 / 90%)", None),
        ("color:rgb(0 0 0 / 90%)!important; color:red", "color:red;color:rgb(0 0 0 / 90%)!important"),
        ("width:100px; width:120px", "width:120px"),
        ("color:#EEE; color:#DDD", "color:#DDD"),
        ("/* a */color:red/* b */; /* c */", "color:red"),
        ("margin:0/**/auto", "margin:0 auto"),
        ("--a: 0px", "--a:0px"),
        ("flex:1 1 0px", "flex:1 1 0px"),
    ],
)
def test_values_for_older_mail_apps_stay(css: str, expected: str | None) -> None:
    assert write_style(read_style(css)) == (expected or css.replace("; ", ";"))


def test_an_id_that_looks_like_a_colour_stays() -> None:
    assert compact_sheet("#aabbcc a{color:#aabbcc}", frozenset()) == "#aabbcc a{color:#abc}"


def test_rules_that_a_mail_app_may_need_stay() -> None:
    for css in [
        ".moz-text-html .a{color:red}",
        ".ExternalClass{width:100%}",
        '.a:not([dir="rtl"]){color:red}',
        ".a{color:red;& b{color:blue}}",
    ]:
        assert compact_sheet(css, frozenset([".a", "ltr"])) == css
    sheet = "<style>.hero-outlook{width:9px}</style>"
    assert ".hero-outlook{" in changed(compact_head, '<!--[if mso]><p class="hero-outlook">A</p><![endif]-->', sheet)


SECTION = (
    '<!--[if mso | IE]><table width="600"><tr><td style="font-size:0"><![endif]--><div>A</div>'
    "<!--[if mso | IE]></td></tr></table><![endif]-->"
)
GAP = '<div aria-hidden="true">\N{NO-BREAK SPACE}</div>'
LINE = '<table aria-hidden="true"><tr><td>\N{NO-BREAK SPACE}</td></tr></table>'


def test_outlook_gets_no_words_between_sections_in_a_cell_without_a_size() -> None:
    assert changed(share_outlook_table, f"<div>{SECTION}{GAP}{LINE}{SECTION}</div>").count("<!--") == 2
    for between in ["<p>Words</p>", "Words", "<table><tr><td>Full width</td></tr></table>"]:
        assert between in changed(share_outlook_table, f"<div>{SECTION}{between}{SECTION}</div>")
        assert changed(share_outlook_table, f"<div>{SECTION}{between}{SECTION}</div>").count("<!--") == 4


def test_a_class_for_outlook_stays_if_a_sheet_names_it() -> None:
    sections = f"<div>{SECTION}{SECTION}</div>".replace("<table", '<table class="hero-outlook"')
    named = "<!--[if mso]><style>.hero-outlook{width:9px}</style><![endif]-->"
    assert changed(share_outlook_table, sections, named).count('class="hero-outlook"') == 2
    assert changed(compact_comments, sections, named).count('class="hero-outlook"') == 2
    assert "hero-outlook" not in changed(compact_comments, sections)


def test_comments_with_words_keep_their_spaces() -> None:
    words = '<a href="#a">A</a> <a href="#b">B</a> <img src="a.png" border="0">'
    page = changed(
        compact_comments,
        f'<!--[if mso]><table border="0"> <tr>\n<td>\N{NO-BREAK SPACE}{words}</td> </tr></table><![endif]-->',
    )
    assert f"<!--[if mso]><table><tr><td>\N{NO-BREAK SPACE}{words}</td></tr></table><![endif]-->" in page


def test_a_table_that_does_not_fill_its_line_keeps_its_place() -> None:
    table = '<table role="presentation" align="center" style="width:100%{}"><tbody><tr><td>A</td></tr></tbody></table>'
    assert stays(drop_defaults, table.format(";max-width:300px"))
    assert "align" not in changed(drop_defaults, table.format(""))


def test_a_table_says_that_its_borders_are_separate_only_if_a_rule_joins_them() -> None:
    table = '<table role="presentation" style="border-collapse:separate"><tbody><tr><td>A</td></tr></tbody></table>'
    assert "style" not in changed(drop_defaults, table)
    assert stays(drop_defaults, table, "<style>table{border-collapse:collapse}</style>")


def test_a_picture_says_its_height_and_border_only_if_they_matter() -> None:
    picture = '<img style="height:auto;border:0" width="9">'
    assert "style" not in changed(drop_defaults, picture)
    assert 'style="height:auto"' in changed(drop_defaults, picture.replace("width", "height"))
    assert 'style="border:0"' in changed(drop_defaults, f'<a href="#a">{picture}</a>')


def test_a_picture_without_words_has_no_style_of_text() -> None:
    picture = '<img alt="{}" width="9" style="color:#FFF;display:block;font-size:18px">'
    assert changed(drop_defaults, picture.format("")).count('style="display:block"') == 1
    assert stays(drop_defaults, picture.format("A tree"))


def test_a_heading_has_no_padding_anyway() -> None:
    assert 'style="margin:0"' in changed(drop_defaults, '<h2 style="padding:0;margin:0">A</h2>')
    assert stays(drop_defaults, '<h2 style="padding:0 0 8px">A</h2>')


@pytest.mark.parametrize(
    ("around", "own", "stays_there"), [("ltr", "ltr", False), ("rtl", "ltr", True), ("ltr", "rtl", True)]
)
def test_columns_for_outlook_run_from_left_to_right_anyway(around: str, own: str, stays_there: bool) -> None:
    columns = f'<div dir="{around}"><!--[if mso]><table dir="{own}"><tr><td><![endif]--></div>'
    assert (f'dir="{own}"><tr>' in changed(compact_comments, columns)) is stays_there


def test_a_value_that_takes_another_back_stays() -> None:
    for body in [
        '<p style="text-transform:uppercase"><a style="text-transform:none">A</a></p>',
        '<a style="margin-left:10px;margin:0">A</a>',
        '<table role="presentation" cellpadding="0"><tr><td style="padding-left:10px;padding:0">A</td></tr></table>',
    ]:
        assert stays(drop_defaults, body)
    link = '<a style="text-transform:none">A</a>'
    assert stays(drop_defaults, link, "<style>p{text-transform:uppercase}</style>")
    assert "<a>" in changed(drop_defaults, link)
    assert stays(compact_styles, '<p style="background-color:#FFF!important;background:#000">A</p>')


@pytest.mark.parametrize("tag", ["strike", "tt", "label", "button", "svg", "object", "ruby", "own-tag"])
def test_unknown_elements_are_parts_of_a_line(tag: str) -> None:
    assert stays(drop_spaces, f"<p><{tag}>20</{tag}> <{tag}>10</{tag}></p>")


def test_spaces_stay_where_a_style_keeps_them() -> None:
    lines = "<div> <p>A</p> <p>B</p> </div>"
    assert stays(drop_spaces, f'<div style="white-space:pre-line">{lines}</div>')
    assert stays(drop_spaces, lines, "<style>div{white-space:pre-wrap}</style>")
    items = '<ul> <li class="a">A</li> <li>B</li> </ul>'
    for selector in ("ul li", ".a", "[class]"):
        rule = f"<style>@media print{{{selector}{{display:inline-block}}}}</style>"
        assert "</li> <li" in changed(drop_spaces, items, rule)
    assert "<div><p>A</p><p>B</p></div>" in changed(drop_spaces, lines)
