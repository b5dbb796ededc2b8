"""The page uses only what our readers' mail programs support, or what they can do without.

A mail program drops the CSS and the elements that it does not know, and says nothing. Words may then lie over each
other, a text may lose the background that made it readable, or the one film that explains everything is an empty box.
A template author does not see it, because their own mail program is another one.

Bad:
    <p style="position:absolute;top:20px;">Call us</p>

Good:
    <table role="presentation"><tr><td style="padding-top:20px;">Call us</td></tr></table>

Source: Can I email, caniemail.com. What it says of Gmail, Outlook for Windows, Outlook.com, Apple Mail, Yahoo,
Thunderbird and Samsung Email is in src/newsletter/check/mail_clients.json, which bench/mail_clients.py writes; of what
is supported in part, the rule tells what can be seen from a value. `accepted` lists what you use on purpose, each as
"name: why its loss does no harm"; yours are added to ours.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from newsletter import check as engine
from newsletter.check.page import PageElement, PageSubject
from newsletter.check.rule import Finding, Located
from newsletter.css.parser import declarations
from newsletter.english import did_you_mean, join
from newsletter.problems import Location
from newsletter.rules.page._in_part import BY_NAME, IN_BODY, LONGEST, PARTS, TOO_LONG, in_css, in_tag
from newsletter.rules.page._instead import instead

SEVERITY = "warning"
OPTIONS = {
    "accepted": [
        "border-radius: corners are square where it is missing",
        "border-spacing: MJML writes it beside cellspacing, which does the same",
        "outline: MJML takes a line away from pictures that only old browsers drew",
        "height: MJML writes it for pictures as 'auto'; Yahoo makes it a min-height, which lets larger text grow",
        "table-layout: columns get their width from the width attributes that stand beside it",
        "word-spacing: MJML writes the value that every program has anyway",
        "overflow-wrap: a very long word sticks out where it is missing, and nothing is lost",
        "cursor: the mouse has its usual form where it is missing",
        "color-scheme: the page stays light where it is missing, with its own contrast",
        "@media: the page is whole without it; it only makes narrow screens and dark colours better",
        "@media (prefers-color-scheme): the page stays light where it is missing, with its own contrast",
        "[target]: MJML writes it; links open as the mail program likes",
        "[aria-hidden]: we put it on what says nothing, such as the bars of a chart",
        "<section>: it lets the keyboard scroll a wide table; without it, fingers and the mouse still do",
        "[aria-label]: it only names the whole message, whose title says the same",
    ],
}

_HEAD = Location("templates/dark.css")  # what stays in the head is written there
_OUTLOOK = "Outlook for Windows"
_GMAIL = ["Gmail", "Gmail on iPhones", "Gmail on Android"]

_FUNCTION = re.compile(r"([a-z-]+)\(")
_UNIT = re.compile(r"(?<![\w#.-])[\d.]+(ch|cm|em|ex|in|mm|pc|pt|rem|vh|vmax|vmin|vw)\b")
_PSEUDO = re.compile(r"::?[a-z-]+")
_CONDITION = re.compile(r"\(\s*([a-z-]+)")
_AT_RULE = re.compile(r"(?<![\w-])@[a-z-]+")


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look up what the page uses; each is told where it is first used."""
    accepted = {str(item).partition(": ")[0] for item in options["accepted"]}
    lacking = _lacking()
    outlook = list(_inline(page.outlook))
    for_outlook = {key for key, _ in outlook}
    told: set[str] = set()
    for key, where, is_sure_for_outlook in used(page):
        if key in accepted or key in told or key not in lacking:
            continue
        is_for_outlook = is_sure_for_outlook or key in for_outlook
        clients = [name for name in lacking[key] if name != _OUTLOOK or is_for_outlook]
        if clients:
            told.add(key)
            yield _finding(key, where(), clients, page)
    for key, node in outlook:  # what stands only in its conditional comments
        if key not in accepted and key not in told and _OUTLOOK in lacking.get(key, ()):
            told.add(key)
            yield _finding(key, Located(node.location), [_OUTLOOK], page)


def validate_option(option: str, value: list[str]) -> Iterator[tuple[str, str]]:
    """Tell of what is accepted under a name that no feature has."""
    known = {*_features(), *BY_NAME}
    for name in (item.partition(": ")[0] for item in value):
        if name not in known:
            spelt = [f"<{name}>", f"[{name}]", f"@{name}", f"{name}()"]
            meant = next((other for other in spelt if other in known), None)
            hint = f"Did you mean '{meant}'?" if meant else did_you_mean(name, known, "Write it as the warning does.")
            yield f"'{name}' in '{option}' is nothing that a mail program could lack.", hint


