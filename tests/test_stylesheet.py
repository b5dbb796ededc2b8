"""What a rule of a style sheet reaches is what its selector says, however it is sought."""

from __future__ import annotations

from typing import cast

import cssselect
import pytest
from lxml import etree

from newsletter.css.matching import match_rules
from newsletter.css.parser import StyleRule

PAGE = etree.HTML("""
<div id="outlook" class="page wide">
<table class="card"><tr><td class="quiet card"><p>One <a href="#">two</a></p></td></tr></table>
<p class="page"><b>three</b></p><div class="page"><p>four</p><table><tr><td>five</td></tr></table></div></div>
<p>six <i class="card quiet">seven</i></p>
""")


@pytest.mark.parametrize(
    "selector",
    [
        *("p", "*", "P", ".card", ".quiet.card", "i.card.quiet", "td.quiet", "#outlook", "div#outlook.wide", ".none"),
        *(".page p", ".page .page p", ".card > table", ".page > p", ".page > table td", "#outlook a", "body * p"),
        *("a[href]", ".page a[href]", "p:first-child", ":root", ":root > body", "table + p", "table + p b", "p, .card"),
    ],
)
def test_a_rule_reaches_what_its_selector_says(selector: str) -> None:
    path = " | ".join(
        f"descendant-or-self::{cssselect.HTMLTranslator().xpath(one.parsed_tree)}" for one in cssselect.parse(selector)
    )
    assert set(match_rules(PAGE, [StyleRule("", selector, "color: red")])) == set(
        cast(list[etree._Element], PAGE.xpath(path))
    )


def test_what_counts_most_comes_last_and_elements_alike_share_it() -> None:
    sheet = [StyleRule("", selector, selector) for selector in ("#outlook", "div", ".wide", "*")]
    told = match_rules(PAGE, sheet)
    assert [rule.selectors for rule in told[PAGE.findall(".//div")[0]]] == ["*", "div", ".wide", "#outlook"]
    first, last = PAGE.findall(".//p")[::3]
    assert told[first] is told[last] == (sheet[3],)
