"""Reads the rules in a page's `<style>` elements.

Only this module and `colour` import tinycss2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from typing import Any, NamedTuple

import tinycss2

from newsletter.characters import describe
from newsletter.css.media import IN_OUTLOOK_COM, OTHER_VIEWS, SCREEN_WIDTHS, applies_at_width

Declarations = dict[str, tuple[str, bool]]
"""Values by property, each with whether it is `!important`."""

MatchedDeclarations = tuple[str, ...]
"""The declarations that match one element, in the order of the cascade."""

RECOLOURED = re.compile(r"\[\s*data-ogs[cb]\s*\]", re.IGNORECASE)
"""The attributes with which Outlook.com marks elements whose colours it changes in dark mode."""

_VISIBLE = re.compile(r"color|background|font|display|visibility|decoration")
"""Properties that can make a view different."""

_FONT = re.compile(
    r"(?P<before>(?:[a-z-]+\s+|\d00\s+)*?)"
    r"(?P<size>[\d.]+(?:[a-z]+|%)|(?:xx?-)?small|medium|(?:xx?-)?large|smaller|larger)"
    r"(?:\s*/\s*(?P<line>[\w.%]+))?\s+(?P<family>.+)",
    re.IGNORECASE | re.DOTALL,
)


_MOST_BRACKETS = 50  # inside each other; tinycss2 and this module read them by recursion
_MOST_DIGITS = 100  # of a number; Python reads 4,300, and a screen needs 4
_MOST_PIECES = 300  # of a value; cssutils reads each by recursion
_HEX = "[0-9a-f]"
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_STRING = re.compile(r"""(?:"(?:[^"\\\n]|\\.)*+|'(?:[^'\\\n]|\\.)*+)(?P<end>["']?)""", re.DOTALL)
_SUSPECT = re.compile(
    rf"(?P<number>\d{{{_MOST_DIGITS + 1}}}\d*+)"
    # cssutils cannot read an @ after the name of a property.
    r"|(?P<at>(?<=[{;])\s*+[-\w]++\s*+@[-\w]|\A\s*+[-\w]++\s*+@[-\w]++\s*+:)"
    # Words, strings and brackets with commas or slashes between them.
    rf"|(?P<pieces>(?<=:)(?:[\s,/]*+(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\)|[^\s,/;{{}}:\"'()]++)){{{_MOST_PIECES + 1}}})"
    # Not even lxml takes these.
    r"|(?P<control>[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff])"
    # Escapes of these, and of halves of characters; with a tab and a line break, other programs can do something.
    rf"|(?P<escape>\\(?:0{{0,5}}[0-8bcef]|0{{0,4}}1{_HEX}|0{{0,2}}d[89a-f]{_HEX}{{2}}|0{{0,2}}fff[ef])(?!{_HEX}))"
    r"|(?P<media>@media\b)"
    r"|[\[({]|[\])}]",
    re.IGNORECASE,
)


class Unreadable(NamedTuple):
    """A part of a style sheet that no program can read: its position, and the message and the hint of the problem."""

    position: int
    message: str
    hint: str


@lru_cache(maxsize=1_000)  # the attributes of templates are the same in each issue
def find_unreadable(css: str, *, is_sheet: bool = False) -> Unreadable | None:
    """Return the first part that nothing can read; None without any.

    It is a bracket that is nested too deeply, a number or a value that is too long, an @ in the name of a property, a
    control character, or a media query inside another, which neither premailer nor Gmail can read.

    Args:
        css: a style sheet, or the value of any attribute.
        is_sheet: whether it is a style sheet. In one, each quotation mark needs another in its line; without it, each
            program ends the string in another place.
    """
    css = _COMMENT.sub(lambda comment: re.sub(r"[ -\ufffd]", " ", comment[0]), css)
    if is_sheet and (string := next((each for each in _STRING.finditer(css) if not each["end"]), None)):
        message = f"There is no second {string[0][0]} in this line."
        return Unreadable(string.start(), message, "Write it, or delete the first one.")
    depth, media = 0, _MOST_BRACKETS  # the depth of the brackets, and of the media query that is open
    for match in _SUSPECT.finditer(css):
        if match["number"]:
            message = f"A number has more than {_MOST_DIGITS} digits here."
            return Unreadable(match.start(), message, "Write a number that fits on a screen.")
        if match["at"]:
            message = "There is an @ here, where the name of a property ends."
            return Unreadable(match.end(), message, "Write a colon after the name of the property.")
        if match["pieces"]:
            message = f"A value has more than {_MOST_PIECES} pieces here."
            return Unreadable(match.start(), message, "Look for a semicolon that is missing.")
        if match["control"]:
            message = f"There is a character here that nobody can see: {describe(match[0])}."
            return Unreadable(match.start(), message, "Delete it.")
        if match["escape"]:
            return Unreadable(match.start(), f"“{match[0]}” stands for a character that nobody can see.", "Delete it.")
        if match["media"]:
            if depth > media:
                message = "There is a media query inside another one here."
                return Unreadable(match.start(), message, "Write all conditions in one, with “and” between them.")
            media = depth
            continue
        depth = depth + 1 if match[0] in "[({" else max(0, depth - 1)
        if match[0] == "}" and depth <= media:
            media = _MOST_BRACKETS
        if depth > _MOST_BRACKETS:
            message = f"Brackets are nested more than {_MOST_BRACKETS} levels deep here."
            return Unreadable(match.start(), message, "Look for a bracket that is not closed.")
    return None


@dataclass(frozen=True)
class StyleRule:
    """One rule of a style sheet: the media query around it (empty for none), its selectors, its declarations."""

    media: str
    selectors: str
    declarations: str

    @cached_property
    def is_dark(self) -> bool:
        """Whether it is for readers who prefer dark colours."""
        return bool(re.search(r"prefers-color-scheme\s*:\s*dark", self.media))

    @cached_property
    def views(self) -> frozenset[str]:
        """The views in which it counts: `light`, `dark`, and those of `media.OTHER_VIEWS`."""
        if RECOLOURED.search(self.selectors):
            return frozenset([IN_OUTLOOK_COM] if not self.media or self.is_dark else [])
        if not self.media:
            return frozenset(["light", "dark", *OTHER_VIEWS])
        if self.is_dark:
            return frozenset(["dark", IN_OUTLOOK_COM])
        if not _VISIBLE.search(self.declarations):
            return frozenset()
        return frozenset(view for view, width in SCREEN_WIDTHS.items() if applies_at_width(self.media, width))

    def changes(self, view: str, like: str) -> bool:
        """Check whether it counts in a view, but not in the view that this one is like."""
        return view in self.views and like not in self.views


@lru_cache(maxsize=100)
def rules(css: str, media: str = "") -> tuple[StyleRule, ...]:
    """Read a style sheet.

    Rules inside `@media` keep their media queries. Rules inside `@supports` and `@layer` count if a mail app may apply
    them. A container may have any width, so rules inside `@container` are read as inside `@media all`. Other at-rules,
    such as `@font-face`, are left out.
    """
    return tuple(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), media))


