"""Readers can answer in another way than by phone.

Deaf readers, readers with aphasia and many who are anxious cannot ring. If a number is the only way to book, to ask
or to give, they are left out.

Bad:
    - text: |
        Ring Ann on 01632 960 144 to book a place.

Good:
    - text: |
        To book a place, ring Ann on 01632 960 144 or [email Ann](mailto:ann@example.org).

NHS England, Accessible Information Standard; GOV.UK Service Manual: do not make people use one channel. The rule looks
at parts in English, each article for itself, at a contact with nothing but a phone number, and in German and French at
the words that say so, such as "nur telefonisch". A link counts if its words promise a
way to answer, such as "Book a place". A contact with an email address, anywhere in the issue, is another way.
Numbers for emergencies, such as 999 and 111, are fine alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from newsletter.check.issue_links import LinkRef
from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph
from newsletter.check.rule import Finding

SEVERITY = "warning"
POLICIES = {"strict": {"severity": "error"}}

_NUMBER = r"(?:\+\d{1,3} ?|0)(?:\(0\) ?)?\d[\d -]{7,13}\d"
_PHONE_INVITATION = re.compile(
    rf"\b(?:call|ring|bell|buzz|shout|phone|telephone|dial|book|speak|talk|contact|reach|reached|message|joins?|tickets|places?|bookings?"
    rf"|enquiries|details)\b[^.!?\n]{{0,60}}?{_NUMBER}|\b(?:Phone|Telephone|Tel)\.?:? {_NUMBER}",
    re.IGNORECASE,
)
_OTHER_WAY = re.compile(
    r"@|https?:|www\.|\b(?:(?<!\bthis )e-?mail|repl(?:y|ies)|write (?:to|a letter)"
    r"|text (?:us|the|to|her|him|me|on|or (?:call|ring|phone))"
    r"|text(?=:? (?:\+?\d|(?-i:[A-Z])))|SMS|WhatsApp"
    r"|(?:ask|answer|appl(?:y|ies)|book|buy|donate|enter|give|join|order|pay|register"
    r"|sign up|us|vote)\b[^.!?\n]{0,40} online"
    r"|online (?:form|booking|bookings|chat|at|on)|(?:or|and) online"
    r"|(?:on|through|via|use|visit) (?:our|the|their) website|by post|drop in|"
    r"forms?(?! an?\b)|textphone|Relay UK|video call|no need to book|just (?:come|turn up))\b",
    re.IGNORECASE,
)
_BY_PHONE_ALONE = {
    "de": re.compile(
        r"\b(?:nur|ausschließlich|einzig) (?:telefonisch|per Telefon|am Telefon"
        r"|über das Telefon)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:uniquement|seulement|exclusivement) (?:par téléphone|au téléphone)\b|\bpar téléphone (?:uniquement"
        r"|seulement"
        r"|exclusivement)\b",
        re.IGNORECASE,
    ),
}
"""Words that say that a phone is the only way, by language."""
_WAY = re.compile(
    r"\b(?:apply|ask|book|booking|buy|call|chat|contact|details|donate|email|enquire|enter|form|get|give|help|join|message|order|pay"
    r"|register|reply|reserve|send|sign up|subscribe|survey|talk|tickets?|vote|write)\b",
    re.IGNORECASE,
)
"""What the words of a link promise that is a way to answer."""
_SHORTEST = 9
"""Digits of a number that is not one for emergencies."""
_MESSAGE = "Readers who cannot ring have no other way to answer here."
_HINT = "Add an email address, or a number for text messages."


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report the first number of each part in which nothing but a phone number says how to answer."""
    paragraphs, links = dict[object, list[Paragraph]](), dict[object, list[LinkRef]]()
    for paragraph in issue.paragraphs():
        paragraphs.setdefault(_part(paragraph.path), []).append(paragraph)
    for link in issue.links:
        links.setdefault(_part(link.path), []).append(link)
    if any(path[-1] in ("email", "address") and value for path, value in issue.values):
        return  # of somebody who can help, or pass it on
    for part, items in paragraphs.items():
        ways = links.get(part, [])
        if any(_is_way(link) for link in ways) or any(_OTHER_WAY.search(item.text) for item in items):
            continue
        if first := next(_numbers(items, ways), None) or next(_contacts(issue, part), None):
            yield first


def _is_way(link: LinkRef) -> bool:
    """Check whether readers can answer at a link; if its words are not English, it may be so."""
    if link.url.startswith("tel:"):
        return False
    return link.url.startswith("mailto:") or not link.language.startswith("en") or bool(_WAY.search(link.words))


def _part(path: tuple[int | str, ...]) -> object:
    return path[1] if path[0] == "articles" else None


def _numbers(paragraphs: Iterable[Paragraph], links: Iterable[LinkRef]) -> Iterator[Finding]:
    for paragraph in paragraphs:
        english = paragraph.language.startswith("en")
        pattern = _PHONE_INVITATION if english else _BY_PHONE_ALONE.get(paragraph.language.partition("-")[0])
        if pattern and (match := pattern.search(paragraph.text)):
            yield Finding(paragraph.at(match.start()), _MESSAGE, _HINT)
    for link in links:
        if link.language.startswith("en") and sum(sign.isdecimal() for sign in link.url) >= _SHORTEST:
            yield Finding(link, _MESSAGE, _HINT)


def _contacts(issue: IssueText, part: object) -> Iterator[Finding]:
    """Yield the phone number of each contact in a part of the issue that has no website, and no address."""
    for path, model in issue.models:
        if path[-1:] != ("contact",) or _part(path) != part or not issue.language(path).startswith("en"):
            continue
        phone = getattr(model, "phone", None) or ""
        if sum(sign.isdecimal() for sign in phone) >= _SHORTEST and not getattr(model, "website", None):
            yield Finding(issue.at(*path, "phone"), _MESSAGE, _HINT)
