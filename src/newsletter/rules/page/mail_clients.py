"""The page uses only features that our readers' mail apps support, or features that nobody misses.

A mail app drops CSS and elements that it does not know, without a warning. Then words may overlap, text may lose the
background that made it readable, or the film that explains everything is an empty box. Template authors do not notice,
because they use another mail app.

Bad:
    <p style="position:absolute;top:20px;">Call us</p>

Good:
    <table role="presentation"><tr><td style="padding-top:20px;">Call us</td></tr></table>

Source: Can I email, caniemail.com. Its data about Gmail, Outlook for Windows, Outlook.com, Apple Mail, Yahoo,
Thunderbird and Samsung Email is in src/newsletter/check/mail_clients.json, which bench/mail_clients.py writes. If a
feature is partly supported, the rule reports the values that are not. `accepted` lists features that you use on
purpose, each as "name: why the page is fine without it". Your list is added to ours.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from newsletter import check as engine
from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding, HasLocation, Located
from newsletter.check.style_location import own_style_at
from newsletter.css.parser import declarations
from newsletter.english import did_you_mean, join
from newsletter.rules.page._partly_supported import BY_NAME, IN_BODY, LONGEST, PARTS, TOO_LONG, in_css, in_tag
from newsletter.rules.page._unsupported import fallback

SEVERITY = "warning"
YIELDS_TO_ERRORS = True
OPTIONS = {
    "accepted": [
        "border-radius: without it, corners are square",
        "border-spacing: MJML writes it beside cellspacing, which does the same",
        "outline: MJML removes a line around pictures that only old browsers drew",
        "height: MJML writes it for pictures as 'auto'; Yahoo makes it a min-height, which lets larger text grow",
        "table-layout: columns also have width attributes",
        "word-spacing: MJML writes the value that every app uses anyway",
        "overflow-wrap: without it, a very long word is too wide, and nothing is lost",
        "cursor: without it, the mouse pointer has its usual shape",
        "color-scheme: without it, the page stays light, with enough contrast",
        "@media: the page is complete without it; it only improves narrow screens and dark mode",
        "@media (prefers-color-scheme): without it, the page stays light, with enough contrast",
        "::after: without it, an email address longer than a line is broken at any letter, and nothing is lost",
        "[target]: MJML writes it; without it, links open as the mail app decides",
        "[aria-hidden]: we use it only for elements without words, such as the bars of a chart",
        "<section>: it lets the keyboard scroll a wide table; without it, fingers and the mouse still can",
        "[aria-label]: it only names the whole message, and the title says the same",
    ],
}
EXCEPTIONS = ("accepted",)

_OUTLOOK = "Outlook for Windows"
_GMAIL = ["Gmail", "Gmail on iPhones", "Gmail on Android"]

_FUNCTION = re.compile(r"(?<![a-z-])([a-z-]+)\(")
_UNIT = re.compile(r"(?<![\w#.-])[\d.]+(ch|cm|em|ex|in|mm|pc|pt|rem|vh|vmax|vmin|vw)\b")
_PSEUDO = re.compile(r"::?[a-z-]+")
_CONDITION = re.compile(r"\(\s*([a-z-]+)")
_AT_RULE = re.compile(r"(?<![\w-])@[a-z-]+")


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each unsupported feature where the page first uses it."""
    accepted = {str(item).partition(": ")[0] for item in options["accepted"]}
    lacking = _lacking()
    outlook = list(_inline(page.outlook))
    for_outlook = {key for key, _, _ in outlook}
    reported: set[str] = set()
    for key, where, is_sure_for_outlook in used_features(page):
        if key in accepted or key in reported or key not in lacking:
            continue
        is_for_outlook = is_sure_for_outlook or key in for_outlook
        clients = [name for name in lacking[key] if name != _OUTLOOK or is_for_outlook]
        if clients:
            reported.add(key)
            yield _finding(key, where(), clients)
    for key, _, node in outlook:  # used only in conditional comments
        if key not in accepted and key not in reported and _OUTLOOK in lacking.get(key, ()):
            reported.add(key)
            yield _finding(key, node, [_OUTLOOK])


def validate_option(option: str, value: list[str]) -> Iterator[tuple[str, str]]:
    """Report names in `accepted` that no feature has, with a hint."""
    known = {*_features(), *BY_NAME}
    for name in (item.partition(": ")[0] for item in value):
        if name not in known:
            spellings = [f"<{name}>", f"[{name}]", f"@{name}", f"{name}()"]
            match = next((other for other in spellings if other in known), None)
            hint = f"Did you mean “{match}”?" if match else did_you_mean(name, known, "Write it as in the warning.")
            yield f"“{name}” in “{option}” is not a feature of mail apps.", hint


