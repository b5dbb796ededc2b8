"""The same words never lead to two places.

Someone who lists the links of an email with a screen reader hears “Book a place, Book a place, Book a place”, without
the text around them, and cannot tell which is which. People who lose their way easily try one and take the others for
the same.

Bad:
    - events:
        items:
          - title: "Seated yoga"
            link: {text: "Book a place", url: "https://example.org/yoga"}
          - title: "A slow walk"
            link: {text: "Book a place", url: "https://example.org/walk"}

Good:
    - events:
        items:
          - title: "Seated yoga"
            link: {text: "Book a place at seated yoga", url: "https://example.org/yoga"}
          - title: "A slow walk"
            link: {text: "Book a place on the slow walk", url: "https://example.org/walk"}

WCAG 2.2, 2.4.4 Link Purpose (In Context) (A) and 2.4.9 Link Purpose (Link Only) (AAA).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from newsletter.check.issue_text import IssueText, LinkRef
from newsletter.check.rule import Finding

SEVERITY = "error"


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare each link with the first one of the same words."""
    yield from _titles(issue)
    yield from _numbers(issue)
    first: dict[str, LinkRef] = {}
    for link in sorted(issue.links, key=lambda link: link.location):
        words = _heard(link.words)
        if not words:
            continue
        earlier = first.setdefault(words, link)
        if _place(earlier.url) != _place(link.url):
            message = f"“{link.words}” leads to {link.url}, but in line {earlier.location.line} to {earlier.url}."
            hint = "Add what is different to the words of each, such as “Book a place at seated yoga”."
            yield Finding(link, message, f"{hint} Or, if one address is wrong, mend it.")


def _titles(issue: IssueText) -> Iterator[Finding]:
    """Look for articles of one title: each is a link in the contents list."""
    seen = set()
    for item in issue.articles:
        words = _heard(item.article.title)
        if words in seen:
            message = f"“{item.article.title}” is the title of two articles, and two links in the contents list."
            yield Finding(issue.at(*item.path, "title"), message, "Say in each title what is different.")
        seen.add(words)


def _numbers(issue: IssueText) -> Iterator[Finding]:
    """Look for a phone number in a link's words that is not the one it calls."""
    for link in issue.links:
        said = re.findall(r"\d[\d\s().-]{4,}\d", link.words)
        if not link.url.startswith("tel:") or not said:
            continue
        called = _digits(link.url)
        # 0808 157 0100 and +44 808 157 0100 are one number.
        if not any(called.endswith(_digits(number).lstrip("0")) for number in said):
            hint = "Write the same number in the words and after 'tel:'."
            yield Finding(
                link, f"The words of this link name {said[0]}, but it calls {link.url.removeprefix('tel:')}.", hint
            )


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _heard(words: str) -> str:
    """Give what a screen reader makes of words: without capitals and marks."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", words).casefold()))


def _place(url: str) -> str:
    """Give an address without what changes nothing: http or https, www, the last slash, marks for counting visits."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return re.sub(r"(?<=\d)[().-]+(?=\d)", "", url) if parts.scheme == "tel" else url
    query = "&".join(item for item in parts.query.split("&") if not item.lower().startswith("utm_"))
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{query}#{parts.fragment}"
