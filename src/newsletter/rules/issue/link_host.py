"""The name of a website has a dot after www.

Without the dot it is the name of another website. At best there is none, and readers who tap get a page that says so.

Bad:
    - text: |
        Read [our guide](https://wwwexample.org/guide).

Good:
    - text: |
        Read [our guide](https://www.example.org/guide).

The rule is our own.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.rules.issue._addresses import addresses

SEVERITY = "warning"

# Not www2.example.org, wwwn.example.org and the like, which exist.
_WWW_WITHOUT_DOT = re.compile(r"www(?=[a-z][\w-]{2})", re.IGNORECASE)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the beginning of each website's name."""
    for address in addresses(issue):
        host = urlsplit(address.link.url).hostname or ""
        if _WWW_WITHOUT_DOT.match(host):
            message = f"There may be a dot missing after “www” in {quoted(host)}."
            yield Finding(address.where, message, f"Did you mean “{_WWW_WITHOUT_DOT.sub('www.', host)}”?")
