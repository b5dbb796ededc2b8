"""The page uses only what our readers' mail programs support, or what they can do without.

A mail program drops the CSS and the elements that it does not know, and says nothing. Words may then lie over each
other, a text may lose the background that made it readable, or the one film that explains everything is an empty box.
A template author does not see it, because their own mail program is another one.

Bad:
    <p style="position:absolute;top:20px;">Call us</p>

Good:
    <table role="presentation"><tr><td style="padding-top:20px;">Call us</td></tr></table>

Source: Can I email, caniemail.com. What it says of Gmail, Outlook for Windows, Outlook.com, Apple Mail, Yahoo,
Thunderbird and Samsung Email is in src/newsletter/check/mail_clients.json, which bench/mail_clients.py writes.
`accepted` lists what you use on purpose, each as "name: why its loss does no harm".
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from newsletter import check as engine
from newsletter.check.page import Node, PageView
from newsletter.check.stylesheet import declarations
from newsletter.problems import Place
from newsletter.rules import At, Finding

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
        "[aria-label]: it only names the whole message, whose title says the same",
    ],
}

_HEAD = Place("templates/dark.css")  # what stays in the head is written there
_OUTLOOK = "Outlook for Windows"
_GMAIL = ["Gmail", "Gmail on iPhones", "Gmail on Android"]
_INSTEAD = {
    "position": "The element stays in the flow of the text there. Place it with table cells and padding.",
    "float": "The two stand one below the other there. Use two columns of MJML.",
    "display:flex": "The parts stand one below the other there. Use mj-column, or table cells.",
    "display:grid": "The parts stand one below the other there. Use mj-column, or table cells.",
    "background-image": "Only the background colour is left there: give one that the text stands out from.",
    "linear-gradient()": "No background is left there: give a background-color that the text stands out from.",
    "radial-gradient()": "No background is left there: give a background-color that the text stands out from.",
    "box-shadow": "The shadow is missing there. If it shows an edge, draw it with border.",
    "opacity": "All of it is fully visible there. Write the lighter colour itself.",
    "rgba()": "The colour is dropped there. Write it as #RRGGBB.",
    "var()": "The whole declaration is dropped there. Write the value itself; Jinja2 can fill it in.",
    "calc()": "The whole declaration is dropped there. Write the value itself.",
    "clamp()": "The whole declaration is dropped there. Write one size in px.",
    "min()": "The whole declaration is dropped there. Write width and max-width.",
    "max()": "The whole declaration is dropped there. Write one size in px.",
    "light-dark()": "The colour is dropped there. Write the light one here, and the dark one in templates/dark.css.",
    "1rem": "The declaration is dropped there. Write the size in px.",
    "1vw": "The declaration is dropped there. Write the size in px or %.",
    "1vh": "The declaration is dropped there. Write the size in px.",
    "animation": "Nothing moves there: the first state must say everything.",
    "transition": "The change is sudden there, which does no harm.",
    "transform": "The element stays as it was there. Do without, or put the turned form into a picture.",
    "visibility": "What it hides is shown there. Use display:none, or leave it out.",
    "overflow": "What is too long is shown there, over other things. Give it room.",
    "object-fit": "The picture is stretched there. Cut the picture itself to its shape.",
    "text-shadow": "The shadow is missing there: the text has to stand out without it.",
    "z-index": "What lies on top may be another there. Do not lay things over each other.",
    "max-height": "The element is as high as what is in it there.",
    "min-height": "The element is only as high as what is in it there. Use padding.",
    "list-style-image": "The usual list signs are shown there.",
    "::before": "What it adds is missing there. Write it into the page.",
    "::after": "What it adds is missing there. Write it into the page.",
    ":hover": "Nothing changes there: say what it shows without the mouse, too.",
    "@font-face": "Another font is shown there: name one that every computer has after it.",
    "@import": "None of its rules count there. Put them into templates/styles.css.",
    "@supports": "None of the rules inside it count there.",
    "<svg>": "Nothing is shown there. Use a PNG picture with an alt.",
    "<video>": "Nothing is shown there. Use a picture that links to the film.",
    "<audio>": "Nothing is shown there. Link to the sound.",
    "<picture>": "Only the <img> in it is shown there.",
    "<form>": "Nothing can be sent from there. Link to a form on your website.",
    "<details>": "It is open there, and cannot be closed: an <h3> with its text is the same everywhere.",
    "<object>": "Nothing is shown there. Use a picture with an alt, or a link.",
    "[srcset]": "The picture in 'src' is shown there: it has to do for all.",
    "[hidden]": 'It is shown there. Leave it out, or use style="display:none".',
    "[aria-labelledby]": "Screen readers do not get this name there. Put the name into the words, or into aria-label.",
    "[aria-describedby]": "Screen readers do not get this there. Put it into the words.",
}
_ELSE = "Do without it; or, if its loss does no harm, add it with the reason to 'accepted' of mail-clients."

_FUNCTION = re.compile(r"([a-z-]+)\(")
_UNIT = re.compile(r"(?<![\w#.-])[\d.]+(ch|cm|em|ex|in|mm|pc|pt|rem|vh|vmax|vmin|vw)\b")
_PSEUDO = re.compile(r"::?[a-z-]+")
_CONDITION = re.compile(r"\(\s*([a-z-]+)")
_AT_RULE = re.compile(r"(?<![\w-])@[a-z-]+")


def check(page: PageView, options: Mapping[str, Any]) -> Iterator[Finding]:
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
            yield _finding(key, where, clients, page)
    for key, node in outlook:  # what stands only in its conditional comments
        if key not in accepted and key not in told and _OUTLOOK in lacking.get(key, ()):
            told.add(key)
            yield _finding(key, At(node.place), [_OUTLOOK], page)


def _finding(key: str, where: At, clients: list[str], page: PageView) -> Finding:
    hint = _INSTEAD.get(key, _ELSE)
    sheet = "".join(re.findall(r"<style[^>]*>(.*?)</style>", page.edition.page, re.DOTALL))
    # display:flex with a space or without; a unit after a digit; calc( with its bracket.
    name, colon, value = key.removesuffix(")").removeprefix("=").partition(":")
    style = (
        rf"[\d.]{key[1:]}\b" if key[0] == "1" else re.escape(name) + (rf"\s*:\s*{re.escape(value)}" if colon else "")
    )
    if key[0] not in "<[@:" and where.place.file != _HEAD.file and re.search(style, sheet):
        hint += " If no such style stands at this line, it comes from templates/styles.css."
    return Finding(where, f"{_listed(clients)} not support {_shown(key)}.", hint)


@cache
def _lacking() -> dict[str, list[str]]:
    """Give the clients that do not support a feature at all, by how a page writes it."""
    data = json.loads((Path(engine.__file__).parent / "mail_clients.json").read_text("utf-8"))
    found = {}
    for key, support in data["features"].items():
        if clients := [name for name, known in support.items() if known.startswith("n")]:
            found[key] = clients
    return found


def used(page: PageView) -> Iterator[tuple[str, At, bool]]:
    """Give what is used, where, and whether Outlook for Windows surely meets it."""
    for key, node in _inline(page.nodes):
        yield key, At(node.place), False
    for rule in page.sheet:
        head = page.at(rule)
        features = _CONDITION.findall(rule.media)
        for key in ["@media"] * bool(rule.media) + [f"@media ({name})" for name in features]:
            yield key, head, True
        # Outlook for Windows reads nothing inside @media.
        for key in (*_PSEUDO.findall(rule.selectors), *_declared(rule.declarations)):
            yield key, head, not rule.media
    for style in page.find("style"):
        for name in _AT_RULE.findall(str(style.element.text or "")):
            if name != "@media":
                yield name, page.at_rule(name), True


def _inline(nodes: Iterable[Node]) -> Iterator[tuple[str, Node]]:
    """Give what elements use, and the first that does."""
    first: dict[tuple[str, str, tuple[str, ...], str], Node] = {}
    for node in nodes:
        told = node.attributes
        first.setdefault((node.tag, told.get("type", "text"), tuple(told), told.get("style", "")), node)
    for (tag, kind, names, style), node in first.items():
        if tag in ("html", "head", "meta", "title", "style"):
            continue
        yield (f"<{tag} {kind}>" if tag in ("input", "button") else f"<{tag}>"), node
        for name in names:
            yield f"[{name}]", node
        for key in _declared(style):
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
    if len(clients) == 1:
        return f"{clients[0]} does"
    return f"{', '.join(clients[:-1])} and {clients[-1]} do"
