"""The email is small enough for Gmail to show all of it.

Gmail cuts off the HTML of a message at about 102 KB. The rest, with the unsubscribe link, is behind a small link that
many readers never find.

Bad:
    40 articles in one issue

Good:
    The newest articles in this issue, and the others in the next

Google does not document the limit. Many people have measured it (https://github.com/hteumeuleu/email-bugs/issues/41).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from newsletter.characters import quoted
from newsletter.check.message import MessageSubject
from newsletter.check.rule import Finding
from newsletter.source.nodes import KeyPath

SEVERITY = "error"
OPTIONS = {"warn_from_kb": 80, "block_from_kb": 100}

_LIMIT = "Gmail cuts emails off at about 102 KB."
_HINT = (
    "Move an article to the next issue, or to your website with a link from here. The longest is {}, with {:.0f} KB."
)


def check(message: MessageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the size of the HTML part in KB (1,000 bytes)."""
    size = message.html_bytes / 1000
    if size >= options["block_from_kb"]:
        yield Finding(message.whole, f"This email is {size:.0f} KB. {_LIMIT}", _hint(message))
    elif size >= options["warn_from_kb"]:
        yield Finding(message.whole, f"This email is {size:.0f} KB. {_LIMIT}", _hint(message), "warning")


def _hint(message: MessageSubject) -> str:
    sizes: Counter[KeyPath] = Counter()
    for node in message.page.nodes:
        if node.path and not (node.parent and node.parent.path):
            sizes[node.path[:2]] += len(etree.tostring(node.element, encoding="utf-8", with_tail=False))
    ((path, size),) = sizes.most_common(1)
    return _HINT.format(quoted(message.edition.issue.articles[int(path[1])].title), size / 1000)
