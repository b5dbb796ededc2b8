"""The email and its plain text have a link to unsubscribe.

People who want to leave and find no link mark the email as spam, and then other readers do not get it. Not every mail
app shows its own button, so the email and the plain text need a link too.

Bad:
    <p>Write to us if you want no more of these emails.</p>

Good:
    <a href="https://www.example.org/unsubscribe">Unsubscribe</a>

“Manage” or “Email options” is not what somebody who wants to leave looks for. The rule knows the words of six
languages. The law in the UK and the EU (PECR, regulation 23; ePrivacy Directive, article 13(4)): an email that promotes
something, such as the aims of a charity, has a valid address to ask for no more emails.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from newsletter.characters import quoted
from newsletter.check.message import ParsedMessage
from newsletter.check.rule import Finding, HasLocation, Located
from newsletter.css.hiding import hides_from_everybody
from newsletter.stages.compose.translations import location_of_words

SEVERITY = "error"

# What the link is called where people look for it: the verb, and what else says "leave".
_UNSUBSCRIBE_WORDS = {
    "en": re.compile(
        r"unsubscri|opt[\s-]?out|stop (?:\w+ ){0,3}(?:e-?mails|newsletters?|messages)"
        r"|leave (?:\w+ ){0,2}(?:list|newsletter)|take me off|remove me|no more (?:e-?mails|newsletters)",
        re.IGNORECASE,
    ),
    "cy": re.compile(r"dad-?danysgri|gadael|stopio|rhoi'r gorau", re.IGNORECASE),
    "ar": re.compile("إلغاء|الغاء|أوقف|إيقاف"),
    "fr": re.compile(r"désabonn|désinscri|se désin|me désin|ne plus recevoir", re.IGNORECASE),
    "de": re.compile(r"abmeld|abbestell|abmelden|austragen|kündig", re.IGNORECASE),
    "es": re.compile(r"baja|desuscri|cancelar|dejar de recibir", re.IGNORECASE),
}


def check(message: ParsedMessage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check whether the page and the plain text have the brand's address to unsubscribe."""
    brand = message.edition.brand.unsubscribe
    ways = [brand.url, *([f"mailto:{brand.mailto}"] if brand.mailto else [])]
    if message.edition.has_page and not any(_is_link(way, message) for way in ways):
        hint = f'Write <a href="{brand.url}">Unsubscribe</a> in templates/footer.mjml.'
        text = "The email has no link to unsubscribe that readers can see."
        yield Finding(_location(message, ways), text, hint)
    if not any(way.removeprefix("mailto:") in message.text for way in ways):
        hint = "The plain text is made from the page. Do not hide the link in templates/footer.mjml."
        text = "The plain text does not say where to unsubscribe."
        yield Finding(_location(message, ways), text, hint)

    yield from _renamed(message, ways)


def _renamed(message: ParsedMessage, ways: list[str]) -> Iterator[Finding]:
    """Report the link if none of its copies says that readers can leave."""
    links = (
        [
            node
            for way in ways
            for node in message.page.find("a")
            if node.get("href").startswith(way) and not node.is_hidden
        ]
        if message.edition.has_page
        else []
    )
    language = str(message.edition.issue.language).partition("-")[0]
    if not links or language not in _UNSUBSCRIBE_WORDS:
        return
    names = [f"{node.all_text} {' '.join(part.get('alt') for part in node.walk())}" for node in links]
    # In a language without fixed words of its own, the words of the brand's language are used.
    if not any(pattern.search(name) for pattern in _UNSUBSCRIBE_WORDS.values() for name in names):
        name = links[0].all_text
        text = f"The link to unsubscribe is called {quoted(name)}: nobody finds it who wants to leave."
        where = location_of_words(message.edition.build.project, language, "unsubscribe", name)
        hint = "Call it “{{ t.unsubscribe }}”, as in words.yaml, or with that word in it."
        yield Finding(Located(where) if where else links[0], text, "Call it “Unsubscribe”." if where else hint)


def _location(message: ParsedMessage, ways: list[str]) -> HasLocation:
    """Return the location of a hidden link to unsubscribe, or else the whole message."""
    return next(
        (where for way in ways for where in message.link_locations(way) if where != message.whole_message),
        message.whole_message,
    )


def _is_link(address: str, message: ParsedMessage) -> bool:
    links = message.tree.iter("a") if message.tree is not None else ()
    return any(link.get("href", "").startswith(address) and _is_seen(link) for link in links)


def _is_seen(link: etree._Element) -> bool:
    words = "".join(str(part) for part in link.itertext()) + "".join(image.get("alt", "") for image in link.iter("img"))
    return bool(words.strip()) and not any(
        hides_from_everybody(element.get("style", "")) for element in (link, *link.iterancestors())
    )
