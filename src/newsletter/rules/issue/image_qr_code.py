"""What a code to be scanned says is in the words of its article, too.

Most people read email on a phone, and a phone cannot scan its own screen. Many people cannot hold one still, either.
Who cannot see the code does not know where it leads. A code helps on paper only.

Each picture is read as a phone does: QR codes, Aztec codes and Data Matrix codes. If its code has an address, one of
the links of the article must lead there. If it has a phone number, an email address or other words, they must be in
the article. If its description says that it is a code, but none can be read, the article must have a link.

Bad:
    - image:
        src: images/join.png    # a QR code for https://www.example.org/join
        alt: "Scan this code to join us."

Good:
    - text: |
        [Join us on our website](https://www.example.org/join), or scan the code with another phone.
    - image:
        src: images/join.png
        alt: "A code that leads to the page where you can join us."

WCAG 2.2, 1.1.1 Non-text Content (A).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from newsletter.characters import quoted
from newsletter.check.issue_text import ImageRef, IssueText
from newsletter.check.rule import Finding
from newsletter.issue.picture_contents import contents
from newsletter.words import words

SEVERITY = "error"

_ADDRESS = re.compile(r"(?:URL(?:TO)?:)?\s*(https?://\S+|(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?)\s*", re.I)
_EMAIL = re.compile(r"(?:mailto:|MATMSG:TO:)\s*([^\s?;@]+@[^\s?;@]+)", re.I)
_PHONE = re.compile(r"(?:tel|sms|smsto|facetime):\s*([+\d][\d\s().-]*)", re.I)
# Of the parts of a code for a network, a contact or a date, these are the readers' own words.
_FIELD = re.compile(r"(?:^|[;:\n])(?:S|P|N|FN|ORG|TEL|EMAIL|URL|SUMMARY|LOCATION)(?:;[^:\n]{0,99})?:([^;\n]*)", re.I)
_OF_FIELDS = re.compile(r"WIFI:|MECARD:|BEGIN:", re.I)
# What a link adds only to count who follows it.
_COUNTS = re.compile(r"utm_|mc_|fbclid|gclid|mtm_|pk_", re.I)
_IS_CODE = re.compile(
    r"(?:(?:an?|the|our|this) )?(?:(?:QR|Aztec|data ?matrix|square|2-?D|two-dimensional)[ -]?code|data ?matrix"
    r"|bar[ -]?code"
    r"|datamatrix)(?=\W*\Z|,? (?:for|to|with|that|which|you|on (?:how|your))\b)",
    re.IGNORECASE,
)
_OWN_DIGITS = 7  # at the end of a phone number, which no other number has
_HINT = "People who read on a phone cannot scan their own screen. {} in this article."


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for what each QR code says in the links and the words of its article."""
    for image in issue.images:
        codes = contents(image.picture.data, image.picture.format).codes
        for code in codes:
            if todo := _missing(code, issue, image):
                message = f"The picture {quoted(image.picture.src)} has a code that says {quoted(code)}."
                yield Finding(issue.at(*image.path, "src"), message, _HINT.format(todo))
        if not codes and _IS_CODE.match(image.alt) and not _links(issue, image):
            message = "This picture is a code to be scanned, and its article has no link."
            yield Finding(image, message, _HINT.format("Write a link to what the code leads to"))


def _missing(code: str, issue: IssueText, image: ImageRef) -> str:
    """Return what an editor has to do, so that readers can do without a code; empty if there is nothing to do."""
    article, links = image.path[:2], _links(issue, image)
    if address := _ADDRESS.fullmatch(code):
        is_there = _page(address[1]) in map(_page, links)
        return "" if is_there else f"Write a link to {address[1]}"
    text = "\n".join([*links, *(item.text for item in issue.paragraphs() if item.path[:2] == article)]).casefold()
    if email := _EMAIL.match(code):
        return "" if email[1].casefold() in text else f"Write the email address {email[1]}"
    if phone := _PHONE.match(code):
        # The code of the country, or the 0 instead of it, can be there or not.
        is_there = _number(phone[1])[-_OWN_DIGITS:] in _number(text)
        return "" if is_there else f"Write the phone number {phone[1].strip()}"
    message = "\n".join(_FIELD.findall(code)) if _OF_FIELDS.match(code) else code
    known = set(words(text))
    return "" if all(word in known for word in words(message.casefold())) else "Write what the code says"


def _links(issue: IssueText, image: ImageRef) -> list[str]:
    """Return the addresses of the links in the article of a picture."""
    return [link.url for link in issue.links if link.path[:2] == image.path[:2]]


def _page(address: str) -> str:
    """Return an address without what changes nothing about the page that it leads to."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
    except ValueError:  # such as brackets in the name of a website
        return address
    query = urlencode([item for item in parse_qsl(parts.query, keep_blank_values=True) if not _COUNTS.match(item[0])])
    return f"{parts.netloc}{unquote(parts.path).rstrip('/')}?{query}".casefold().removeprefix("www.")


def _number(text: str) -> str:
    return re.sub(r"\D", "", text)
