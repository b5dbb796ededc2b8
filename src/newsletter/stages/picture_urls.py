"""The address of a picture or a document in an email."""

import hashlib
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from urllib.parse import quote, urljoin

from newsletter.edition import InlinedPage, Page
from newsletter.issue.brand import Brand
from newsletter.issue.documents import Document
from newsletter.issue.model import Issue
from newsletter.issue.pictures import Picture
from newsletter.issue.walk import iter_values
from newsletter.problems import Location, Problems
from newsletter.stages.message import InlineAttachment


def url(picture: Picture, brand: Brand) -> str:
    """Return the https address of a picture below `base_url`, or its `cid:` (RFC 2392) if `images` is `embed`."""
    if brand.images == "embed":
        return f"cid:{content_id(picture, brand)}"
    return hosted_url(picture, brand)


def hosted_url(file: Picture | Document, brand: Brand) -> str:
    """Return the https address of a file below `base_url`."""
    base = f"{brand.base_url}".rstrip("/") + "/"
    return urljoin(base, quote(file.name))


def documents(issue: Issue) -> list[Document]:
    """Return the documents of an issue that are next to it."""
    return [value for _, value in iter_values(issue) if isinstance(value, Document)]


def content_id(picture: Picture, brand: Brand) -> str:
    """Return the content id of a picture. It depends on the content only, so equal input gives equal bytes."""
    return f"{hashlib.sha256(picture.data).hexdigest()[:20]}@{brand.list_id}"


def pictures(issue: Issue, brand: Brand, page: Page | InlinedPage | None) -> dict[str, Picture]:
    """Return the pictures of an issue and its brand that a page shows, by address, the brand's first.

    Args:
        issue: the issue.
        brand: its brand.
        page: the page; None if readers get none.

    Raises:
        Problems: if two different pictures would have the same address.
    """
    by_url: dict[str, Picture] = {}
    for picture in _all(issue, brand):
        if by_url.setdefault(url(picture, brand), picture).data != picture.data:
            message = f"The brand and this issue have different pictures called “{picture.name}”."
            hint = "They would have the same address: give the issue's picture another name."
            raise Problems.one(Location(issue.file.name), "picture-name", message, hint)
    return {address: picture for address, picture in by_url.items() if page and f'src="{escape(address)}"' in page}


def _all(issue: Issue, brand: Brand) -> Iterator[Picture]:
    for model in (brand, issue):
        yield from (value for _, value in iter_values(model) if isinstance(value, Picture))


def attachments(pictures: Mapping[str, Picture], brand: Brand) -> list[InlineAttachment]:
    """Return the pictures as parts of the message, or none if `images` is not `embed`."""
    if brand.images != "embed":
        return []
    return [
        InlineAttachment(content_id(picture, brand), Path(picture.name).name, picture.format, picture.data)
        for picture in pictures.values()
    ]
