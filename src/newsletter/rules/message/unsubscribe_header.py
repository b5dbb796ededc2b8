"""The message's header tells mail programs how to unsubscribe.

Gmail, Apple Mail and others show a button for it at the top, in the reader's language and always in the same place. Who
tires quickly, or finds the foot of a long email hard to reach, leaves with one press, and does not have to call an
email that they once wanted spam.

Bad:
    List-Unsubscribe: <http://www.example.org/leave>

Good:
    List-Unsubscribe: <https://www.example.org/leave>, <mailto:leave@example.org>
    List-Unsubscribe-Post: List-Unsubscribe=One-Click

RFC 2369 and RFC 8058. Since 2024, Gmail and Yahoo ask it of those who send many; for Gmail that is 5,000 a day.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.message import MessageSubject
from newsletter.check.rule import Finding

SEVERITY = "error"

_ADDRESS = re.compile(r"<(https://[^\s<>]+|mailto:[^\s<>@]+@[^\s<>]+)>", re.IGNORECASE)
_ONE_CLICK = "List-Unsubscribe=One-Click"
_HINT = "Write 'unsubscribe:' with 'url: https://...' in templates/brand.yaml, and perhaps 'mailto: name@example.org'."


def check(message: MessageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Read the header as it is sent: mail programs offer no address that is encoded or folded."""
    headers = {name.lower(): " ".join(value.split()) for name, value in message.raw_headers}
    ways = headers.get("list-unsubscribe", "")
    addresses = _ADDRESS.findall(ways)
    is_web = any(address.lower().startswith("https:") for address in addresses)
    if not ways:
        yield Finding(message.whole, "The header does not say how to unsubscribe.", _HINT)
    elif not addresses:
        told = f"The header's unsubscribe address is none that mail programs use: “{ways}”."
        yield Finding(message.whole, told, _HINT)
    post = headers.get("list-unsubscribe-post")
    if post is None and is_web:
        told = "The header has an unsubscribe page, but does not say that one press is enough."
        yield Finding(message.whole, told, f"Send the header 'List-Unsubscribe-Post: {_ONE_CLICK}' along.")
    elif post is not None and not is_web:
        told = "The header promises one-click unsubscribing, but has no https address for it."
        yield Finding(message.whole, told, _HINT)
    elif post is not None and post != _ONE_CLICK:
        told = f"Mail programs do not understand 'List-Unsubscribe-Post: {post}'."
        yield Finding(message.whole, told, f"It has to be 'List-Unsubscribe-Post: {_ONE_CLICK}'.")
