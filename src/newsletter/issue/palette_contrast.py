"""The contrast of the colours of a palette: which pairs matter, and which of them cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from newsletter.css.colour import Rgb, ratio, to_hex
from newsletter.css.oklch import nearest_colour, nearest_readable
from newsletter.issue.derived_colours import (
    BACKGROUNDS,
    BLACK,
    DRAWN_ON,
    LEAST_CONTRAST,
    LEAST_EDGE,
    WHITE,
    button_edge,
)
from newsletter.source.nodes import KeyPath

PAIRS = (
    *((word, behind) for word in ("text", "quiet", "link") for behind in BACKGROUNDS),
    *(("strong", behind) for behind in DRAWN_ON),
    ("on_masthead", "masthead"),
    ("on_button", "button"),
)
"""The roles of words, each with the role of a background that they can be on."""

EDGES = (("strong", "warning"), *(("button_edge", behind) for behind in DRAWN_ON))
"""The roles of shapes that mean something, each with the role of a background."""

LowContrast = tuple[KeyPath, str, str]
"""The path of a colour, what is wrong with it, and what to do."""


def contrasts(role: str, colours: Mapping[str, Rgb]) -> dict[str, float]:
    """Return the contrast of a colour with each background that it can be on, by the background's role.

    Of a button, it is the contrast of its edge. A background has none itself.
    """
    edges = {**colours, "button": button_edge(colours)}
    pairs = [*PAIRS, *((one.removesuffix("_edge"), behind) for one, behind in EDGES)]
    return {behind: ratio(edges[one], colours[behind]) for one, behind in pairs if one == role}


def unreadable(colours: Mapping[str, Rgb], paths: Mapping[str, KeyPath]) -> Iterator[LowContrast]:
    """Yield each pair of colours with too little contrast, at the one that the editor wrote.

    Args:
        colours: all colours, by their roles.
        paths: the paths of those that the editor wrote.
    """
    pairs = [*PAIRS, *([("on_brand", "brand")] if {"on_brand", "brand"} <= paths.keys() else [])]
    weak = [(word, behind) for word, behind in pairs if ratio(colours[word], colours[behind]) < LEAST_CONTRAST]
    own_words = list(dict.fromkeys(word for word, _ in weak if word in paths))
    for word in own_words:
        behind = [each for name, each in weak if name == word]
        around = [colours[each] for name, each in pairs if name == word]
        yield from _too_weak(word, behind, colours, paths, nearest_readable(colours[word], around, LEAST_CONTRAST))
    unusable = list(dict.fromkeys(behind for word, behind in weak if word not in paths))
    to_blame = [behind for behind in unusable if behind in paths]
    for background in to_blame if to_blame or own_words else unusable:
        yield _unusable(background, colours, paths)
    if not weak:
        yield from _weak_edges(colours, paths)


def _too_weak(
    word: str,
    backgrounds: Sequence[str],
    colours: Mapping[str, Rgb],
    paths: Mapping[str, KeyPath],
    better: Rgb | None,
) -> Iterator[LowContrast]:
    """Yield a problem for each background on which words that the editor coloured cannot be read."""
    ratios = {behind: ratio(colours[word], colours[behind]) for behind in backgrounds}
    # Of backgrounds that the editor did not write, the worst one says enough.
    for behind in [each for each in ratios if each in paths] or [min(ratios, key=ratios.__getitem__)]:
        hint = f"Make “{word}” and “{behind}” more different."
        if better:
            hint = f"The nearest colour that can be read is {to_hex(better)}. Or change “{behind}”."
        message = f"“{word}” on “{behind}” has a contrast of {ratios[behind]:.1f}:1; readers with low vision need 7:1."
        yield paths[word], message, hint


def _weak_edges(colours: Mapping[str, Rgb], paths: Mapping[str, KeyPath]) -> Iterator[LowContrast]:
    """Yield each bar or edge of a button with too little contrast."""
    edges = {**colours, "button_edge": button_edge(colours)}
    for role, behind in EDGES:
        if (contrast := ratio(edges[role], edges[behind])) < LEAST_EDGE:
            name = role.removesuffix("_edge")
            path = next((paths[each] for each in (name, behind) if each in paths), ())
            message = f"“{name}” on “{behind}” has a contrast of {contrast:.1f}:1; bars and edges of buttons need 3:1."
            yield path, message, f"Make “{name}” and “{behind}” more different."


def _unusable(behind: str, colours: Mapping[str, Rgb], paths: Mapping[str, KeyPath]) -> LowContrast:
    """Return the problem of a background on which no derived colour can be read."""
    own = colours[behind]
    best = max(ratio(own, words) for words in (WHITE, BLACK))
    if best < LEAST_CONTRAST:
        message = f"No words can be read on “{behind}”: black and white have a contrast of up to {best:.1f}:1, not 7:1."
    else:
        message = f"No words can be read both on “{behind}” and on the other backgrounds."
    like = colours["card"] if behind in BACKGROUNDS else own
    words = max(WHITE, BLACK, key=lambda each: ratio(each, like))
    better = nearest_colour(own, lambda each: ratio(each, words) >= LEAST_CONTRAST)
    hint = f"Choose a lighter or a darker colour, such as {to_hex(better or WHITE)}."
    return paths.get(behind, ()), message, hint
