"""Every picture that readers of an issue see: those of the issue, and the logo of the brand."""

from __future__ import annotations

from typing import NamedTuple

from newsletter.check.cached_on_argument import cached_on_argument
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import HasLocation
from newsletter.issue.pictures import Picture

COLUMN_WIDTH = 552
"""The width of the column of an email, and of the widest picture, in pixels."""
_WIDTHS = {"half": 268, "small": 176}


class DisplayedPicture(NamedTuple):
    """A picture, the location of its file's name, and the width at which it is shown on a computer, in pixels."""

    picture: Picture
    where: HasLocation
    width: int

    @property
    def is_of_issue(self) -> bool:
        """Whether it is a picture of the issue, and not the logo."""
        return self.where.path is not None

    @property
    def height(self) -> float:
        """The height at which it is shown, in pixels."""
        return self.picture.height * self.width / self.picture.width


@cached_on_argument
def displayed_pictures(issue: IssueText) -> tuple[DisplayedPicture, ...]:
    """Return the pictures of the issue, then the logo, and the logo for dark mode."""
    pictures = [
        DisplayedPicture(image.picture, issue.at(*image.path, "src"), _width(image.image, image.picture))
        for image in issue.images
    ]
    if logo := issue.brand.logo:
        places = {text.key: text for text in issue.brand_texts}
        for key, picture in (("logo.src", logo.src), ("logo.dark", logo.dark)):
            if picture:
                pictures.append(DisplayedPicture(picture, places[key], logo.width))
    return tuple(pictures)


def _width(image: object, picture: Picture) -> int:
    return min(picture.width, _WIDTHS.get(getattr(image, "size", "full"), COLUMN_WIDTH))
