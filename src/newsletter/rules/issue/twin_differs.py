"""An issue in two languages says the same in both.

Who reads the Welsh issue must not miss an article, come on another day or dial another number. Public bodies in Wales
have to treat both languages alike by law.

Bad:
    # 2027-01-winter.yaml
    - title: "Tea for carers"
      date: 2027-01-12
    # 2027-01-winter.cy.yaml
    - title: "Te i ofalwyr"
      date: 2027-01-21

Good:
    # 2027-01-winter.yaml
    - title: "Tea for carers"
      date: 2027-01-12
    # 2027-01-winter.cy.yaml
    - title: "Te i ofalwyr"
      date: 2027-01-12

The Welsh Language (Wales) Measure 2011. The rule compares the articles, their parts and blocks in order, days, times,
the fields of the issue, the numbers in texts, and where links go: a page in each language on the same website counts as
the same. What one file lacks is reported there.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding, HasLocation
from newsletter.english import join
from newsletter.issue.date_fields import LastDay, Month, Time, Times
from newsletter.issue.fields import Number
from newsletter.issue.model import Article, Issue
from newsletter.source.nodes import KeyPath

SEVERITY = "error"

_PARTS = ("label", "date", "summary", "image", "source", "link")
_NOT_FOR_READERS = frozenset(["consent"])


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare an issue with the same issue in each other language."""
    for name in issue.issue.file.unreadable_twins:
        message = f"{name} has errors, so this issue has no link to it, and the two are not compared."
        yield Finding(issue.at("title"), message, f"`newsletter check {name}` lists the errors.")
    for twin in issue.issue.twins:
        other = IssueText(twin, issue.brand)
        yield from _linked(issue, twin)
        yield from _fields(issue, twin)
        yield from _articles(issue, twin)
        if len(issue.issue.articles) == len(twin.articles):
            yield from _parts(issue, twin)
            yield from _values(issue, other)
            yield from _numbers(issue, other)
            yield from _links(issue, other)


def _linked(issue: IssueText, twin: Issue) -> Iterator[Finding]:
    """Report a brand whose addresses of web versions cannot lead from one language to the other."""
    if not any(version.language == twin.language for version in issue.brand.other_versions):
        message = f"This issue cannot link to {twin.file.name}: the brand has no address of its own for each issue."
        hint = "Write {slug} in “web_version_url” of brand.yaml, such as https://news.example.org/{slug}.html."
        yield Finding(issue.at("title"), message, hint, "warning")


def _fields(issue: IssueText, twin: Issue) -> Iterator[Finding]:
    """Report what is different for each reader there, and not here."""
    own, others = ({each.use.name for each in file.fields} for file in (issue.issue.file, twin.file))
    if missing := sorted(others - own):
        names = join(f"{{{name}}}" for name in missing)
        yield _differs(issue.at("title"), f"{names} of {twin.file.name} cannot be found in this issue.")


def _articles(issue: IssueText, twin: Issue) -> Iterator[Finding]:
    own, others = issue.issue.articles, twin.articles
    if len(own) < len(others):
        last = quoted(others[-1].title or "")
        message = f"There are {len(own)} articles here, but {len(others)} in {twin.file.name}, whose last is {last}."
        hint = "Add what is missing here, in the same order, or delete it there."
        yield Finding(issue.at("articles"), message, hint)


def _parts(issue: IssueText, twin: Issue) -> Iterator[Finding]:
    """Report what each article lacks: a key, or a block at the same place."""
    for article, other in zip(issue.articles, twin.articles, strict=True):
        lacking = [key for key in _PARTS if getattr(other, key) and not getattr(article.article, key)]
        if lacking:
            keys = join(f"“{key}”" for key in lacking)
            yield _differs(article, f"This article has no {keys}, but the one in {twin.file.name} has.")
        own, others = _kinds(article.article), _kinds(other)
        if own == others:
            continue
        number = next((n for n, pair in enumerate(zip(own, others, strict=False)) if pair[0] != pair[1]), len(own))
        if number < len(own) and number < len(others):
            message = f"This block is “{own[number]}”, but “{others[number]}” in {twin.file.name}."
            yield _differs(issue.at(*article.path, "content", number), message)
        elif number < len(others):
            yield _differs(article, f"This article has no “{others[number]}” at its end as in {twin.file.name}.")


def _kinds(article: Article) -> list[str]:
    return [block.kind for block in article.content]


def _values(issue: IssueText, other: IssueText) -> Iterator[Finding]:
    """Report days, times and numbers that have another value at the same place."""
    theirs = {path: value for path, value in other.values if _is_compared(path, value)}
    for path, value in issue.values:
        if path in theirs and _is_compared(path, value) and value != theirs[path]:
            message = f"This is {value}, but {theirs[path]} in {other.issue.file.name}."
            yield _differs(issue.at(*path), message)


def _is_compared(path: KeyPath, value: object) -> bool:
    return (
        isinstance(value, datetime.date | Month | Time | Times | LastDay | Number) and path[-1] not in _NOT_FOR_READERS
    )


def _numbers(issue: IssueText, other: IssueText) -> Iterator[Finding]:
    """Report numbers in the texts of an article there that no text of it has here."""
    own, others = (_numbers_of(each) for each in (issue, other))
    for article in issue.articles:
        if missing := [number for key, number in others[article.index].items() if key not in own[article.index]]:
            word = "number" if len(missing) == 1 else "numbers"
            message = f"The {word} {join(missing)} of {other.issue.file.name} cannot be found in this article."
            yield _differs(article, message)


def _numbers_of(issue: IssueText) -> list[dict[str, str]]:
    """Return the numbers in the texts of each article, as they are written, by their digits."""
    return [
        {
            "".join(str(unicodedata.digit(sign)) for sign in number if sign.isdigit()): number
            for number in re.findall(r"\d+(?:[.,:\u00a0\u202f]\d+)*", issue.words_of(article))
        }
        for article in issue.articles
    ]


def _links(issue: IssueText, other: IssueText) -> Iterator[Finding]:
    """Report websites, addresses and phone numbers to which an article there links, and none here."""
    own, others = (_destinations(each) for each in (issue, other))
    for article in issue.articles:
        if missing := sorted(others[article.index] - own[article.index]):
            message = f"This article does not link to {join(missing)} as in {other.issue.file.name}."
            yield _differs(article, message)


def _destinations(issue: IssueText) -> list[set[str]]:
    addresses: list[set[str]] = [set() for _ in issue.articles]
    for link in issue.links:
        if link.path[0] == "articles":
            addresses[int(link.path[1])].add(_destination(link.url, issue.issue.language))
    return addresses


def _destination(url: str, language: str) -> str:
    """Return the website of an address without a language in its name, or the whole address of any other kind."""
    parts = urlsplit(url)
    return re.sub(rf"^(?:www|en|{re.escape(language[:2])})\.", "", parts.hostname or "") or url


def _differs(where: HasLocation, message: str) -> Finding:
    return Finding(where, message, "Correct the one that is wrong.")
