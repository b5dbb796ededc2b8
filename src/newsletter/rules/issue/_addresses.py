"""The addresses of links, with the place of each in the editor's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsletter.check.issue_links import LinkRef
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Located
from newsletter.issue.address_fields import Url
from newsletter.issue.walk import iter_values
from newsletter.problems import Fix
from newsletter.source.nodes import KeyPath, at_path


@dataclass(frozen=True)
class Address:
    """The address of a link, and where it begins in the value at a path; `text` is empty if it is not found there."""

    link: LinkRef
    where: Located
    path: KeyPath
    start: int
    text: str

    def fix(self, new: str | None) -> Fix | None:
        """Return the fix that writes another address; None without one."""
        return Fix(self.path, self.start, self.start + len(self.text), new) if new and self.text else None


def addresses(issue: IssueText) -> Iterator[Address]:
    """Yield the addresses of all links."""
    ends: dict[KeyPath, int] = {}
    for link in issue.links:
        path = (*link.path[:-1], "url")
        if text := issue.source(path):
            yield Address(link, Located(link.address_location, link.path), path, 0, text)
            continue
        match = re.compile(rf"[(<]\s*+<?{re.escape(link.url)}").search(issue.source(link.path), ends.get(link.path, 0))
        if match:
            ends[link.path] = match.end()
            start = match.end() - len(link.url)
            yield Address(link, issue.at_source(link.path, start), link.path, start, link.url)
        else:
            yield Address(link, Located(link.address_location, link.path), link.path, 0, "")


def brand_addresses(issue: IssueText) -> Iterator[tuple[str, Located]]:
    """Yield the addresses of web pages in the brand, each with its location in brand.yaml."""
    for path, value in iter_values(issue.brand):
        if isinstance(value, Url):
            yield value, Located(at_path(issue.brand.file.root, path).location)
