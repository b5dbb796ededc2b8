"""Finds what in an email leads to a host that is only for examples. Readers would reach nobody there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from newsletter.dom.tree import parse_html
from newsletter.edition import Edition
from newsletter.problems import Location, Problem

# And all hosts below them (RFC 2606, section 3).
_EXAMPLE_HOST = re.compile(r"(?:.*\.)?example(?:\.(?:com|net|org))?", re.IGNORECASE)


def example_links(edition: Edition) -> Iterator[Problem]:
    """Yield a problem for each link, picture and address of an email with such a host, where it was typed if possible.

    Args:
        edition: the email, with tokens for its fields.
    """
    issue, brand = edition.issue, edition.brand
    links = [each for link in parse_html(edition.reading).iter("a") if (each := link.get("href"))]
    own = (brand.sender.address, brand.reply_to, brand.unsubscribe.mailto)
    addresses = [*links, *edition.pictures, brand.unsubscribe.url, *(f"mailto:{each}" for each in own if each)]
    files = [(issue.file.name, issue.file.text), *((part.name, part.text) for part in brand.file.parts)]
    typed_fields: dict[str, list[str]] = {}
    for field in (*issue.file.fields, *brand.file.fields):
        typed_fields.setdefault(field.words, []).append(field.typed)
    for address in dict.fromkeys(addresses):
        parts = urlsplit(address)
        host = parts.path.rpartition("@")[2] if parts.scheme == "mailto" else parts.hostname
        if host and _EXAMPLE_HOST.fullmatch(host):
            location, typed = _place(address.removeprefix("mailto:"), typed_fields, files)
            message = f"This leads to a host that is only for examples: {typed}."
            yield Problem(location, "example-host", message, "Write the real address.")


def _place(
    address: str, typed_fields: Mapping[str, Sequence[str]], files: Sequence[tuple[str, str]]
) -> tuple[Location, str]:
    """Return where an address was typed, and how; the first file without a line if that cannot be known.

    Args:
        address: the address, with tokens.
        typed_fields: how the fields were typed, by their tokens.
        files: the name and the text of each file.
    """
    tokens = re.compile("|".join(map(re.escape, typed_fields)) or "(?!)")
    forms = {token: f"(?:{'|'.join(map(re.escape, typed))})" for token, typed in typed_fields.items()}
    pattern = re.compile(tokens.sub(lambda match: forms[match[0]], re.escape(address)))
    for name, text in files:
        if match := pattern.search(text):
            line, start = text.count("\n", 0, match.start()) + 1, text.rfind("\n", 0, match.start()) + 1
            return Location(name, line, match.start() - start + 1), match[0]
    return Location(files[0][0]), tokens.sub(lambda match: typed_fields[match[0]][0], address)
