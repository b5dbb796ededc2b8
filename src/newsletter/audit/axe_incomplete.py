"""What axe-core leaves undecided, and what of it another measure of this audit has decided: element by element."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from newsletter.audit.observation import Observation
from newsletter.audit.result import Incomplete
from newsletter.problems import Location

_Node = Mapping[str, Any]


def resolve_incomplete(seen: Sequence[Observation], rules: Collection[str]) -> Iterator[Incomplete]:
    """Give what axe-core could not decide, rule by rule: first what is settled all the same, then what nobody measured.

    Args:
        seen: the states.
        rules: ids of the rules that were held in them.
    """
    messages: dict[str, str] = {}
    places: dict[tuple[str, str], dict[Location, None]] = {}
    states: dict[tuple[str, str], dict[str, None]] = {}
    for one in seen:
        for item in one.axe["incomplete"]:
            messages[item["id"]] = item["help"]
            for node in item["nodes"]:
                key = (item["id"], _settled_by(item["id"], node, one, rules))
                places.setdefault(key, {})[one.at(node).location] = None
                states.setdefault(key, {})[one.state.name] = None
    for id, settled in sorted(places, key=lambda key: (key[0], not key[1])):
        key = (id, settled)
        yield Incomplete(id, messages[id], settled, tuple(places[key]), tuple(states[key]))


def _settled_by(id: str, node: _Node, seen: Observation, rules: Collection[str]) -> str:
    """Say what has settled it, or nothing."""
    settles, said = _SETTLED.get(id, (lambda *_: False, ""))
    return said if settles(node, seen, rules) else ""


def _is_measured(node: _Node, seen: Observation, rules: Collection[str]) -> bool:
    """Whether the contrast of all its words was measured; what is too faint of them was then told."""
    contrasts = seen.contrasts_of(node["element"])
    return "seen-contrast" in rules and bool(contrasts) and None not in contrasts


def _is_far_apart(node: _Node, seen: Observation, rules: Collection[str]) -> bool:
    """Whether all its words were measured, and keep even what level AAA asks for (WCAG 2.2, 1.4.6)."""
    return _is_measured(node, seen, rules) and all(
        (contrast or 0) >= 7 for contrast in seen.contrasts_of(node["element"])
    )


def _is_said(node: _Node, seen: Observation, rules: Collection[str]) -> bool:
    """Whether each of its words was looked for; a hidden picture was not."""
    return "lost-words" in rules and bool(node["words"]) and not node["pictures"]


def _is_article(node: _Node, *_: object) -> bool:
    return bool(node["role"] == "article")


_SETTLED: Mapping[str, tuple[Callable[[_Node, Observation, Collection[str]], bool], str]] = {
    "color-contrast": (_is_measured, "The rule seen-contrast measured each of these."),
    "color-contrast-enhanced": (_is_far_apart, "The rule seen-contrast measured 7:1 or more for each of these."),
    "hidden-content": (_is_said, "The rule lost-words looked for the words of each of these elsewhere in the page."),
    "aria-roledescription": (_is_article, "They have role=article, which may be described (WAI-ARIA 1.2)."),
}
