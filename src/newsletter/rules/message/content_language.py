"""The header names the languages of the issue, the main language first.

Plain text has no `lang`, so only the header lets a screen reader speak Welsh as Welsh. Mail apps use it to offer a
translation.

Bad:
    Content-Language: en

Good:
    Content-Language: en-GB, cy

RFC 3282; WCAG 2.2, 3.1.1 Language of Page (A).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.message import ParsedMessage
from newsletter.check.rule import Finding
from newsletter.english import join

SEVERITY = "error"


def check(message: ParsedMessage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare the header with the languages of the issue and its articles."""
    wanted = message.edition.issue.languages
    value = ", ".join(value for name, value in message.raw_headers if name.lower() == "content-language")
    tags = [tag.strip().casefold() for tag in value.split(",") if tag.strip()]
    hint = f"Write “Content-Language: {', '.join(wanted)}”."
    if not tags:
        yield Finding(message.whole_message, "The header does not say which language the issue is in.", hint)
    elif missing := [tag for tag in wanted if tag.casefold() not in tags]:
        yield Finding(message.whole_message, f"The header does not name {join(missing)}, which the issue uses.", hint)
    elif len(tags) > len(wanted):
        text = f"The header names languages that the issue does not use: {quoted(value)}."
        yield Finding(message.whole_message, text, hint)
    elif tags[0] != wanted[0].casefold():
        yield Finding(message.whole_message, f"The header does not begin with the main language, {wanted[0]}.", hint)
