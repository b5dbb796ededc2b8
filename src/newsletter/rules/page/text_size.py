"""Text is large enough to read: 18 px in articles, 16 px elsewhere, and 24 px in the large-print edition.

Small text shuts out people with low vision or double vision, and tires everybody else. Important "small print", such as
how to unsubscribe, is not an exception.

Bad:
    <mj-text font-size="12px">

Good:
    <mj-text font-size="18px">

UKAAF, Creating clear print and large print documents (G003): at least 12 point, which is 16 px, and ideally 14, which
is nearly 19. WCAG 2.2 has no smallest size.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding, HasLocation
from newsletter.check.style_location import rule_at
from newsletter.css.parser import value_of

SEVERITY = "error"
IN_WEB_VERSION = True
OPTIONS = {"smallest": 16.0, "body": 18.0, "small_print": ["caption", "quiet", "footer"]}
EXCEPTIONS = ("small_print",)
STRICTER_WHEN_HIGHER = ("smallest", "body")

_DEFAULT_SIZE = 16  # px; what browsers have unless their reader wants more
_INVISIBLE = 2  # px; the rule `hidden-text` reports words of this size


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the font size of each text, also in Outlook, and in styles for some screens only."""
    if root := next((node for node in page.find("html") if _INVISIBLE < node.style.font_size < _DEFAULT_SIZE), None):
        pixels = f"{root.style.font_size:g}"
        message = f"All text is smaller than the reader chose: <html> is only {pixels} px large."
        hint = "Delete this font-size. Sizes in rem and % then follow what readers set."
        yield Finding(rule_at(page, root, "font-size", value=f"{pixels}px") or root, message, hint)
        return
    small = set(options["small_print"])
    everywhere = {(node.location, node.text, node.style.font_size) for node in page.nodes if node.text}
    outlook = page.outlook.with_text
    in_outlook = dict.fromkeys(n for n in outlook if (n.location, n.text, n.style.font_size) not in everywhere)
    reported = set[HasLocation]()
    for node in (*page.with_text, *in_outlook):
        if node.style.font_size <= _INVISIBLE:
            continue
        size = min(node.style.font_size, node.dark.font_size) + 0.05
        if size >= max(options["body"], options["smallest"]):
            continue
        wanted = max(options["body"] if _is_body(node, small) else 0, options["smallest"])
        if size < wanted:
            hint = f"Write font-size: {wanted:g}px or more, in styles.css or on the mj-text."
            where = " in Outlook" if node in in_outlook else ""
            at = rule_at(page, node, "font-size", value=f"{size - 0.05:g}px") or node
            if at not in reported:
                reported.add(at)
                yield Finding(at, f"The text of <{node.tag}> is only {round(size - 0.05, 1):g} px large{where}.", hint)
    for rule in page.sheet:
        value = value_of(rule.declarations, "font-size") if rule.media else ""
        match = re.fullmatch(r"(\d+(?:\.\d+)?|\.\d+)px", value)
        if match and _INVISIBLE < float(match[1]) < options["smallest"]:
            message = f"“{' '.join(rule.selectors.split())}” is only {match[1]} px large in @media {rule.media}."
            hint = f"Write font-size: {options['smallest']:g}px or more in dark.css."
            yield Finding(page.at(rule), message, hint)


def _is_body(node: PageElement, small: set[str]) -> bool:
    if node.path is None or node.tag in ("sup", "sub"):
        return False
    return not any(up.tag in ("sup", "sub") or small.intersection(up.classes) for up in (node, *node.parents()))