def _rules(nodes: Iterable[Any], media: str) -> Iterator[StyleRule]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield StyleRule(media, _text(node.prelude), _text(node.content))
        elif node.type == "at-rule" and node.content is not None:
            inside = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            if node.lower_at_keyword == "media":
                yield from _rules(inside, _both(media, _text(node.prelude)))
            elif node.lower_at_keyword == "container":
                yield from _rules(inside, _both(media, "all"))
            elif node.lower_at_keyword == "layer" or (
                node.lower_at_keyword == "supports" and True in _outcomes(node.prelude)
            ):
                yield from _rules(inside, media)


def _both(outer: str, inner: str) -> str:
    """Return the media query that is true if both are."""
    if not outer or not inner:
        return outer or inner
    return ", ".join(f"{one.strip()} and {other.strip()}" for one in outer.split(",") for other in inner.split(","))


def _outcomes(condition: Iterable[Any]) -> set[bool]:
    """Return what a condition of `@supports` can be in mail apps that know `@supports`: true, false or both."""
    parts = [token for token in condition if token.type not in ("whitespace", "comment")]
    words = [token.lower_value for token in parts if token.type == "ident"]
    if words[:1] == ["not"]:
        return {not outcome for outcome in _outcomes(parts[1:])}
    outcomes = [_outcomes_of_operand(part) for part in parts if part.type in ("() block", "function")]
    either = "or" in words
    return reduce(
        lambda left, right: {a or b if either else a and b for a in left for b in right}, outcomes or [{True, False}]
    )


def _outcomes_of_operand(operand: Any) -> set[bool]:
    if operand.type == "function":  # such as selector()
        return {True}
    name, *others = [token for token in operand.content if token.type not in ("whitespace", "comment")] or [None]
    if name is not None and name.type == "ident" and others and others[0] == ":":
        # All browsers know the properties of CSS, and only some know a prefixed one.
        return {True, False} if name.value.startswith("-") else {True}
    return _outcomes(operand.content)


def _text(tokens: Iterable[Any]) -> str:
    """Write tokens as CSS, without comments."""
    text: str = tinycss2.serialize(list(_without_comments(tokens)))
    return text.strip()


def _without_comments(tokens: Iterable[Any]) -> Iterator[Any]:
    for token in tokens:
        for inside in ("arguments", "content"):  # of a function, and of brackets
            if hasattr(token, inside):
                setattr(token, inside, list(_without_comments(getattr(token, inside))))
        if token.type != "comment":
            yield token


@lru_cache(maxsize=10_000)
def declarations(css: str) -> Declarations:
    """Read declarations such as `color: red; margin: 0 !important`.

    Of two equal properties the last one counts, unless only the first is important. `font` is itself in the result, and
    so are the longhands that it sets.
    """
    values: Declarations = {}
    for node in tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True):
        if node.type != "declaration":
            continue  # no browser reads it
        value = _text(node.value)
        for name, own in ((node.lower_name, value), *(_font(value) if node.lower_name == "font" else ())):
            if node.important or not values.get(name, ("", False))[1]:
                values.pop(name, None)
                values[name] = (own, node.important)
    return values


def value_of(css: str, name: str) -> str:
    """Return the value of a property in lower case, without `!important`; empty if no declaration has it."""
    return declarations(css).get(name, ("", False))[0].lower()


def _font(value: str) -> tuple[tuple[str, str], ...]:
    """Return the longhands of `font: italic bold 18px/1.6 Verdana, sans-serif`. Those that it leaves out are normal."""
    match = _FONT.fullmatch(value.strip())
    if not match:
        return ()  # such as inherit, or a font of the system
    words = match["before"].lower().split()
    return (
        ("font-style", next((word for word in words if word in ("italic", "oblique")), "normal")),
        (
            "font-weight",
            next((word for word in words if word.isdigit() or word.startswith(("bold", "light"))), "normal"),
        ),
        ("font-size", match["size"]),
        ("line-height", match["line"] or "normal"),
        ("font-family", match["family"]),
    )


@lru_cache(maxsize=10_000)
def cascade(*sources: str) -> Declarations:
    """Merge the declarations that match one element: those of the rules in order, its own `style` last."""
    values: Declarations = {}
    for source in sources:
        for name, (value, important) in declarations(source).items():
            if important or not values.get(name, ("", False))[1]:
                values.pop(name, None)  # so that the dict keeps the order of the cascade, which matters for shorthands
                values[name] = (value, important)
    return values
