"""Write the tags of a service into the parts of an email."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from newsletter.edition import Edition
from newsletter.export.escape import WORD_JOINER, in_double_quotes
from newsletter.export.service import Content, MessagePart, Service, TagPlace, Variable
from newsletter.issue.brand import PLACEHOLDER, Brand
from newsletter.issue.field_syntax import FieldUse
from newsletter.personal.escape_values import ValueForm
from newsletter.personal.field_tokens import FieldTokens, TokenMaker
from newsletter.personal.places import TokenSpan, find_token_spans
from newsletter.source.nodes import KeyPath

_HREF = re.compile(r'(?<=href=")[^"]*(?=")')
_URL = re.compile(r"(?<!\S)https?://\S+(?!\S)")


def with_tags(edition: Edition, uses: Mapping[str, FieldUse], service: Service, pictures: Mapping[str, str]) -> Content:
    """Return the parts of an edition with the tags of a service.

    Args:
        edition: the edition with a token for each field.
        uses: the fields by their tokens.
        service: the service.
        pictures: the addresses of pictures in the page, and those that they have for the service.

    Raises:
        ValueError: if a field or a tag is where no value can be, or is missing, with a sentence.
    """
    tagger = _Tagger(edition, uses, service)
    page = in_double_quotes(f"{edition.html_part or ''}")
    for address, own in pictures.items():
        page = page.replace(f'src="{html.escape(address)}"', f'src="{html.escape(own)}"')
    return Content(
        edition,
        tagger.write(edition.issue.subject, "subject"),
        tagger.write(edition.text, "text"),
        tagger.write(page, "page"),
        {own: edition.pictures[address].data for address, own in pictures.items()},
        tuple(tagger.variables),
    )


@dataclass
class _Tagger:
    """Writes tags, and keeps the variables that they name."""

    edition: Edition
    uses: Mapping[str, FieldUse]
    service: Service
    variables: dict[Variable, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        edition, tags = self.edition, self.service.brand_tags
        make_token = TokenMaker([edition.text, edition.inlined, *self.uses])
        self.addresses = {
            address: make_token(FieldUse("", tag))
            for path, tag in tags.addresses.items()
            if (address := _address(edition.brand, path))
        }
        self.words: dict[str, str] = {}
        if tags.postal_address:
            self.words[edition.brand.address] = make_token(FieldUse("", tags.postal_address))
        self.tags = {token: use.fallback for token, use in make_token.uses.items()}
        self.tokens = FieldTokens({**self.uses, **make_token.uses})
        self.variants: dict[str, list[str]] = {}

    def write(self, text: str, part: MessagePart) -> str:
        """Return a part with tags instead of its tokens and of what the service writes itself."""
        text = self._with_links(text, part)
        places = find_token_spans(text, self.tokens.pattern, is_page=part == "page")
        tags = iter([self._tag(text, place, part) for place in places])
        return self.tokens.pattern.sub(lambda token: _apart(token, next(tags)), self.service.escape(text, part))

    def _with_links(self, text: str, part: MessagePart) -> str:
        """Return a part with tokens for the values of the brand that the service has tags for."""
        if part == "page":
            text = _HREF.sub(lambda href: self.addresses.get(html.unescape(href[0]), href[0]), text)
        else:
            text = _URL.sub(lambda url: self.addresses.get(url[0], url[0]), text)
        for words, token in self.words.items():
            typed = html.escape(words, quote=False) if part == "page" else words
            # A space can be a no-break space there, with a place for a line break after it.
            text = re.sub(r"\s\u200b?".join(map(re.escape, typed.split())), token, text)
        unsubscribe = self.addresses.get(self.edition.brand.unsubscribe.url, "")
        if part != "subject" and text and not all(token in text for token in (unsubscribe, *self.words.values())):
            raise ValueError("The link to unsubscribe or the postal address is missing, which the service replaces.")
        return text

    def _tag(self, text: str, place: TokenSpan, part: MessagePart) -> str:
        if place.token in self.tags:
            return self.tags[place.token]
        use = self.uses[place.token]
        if place.form is ValueForm.HTML_URL:
            raise ValueError("A field cannot be the whole address of a link.")
        variants = self.variants.setdefault(use.name, [])
        if use.fallback not in variants:
            variants.append(use.fallback)
        before = re.split(r'[\s"<>]', text[: place.start])[-1] if place.form is ValueForm.URL_PART else ""
        in_query = "?" in before or "#" in before
        tag = self.service.write_tag(use, TagPlace(part, place.form, in_query, variants.index(use.fallback) + 1))
        self.variables[tag.variable] = None
        return tag.text


def _apart(token: re.Match[str], tag: str) -> str:
    """Return a tag instead of its token, apart from a sign before it that would be read as a part of it."""
    before = token.string[token.start() - 1 : token.start()]
    return WORD_JOINER + tag if before and before == tag[0] else tag


def _address(brand: Brand, path: KeyPath) -> str | None:
    """Return an address of a brand that the service has to fill in; None if readers can follow the brand's own."""
    if path == ("unsubscribe", "url"):
        return brand.unsubscribe.url
    address: str | None = getattr(brand, f"{path[0]}")
    return address if address and PLACEHOLDER.search(address) else None
