"""Two links with the same words go to the same page.

People who list the links of an email with a screen reader hear “Book a place, Book a place, Book a place”, without the
text around them. They do not know which is which. Others try one link and think that the rest are the same.

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

from newsletter.characters import quoted
from newsletter.check.issue_links import LinkRef
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "error"


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare each link with the first link that has the same words."""
    yield from _titles(issue)
    yield from _numbers(issue)
    first: dict[str, LinkRef] = {}
    for link in sorted(issue.links, key=lambda link: link.location):
        words = _spoken(link.words)
        if not words:
            continue
        earlier = first.setdefault(words, link)
        if _place(earlier.url) != _place(link.url):
            message = f"{quoted(link.words)} goes to {link.url}, but in line {earlier.location.line} to {earlier.url}."
            hint = "Say in each link what is different, such as “Book a place at seated yoga”."
            yield Finding(link, message, f"{hint} If one address is wrong, correct it.")


def _titles(issue: IssueText) -> Iterator[Finding]:
    """Report articles with the same title: each title is a link in the contents list."""
    titles = set()
    for item in issue.articles:
        words = _spoken(item.article.title or "")
        if words and words in titles:
            message = f"Two articles have the title {item.article.name}, so the contents list has it twice."
            yield Finding(issue.at(*item.path, "title"), message, "Say in each title what is different.")
        titles.add(words)


def _numbers(issue: IssueText) -> Iterator[Finding]:
    """Report links whose words have another phone number than the one they call."""
    for link in issue.links:
        numbers = re.findall(r"\d[\d\s().-]{4,}\d", link.words)
        if not link.url.startswith("tel:") or not numbers:
            continue
        called = _digits(link.url.partition(";")[0])
        # 0808 157 0100, +44 808 157 0100 and +44 (0)808 157 0100 are the same number.
        if not any(called.endswith(_digits(number.replace("(0)", "")).lstrip("0")) for number in numbers):
            message = f"The words of this link say {numbers[0]}, but it calls {link.url.removeprefix('tel:')}."
            yield Finding(link, message, "Write the same number in the words and after “tel:”.")


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _spoken(words: str) -> str:
    """Return words as they sound: in lower case and without punctuation."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", words).casefold()))


def _place(url: str) -> str:
    """Return an address without the parts that do not matter: http or https, www, a last slash, utm parameters."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return re.sub(r"(?<=\d)[().-]+(?=\d)", "", url) if parts.scheme == "tel" else url
    query = "&".join(item for item in parts.query.split("&") if not item.lower().startswith("utm_"))
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{query}#{parts.fragment}"
