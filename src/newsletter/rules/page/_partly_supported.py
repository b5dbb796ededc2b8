"""Features that mail apps support only partly, if a value or an element shows which part is used.

The notes in check/mail_clients.json are in words. Those that depend on a value or an element are here. Others are about
accounts, browsers or drawing: the reference page of mail apps lists those about what we use, for people to judge.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from newsletter.css.parser import declarations

_LAYERS = r"(?:[^(),/]|\((?:[^()]|\([^()]*\))*\))*"  # a background up to a comma or slash outside brackets


@dataclass(frozen=True)
class PartialSupport:
    """A part of a feature that some mail apps do not support."""

    name: str
    """A project writes this name in `accepted`."""
    feature: str
    """The name of the feature in the data."""
    note: str
    """Words from the data's note about the mail apps without it."""
    on: str
    """Properties, `[attributes]` or `<elements>`; `*` for every property, `css` for all declarations as one text."""
    value: str
    """A regular expression that the value in lower case has to match."""
    happens: str
    do: str
    tag: str = ".*"
    """A regular expression for the tag of the element. The tag is empty for a rule in the head."""
    is_grave: bool = False
    """Whether other styles are lost, too."""


IN_BODY = "a <style> in the body"
TOO_LONG = "a <style> of more than 16 KB"
LONGEST = 16 * 1024  # bytes, as the data says of Gmail
_MARGINS = "margin margin-top margin-right margin-bottom margin-left"
_BORDERS = " ".join(
    f"border{side}{part}" for side in ("", "-top", "-right", "-bottom", "-left") for part in ("", "-width")
)
_DROPPED = "the whole declaration is dropped"
_RULES_DROPPED = "all rules in it are lost, also those for dark mode and for phones"
_STAYS_IN_FLOW = "the element stays in the flow of the text"
_USE_TABLES = "Place it with table cells and padding."

