"""One page in one state: what the rules of `rules/browser/` check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from newsletter.audit.measure import AddedText, AxeReport, MeasuredElement, MeasuredText, PageMeasurements
from newsletter.audit.states import State
from newsletter.check.issue_text import IssueText
from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.prose import Paragraph
from newsletter.dom.numbering import ATTRIBUTE
from newsletter.problems import Location
from newsletter.source.nodes import KeyPath


@dataclass(frozen=True)
class SourceLocation:
    """The location of a finding: in the issue if its words come from there, otherwise in the template."""

    location: Location
    path: KeyPath | None
    template: Location
    """The line of the template, whatever `location` is."""


@dataclass(frozen=True)
class ElementLocator:
    """Finds the lines that an element of the page comes from."""

    page: ParsedPage
    issue: IssueText
    _cache: dict[tuple[int, str], SourceLocation] = field(default_factory=dict, repr=False, compare=False)

    def locate(self, number: int, words: str) -> SourceLocation:
        """Return the location of an element in the issue or in a template.

        Args:
            number: the number that `dom.numbering` wrote into the element.
            words: its text, or a part of it; empty if it has none.
        """
        if (number, words) not in self._cache:  # most states have the same elements
            node = self._node(number)
            location = self._location_in_issue(_plain_words(words), node)
            self._cache[number, words] = SourceLocation(location or node.location, node.path, node.location)
        return self._cache[number, words]

    def _node(self, number: int) -> PageElement:
        if 0 <= number < len(self.page.nodes):
            return self.page.nodes[number]
        return self._for_outlook.get(number, self.page.root)

    @cached_property
    def _for_outlook(self) -> dict[int, PageElement]:
        return {int(node.element.get(ATTRIBUTE, -1)): node for node in self.page.outlook}

    def _location_in_issue(self, words: str, node: PageElement) -> Location | None:
        if not words:
            return None
        candidates = [item for item in self._paragraphs if not node.path or item[1].path[: len(node.path)] == node.path]
        for text, paragraph in candidates:
            if text == words:
                return paragraph.location
        # The words may be a part of a paragraph, such as a link. One or two letters occur in every paragraph.
        if len(words) >= 4:
            for text, paragraph in candidates:
                if words in text:
                    first = re.escape(words.split(maxsplit=1)[0])
                    match = re.search(first, paragraph.text, re.IGNORECASE)
                    return paragraph.location_of(match.start()) if match else paragraph.location
                if len(text) >= 4 and words.startswith(text):
                    return paragraph.location
        return None

    @cached_property
    def _paragraphs(self) -> list[tuple[str, Paragraph]]:
        return [(_plain_words(item.text), item) for item in self.issue.paragraphs() if item.text.strip()]


class LowContrastText(MeasuredElement):
    """A text with too little contrast."""

    measured: float | None
    """Its contrast on the screen; None if it changes no pixel."""
    wanted: float
    """The minimum contrast."""


@dataclass(frozen=True)
class Observation:
    """The measurements of one page in one state."""

    state: State
    measurements: PageMeasurements
    axe: AxeReport
    contrasts: Sequence[float | None]
    """The contrast of each text on the screen, 1 to 21; None if it changes no pixel."""
    first_state_texts: Sequence[MeasuredText]
    """The texts of the first state."""
    locator: ElementLocator

    @property
    def visible_texts(self) -> Iterable[MeasuredText]:
        """The texts that can be seen."""
        return (text for text in self.measurements["texts"] if not text["hidden"])

    def low_contrast_text(self, text: float, large_text: float) -> list[LowContrastText]:
        """Return the texts with too little contrast, those that style sheets add included.

        Args:
            text: the minimum contrast.
            large_text: the minimum contrast of large text.
        """
        candidates: list[tuple[MeasuredText | AddedText, float | None]] = [
            (item, contrast)
            for item, contrast in zip(self.measurements["texts"], self.contrasts, strict=True)
            if item["hidden"] in ("", "colour")
        ]
        candidates += [(item, item["contrast"]) for item in self.measurements["added"]]
        return [
            {"number": item["number"], "words": item["words"], "measured": contrast, "wanted": wanted}
            for item, contrast in candidates
            for wanted in [large_text if item["isLarge"] else text]
            if (contrast or 0) < wanted - 0.005
        ]

    def contrasts_of(self, element: int) -> list[float | None]:
        """Return the contrast of each text directly in an element, given by its position in the document."""
        return self._contrasts.get(element, [])

    @cached_property
    def _contrasts(self) -> dict[int, list[float | None]]:
        contrasts: dict[int, list[float | None]] = {}
        for text, contrast in zip(self.measurements["texts"], self.contrasts, strict=True):
            is_measured = text["hidden"] in {"", "colour"}
            contrasts.setdefault(text["element"], []).append(contrast if is_measured else None)
        return contrasts

    def at(self, item: MeasuredElement) -> SourceLocation:
        """Return the location of an element or a text that was measured."""
        return self.locator.locate(item["number"], item["words"])


def _plain_words(words: str) -> str:
    # Without what the page adds or removes: no-break spaces, curly quotation marks, a full stop after a label.
    return " ".join(re.findall(r"[\w]+", words.casefold()))
