"""The descriptions of pictures, those of the logo included, and the kinds that are no description."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsletter.check.cached_on_argument import cached_on_argument
from newsletter.check.issue_text import ImageRef, IssueText
from newsletter.check.rule import HasLocation
from newsletter.issue.fields import Language

_MAKER = (
    r"photo(?:graph|grapher|graphy|graphie)?|image|picture|pic|illustrat(?:ion|or)|artist|drawing|"
    r"foto(?:graf(?:ie|ía)?)?|bild|llun"
)
_AGENCY = (
    r"getty(?: images)?|i?stock(?:photo)?|shutterstock|unsplash|pexels|pixabay|alamy|adobe stock|freepik|canva|"
    r"wikimedia(?: commons)?|flickr|reuters|pa(?: media)?|afp"
)
_NAME = r"(?:(?!(?:An?|The)\b)[^\W\d_a-z][\w.’'-]*+|the|de|la|van|von|der|al|bin|on|and|&|via|for)"
_CREDIT = re.compile(
    # Photo: Jane Doe / Getty Images; Picture by Jane; Credit: Jane; © Jane Doe 2027; Courtesy of Jane Doe.
    rf"(?:(?i:(?:(?:{_MAKER})s?(?: (?:by|credits?(?:\s?:)?|courtesy of|from|von|par|gan|©)|\s?[:©])|"
    r"credits?(?:\s?:)?|crédit(?: photo)?s?\s?:|©|\(c\)|copyright|courtesy of)\s*)+)"
    rf"(?:(?:19|20)\d\d\s+)?{_NAME}(?:[\s,/|]++{_NAME}){{0,5}}(?:,?\s+(?:19|20)\d\d)?"
    r"(?i:[,.;]?\s(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|used (?:with|by) permission))?\W*"
    # Getty Images; Jane Doe/Unsplash
    rf"|(?:{_NAME}(?:\s{_NAME}){{0,3}}\s?[/|]\s?)?(?i:{_AGENCY})\W*"
)

FILE_NAME = re.compile(r"\S+(?:\s+\S+){0,4}\.(?:jpe?g|png|gif|svg|webp|bmp|tiff?|heic|avif|psd|pdf|ai|eps)", re.I)
"""A name of a file, which is no description."""


@dataclass(frozen=True)
class Description:
    """The description of a picture."""

    alt: str
    src: str
    where: HasLocation
    language: Language
    image: ImageRef | None
    """The picture, if it is one of the issue and not the logo."""


@cached_on_argument
def descriptions(issue: IssueText) -> tuple[Description, ...]:
    """Return the descriptions of the pictures, then that of the logo; none of a picture that decorates."""
    of_issue = [Description(image.alt, image.picture.src, image, image.language, image) for image in issue.images]
    of_logo = [
        Description(text.text, logo.src.src, text, issue.brand.language, None)
        for text in issue.brand_texts
        if text.key == "logo.alt" and (logo := issue.brand.logo)
    ]
    return tuple(item for item in [*of_issue, *of_logo] if item.alt.strip())


def is_credit(alt: str) -> bool:
    """Check whether a description only says who made a picture, or where it is from."""
    return bool(_CREDIT.fullmatch(alt.strip()))
