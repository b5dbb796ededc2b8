"""The helpline's number is beside its name, as words and as a link.

Somebody who needs help now looks for the name of the helpline, and has no strength to look for its number elsewhere. A
number in a link can be dialled with one touch. A number in words can be dialled on another phone.

Bad:
    <p>{{ brand.helpline.name }}, {{ brand.helpline.hours }}</p>

Good:
    <p>{{ brand.helpline.name }}: <a href="{{ brand.helpline.phone | tel }}">{{ brand.helpline.phone }}</a></p>

The rule is our own. WCAG 2.2, 3.2.6 Consistent Help (A), asks for help in the same place everywhere.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.issue.links import email_url

SEVERITY = "error"
IN_WEB_VERSION = True

_NATIONAL = 6
"""Digits at the end of a number that are the same with and without the code of the country."""
_FRAMES = ("body", "main", "header", "footer")
_HINT = "Write it into the section of the helpline, in footer.mjml."


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the part of the page that names the helpline, outside of articles, for each way to reach it."""
    helpline = page.edition.brand.helpline
    if helpline is None:
        return
    named = [node for node in page.with_text if node.path is None and helpline.name in node.all_text]
    if not named:
        return  # `verify` reports lost words
    # An organisation may give the helpline its own name, which is then also beside its address.
    sections = {_section(node): node for node in named}
    numbers = {_digits(value) for value in (helpline.phone, helpline.textphone) if value}
    section = max(sections, key=lambda each: len(numbers & {_digits(part.text) for part in each.walk()}))
    place = sections[section]
    for what, value in (("phone number", helpline.phone), ("textphone number", helpline.textphone)):
        if value is None:
            continue
        parts = [part for part in section.walk() if _digits(part.text) == _digits(value)]
        if not parts:
            yield Finding(place, f"The {what} of the helpline is not beside its name.", _HINT)
            continue
        called = [part for part in parts if part.get("href").startswith("tel:")]
        if not called:
            yield Finding(parts[0], f"The {what} of the helpline is not a link.", 'Write <a href="{{ ... | tel }}">.')
        for part in called:
            if _digits(part.get("href"))[-_NATIONAL:] != _digits(value)[-_NATIONAL:]:
                message = f"The link of the {what} of the helpline calls another number: {part.get('href')}."
                yield Finding(part, message, 'Write <a href="{{ ... | tel }}">.')
    addresses = {unquote(node.get("href")) for node in section.walk()}
    if helpline.email and not any(unquote(email_url(helpline.email)) in address for address in addresses):
        yield Finding(place, "The email address of the helpline is not beside its name, as a link.", _HINT)


def _section(node: PageElement) -> PageElement:
    """Return the part of the email around an element: what is directly in its frame, or in a part of a web page."""
    around = [node, *node.parents()]
    return next(up for up in around if not up.parent or up.parent.tag in _FRAMES or up.parent.get("role") == "article")


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
