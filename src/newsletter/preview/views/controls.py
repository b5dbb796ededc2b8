"""Ways to look at a page, as a view offers them: each a link, so that every look has its own address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Option:
    """One way to look: its value in the address, its words, and what it imitates, how well."""

    value: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class Control:
    """Something to choose: its name in the address, and the choices, the first of which is what is shown unasked."""

    name: str
    title: str
    options: tuple[Option, ...]

    def selected(self, query: Mapping[str, str]) -> Option:
        """Give what an address chooses."""
        return next((choice for choice in self.options if choice.value == query.get(self.name)), self.options[0])


@dataclass(frozen=True)
class ControlLinks:
    """A question as it is offered: each choice with its address, and whether it is the one that is shown."""

    control: Control
    links: tuple[tuple[Option, str, bool], ...]


def controls(
    place: str, questions: Sequence[Control], query: Mapping[str, str], kept: Mapping[str, str]
) -> list[ControlLinks]:
    """Offer each of a view's questions.

    Args:
        place: the last part of the view's address.
        questions: all of them, so that one choice leaves the others as they are.
        query: what is chosen now.
        kept: what else the addresses say.
    """
    given = selected(questions, query)
    return [
        ControlLinks(
            question,
            tuple(
                (
                    choice,
                    address(place, {**kept, **selected(questions, given | {question.name: choice.value})}),
                    choice is question.selected(query),
                )
                for choice in question.options
            ),
        )
        for question in questions
    ]


def selected(questions: Sequence[Control], query: Mapping[str, str]) -> dict[str, str]:
    """Give what an address has to say: the answers that are not what is shown unasked."""
    given = ((question, question.selected(query)) for question in questions)
    return {question.name: answer.value for question, answer in given if answer is not question.options[0]}


def address(place: str, said: Mapping[str, str]) -> str:
    """Give an address beside the view's own."""
    return f"{place}?{urlencode(said)}" if said else place
