"""Nothing is wider than the screen.

On a phone, everything has room in 320 px. A table of 700 px makes the whole page scroll sideways: readers with large
text, or with hands that shake, lose the line at its end. Outlook for Windows cuts off what is wider than the email.

Bad:
    <table width="700">

Good:
    <table width="100%" style="max-width:700px">

WCAG 2.2, 1.4.10 Reflow (AA). The audit measures the same in a browser (`sideways-scroll`).
"""

import re
from collections.abc import Container, Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding, Located
from newsletter.check.style_location import declared_at
from newsletter.check.web_page import ParsedWebPage
from newsletter.css.matching import match_rules
from newsletter.css.media import applies_at_width
from newsletter.css.parser import declarations, value_of

SEVERITY = "error"
IN_WEB_VERSION = True
OPTIONS = {"phone": 320, "email": 600}

_PIXELS = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)(px)?")
_BODY = re.compile(r'<mj-body\b[^>]{0,500}?\swidth="(\d{1,6})px"')
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)(px|r?em)")
_LIMITS = ("max-width", "max-inline-size")
_REM = 16  # px, in a browser without settings
_FLUID_WIDTH = re.compile(r"\d{1,3}(?:\.\d+)?%|100vw|min\(.*|auto|fit-content")
_LONGEST_WITHOUT_BREAK = 40  # characters on one line of 320 px, at 16 px
_HINT = 'Write width="100%", and a max-width if it should not be wider than that in a large window.'


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report widths that a phone or the column of the email has no room for, and lines that cannot break."""
    known, whole = set(), _BODY.search(page.edition.mjml)
    body = float(whole[1]) if whole else 0
    if body > options["email"]:
        of_body = Located(page.edition.mjml.first("mj-body").location)
        message = f"The email is {body:g} px wide, and there is room for {options['email']} px."
        yield Finding(of_body, message, f'Write width="{options["email"]}px" into <mj-body>.')
    # Not every mail app has the head of an email, so its rules do not count there.
    limited = _limited_by_sheet(page, options["phone"]) if isinstance(page, ParsedWebPage) else ()
    for node in page.nodes:
        if node.is_hidden or node.tag in ("html", "head", "meta", "style"):
            continue
        for name, width in _widths(node):
            # MJML writes the width of the body around each section.
            if width == body or (name == "width" and node.element in limited):
                continue
            known.add((node.location, width))
            if width > options["phone"] and (name != "width" or node.tag not in ("td", "th")):
                yield Finding(declared_at(page, node, name), _message(node, width, f"{options['phone']} px"), _HINT)
            elif width > options["email"]:
                yield Finding(declared_at(page, node, name), _message(node, width, f"{options['email']} px"), _HINT)
        if _cannot_break(node):
            where, hint = declared_at(page, node, "white-space"), "Remove nowrap: lines break where the screen ends."
            yield Finding(where, f"The words of <{node.tag}> are on one line that cannot break.", hint)
    yield from _in_style_sheet(page, options["phone"])
    if isinstance(page, ParsedWebPage):
        return  # nobody opens it in Outlook
    for node in page.outlook.with_attribute("width", "style"):
        for _, width in _widths(node):
            if width > options["email"] and width != body and (node.location, width) not in known:
                yield Finding(node, _message(node, width, f"{options['email']} px in Outlook"), _HINT)


def _in_style_sheet(page: ParsedPage, phone: float) -> Iterator[Finding]:
    """Report the rules in the head that make something wider than a phone, on a phone."""
    rules = [rule for rule in page.sheet if not rule.media or applies_at_width(rule.media, int(phone))]
    wide = {rule: width for rule in rules if (width := _least_width(rule.declarations)) > phone}
    matches = match_rules(page.tree, list(wide)) if wide else {}
    matched = {rule for node in page.nodes if not node.is_hidden for rule in matches.get(node.element, ())}
    for rule, width in wide.items():
        if rule in matched:
            message = f"“{' '.join(rule.selectors.split())}” is {width:g} px wide, and there is room for {phone} px."
            yield Finding(page.at(rule), message, "Write max-width instead, or put it into a media query.")


def _limited_by_sheet(page: ParsedWebPage, phone: float) -> Container[object]:
    """Return the elements that the style sheet of a website keeps inside a narrow window."""
    rules = [rule for rule in page.sheet if not rule.media or applies_at_width(rule.media, int(phone))]
    fluid = [rule for rule in rules if _is_fluid(declarations(rule.declarations))]
    return match_rules(page.tree, fluid)


def _is_fluid(style: Mapping[str, tuple[str, bool]]) -> bool:
    limits = (style[name][0].strip().lower() for name in _LIMITS if name in style)
    return any(_FLUID_WIDTH.fullmatch(limit) for limit in limits)


def _least_width(css: str) -> float:
    """Return the width in px that declarations give an element at least; 0 if it can be less than any screen."""
    own = (
        {name: value.strip().lower() for name, (value, _) in declarations(css).items()}
        if "-size" in css or "width" in css
        else {}
    )
    names = ["min-width", "min-inline-size"]
    if not any(_FLUID_WIDTH.fullmatch(own.get(name, "")) for name in _LIMITS):
        names += ["width", "inline-size"]
    sizes = (_LENGTH.fullmatch(own.get(name, "")) for name in names)
    return max((float(size[1]) * (1 if size[2] == "px" else _REM) for size in sizes if size), default=0)


def _message(node: PageElement, width: float, room: str) -> str:
    return f"<{node.tag}> is {width:g} px wide, and there is room for {room}."


def _widths(node: PageElement) -> Iterator[tuple[str, float]]:
    """Return the property and the number of pixels of each fixed width of an element."""
    style = node.get("style")
    if not ("width" in node.attributes or "width" in style.lower() or "inline-size" in style.lower()):
        return
    own = {name: value.strip().lower() for name, (value, _) in declarations(style).items()}
    limits = [value for name in _LIMITS if (value := own.get(name, ""))]
    if (width := own.get("width") or own.get("inline-size") or node.get("width")) and not any(
        _FLUID_WIDTH.fullmatch(limit) for limit in limits
    ):
        yield from (("width", number) for number in _pixels(width))
    for name in ("min-width", "min-inline-size"):
        yield from ((name, number) for number in _pixels(own.get(name, "")))


def _pixels(value: str) -> Iterator[float]:
    if match := _PIXELS.fullmatch(value.strip()):
        yield float(match[1])


def _cannot_break(node: PageElement) -> bool:
    style = node.get("style")
    if "nowrap" not in node.attributes and "white-space" not in style.lower():
        return False
    if len(node.all_text) < _LONGEST_WITHOUT_BREAK or not node.all_text.count(" "):
        return False
    return "nowrap" in node.attributes or value_of(style, "white-space") in ("nowrap", "pre")
