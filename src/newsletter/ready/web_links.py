"""The web addresses of an email."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter import outbox
from newsletter.dom.tree import parse_html
from newsletter.edition import Edition
from newsletter.stages.calendar_urls import calendar_files
from newsletter.stages.picture_urls import documents, hosted_url


def web_links(edition: Edition) -> list[str]:
    """Return the http and https addresses to which an email links, each once."""
    addresses = (link.get("href", "") for link in parse_html(edition.reading).iter("a"))
    return list(dict.fromkeys(each for each in addresses if each.lower().startswith(("http:", "https:"))))


def upload_addresses(editions: Sequence[Edition]) -> dict[str, str]:
    """Return the address of each file to upload, by its name in the outbox."""
    issue, brand = editions[0].issue, editions[0].brand
    files = [picture for each in editions if brand.images == "link" for picture in each.pictures.values()]
    return {
        **{f"{issue.slug}/{outbox.PICTURES}/{picture.name}": hosted_url(picture, brand) for picture in files},
        **{f"{issue.slug}/{outbox.DOCUMENTS}/{each.name}": hosted_url(each, brand) for each in documents(issue)},
        **{f"{issue.slug}/{outbox.CALENDAR}/{each.name}": each.url for each in calendar_files(issue, brand)},
    }
