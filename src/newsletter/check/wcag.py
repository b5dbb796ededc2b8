"""The criteria of WCAG 2.2 at the levels A and AA, with their clauses in EN 301 549."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

_CRITERIA = """
1.1.1 Non-text Content (A)
1.2.1 Audio-only and Video-only (Prerecorded) (A)
1.2.2 Captions (Prerecorded) (A)
1.2.3 Audio Description or Media Alternative (Prerecorded) (A)
1.2.4 Captions (Live) (AA)
1.2.5 Audio Description (Prerecorded) (AA)
1.3.1 Info and Relationships (A)
1.3.2 Meaningful Sequence (A)
1.3.3 Sensory Characteristics (A)
1.3.4 Orientation (AA)
1.3.5 Identify Input Purpose (AA)
1.4.1 Use of Color (A)
1.4.2 Audio Control (A)
1.4.3 Contrast (Minimum) (AA)
1.4.4 Resize Text (AA)
1.4.5 Images of Text (AA)
1.4.10 Reflow (AA)
1.4.11 Non-text Contrast (AA)
1.4.12 Text Spacing (AA)
1.4.13 Content on Hover or Focus (AA)
2.1.1 Keyboard (A)
2.1.2 No Keyboard Trap (A)
2.1.4 Character Key Shortcuts (A)
2.2.1 Timing Adjustable (A)
2.2.2 Pause, Stop, Hide (A)
2.3.1 Three Flashes or Below Threshold (A)
2.4.1 Bypass Blocks (A)
2.4.2 Page Titled (A)
2.4.3 Focus Order (A)
2.4.4 Link Purpose (In Context) (A)
2.4.5 Multiple Ways (AA)
2.4.6 Headings and Labels (AA)
2.4.7 Focus Visible (AA)
2.4.11 Focus Not Obscured (Minimum) (AA)
2.5.1 Pointer Gestures (A)
2.5.2 Pointer Cancellation (A)
2.5.3 Label in Name (A)
2.5.4 Motion Actuation (A)
2.5.7 Dragging Movements (AA)
2.5.8 Target Size (Minimum) (AA)
3.1.1 Language of Page (A)
3.1.2 Language of Parts (AA)
3.2.1 On Focus (A)
3.2.2 On Input (A)
3.2.3 Consistent Navigation (AA)
3.2.4 Consistent Identification (AA)
3.2.6 Consistent Help (A)
3.3.1 Error Identification (A)
3.3.2 Labels or Instructions (A)
3.3.3 Error Suggestion (AA)
3.3.4 Error Prevention (Legal, Financial, Data) (AA)
3.3.7 Redundant Entry (A)
3.3.8 Accessible Authentication (Minimum) (AA)
4.1.2 Name, Role, Value (A)
4.1.3 Status Messages (AA)
"""
_NEW_IN_2_2 = frozenset({"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"})
"""EN 301 549 V3.2.1 (2021) takes over WCAG 2.1, so it has no clauses for these."""
_VOID_FOR_DOCUMENTS = frozenset({"2.4.1", "2.4.5", "3.2.3", "3.2.4"})
"""The clauses of EN 301 549, chapter 10, that are void: these criteria are about sets of web pages."""


@dataclass(frozen=True)
class Criterion:
    """A success criterion of WCAG 2.2."""

    number: str
    """Such as `1.4.3`."""
    name: str
    level: Literal["A", "AA"]

    @property
    def web_clause(self) -> str:
        """Return its clause of EN 301 549 V3.2.1 for web pages; empty if there is none."""
        return "" if self.number in _NEW_IN_2_2 else f"9.{self.number}"

    @property
    def document_clause(self) -> str:
        """Return its clause of EN 301 549 V3.2.1 for documents such as emails; empty if there is none."""
        return "" if self.number in _NEW_IN_2_2 | _VOID_FOR_DOCUMENTS else f"10.{self.number}"


def _criterion(line: str) -> Criterion:
    number, _, rest = line.partition(" ")
    name, _, level = rest.rpartition(" ")
    return Criterion(number, name, "AA" if level == "(AA)" else "A")


CRITERIA = tuple(_criterion(line) for line in _CRITERIA.strip().splitlines())
"""All criteria at the levels A and AA, by number."""
_FIRST_WORDS = {criterion.number: re.split(r"[ ,]", criterion.name)[0] for criterion in CRITERIA}


def named_criteria(text: str) -> tuple[str, ...]:
    """Return the numbers of the criteria at A and AA that a text names, each once.

    Args:
        text: the explanation of a rule. A number counts if at least the first word of its name follows, such as
            `1.4.3 Contrast`. Other standards have numbers of the same form.
    """
    numbers = re.findall(r"\b(\d\.\d\.\d{1,2})\s+([\w-]+)", text)
    return tuple(dict.fromkeys(number for number, word in numbers if _FIRST_WORDS.get(number) == word))


def tagged_criteria(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers of the criteria at A and AA in the tags of a rule of axe-core: 1.4.10 for `wcag1410`."""
    digits = (match for tag in tags if (match := re.fullmatch(r"wcag(\d)(\d)(\d{1,2})", tag)))
    return tuple(number for match in digits if (number := ".".join(match.groups())) in _FIRST_WORDS)
