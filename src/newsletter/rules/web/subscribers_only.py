"""The web version says nothing that is true for subscribers alone.

Everybody can read a page of a website. Who never got an email and reads “You get this because you signed up” thinks
that somebody gave their address away. A link to unsubscribe does nothing for them, or unsubscribes somebody else.

Bad:
    <p>{{ brand.why_you_get_this }} <a href="{{ brand.unsubscribe.url }}">{{ t.unsubscribe }}</a></p>

Good:
    <p>{{ brand.organisation }}</p>

The rule is our own. It reads sentences in English only, and what editors write in an issue is not looked at.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.rule import Finding
from newsletter.check.web_page import ParsedWebPage

SEVERITY = "error"

_TO_SUBSCRIBERS = re.compile(
    r"\byou (?:get|got|receive|received|(?:are|were) (?:getting|receiving|sent)) (?:this|these|our)\b"
    r"|\b(?:this|these|our) (?:e-?mails?|messages?|newsletters?) (?:was|were|is|are|has been) sent to\b"
    r"|\byou (?:are|were) (?:on|added to) (?:our|this) (?:mailing )?list\b"
    r"|\b(?:unsubscribe|opt out)\b|\bstop (?:these|our|getting|receiving) (?:\w+ )?e-?mails?\b"
    r"|\bview (?:this|it|the) (?:e-?mail |message )?in (?:your|a) browser\b",
    re.IGNORECASE,
)


def check(page: ParsedWebPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report links to unsubscribe, and sentences to subscribers."""
    brand = page.edition.brand
    addresses = {str(brand.unsubscribe.url), str(brand.preferences_url or "")} - {""}
    for node in page.find("a"):
        if node.get("href") in addresses:
            message = f"“{node.all_text}” is a link for subscribers only, and everybody can read the web version."
            yield Finding(node, message, "Delete it from the web version.")
    for node in page.with_text:
        is_link = node.get("href") in addresses
        match = None if is_link or node.path is not None else _TO_SUBSCRIBERS.search(node.text)
        if match:
            message = f"“{match[0]}” is true for subscribers only, and everybody can read the web version."
            yield Finding(node, message, "Delete the sentence from the web version.")