def _finding(key: str, where: Located, clients: list[str], page: PageSubject) -> Finding:
    if part := BY_NAME.get(key):
        message = f"{_listed(clients)} not support {part.name}: {part.happens}."
        return Finding(where, message, part.do, "error" if part.is_grave else None)
    happens, hint = instead(key)
    sheet = "".join(re.findall(r"<style[^>]*>(.*?)</style>", page.edition.page, re.DOTALL))
    # display:flex with a space or without; a unit after a digit; calc( with its bracket.
    name, colon, value = key.removesuffix(")").removeprefix("=").partition(":")
    style = (
        rf"[\d.]{key[1:]}\b" if key[0] == "1" else re.escape(name) + (rf"\s*:\s*{re.escape(value)}" if colon else "")
    )
    if key[0] not in "<[@:" and where.location.file != _HEAD.file and re.search(style, sheet):
        hint += " If no such style stands at this line, it comes from templates/styles.css."
    return Finding(where, f"{_listed(clients)} not support {_shown(key)}: {happens}.", hint)


@cache
def _lacking() -> dict[str, list[str]]:
    """Give the clients that do not support a feature, or something of it, by how a page writes it."""
    features = _features()
    found = {key: [name for name, known in support.items() if known[0] == "n"] for key, support in features.items()}
    for part in PARTS:
        found[part.name] = [name for name, known in features[part.feature].items() if part.note in known]
    return found


@cache
def _features() -> dict[str, dict[str, str]]:
    """Give what is known of each feature, by how a page writes it and by client."""
    data = json.loads((Path(engine.__file__).parent / "mail_clients.json").read_text("utf-8"))
    features: dict[str, dict[str, str]] = data["features"]
    return features


def used(page: PageSubject) -> Iterator[tuple[str, Callable[[], Located], bool]]:
    """Give what is used, a way to find out where, and whether Outlook for Windows surely meets it."""
    for key, node in _inline(page.nodes):
        yield key, partial(Located, node.location), False
    for rule in page.sheet:
        head = partial(page.at, rule)
        features = _CONDITION.findall(rule.media)
        for key in ["@media"] * bool(rule.media) + [f"@media ({name})" for name in features]:
            yield key, head, True
        # Outlook for Windows reads nothing inside @media.
        written = (*_PSEUDO.findall(rule.selectors), *_declared(rule.declarations), *in_css(rule.declarations))
        for key in written:
            yield key, head, not rule.media
    for style in page.find("style"):
        if style.inside("body"):
            yield IN_BODY, partial(Located, style.location), True
        if len((style.element.text or "").encode()) > LONGEST:
            yield TOO_LONG, partial(Located, style.location), True
        for name in _AT_RULE.findall(str(style.element.text or "")):
            if name != "@media":
                yield name, partial(page.at_rule, name), True


def _inline(nodes: Iterable[PageElement]) -> Iterator[tuple[str, PageElement]]:
    """Give what elements use, and the first that does."""
    first: dict[tuple[str, str, tuple[str, ...], str, str], PageElement] = {}
    for node in nodes:
        told = node.attributes
        width = told.get("width", "") if node.tag == "img" else ""
        first.setdefault((node.tag, told.get("type", "text"), tuple(told), told.get("style", ""), width), node)
    for (tag, kind, names, style, width), node in first.items():
        if tag in ("html", "head", "meta", "title", "style"):
            continue
        keys = [f"<{tag} {kind}>" if tag in ("input", "button") else f"<{tag}>", *(f"[{name}]" for name in names)]
        given = ((name, width if name == "width" else "") for name in names)
        for key in (*keys, *in_tag(tag, given), *_declared(style), *in_css(style, tag)):
            yield key, node


@cache
def _declared(css: str) -> tuple[str, ...]:
    """Give the keys of all properties, values, functions and units in some declarations."""
    keys: dict[str, None] = {}
    for name, (value, _) in declarations(css).items():
        low = value.lower()
        if name.startswith("background") and "url(" in low:
            keys["background-image"] = None
        keys |= dict.fromkeys([name, f"{name}:{low}", f"={low}"])
        keys |= dict.fromkeys(f"{function}()" for function in _FUNCTION.findall(low))
        keys |= dict.fromkeys(f"1{unit}" for unit in _UNIT.findall(low))
    return tuple(keys)


def _shown(key: str) -> str:
    if key.startswith("1"):
        return f"the unit “{key[1:]}”"
    if key.startswith("["):
        return f"the attribute “{key[1:-1]}”"
    return f"“{key.removeprefix('=')}”"


def _listed(clients: list[str]) -> str:
    if set(_GMAIL) <= set(clients):
        clients = ["Gmail", *(name for name in clients if name not in _GMAIL)]
    return f"{join(clients)} {'does' if len(clients) == 1 else 'do'}"
