"""The header names the languages of the issue, the main one first.

A screen reader that reads plain text has no `lang` to go by: the header is all that tells it to speak Welsh as Welsh.
Mail programs use it to offer a translation.

Bad:
    Content-Language: en

Good:
    Content-Language: en-GB, cy

RFC 3282; WCAG 2.2, 3.1.1 Language of Page (A).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.message import MessageSubject
from newsletter.check.rule import Finding

SEVERITY = "error"


def check(message: MessageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare the header with the languages that the issue and its articles are in."""
    wanted = message.edition.issue.languages
    value = ", ".join(value for name, value in message.raw_headers if name.lower() == "content-language")
    named = [tag.strip().casefold() for tag in value.split(",") if tag.strip()]
    hint = f"It has to be 'Content-Language: {', '.join(wanted)}'."
    if not named:
        yield Finding(message.whole, "The header does not say which language the issue is in.", hint)
    elif missing := [tag for tag in wanted if tag.casefold() not in named]:
        yield Finding(message.whole, f"The header does not name a language of the issue: {', '.join(missing)}.", hint)
    elif len(named) > len(wanted):
        told = f"The header names languages that no part of the issue is in: “{value}”."
        yield Finding(message.whole, told, hint)
    elif named[0] != wanted[0].casefold():
        yield Finding(message.whole, f"The header does not begin with the main language, {wanted[0]}.", hint)
