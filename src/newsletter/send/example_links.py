"""Finds what in an email leads to a host that is only for examples. Readers would reach nobody there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from newsletter.dom.tree import parse_html
from newsletter.edition import Edition
from newsletter.problems import Location, Problem

# And all hosts below them (RFC 2606, section 3).
_EXAMPLE_HOST = re.compile(r"(?:.*\.)?example(?:\.(?:com|net|org))?", re.IGNORECASE)


def example_links(edition: Edition) -> Iterator[Problem]:
    """Yield a problem for each link, picture and address of an email with such a host, at its line if it is known."""
    issue, brand = edition.issue, edition.brand
    links = [each for link in parse_html(edition.reading).iter("a") if (each := link.get("href"))]
    own = (brand.sender.address, brand.reply_to, brand.unsubscribe.mailto)
    addresses = [*links, *edition.pictures, brand.unsubscribe.url, *(f"mailto:{each}" for each in own if each)]
    files = [(issue.file.name, issue.file.text), *((part.name, part.text) for part in brand.file.parts)]
    for address in dict.fromkeys(addresses):
        parts = urlsplit(address)
        host = parts.path.rpartition("@")[2] if parts.scheme == "mailto" else parts.hostname
        if host and _EXAMPLE_HOST.fullmatch(host):
            bare = address.removeprefix("mailto:")
            name, text = next((each for each in files if bare in each[1]), files[0])
            line = text.count("\n", 0, text.index(bare)) + 1 if bare in text else 0
            message = f"This leads to a host that is only for examples: {bare}."
            yield Problem(Location(name, line), "example-host", message, "Write the real address.")
