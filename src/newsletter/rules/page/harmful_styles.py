"""No style takes away what readers rely on: the sign of the focus, clicks, their own colours, clear and whole words.

People who use a keyboard look for the frame around the link that they are on; one of 1 px is too thin for many.
Windows' contrast themes replace all colours, and `forced-color-adjust: none` forbids that. With `pointer-events: none`,
a link does nothing. Words that are faint, blurred, turned, cut off, in narrow columns or only there for those who can
swipe are lost to many. Letters with a shadow, or far from each other, are hard to read. Words in the `content` of a
style sheet are in no plain text, and most mail apps leave them out.

Bad:
    a:focus { outline: none; }

Good:
    a:focus { outline: 3px solid; }

WCAG 2.2, 2.4.7 Focus Visible (AA) and 2.1.1 Keyboard (A); CSS Color Adjustment 1, 3.1. A drawing without words, such as
the bar of a chart, may set a colour of the theme with `forced-color-adjust: none`.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding, HasLocation
from newsletter.check.style_location import declared_at
from newsletter.css.matching import match_rules
from newsletter.css.parser import declarations
from newsletter.css.selectors import each_selector
from newsletter.rules.page._harmful import HARMFUL

SEVERITY = "error"
IN_WEB_VERSION = True

_OUTLINES = ("outline", "outline-width", "outline-style", "outline-color")
_SUSPECT = ("outline", "adjust", *(name for name in HARMFUL if name not in _OUTLINES and "adjust" not in name))
_SYSTEM_COLOUR = re.compile(
    r"\b(?:canvas|canvastext|linktext|visitedtext|buttontext|buttonface|buttonborder|highlight|highlighttext|mark"
    r"|marktext|graytext|field|fieldtext|accentcolor|accentcolortext)\b",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"(?:^|[\s>])img$")
"""The end of a selector of pictures, which never have the focus; MJML has a rule for them."""
_OVERFLOW = ("overflow", "overflow-y", "overflow-block")
_HEIGHTS = ("height", "max-height", "block-size", "max-block-size")
_HEIGHT = re.compile(r"(?!0|1px)[\d.]+(?:px|pt|r?em|v[hw])")
_FOCUS = re.compile(r":focus(?:-visible|-within)?(?![\w-])")
_THIN = re.compile(r"thin|(?:0?\.\d{1,9}|1(?:\.\d{1,9})?)px|0?\.0\d{0,9}r?em")
_OVERFLOW_NAMES = ("overflow", "overflow-x", "overflow-inline")
_GENERATED = re.compile(r"::?(?:before|after|marker)(?![\w-])")
_STRING = re.compile(r"""\"([^"]*+)\"|'([^']*+)'""")
_ESCAPE = re.compile(r"\\[0-9a-fA-F]{1,6}\s?")


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report these styles, those of a style sheet once, at their line."""
    for rule in page.sheet:
        for name, message, hint in _faults(rule.declarations):
            if name not in _OUTLINES or not _is_about_pictures(rule.selectors):
                yield Finding(page.at(rule), message, hint)
        if _FOCUS.search(rule.selectors) and (thin := _thin_outline(rule.declarations)):
            message = f"The sign of the focus is too thin to see: “{thin}”."
            yield Finding(page.at(rule), message, "Write at least 2px, or remove it: every browser marks the focus.")
        if _can_only_be_swiped(rule.declarations):
            message = "Words are in one line that goes on beyond the edge, for those who can swipe."
            yield Finding(page.at(rule), message, "Let it break: remove nowrap, or write flex-wrap: wrap.")
        if _GENERATED.search(rule.selectors) and not re.match(r"(?:only\s+)?print\b", rule.media):
            content = declarations(rule.declarations).get("content", ("", False))[0]
            if _says_words(content):
                message = f"Words are only in a style sheet, where most readers do not get them: “{content}”."
                yield Finding(page.at(rule), message, "Write them in the template.")
    for node in page.find("del", "s", "strike"):
        if node.all_text:
            message = f"Words are crossed out, which nobody hears: <{node.tag}>."
            yield Finding(node, message, "Delete the words, or say what has changed.")
    yield from _cut_off(page)
    for node in page.style_contains(*_SUSPECT):
        for name, message, hint in _faults(node.get("style")):
            if name not in _OUTLINES or node.tag in ("a", "area", "summary") or "tabindex" in node.attributes:
                yield Finding(declared_at(page, node, name), message, hint)


def _thin_outline(css: str) -> str:
    """Return the declaration of an outline of less than 2 px (WCAG 2.2, 2.4.13 Focus Appearance); empty without one."""
    own = declarations(css) if "outline" in css else {}
    values = {name: own[name][0].strip().lower() for name in ("outline", "outline-width") if name in own}
    return next((f"{name}: {value}" for name, value in values.items() if any(map(_THIN.fullmatch, value.split()))), "")


def _can_only_be_swiped(css: str) -> bool:
    """Check whether declarations put everything on one line that has to be moved sideways."""
    own = {name: value.strip().lower() for name, (value, _) in declarations(css).items()} if "overflow" in css else {}
    if not any(own.get(name, "").startswith(("auto", "scroll")) for name in _OVERFLOW_NAMES):
        return False
    is_row = own.get("display", "").endswith("flex") and not own.get("flex-wrap", "nowrap").startswith("wrap")
    return own.get("white-space") in ("nowrap", "pre") or (is_row and not own.get("flex-flow", "").endswith("wrap"))


def _says_words(content: str) -> bool:
    """Check whether the value of `content` has words or numbers: in itself, of an attribute, or of a counter."""
    strings = "".join("".join(parts) for parts in _STRING.findall(_ESCAPE.sub("", content)))
    return any(map(str.isalnum, strings)) or "attr(" in content or "counter" in content


def _cut_off(page: ParsedPage) -> Iterator[Finding]:
    """Report heights that larger text does not fit in, if what is beyond them is not shown."""
    rules = [rule for rule in page.sheet if _fixed_height(rule.declarations)]
    matches = match_rules(page.tree, rules) if rules else {}
    for node in page.nodes if rules else page.style_contains("overflow"):
        places: list[tuple[HasLocation, str]] = []
        for rule in matches.get(node.element, ()):
            places.append((page.at(rule), _fixed_height(rule.declarations)))
        if name := _fixed_height(node.get("style")):
            places.append((declared_at(page, node, name), name))
        for where, height in places if node.all_text else ():
            message = f"Words that are larger, or more, are cut off: “{height}” with “overflow: hidden”."
            yield Finding(where, message, "Remove it, or write min-height, without overflow.")


@lru_cache(maxsize=1_000)
def _fixed_height(css: str) -> str:
    """Return the property with the height that an element has at most, and shows no more than that; empty without."""
    own = {name: value.strip().lower() for name, (value, _) in declarations(css).items()}
    if not any(own.get(name, "").startswith(("hidden", "clip")) for name in _OVERFLOW):
        return ""
    return next((name for name in _HEIGHTS if _HEIGHT.fullmatch(own.get(name, ""))), "")


def _faults(css: str) -> Iterator[tuple[str, str, str]]:
    """Return the property, the message and the hint of each fault in some declarations."""
    if not any(word in css for word in _SUSPECT):
        return
    for name, (value, _) in declarations(css).items():
        pattern, effect, hint = HARMFUL.get(name, (re.compile(r"(?!)"), "", ""))
        if not pattern.fullmatch(value.strip().lower()):
            continue
        if name == "forced-color-adjust" and _SYSTEM_COLOUR.search(css):
            continue
        yield name, f"{effect}: “{name}: {value}”.", hint


def _is_about_pictures(selectors: str) -> bool:
    return all(_PICTURE.search(selector) for selector in each_selector(selectors))
