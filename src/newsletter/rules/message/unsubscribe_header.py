"""The header lets mail apps offer a button to unsubscribe.

Gmail, Apple Mail and others show this button at the top, in the reader's language and always in the same place. People
who tire quickly, or cannot easily reach the end of a long email, can leave with one press. They do not have to mark the
email as spam.

Bad:
    List-Unsubscribe: <http://www.example.org/leave>

Good:
    List-Unsubscribe: <https://www.example.org/leave>, <mailto:leave@example.org>
    List-Unsubscribe-Post: List-Unsubscribe=One-Click

A click on the button sends only the address. So the second header is there if the address identifies the reader: it
has a placeholder that your mailing service fills in, or the brand says “one_click: true”. Otherwise the mail app would
say that it has unsubscribed a reader, and nobody would know whom.

RFC 2369 and RFC 8058. Since 2024, Gmail and Yahoo require it from bulk senders; for Gmail, that is 5,000 emails a day.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.message import ParsedMessage
from newsletter.check.rule import Finding

SEVERITY = "error"

_ADDRESS = re.compile(r"<(https://[^\s<>]+|mailto:[^\s<>@]+@[^\s<>]+)>", re.IGNORECASE)
_ONE_CLICK = "List-Unsubscribe=One-Click"
_HINT = "Write “unsubscribe:” with “url: https://...”, and maybe “mailto: name@example.org”, in templates/brand.yaml."


def check(message: ParsedMessage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the header as it is sent: mail apps cannot use an address that is encoded or folded."""
    headers = {name.lower(): " ".join(value.split()) for name, value in message.raw_headers}
    ways = headers.get("list-unsubscribe", "")
    addresses = _ADDRESS.findall(ways)
    is_web = any(address.lower().startswith("https:") for address in addresses)
    if not ways:
        yield Finding(message.whole_message, "The header does not say how to unsubscribe.", _HINT)
    elif not addresses:
        text = f"Mail apps cannot use the header's address to unsubscribe: {quoted(ways)}."
        yield Finding(message.whole_message, text, _HINT)
    post = headers.get("list-unsubscribe-post")
    if post is None and is_web and message.edition.brand.unsubscribe.takes_one_click:
        text = "The header has an unsubscribe page, but does not say that one press is enough."
        yield Finding(message.whole_message, text, f"Add the header “List-Unsubscribe-Post: {_ONE_CLICK}”.")
    elif post is not None and not is_web:
        text = "The header promises one-click unsubscribing, but has no https address for it."
        yield Finding(message.whole_message, text, _HINT)
    elif post is not None and post != _ONE_CLICK:
        text = f"Mail apps do not understand “List-Unsubscribe-Post: {post}”."
        yield Finding(message.whole_message, text, f"Write “List-Unsubscribe-Post: {_ONE_CLICK}”.")
