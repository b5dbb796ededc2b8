"""Finds the hidden elements whose words no screen reader says: a cause of lost words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from newsletter.characters import quoted
from newsletter.css.hiding import hides_from_everybody
from newsletter.css.matching import match_rules
from newsletter.css.parser import StyleRule, rules
from newsletter.css.written_rules import find_rule
from newsletter.dom.tree import parse_html
from newsletter.edition import SOURCE, InlinedPage, Mjml, Reading
from newsletter.problems import Location, Problem
from newsletter.stages.linearise import is_hidden

_HINT = (
    "Remove aria-hidden, hidden or display:none from this element, or from its rule in styles.css. If nobody needs\n"
    "the words, remove them."
)
_WORD = re.compile(r"\w+")
_NO_WORDS = ("head", "script", "style", "template")


def find_hidden_words(page: InlinedPage, mjml: Mjml, reading: Reading) -> Iterator[Problem]:
    """Find the hidden elements with words that are nowhere else, each at its line of a template.

    All that one rule of a style sheet hides is one problem, at the line of that rule.

    Args:
        page: the page, with its marks.
        mjml: what it was compiled from, with its style sheets.
        reading: what a screen reader reads of it.
    """
    read = _words(_text(parse_html(reading)))
    reported = set()
    root = parse_html(page.with_marks)
    by_rule = match_rules(root, [rule for rule in rules(mjml.inlined_css) if hides_from_everybody(rule.declarations)])
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if not isinstance(element.tag, str) or not is_hidden(element):
            continue
        walk.skip_subtree()
        text = _text(element)
        words = _words(text)
        rule = next(iter(by_rule.get(element, ())), None)
        location = _location(rule, mjml) if rule else page.sources[int(element.get(SOURCE, "0"))].location
        if words.strip() and element.tag not in _NO_WORDS and words not in read and location not in reported:
            reported.add(location)
            message = f"The words {quoted(text)} are hidden from screen readers and from the plain text."
            yield Problem(location, "words-hidden", message, _HINT)


def _location(rule: StyleRule, mjml: Mjml) -> Location:
    head = mjml.head
    match = find_rule(rule, head)
    return mjml.source(head.count("\n", 0, match.start(1)) + 1).location if match else mjml.first("mj-head").location


def _text(element: etree._Element) -> str:
    text = " ".join(str(text) for text in element.itertext(etree.Element))
    return " ".join((text, *(image.get("alt", "") for image in element.iter("img")))).strip()


def _words(text: str) -> str:
    """Return the words of a text without its signs, which may be elsewhere if the words are."""
    return f" {' '.join(_WORD.findall(text))} "
