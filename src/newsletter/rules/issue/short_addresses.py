"""A link has the address of the page that it leads to, and not a shortened one.

Readers with little strength, and readers who were once cheated, look where a link goes before they follow it. A
shortened address hides that, and spam filters distrust it. The plain text shows it in full.

Bad:
    - text: |
        [Book a place on the walk](https://bit.ly/3xYz).

Good:
    - text: |
        [Book a place on the walk](https://www.example.org/walk).

W3C, Making Content Usable for People with Cognitive and Learning Disabilities: help users to know where links go. The
list of services is our own.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.rules.issue._addresses import addresses, brand_addresses

SEVERITY = "warning"
OPTIONS: dict[str, list[str]] = {"allowed": []}
EXCEPTIONS = ("allowed",)

_SERVICES = frozenset(
    [
        "bit.ly", "bitly.com", "tinyurl.com", "t.co", "goo.gl", "ow.ly",
        "buff.ly", "is.gd", "v.gd", "rb.gy", "cutt.ly", "rebrand.ly",
        "shorturl.at", "tiny.cc", "lnkd.in", "t.ly", "bl.ink", "qrco.de",
        "soo.gd", "s.id", "dlvr.it", "trib.al", "fb.me", "amzn.to",
        "ift.tt", "tny.im", "shorturl.com", "short.gy", "dub.sh", "mailchi.mp",
        "eepurl.com", "linktr.ee", "forms.gle", "goo.su", "u.nu", "x.gd",
        "bit.do", "adf.ly", "snip.ly", "spr.ly", "hubs.ly", "hubs.la",
        "clck.ru", "wp.me", "aka.ms", "bbc.in", "gofund.me", "geni.us",
        "spoti.fi", "apple.co", "fb.watch", "1drv.ms", "kutt.it", "chng.it",
        "g.co", "maps.app.goo.gl", "app.goo.gl", "page.link", "qr.io", "me-qr.com", "urlz.fr", "kurzelinks.de", "lc.cx",
    ]
)  # fmt: skip


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each address of a service that shortens addresses."""
    links = [(address.link.url, address.where) for address in addresses(issue)]
    for url, where in (*links, *brand_addresses(issue)):
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        if host in _SERVICES and host not in options["allowed"]:
            message = f"“{host}” hides where the link goes."
            hint = "Follow it once, and write the address of the page that you get."
            yield Finding(where, message, hint)