def _finding(key: str, where: HasLocation, clients: list[str]) -> Finding:
    if part := BY_NAME.get(key):
        message = f"{_listed(clients)} not support {part.name}: {part.happens}."
        return Finding(where, message, part.do, "error" if part.is_grave else None)
    happens, hint = fallback(key)
    return Finding(where, f"{_listed(clients)} not support {_display_name(key)}: {happens}.", hint)


@cache
def _lacking() -> dict[str, list[str]]:
    """Return the clients that do not support a feature or a part of it, by its name in a page."""
    features = _features()
    lacking = {key: [name for name, known in support.items() if known[0] == "n"] for key, support in features.items()}
    for part in PARTS:
        lacking[part.name] = [name for name, known in features[part.feature].items() if part.note in known]
    return lacking


@cache
def _features() -> dict[str, dict[str, str]]:
    """Return the support of each feature, by its name in a page and by client."""
    data = json.loads((Path(engine.__file__).parent / "mail_clients.json").read_text("utf-8"))
    features: dict[str, dict[str, str]] = data["features"]
    return features


def used_features(page: ParsedPage) -> Iterator[tuple[str, Callable[[], HasLocation], bool]]:
    """Return the features that a page uses, a function for the location, and whether Outlook for Windows gets them."""
    for key, name, node in _inline(page.nodes):
        yield key, partial(own_style_at, page, node, name) if name else partial(Located, node.location), False
    for rule in page.sheet:
        head = partial(page.at, rule)
        conditions = _CONDITION.findall(rule.media)
        for key in ["@media"] * bool(rule.media) + [f"@media ({name})" for name in conditions]:
            yield key, head, True
        # Outlook for Windows reads nothing inside @media.
        features = {**_declared(rule.declarations), **in_css(rule.declarations)}
        for key in (*_PSEUDO.findall(rule.selectors), *features):
            yield key, head, not rule.media
    for style in page.find("style"):
        if style.inside("body"):
            yield IN_BODY, partial(Located, style.location), True
        if len((style.element.text or "").encode()) > LONGEST:
            yield TOO_LONG, partial(Located, style.location), True
        for name in _AT_RULE.findall(str(style.element.text or "")):
            if name != "@media":
                yield name, partial(page.at_rule, name), True


def _inline(nodes: Iterable[PageElement]) -> Iterator[tuple[str, str, PageElement]]:
    """Return the features that elements use, each with the property that uses it, if one does, and an element."""
    first: dict[tuple[str, str, tuple[str, ...], str, str], PageElement] = {}
    for node in nodes:
        attributes = node.attributes
        width = attributes.get("width", "") if node.tag == "img" else ""
        kind, style = attributes.get("type", "text"), attributes.get("style", "")
        first.setdefault((node.tag, kind, tuple(attributes), style, width), node)
    for (tag, kind, names, style, width), node in first.items():
        if tag in ("html", "head", "meta", "title", "style"):
            continue
        keys = [f"<{tag} {kind}>" if tag in ("input", "button") else f"<{tag}>", *(f"[{name}]" for name in names)]
        values = ((name, width if name == "width" else "") for name in names)
        for key in (*keys, *in_tag(tag, values)):
            yield key, "", node
        for key, name in {**_declared(style), **in_css(style, tag)}.items():
            yield key, name, node


@cache
def _declared(css: str) -> dict[str, str]:
    """Return all properties, values, functions and units in some declarations, each with its property."""
    keys: dict[str, str] = {}
    for name, (value, _) in declarations(css).items():
        low = value.lower()
        if name.startswith("background") and "url(" in low:
            keys["background-image"] = name
        keys |= dict.fromkeys([name, f"{name}:{low}", f"={low}"], name)
        keys |= dict.fromkeys([f"{function}()" for function in _FUNCTION.findall(low)], name)
        keys |= dict.fromkeys([f"1{unit}" for unit in _UNIT.findall(low)], name)
    return keys


def _display_name(key: str) -> str:
    if key.startswith("1"):
        return f"the unit “{key[1:]}”"
    if key.startswith("["):
        return f"the attribute “{key[1:-1]}”"
    return f"“{key.removeprefix('=')}”"


def _listed(clients: list[str]) -> str:
    if set(_GMAIL) <= set(clients):
        clients = ["Gmail", *(name for name in clients if name not in _GMAIL)]
    return f"{join(clients)} {'does' if len(clients) == 1 else 'do'}"
