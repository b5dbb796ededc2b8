"""The scripts that measure a page in a browser, and the types of the JSON that they return.

Sizes, distances and positions are in CSS pixels; positions count from the top left corner of the page. Contrast is the
ratio of WCAG 2.2, from 1 to 21, computed from the declared colours.
"""

from typing import Literal, TypedDict


class Box(TypedDict):
    """The edges of a box, in CSS pixels."""

    left: float
    top: float
    right: float
    bottom: float


class MeasuredElement(TypedDict):
    """An element and its words."""

    number: int
    """The number that `dom.numbering` wrote into the element, or into the nearest one before it; -1 if none."""
    words: str
    """The text in it, with white space collapsed."""


class MeasuredText(MeasuredElement):
    """A text node that is not empty (texts.js)."""

    element: int
    """The position of its element among all elements of the document, from 0."""
    box: Box | None
    """The box around all of its lines; None if it has none."""
    hasDeclaredColours: bool
    """Whether `contrast` is that on the screen; otherwise only the pixels show it."""
    isLarge: bool
    """Whether WCAG calls it large: 24 px, or bold and 18.66 px."""
    where: str
    """The names and classes of the element and up to three ancestors."""
    tags: list[str]
    """The names of the element and all its ancestors, innermost first."""
    classes: list[str]
    lang: str
    size: float
    """The size of the font on the screen, with zoom and scaling."""
    line: float
    """The height of a line, as a multiple of the size of the font."""
    italic: bool
    transform: str
    """The value of `text-transform`."""
    align: str
    """The value of `text-align`."""
    rightToLeft: bool
    indent: float
    """The distance of the first line from the side on which its block begins."""
    contrast: float
    colours: str
    picture: bool
    """Whether it has a background picture."""
    hidden: Literal["", "style", "no room", "size", "opacity", "outside", "clip", "overflow", "colour", "covered"]
    """Why it cannot be seen; empty if it can."""
    spills: bool
    """Whether it is wider than its block."""


class AddedText(MeasuredElement):
    """Words that a style sheet adds before or after an element, or the marker of a list item (texts.js)."""

    size: float
    isLarge: bool
    contrast: float


class ScrollingBox(MeasuredElement):
    """A box inside which a reader has to scroll sideways (boxes.js)."""

    beyond: float
    """How much wider than the box its content is."""


class SplitWord(TypedDict):
    """A word on two lines (texts.js)."""

    number: int
    word: str
    whole: str
    """The word with all characters around it up to the next white space, such as an address."""
    text: str
    """The text node."""
    where: str
    width: float
    """Of the word, on one line."""
    length: float
    """Of the whole, on one line."""
    room: float
    """The width of a line."""


class NumberInGroups(TypedDict):
    """A number in groups of digits within text from right to left (texts.js)."""

    number: str
    element: int
    """The number of the element; see `MeasuredElement.number`."""
    text: str
    lefts: list[float]
    """The left edge of each group, in the order of the page."""


class Overlap(MeasuredElement):
    """Two words that lie on each other (layers.js)."""

    text: str
    """The text of the first word. `words` has both words, with " / " between them."""


class CoveredText(MeasuredElement):
    """Text behind a picture or an opaque box (layers.js)."""

    by: str
    """The words of the element in front, or its alt text."""


class MeasuredLink(MeasuredElement):
    """A link that can be seen (boxes.js)."""

    href: str
    where: str
    width: float
    height: float
    inSentence: bool
    """Whether its block has other words."""
    button: bool
    underlined: bool
    fill: float
    """The contrast of its background with the background around it."""
    edge: float
    """The contrast of its border with the background around it."""
    edgeWidth: float


class MeasuredImage(TypedDict):
    """A picture (boxes.js)."""

    number: int
    isShown: bool
    src: str
    """The first 80 characters of the address."""
    alt: str
    loaded: bool
    size: float
    """The size of the font of the alt text."""
    contrast: float
    """Of the alt text."""
    width: float
    height: float
    needed: float
    """The height that the alt text needs at this width."""
    isCut: bool
    """Whether an ancestor cuts it off."""
    isCrowded: bool
    """Whether lines of the alt text would lie on each other."""


class ClippedBox(MeasuredElement):
    """A box whose content is larger than the box (boxes.js)."""

    where: str
    isReached: bool
    """Whether a reader can scroll to the rest."""


class OutOfOrder(MeasuredElement):
    """A block that is shown before the one that precedes it in the page (boxes.js)."""

    after: str
    """The words of the preceding block."""


class PageMeasurements(TypedDict):
    """One page, measured."""

    mode: Literal["CSS1Compat", "BackCompat"]
    sideways: float
    """How much wider than the window the page is; 0 or less if it does not scroll sideways."""
    headings: list[tuple[int, str]]
    """The level and the words of each heading that can be seen."""
    positioned: list[str]
    """The elements whose `position` is not static, named as in `MeasuredText.where`."""
    moving: list[MeasuredElement]
    texts: list[MeasuredText]
    added: list[AddedText]
    cutMarkers: list[MeasuredElement]
    """The items of lists whose number or sign is cut off at the edge of a box or of the window."""
    split: list[SplitWord]
    overlaps: list[Overlap]
    covered: list[CoveredText]
    numbers: list[NumberInGroups]
    links: list[MeasuredLink]
    images: list[MeasuredImage]
    clipped: list[ClippedBox]
    scrolling: list[ScrollingBox]
    wide: list[MeasuredElement]
    """The innermost elements that stick out of the page."""
    astray: list[OutOfOrder]
    alike: list[list[int]]
    """Groups of elements that look alike, by position in the document. axe-core checks one in each."""


class AxeElement(MeasuredElement):
    """An element in a result of axe-core (axe.js)."""

    element: int
    """Its position among all elements of the document, from 0; -1 if there is none."""
    html: str
    """Its start tag."""
    role: str
    """Its `role` attribute."""
    uniquePictures: int
    """The number of pictures with an alt text that no visible picture has, itself included."""


class AxeRuleResult(TypedDict):
    """What one rule of axe-core reports."""

    id: str
    help: str
    """The rule in one sentence."""
    tags: list[str]
    nodes: list[AxeElement]


class AxeRuleTags(TypedDict):
    """A rule of axe-core."""

    id: str
    tags: list[str]
    """Among them its criteria, such as `wcag143`."""


class AxeReport(TypedDict):
    """What axe-core reports about a page."""

    version: str
    ran: int
    """How many rules ran."""
    violations: list[AxeRuleResult]
    incomplete: list[AxeRuleResult]
    """What axe-core could not decide."""
    tested: list[AxeRuleTags]
    """The rules that found something to test."""
