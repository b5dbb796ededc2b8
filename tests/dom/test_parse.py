"""One parser and one serialiser for every page, and the removal of a node from its tree."""

import pytest
from lxml import etree

from newsletter.dom.tree import parse_html, remove_keeping_tail, serialise


def test_nothing_of_a_deep_page_is_dropped() -> None:
    page = parse_html(f"<body>{'<div>' * 400}innermost{'</div>' * 400}</body>")
    assert "".join(map(str, page.itertext())) == "innermost"


def test_no_page_changes_the_encoding() -> None:
    page = parse_html('<html><head><meta charset="iso-8859-1"></head><body>Zoë</body></html>')
    assert "".join(map(str, page.itertext())) == "Zoë"


def test_the_doctype_is_kept_in_upper_case() -> None:
    assert serialise(parse_html("<!doctype html><p>x</p>")) == "<!DOCTYPE html>\n<html><body><p>x</p></body></html>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("one <!-- x -->two", "one two"),
        ("<b>one</b> <!-- x -->two", "<b>one</b> two"),
        ("<!-- x -->", ""),
    ],
)
def test_a_removed_node_leaves_the_text_after_it(before: str, after: str) -> None:
    root = parse_html(f"<p>{before}</p>")
    for comment in list(root.iter(etree.Comment)):
        remove_keeping_tail(comment)
    assert serialise(root).endswith(f"<p>{after}</p></body></html>")


def test_a_root_stays() -> None:
    root = parse_html("<p>x</p>")
    remove_keeping_tail(root)
    assert serialise(root).endswith("<p>x</p></body></html>")
