"""What axe-core could not decide. For some elements, another measurement of this audit decides it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from newsletter.audit.measure import AxeElement
from newsletter.audit.observation import Observation
from newsletter.audit.result import Incomplete
from newsletter.problems import Location


def resolve_incomplete(observations: Sequence[Observation], rules: Collection[str]) -> Iterator[Incomplete]:
    """Return what axe-core could not decide, rule by rule. What another measurement decides comes first.

    Args:
        observations: the page in each state.
        rules: the ids of the rules that ran.
    """
    messages: dict[str, str] = {}
    places: dict[tuple[str, str], dict[Location, None]] = {}
    states: dict[tuple[str, str], dict[str, None]] = {}
    for observation in observations:
        for item in observation.axe["incomplete"]:
            messages[item["id"]] = item["help"]
            for element in item["nodes"]:
                key = (item["id"], _resolution(item["id"], element, observation, rules))
                places.setdefault(key, {})[observation.at(element).location] = None
                states.setdefault(key, {})[observation.state.name] = None
    for key in sorted(places, key=lambda key: (key[0], not key[1])):
        id, resolution = key
        yield Incomplete(id, messages[id], resolution, tuple(places[key]), tuple(states[key]))


def _resolution(id: str, element: AxeElement, observation: Observation, rules: Collection[str]) -> str:
    """Return the sentence that says how it was decided; empty if it was not."""
    is_decided, sentence = _RESOLUTIONS.get(id, (lambda *_: False, ""))
    return sentence if is_decided(element, observation, rules) else ""


def _is_measured(element: AxeElement, observation: Observation, rules: Collection[str]) -> bool:
    """Check whether all its text has a measured contrast. The rule `contrast-on-screen` reports it if it is too low."""
    contrasts = observation.contrasts_of(element["element"])
    return "contrast-on-screen" in rules and bool(contrasts) and None not in contrasts


def _has_enhanced_contrast(element: AxeElement, observation: Observation, rules: Collection[str]) -> bool:
    """Check whether all its text has the contrast of level AAA (WCAG 2.2, 1.4.6)."""
    return _is_measured(element, observation, rules) and all(
        (contrast or 0) >= 7 for contrast in observation.contrasts_of(element["element"])
    )


def _is_searched(element: AxeElement, observation: Observation, rules: Collection[str]) -> bool:
    """Check whether the rule `invisible-words` looked for its words, and its pictures say nothing that is not visible.

    The rule does not look for hidden pictures. One can be the same picture in other colours, for dark mode.
    """
    return "invisible-words" in rules and not element["uniquePictures"]


def _is_article(element: AxeElement, *_: object) -> bool:
    return element["role"] == "article"


_RESOLUTIONS: Mapping[str, tuple[Callable[[AxeElement, Observation, Collection[str]], bool], str]] = {
    "color-contrast": (_is_measured, "The rule contrast-on-screen measured each of these."),
    "color-contrast-enhanced": (
        _has_enhanced_contrast,
        "The rule contrast-on-screen measured 7:1 or more for each of these.",
    ),
    "hidden-content": (
        _is_searched,
        "The rule invisible-words looked for the words of each of these elsewhere in the page. Visible pictures have "
        "the descriptions of hidden ones.",
    ),
    "aria-roledescription": (_is_article, "They have role=article, which may be described (WAI-ARIA 1.2)."),
}
