"""The email has no scripts and no form, and shows no other page inside it.

Mail apps remove scripts, frames, plug-ins and fields, so that there is an empty box, or nothing. If an app allows
them, they can change the page while somebody reads it, and report the reader to others.

Bad:
    <iframe src="https://www.example.org/film"></iframe>

Good:
    <a href="https://www.example.org/film">Watch the film, 3 minutes, with subtitles</a>

WCAG 2.2, 1.1.1 Non-text Content (A), for the missing content. That nothing may run is our own rule.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.nodes import NodeList
from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding

SEVERITY = "error"
IN_WEB_VERSION = True

_FIELD = ("a part of a form", "Link to a form on your website.")
_MESSAGES = {
    "script": ("a script", "Remove it, and write its content into the page."),
    "iframe": ("a frame with another page", "Link to that page, with words that say what is there."),
    "frame": ("a frame with another page", "Link to that page, with words that say what is there."),
    "object": ("an object", "Use a picture with an alt, or a link."),
    "embed": ("an object", "Use a picture with an alt, or a link."),
    "applet": ("an object", "Use a picture with an alt, or a link."),
    **dict.fromkeys(("form", "input", "select", "textarea", "button", "datalist", "output"), _FIELD),
}


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report elements and attributes that run scripts or show another page, for everybody or for Outlook."""
    reported = set()
    for node in (*_running(page.everyone), *_running(page.outlook)):
        for what, hint in _active(node):
            if (what, node.location) not in reported:
                reported.add((what, node.location))
                yield Finding(node, f"The email has {what}, which mail apps remove.", hint)


def _running(view: NodeList) -> Iterator[PageElement]:
    """Return the elements that may be active, and few others."""
    handlers = [name for name in view.attributes if _is_handler(name)]
    yield from view.find(*_MESSAGES)
    yield from view.with_attribute("href", "src", "contenteditable", *handlers)


def _active(node: PageElement) -> Iterator[tuple[str, str]]:
    if node.tag in _MESSAGES:
        yield _MESSAGES[node.tag]
    for name, value in node.attributes.items():
        if name == "contenteditable" and value.strip().lower() != "false":
            yield "words that readers can change", f"Remove “{name}”."
        elif _is_handler(name):
            yield f"a script in “{name}”", f"Remove “{name}”."
        elif name in ("href", "src") and value.strip().lower().startswith("javascript:"):
            yield f"a script in “{name}”", "Write an address that begins with https://."


def _is_handler(name: str) -> bool:
    return name.startswith("on") and name != "on"  # an attribute of Outlook's shapes
