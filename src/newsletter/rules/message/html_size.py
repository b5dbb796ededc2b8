"""The HTML is small enough to arrive whole.

Gmail cuts off a message whose HTML is over some 102 KB: what comes after, the unsubscribe link too, is behind a small
link that many readers never find.

Bad:
    40 articles in one issue

Good:
    The newest articles in this issue, and the others in the next

Google does not document it. Many have measured it (https://github.com/hteumeuleu/email-bugs/issues/41).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.message import MessageView
from newsletter.rules import Finding

SEVERITY = "error"
OPTIONS = {"warn_from_kb": 80, "block_from_kb": 100}

_HINT = "Move an article to the next issue, or to your website with a link from here."


def check(message: MessageView, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Count the bytes of the HTML part."""
    size = message.html_bytes / 1000
    if size >= options["block_from_kb"]:
        yield Finding(message.whole, f"The HTML part has {size:.0f} KB: Gmail cuts off the end.", _HINT)
    elif size >= options["warn_from_kb"]:
        yield Finding(message.whole, f"The HTML part has {size:.0f} KB; Gmail cuts at 102.", _HINT, "warning")
