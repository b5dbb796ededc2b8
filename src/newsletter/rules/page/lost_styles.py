"""No style is lost before the email is sent.

Not every mail program keeps a style sheet, so styles are written into each element. What that step cannot read, it
leaves out: a colour that lets through what is behind it, as `#0B4A5380` or `rgb(11 74 83 / 50%)`. The words then stand
on another background than in the template, and nobody meant them to.

Bad:
    <p style="background: rgb(11 74 83 / 50%)">

Good:
    <p style="background: #85A4A9">

The rule is our own: it compares what templates say with what comes out.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from newsletter.check.page import PageSubject
from newsletter.check.rule import Finding
from newsletter.css.parser import declarations, rules

SEVERITY = "error"

# What is known to be lost: colours with an opacity after a slash or in the last of 4 or 8 digits, and angles in hsl().
_LOST = re.compile(
    r"#(?:[\da-fA-F]{4}){1,2}\b"
    # Sought from the bracket on, which is quicker in a whole page.
    r"|\((?:(?<=rgb\()|(?<=rgba\()|(?<=hsl\()|(?<=hsla\()|(?<=hwb\()|(?<=lab\()|(?<=lch\()|(?<=color\())"
    r"(?:[^()/]*/[^()]*|[\d.]+(?:deg|turn|g?rad)[^()]*)\)"
)
_HINT = "Write the colour that is seen as #RRGGBB."


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare the styles of each element, and look at those that are written into elements."""
    if not _LOST.search(page.edition.page):
        return
    compiled = etree.fromstring(page.edition.page, etree.HTMLParser())
    before = [element for body in compiled.iter("body") for element in body.iter(etree.Element)]
    after = [node for node in page.nodes if node.tag == "body" or node.inside("body")]
    for element, node in zip(before, after, strict=False):
        for name in declarations(element.get("style", "")).keys() - declarations(node.get("style")).keys():
            value = declarations(element.get("style", ""))[name][0]
            yield Finding(node, f"“{name}: {value}” is lost on the way to readers.", _HINT)
    for style in compiled.iter("style"):
        if style.get("data-premailer") == "ignore":
            continue
        for rule in rules(style.text or ""):
            for name, (value, _) in declarations(rule.declarations).items():
                if _LOST.search(value):
                    yield Finding(page.at(rule), f"“{name}: {value}” is lost on the way to readers.", _HINT)
