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
from itertools import accumulate
from math import floor
from typing import Any

from lxml import etree

from newsletter.check.message import ParsedMessage
from newsletter.check.rule import Finding
from newsletter.english import count, join
from newsletter.issue.field_lengths import longer_bytes
from newsletter.source.nodes import KeyPath

SEVERITY = "error"
OPTIONS = {"warn_from_kb": 80, "block_from_kb": 100}

_LIMIT = "Gmail cuts emails off at about 102 KB."
_MOST_NAMES = 3
"""Articles that the hint names."""


def check(message: ParsedMessage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the size of the HTML part in KB (1,000 bytes), with long words for the fields of the issue."""
    issue, brand = message.edition.issue, message.edition.brand
    size = (message.html_bytes + longer_bytes(issue.file.root, brand.fields)) / 1000
    if size >= options["warn_from_kb"]:
        is_error = size >= options["block_from_kb"]
        most = options["block_from_kb" if is_error else "warn_from_kb"]
        text = f"This email is {size:.0f} KB. {_LIMIT}"
        hint = _hint(message, size - most, most)
        yield Finding(message.whole_message, text, hint, "error" if is_error else "warning")


def _hint(message: ParsedMessage, excess: float, most: float) -> str:
    """Return the hint that names the longest articles which have to go, so that the page loses the excess in KB."""
    sizes: Counter[KeyPath] = Counter()
    for node in message.page.nodes:
        if node.path and not (node.parent and node.parent.path):
            sizes[node.path[:2]] += len(etree.tostring(node.element, encoding="utf-8", with_tail=False))
    longest = [(path, bytes / 1000) for path, bytes in sizes.most_common()]
    before = accumulate((size for _, size in longest), initial=0.0)
    needed = [each for each, sum_before in zip(longest, before, strict=False) if sum_before <= excess]
    to_lose = f"It has to lose {floor(excess) + 1} KB to be under {most:g} KB."
    articles = message.edition.issue.articles
    if len(needed) >= len(articles):  # nothing would be left
        return f"{to_lose} Move the longest parts of each article to your website, with a link from here."
    named = [f"{articles[int(path[1])].name} ({size:.0f} KB)" for path, size in needed[:_MOST_NAMES]]
    more = f" and {len(needed) - _MOST_NAMES} more" if len(needed) > _MOST_NAMES else ""
    which = f"{', '.join(named)}{more}" if more else join(named)
    return (
        f"{to_lose} Move {count(len(needed), 'article')} to the next issue, or to your website with a link from here: "
        f"{which}."
    )
