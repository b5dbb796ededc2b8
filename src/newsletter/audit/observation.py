"""One page in one state, as rules of `rules/browser/` ask about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from newsletter.audit.states import State
from newsletter.check.issue_text import IssueText
from newsletter.check.page import PageElement, PageSubject
from newsletter.check.prose import Paragraph
from newsletter.dom.numbering import ATTRIBUTE
from newsletter.problems import Location


@dataclass(frozen=True)
class SourceLocation:
    """Where a finding is: in the issue where its words were written, else in the template; and that in any case."""

    location: Location
    path: tuple[int | str, ...] | None
    template: Location


@dataclass(frozen=True)
class ElementLocator:
    """Finds the lines that an element of the page comes from."""

    page: PageSubject
    written: IssueText
    _spots: dict[tuple[int, str], SourceLocation] = field(default_factory=dict, repr=False, compare=False)

    def locate(self, number: int, words: str) -> SourceLocation:
        """Give where an element was written.

        Args:
            number: see numbering.py.
            words: in it, or near enough; empty for none.
        """
        if (number, words) not in self._spots:  # most states show the same
            node = self._node(number)
            place = self._written(_signs(words), node)
            self._spots[number, words] = SourceLocation(place or node.location, node.path, node.location)
        return self._spots[number, words]

    def _node(self, number: int) -> PageElement:
        if 0 <= number < len(self.page.nodes):
            return self.page.nodes[number]
        return self._for_outlook.get(number, self.page.root)

    @cached_property
    def _for_outlook(self) -> dict[int, PageElement]:
        return {int(node.element.get(ATTRIBUTE, -1)): node for node in self.page.outlook}

    def _written(self, words: str, node: PageElement) -> Location | None:
        if not words:
            return None
        candidates = [item for item in self._paragraphs if not node.path or item[1].path[: len(node.path)] == node.path]
        for signs, paragraph in candidates:
            if signs == words:
                return paragraph.location
        # A piece of a paragraph, such as a link in it; not a letter or two, which are in every one.
        if len(words) >= 4:
            for signs, paragraph in candidates:
                if words in signs:
                    first = re.escape(words.split(maxsplit=1)[0])
                    found = re.search(first, paragraph.text, re.IGNORECASE)
                    return paragraph.location_of(found.start()) if found else paragraph.location
                if len(signs) >= 4 and words.startswith(signs):
                    return paragraph.location
        return None

    @cached_property
    def _paragraphs(self) -> list[tuple[str, Paragraph]]:
        return [(_signs(item.text), item) for item in self.written.paragraphs() if item.text.strip()]


@dataclass(frozen=True)
class Observation:
    """What a browser showed."""

    state: State
    found: Mapping[str, Any]
    """See measure/."""
    axe: Mapping[str, Any]
    contrasts: Sequence[float | None]
    """Of each of the texts; None where nothing of it can be seen."""
    usual: Sequence[Mapping[str, Any]]
    """The pieces of text of the first state."""
    locator: ElementLocator

    @property
    def shown(self) -> Iterable[Mapping[str, Any]]:
        """The pieces of text that can be seen."""
        return (text for text in self.found["texts"] if not text["hidden"])

    def low_contrast_text(self, text: float, large_text: float) -> list[Mapping[str, Any]]:
        """Give the pieces of text that do not stand out from their ground, with their contrast as `measured`.

        Args:
            text: the least contrast.
            large_text: the least contrast of large text.
        """
        return [
            {**piece, "measured": contrast, "wanted": wanted}
            for piece, contrast in zip(self.found["texts"], self.contrasts, strict=True)
            for wanted in [large_text if piece["isLarge"] else text]
            if piece["hidden"] in ("", "colour") and (contrast or 0) < wanted - 0.005
        ] + [
            {**piece, "measured": piece["contrast"], "wanted": wanted}
            for piece in self.found["added"]
            for wanted in [large_text if piece["isLarge"] else text]
            if piece["contrast"] < wanted - 0.005
        ]

    def contrasts_of(self, element: int) -> list[float | None]:
        """Give the contrast of each piece of text directly in an element (its position in the document)."""
        return self._contrasts.get(element, [])

    @cached_property
    def _contrasts(self) -> dict[int, list[float | None]]:
        made: dict[int, list[float | None]] = {}
        for piece, contrast in zip(self.found["texts"], self.contrasts, strict=True):
            is_seen = piece["hidden"] in {"", "colour"}
            made.setdefault(piece["element"], []).append(contrast if is_seen else None)
        return made

    def at(self, item: Mapping[str, Any]) -> SourceLocation:
        """Point a finding at something that was measured."""
        return self.locator.locate(item["number"], item.get("words", ""))


def _signs(words: str) -> str:
    # Without what the page adds or takes away: no-break spaces, curly quotation marks, a full stop after a label.
    return " ".join(re.findall(r"[\w]+", words.casefold()))
