"""The email has short names of classes, one declaration for four sides, and a head for the mail apps of today."""

from __future__ import annotations

import re

import pytest

from newsletter.dom.tree import InlinedTree, parse_html
from newsletter.edition import Edition, InlinedPage
from newsletter.stages.slim import slim
from newsletter.stages.slim.head import drop_old_apps
from newsletter.stages.slim.short_names import SHORT_NAMES, with_short_names
from newsletter.stages.slim.sides import join_declarations

PAGE = "<!DOCTYPE html><html><head>{}</head><body>{}</body></html>"


def test_a_name_means_one_class_only() -> None:
    assert len({*SHORT_NAMES.values()}) == len(SHORT_NAMES)
    assert SHORT_NAMES.keys().isdisjoint(SHORT_NAMES.values())


def test_classes_have_short_names_in_the_email_only() -> None:
    head = "<style>.card,.card>td{background-color:#111}.footer .ours{color:red}</style>"
    body = '<p title=\'a class="card" b\' class="card lead">a class="card" b</p><p class="lead">c</p>'
    body += '<p class="ours theirs">d</p>'
    page = InlinedPage(PAGE.format(head, body))
    short = with_short_names(page)
    assert short.with_marks == page
    assert short.partition("<body>")[2] == (
        '<p title=\'a class="card" b\' class="c">a class="card" b</p><p>c</p><p class="ours theirs">d</p></body></html>'
    )
    assert "<style>.c,.c>td{background-color:#111}.f .ours{color:red}</style>" in short


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<style>.c{color:red}.card{color:blue}</style>", '<p class="card">a</p>'),
        ("<style>.card{color:blue}</style>", '<p class="c card">a</p>'),
        ("<style>[class~='card']{color:blue}</style>", '<p class="card">a</p>'),
    ],
)
def test_a_template_that_uses_these_names_keeps_its_own(head: str, body: str) -> None:
    page = InlinedPage(PAGE.format(head, body))
    assert with_short_names(page) == page


TARGET = '<h2 id="article-{0}"><a name="article-{0}"></a>One</h2>'


def test_anchors_have_short_names_in_the_email_only() -> None:
    words = ' id="article-"'
    page = InlinedPage(PAGE.format("", f'<a href="#article-12">One</a><p>{words}</p>{TARGET.format(12)}'))
    short = with_short_names(page)
    assert short.with_marks == page
    assert f'<a href="#a12">One</a><p>{words}</p><h2 id="a12"><a name="a12"></a>One</h2>' in short


@pytest.mark.parametrize(
    "other",
    [
        '<p id="article-2">a template of its own</p>',
        '<p aria-labelledby="article-1">named by the title</p>',
        '<p>words about id="article-1"</p>',
        """<h2 title='a " sign' id="article-2">b</h2>""",
        '<a href="https://www.example.org/article-1">c</a>',
        '<p id="a1">d</p>',
    ],
)
def test_an_anchor_keeps_its_name_where_another_one_needs_it(other: str) -> None:
    page = InlinedPage(PAGE.format("", f'<a href="#article-1">One</a>{TARGET.format(1)}{other}'))
    assert with_short_names(page) == page


def test_each_rule_of_a_shipped_issue_has_its_class(editions: dict[str, Edition]) -> None:
    for edition in editions.values():
        whole, short = parse_html(edition.inlined.with_marks), parse_html(edition.inlined)
        for name in ("card", "panel", "quiet", "masthead", "button", "figures"):
            count = len(whole.cssselect(f".{name}"))
            assert len(short.cssselect(f".{SHORT_NAMES[name]}")) == count > 0


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("margin:0 0 16px;margin-bottom:0", "margin:0"),
        ("margin:0 0 16px 1.6em;margin-left:2.2em", "margin:0 0 16px 2.2em"),
        ("padding:8px 0 8px", "padding:8px 0"),
        ("margin-top:4px;margin:0", "margin:0"),
        ("border-bottom:1px solid #111;border:0", "border:0"),
        ("border:0;border-bottom:1px solid #111", "border:0;border-bottom:1px solid #111"),
        ("border-radius:8px;border:0", "border-radius:8px;border:0"),
        ("margin:0!important;margin-left:4px", "margin:0!important;margin-left:4px"),
        ("margin-left:4px!important;margin:0", "margin-left:4px!important;margin:0"),
        ("margin:0 4px;margin-left:inherit", "margin:0 4px;margin-left:inherit"),
        ("margin:0;margin-inline-start:4px;margin-left:8px", "margin:0;margin-inline-start:4px;margin-left:8px"),
        ("padding:calc(1px + 1em);padding-left:0", "padding:calc(1px + 1em);padding-left:0"),
    ],
)
def test_sides_are_in_one_declaration(css: str, expected: str) -> None:
    page = PAGE.format("", f'<p style="{css}">a</p>')
    after = slim(InlinedTree(parse_html(page), ()), passes=[join_declarations]).with_marks
    assert re.findall(r'style="([^"]*)"', after) == [expected]


def test_the_head_has_nothing_for_apps_that_nobody_uses() -> None:
    head = (
        '<!--[if !mso]><!--><meta http-equiv="X-UA-Compatible" content="IE=edge"><!--<![endif]-->'
        "<style>#outlook a { padding: 0; } "
        "body { margin: 0; -ms-text-size-adjust: 100%; mso-line-height-rule: exactly; } "
        "p { display: block; margin: 13px 0; }</style>"
    )
    page = PAGE.format(head, '<p style="margin:0">Words</p>')
    after = slim(InlinedTree(parse_html(page), ()), passes=[drop_old_apps])
    assert "X-UA" not in after and "endif" not in after and "outlook" not in after and "-ms-" not in after
    assert "mso-line-height-rule: exactly" in after and "13px" not in after
    loose = slim(InlinedTree(parse_html(page.replace(' style="margin:0"', "")), ()), passes=[drop_old_apps])
    assert "margin: 13px 0" in loose  # a paragraph without a margin of its own


def test_the_head_says_that_pictures_have_no_border_only_if_one_is_a_link() -> None:
    page = PAGE.format("<style>img { border: 0; height: auto; }</style>", "{}")
    picture = '<img src="a.png" alt="" style="line-height:1">'
    for body, has_border in [(picture, False), (f'<a href="#a">{picture}</a>', True)]:
        after = slim(InlinedTree(parse_html(page.replace("{}", body)), ()), passes=[drop_old_apps])
        assert ("border: 0" in after) is has_border


def test_a_namespace_stays_if_a_shape_needs_it() -> None:
    page = '<html xmlns:v="urn:v"><head></head><body><!--[if mso]>{}<![endif]--></body></html>'
    assert "xmlns:v" in slim(InlinedTree(parse_html(page.format("<v:rect>")), ()), passes=[drop_old_apps])
    assert "xmlns:v" not in slim(InlinedTree(parse_html(page.format("<p>")), ()), passes=[drop_old_apps])