# fmt: off
PARTS = (
    PartialSupport("rgb() without commas", "rgb()", "the whole attribute is stripped",
            "*", r".*\brgba?\(\s*[\d.]+%?\s+[\d.].*",
            "all other styles of the same element, or all rules of the same <style>, are lost as well",
            "Write it as #RRGGBB.", is_grave=True),
    PartialSupport("rgb() with transparency", "rgb()", "Alpha value is not supported",
            "*", r".*\brgb\((?:[^(),]*,){3}.*|.*\brgb\([^()]*/.*",
            "the colour is dropped", "Write the colour that readers should see, as #RRGGBB."),
    PartialSupport("a negative margin", "margin", "Negative values are not supported",
            _MARGINS, r".*(?<![\w.(])-\.?\d.*", "the space is the same as without it", _USE_TABLES),
    PartialSupport("a negative text-indent", "text-indent", "Negative values are not supported",
            "text-indent", "-.*", "the line begins where the others do", "Use padding-left."),
    PartialSupport("several backgrounds in one", "background-image", "Does not support multiple values",
            "background background-image", f"{_LAYERS},.*",
            "none of them is left", "Write one, and a background-color."),
    PartialSupport("the size in “background”", "background", "shorthand for `background-size`",
            "background", f"{_LAYERS}/.*", _DROPPED, "Write background-size by itself."),
    PartialSupport("a border of more than 8 px", "border", "bigger than 8px",
            _BORDERS, r".*\b(?:9|[1-9]\d+)(?:\.\d+)?px.*",
            "it is 8 px wide", "Use a table cell with a background-color."),
    PartialSupport("float by the direction of the language", "float", "Logical property values",
            "float", "inline-(?:start|end)", _DROPPED, "Use columns of MJML, with direction."),
    PartialSupport("a hidden picture", "display", "(but not on `<img>`)",
            "display", "none", "it is shown anyway", "Remove it.", tag="img"),
    PartialSupport("this kind of display", "display", "`flow-root`, `inline-flex`, `inline-grid`, `inline flow`",
            "display", "flow-root|inline[- ]flex|inline[- ]grid|inline flow|contents|revert",
            _DROPPED, "Use block, inline-block, inline or none."),
    PartialSupport("a font-size relative to the text around", "font-size", "`relative` and `percentage`",
            "font-size", r"smaller|larger|[\d.]+%", _DROPPED, "Write the size in px."),
    PartialSupport("a font-weight between two hundreds", "font-weight", "Only the following numeric values",
            "font-weight", r"(?![1-9]00$)\d+", _DROPPED, "Write normal or bold."),
    PartialSupport("a picture in list-style", "list-style", "The entire `list-style` property is removed",
            "list-style", r".*url\(.*", _DROPPED, "Write list-style-type."),
    PartialSupport("the position of signs in list-style", "list-style", "Only `list-style-type` values",
            "list-style", r".*\b(?:inside|outside)\b.*",
            "the signs are at their usual position", "Write list-style-type."),
    PartialSupport("a margin on <span>", "margin", "Not supported on `<span>`",
            _MARGINS, r"(?!(?:[0a-z]*\s?)+$).*",
            "there is no space around the words", "Put them into a table cell with padding.", tag="span"),
    PartialSupport("overflow by the direction of the language", "overflow", "`overflow-block`",
            "overflow-block overflow-inline", ".*",
            "text that is too long is shown, over other things", "Write overflow-x and overflow-y."),
    PartialSupport("position fixed or sticky", "position", "`sticky` and `fixed`",
            "position", "sticky|fixed", _STAYS_IN_FLOW, _USE_TABLES),
    PartialSupport("position relative, absolute or fixed", "position", "Supports `sticky` but not",
            "position", "relative|absolute|fixed", _STAYS_IN_FLOW, _USE_TABLES),
    PartialSupport("position absolute", "position", "but not  `absolute`",
            "position", "absolute", _STAYS_IN_FLOW, _USE_TABLES),
    PartialSupport("text-align start or end", "text-align", "Flow-relative values",
            "text-align", "start|end",
            "the text is aligned as the text around it, which may be the wrong side",
            "Write left or right. In a template, {{ start }} is the side where the language begins."),
    PartialSupport("text-align match-parent", "text-align", "`match-parent`",
            "text-align", "match-parent", _DROPPED, "Write left or right."),
    PartialSupport("text-transform lowercase", "text-transform", "`lowercase` value",
            "text-transform", "lowercase", "the words stay as they are", "Write them in lower case."),
    PartialSupport("the unit “vh”", "1vh", "resolves to zero",
            "*", r".*[\d.]vh\b.*", "the size is 0, so the element may disappear", "Write the size in px."),
    PartialSupport("white-space pre", "white-space", "`pre` value",
            "white-space", "pre", "several spaces or line breaks become one space", "Use a table, or <br />."),
    PartialSupport("“!important” in an element", "!important", "Not supported inline",
            "css", r".*!\s*important.*", _DROPPED, "Remove !important, or write the rule in the head.", tag=".+"),
    PartialSupport("the attribute “background” of an element in the page", "[background]",
            "Only supported on the `<body>`", "[background]", ".*",
            "no picture is shown", "Write a bgcolor with enough contrast to the text.", tag="(?!body$).+"),
    PartialSupport("a picture's width in %", "[width]", "Percentage width on `<img>`",
            "[width]", ".*%",
            "it is a percentage of the picture's own width", "Write the width in px, without a unit.", tag="img"),
    PartialSupport("a list that counts down", "<ol>", "`reversed` attribute",
            "[reversed]", ".*", "it counts up", "Write the numbers in the text.", tag="ol"),
    PartialSupport("a number of its own for an item", "<ol>", "Setting the `value` attribute",
            "[value]", ".*", "a new list begins there", "Write <ol start=...>.", tag="li"),
    PartialSupport("“lang” on a table cell", "[lang]", "Not supported on `<td>`",
            "[lang]", ".*",
            "its words are read in the voice of the text around it",
            "Write it on a <div> or <p> in the cell.", tag="td"),
    PartialSupport("“title” on <dfn>", "<dfn>", "`title` attribute",
            "[title]", ".*", "it is removed", "Say it in the text.", tag="dfn"),
    PartialSupport("<details>, <main>, <nav> and <summary>", "<nav>", "Opening and closing tags are replaced",
            "<details> <main> <nav> <summary>", ".*",
            "the tags are removed, and their content stays, open", "Use headings, and <div>."),
    PartialSupport("<base>", "<base>", "The element is removed",
            "<base>", ".*", "relative addresses do not work", "Write each address with https://."),
    PartialSupport(IN_BODY, "<style>", "Not supported inside the `<body>`",
            "", "", _RULES_DROPPED, "Move it to an mj-style in head.mjml.", is_grave=True),
    PartialSupport(TOO_LONG, "<style>", "limited to 16 KB",
            "", "", _RULES_DROPPED, "Remove what you do not need from templates/dark.css.", is_grave=True),
)
# fmt: on
BY_NAME = {part.name: part for part in PARTS}
_BY_THING = {thing: [part for part in PARTS if thing in part.on.split()] for part in PARTS for thing in part.on.split()}


@cache
def in_css(css: str, tag: str = "") -> dict[str, str]:
    """Return the names of the parts that some declarations use, each with its property; empty if it is not one alone.

    Args:
        css: declarations.
        tag: the element that has them; empty in the head.
    """
    names = dict.fromkeys(_matching("css", css, tag), "")
    for name, (value, _) in declarations(css).items():
        for thing in (name, "*"):
            names |= dict.fromkeys(_matching(thing, value.lower(), tag), name)
    return names


def in_tag(tag: str, attributes: Iterator[tuple[str, str]]) -> Iterator[str]:
    """Return the names of the parts that an element and its attributes use."""
    yield from _matching(f"<{tag}>", "", tag)
    for name, value in attributes:
        yield from _matching(f"[{name}]", value, tag)


def _matching(thing: str, value: str, tag: str) -> Iterator[str]:
    for part in _BY_THING.get(thing, ()):
        if re.fullmatch(part.tag, tag) and re.fullmatch(part.value, value, re.DOTALL):
            yield part.name
