"""Text begins at the side where its language begins, and is never justified.

The eye looks for each new line at the same place; in centred text that place moves. Justified text has rivers of white
in it, which disturb people with dyslexia. People with a screen magnifier do not find words on the far side at all. The
short lines at the top may be in the middle if the brand says `header: centred`.

Bad:
    <mj-text align="center">

Good:
    <mj-text align="{{ start }}">

WCAG 2.2, 1.4.8 Visual Presentation (AAA): not justified; UKAAF, Creating clear print and large print documents (G003):
aligned to the left.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding, HasLocation
from newsletter.check.style_location import rule_at

SEVERITY = "error"
IN_WEB_VERSION = True

_SIDES = {"ltr": ("left", "start"), "rtl": ("right", "start")}


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the alignment of each block of text, except buttons, numbers in tables and a centred header."""
    reported = set[HasLocation]()
    for node in page.with_text:
        block = _block(node)
        align = block.style.text_align.removeprefix("-webkit-").removeprefix("-moz-")
        if align in _SIDES.get(block.style.direction, ()) or _may_differ(node, block):
            continue
        if _is_centred_header(block, page):
            continue
        side = _SIDES.get(block.style.direction, ("left",))[0]
        message = f"The text of <{block.tag}> is {'justified' if align == 'justify' else f'aligned {align}'}."
        hint = f'Write text-align: {side}, or align="{{{{ start }}}}" on the mj-text.'
        at = rule_at(page, block, "text-align") or rule_at(page, block, "direction") or block
        if at not in reported:
            reported.add(at)
            yield Finding(at, message, hint)


def _block(node: PageElement) -> PageElement:
    return next((up for up in (node, *node.parents()) if up.style.display != "inline"), node)


def _may_differ(node: PageElement, block: PageElement) -> bool:
    if any(up.tag == "a" and up.style.display in ("inline-block", "block") for up in (node, *node.parents())):
        return True
    return block.tag in ("td", "th") and not any(character.isalpha() for character in block.all_text)


def _is_centred_header(block: PageElement, page: ParsedPage) -> bool:
    """Check whether a block is one of the few short lines at the top of a brand that wants them in the middle."""
    if page.edition.brand.header != "centred" or block.style.text_align.rpartition("-")[2] != "center":
        return False
    return any("masthead" in up.get("class").split() for up in block.parents())
