"""The rules of a page are inlined as premailer inlines all of them, although it gets only those that can match."""

from __future__ import annotations

import pytest
from lxml.cssselect import CSSSelector

from newsletter.dom.tree import parse_html
from newsletter.edition import Page
from newsletter.stages import inline

HTML = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html dir="rtl"><head><title>T</title><style type="text/css">{css}</style></head><body>
<div class="a b c:d" id="x"><p class="lead">One</p><p>Two <a href="plan.pdf" class="e-f">plan</a></p></div>
<ul><li>x</li><li data-n=".z">y</li></ul></body></html>"""

MATCHING = [
    *("p", ".a", ".a.b", "div.a", ".a p", ".a > .lead", "#x .lead", "p + p", ".e-f", "[href$='.pdf']", "a[href]"),
    *("li:first-child", "li:not(.z)", "[dir='rtl'] li", '[dir="rtl"] .a', "[data-n='.z']", '[data-n=".z"]', "ul>li"),
    *("p:nth-child(2)", "[class~='a'] p", ".lead~p", "div[id='x'].a"),
]
IMPOSSIBLE = ["h6", ".none", ".a .none", "div.none", "table p", '[dir="ltr"] li', ".a > dl > p", ".z"]
# Premailer's own limits, and what only premailer can decide.
OTHER = ["*", "li:not(:not(li))", "li:not(.z, .y)", "[dir='ltr'] li", "p > p"]
ALL = MATCHING + IMPOSSIBLE + OTHER


@pytest.mark.parametrize("selector", ALL)
def test_a_rule_is_inlined_as_premailer_does(selector: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(HTML.format(css=f"{selector} {{ color: red }}"))
    quick = inline.inline(page).page
    monkeypatch.setattr(inline, "_required", lambda selector: frozenset())
    monkeypatch.setattr("premailer.premailer._create_cssselector", CSSSelector)
    assert quick == inline.inline(page).page
    assert ("color:red" in quick) == (selector in MATCHING)


def test_a_tag_in_capitals_matches_as_it_does_in_a_browser() -> None:
    assert "color:red" in inline.inline(Page(HTML.format(css="DIV p { color: red }"))).page


def test_premailer_does_not_get_rules_that_cannot_match() -> None:
    sheet = "\n".join(f"{each} {{ color: red }}" for each in ALL)
    rules, _ = inline._Inliner(parse_html(HTML))._parse_style_rules(sheet, 0)
    assert {selector for _, selector, _ in rules}.isdisjoint(IMPOSSIBLE)
