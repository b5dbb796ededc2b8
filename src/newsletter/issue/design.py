"""What the email looks like besides its colours: fonts, sizes of type, and the shape of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from newsletter.issue.model import IssueModel

SansSerif = Literal["verdana", "arial", "trebuchet", "tahoma", "system"]
HeadingFont = Literal["verdana", "arial", "trebuchet", "tahoma", "system", "georgia", "palatino"]
Scale = Literal["calm", "normal", "bold"]
Panel = Literal["fill", "outline", "bar"]
Divider = Literal["gap", "line", "bar"]
Button = Literal["filled", "outline"]
Header = Literal["band", "light", "centred", "picture"]

# The first font of each is on Windows, where Outlook would use Times for one that it does not know.
FONTS: Mapping[HeadingFont, str] = {
    "verdana": "Verdana, 'Segoe UI', 'DejaVu Sans', Geneva, Arial, sans-serif",
    "arial": "Arial, Helvetica, 'Liberation Sans', sans-serif",
    "trebuchet": "'Trebuchet MS', 'Segoe UI', Verdana, 'DejaVu Sans', sans-serif",
    "tahoma": "Tahoma, Verdana, 'DejaVu Sans', sans-serif",
    "system": "'Segoe UI', system-ui, -apple-system, Roboto, Helvetica, Arial, sans-serif",
    "georgia": "Georgia, 'Times New Roman', 'DejaVu Serif', serif",
    "palatino": "'Palatino Linotype', Palatino, 'Book Antiqua', Georgia, 'DejaVu Serif', serif",
}
"""The fonts that readers already have, by the name that an editor writes."""


class Font(IssueModel):
    """The fonts. A serif can be for headings only, because its thin strokes are hard to read in small text."""

    heading: Annotated[HeadingFont | None, Field(description="Of headings; that of the body unless given.")] = None
    body: Annotated[SansSerif, Field(description="Of all other words.")] = "verdana"

    @property
    def headings(self) -> str:
        """The fonts of headings, as CSS writes them."""
        return FONTS[self.heading or self.body]

    @property
    def words(self) -> str:
        """The fonts of all other words, as CSS writes them."""
        return FONTS[self.body]


@dataclass(frozen=True)
class Sizes:
    """Sizes of type in CSS pixels, and line heights without a unit. Body text always has 18 px, small text 16 px."""

    h1: int
    h1_line: float
    h1_on_phones: int
    h2: int
    h2_line: float
    h2_on_phones: int
    h3: int
    h3_line: float
    lead: int


SIZES: Mapping[Scale, Sizes] = {
    "calm": Sizes(32, 1.2, 26, 26, 1.25, 24, 20, 1.35, 20),
    "normal": Sizes(40, 1.15, 30, 30, 1.2, 26, 22, 1.3, 21),
    "bold": Sizes(48, 1.15, 32, 34, 1.2, 28, 24, 1.3, 22),
}
