"""No style is lost before the email is sent.

Not every mail app keeps style sheets, so styles are copied into each element. That step leaves out what it cannot read:
a transparent colour, such as `#0B4A5380` or `rgb(11 74 83 / 50%)`. The text then has another background than the
template says.

Bad:
    <p style="background: rgb(11 74 83 / 50%)">

Good:
    <p style="background: #85A4A9">

The rule is our own: it compares the styles before and after that step.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding, Located
from newsletter.css.parser import declarations, rules
from newsletter.dom.tree import parse_html
from newsletter.edition import SOURCE
from newsletter.stages.inline import inline

SEVERITY = "error"

# Values that the inliner cannot read: colours with an opacity, after a slash or in 4 or 8 digits, and angles in hsl().
_UNREADABLE = re.compile(
    r"#(?:[\da-fA-F]{4}){1,2}\b"
    # The pattern begins at the bracket, which is faster in a whole page.
    r"|\((?:(?<=rgb\()|(?<=rgba\()|(?<=hsl\()|(?<=hsla\()|(?<=hwb\()|(?<=lab\()|(?<=lch\()|(?<=color\())"
    r"(?:[^()/]*/[^()]*|[\d.]+(?:deg|turn|g?rad)[^()]*)\)"
)
_HINT = "Write the colour that readers should see, as #RRGGBB."


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each style that an element has before its styles are inlined, but not after."""
    if not _UNREADABLE.search(page.edition.page):
        return
    compiled = parse_html(page.edition.page.with_marks)
    roots = compiled, inline(page.edition.page).root
    before, after = ([*next(root.iter("body")).iter(etree.Element)] for root in roots)
    for element, same in zip(before, after, strict=False):
        for name in declarations(element.get("style", "")).keys() - declarations(same.get("style", "")).keys():
            value = declarations(element.get("style", ""))[name][0]
            where = Located(page.edition.page.sources[int(element.get(SOURCE, "0"))].location)
            yield Finding(where, f"“{name}: {value}” is lost on the way to readers.", _HINT)
    for style in compiled.iter("style"):
        if style.get("data-premailer") == "ignore":
            continue
        for rule in rules(style.text or ""):
            for name, (value, _) in declarations(rule.declarations).items():
                if _UNREADABLE.search(value):
                    yield Finding(page.at(rule), f"“{name}: {value}” is lost on the way to readers.", _HINT)
