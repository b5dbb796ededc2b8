"""Nothing runs inside the email, and no other page is shown in it.

Mail programs take scripts, frames and plug-ins out, and what they would have shown is missing: an empty box, or not
even that. Where they are let through, they can change the page under a reader's fingers, and tell others about it.

Bad:
    <iframe src="https://www.example.org/film"></iframe>

Good:
    <a href="https://www.example.org/film">Watch the film, 3 minutes, with subtitles</a>

WCAG 2.2, 1.1.1 Non-text Content (A), for what is missing. That nothing may run in it is our own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.nodes import NodeList
from newsletter.check.page import PageElement, PageSubject
from newsletter.check.rule import Finding

SEVERITY = "error"

_WHAT = {
    "script": ("a script", "Take it out, and write into the page what it would have shown."),
    "iframe": ("a frame with another page", "Link to that page, with words that say what is there."),
    "frame": ("a frame with another page", "Link to that page, with words that say what is there."),
    "object": ("an object", "Use a picture with an alt, or a link."),
    "embed": ("an object", "Use a picture with an alt, or a link."),
    "applet": ("an object", "Use a picture with an alt, or a link."),
}


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for elements and attributes that run or show something else, for everybody or for Outlook."""
    seen = set()
    for node in (*_running(page.everyone), *_running(page.outlook)):
        for what, hint in _active(node):
            if (what, node.location) not in seen:
                seen.add((what, node.location))
                yield Finding(node, f"The email has {what}, which mail programs take out.", hint)


def _running(view: NodeList) -> Iterator[PageElement]:
    """Give the elements that can be told of, and few others."""
    handlers = [name for name in view.attributes if name.startswith("on")]
    yield from view.find(*_WHAT)
    yield from view.with_attribute("href", "src", *handlers)


def _active(node: PageElement) -> Iterator[tuple[str, str]]:
    if node.tag in _WHAT:
        yield _WHAT[node.tag]
    for name, value in node.attributes.items():
        if name.startswith("on"):
            yield f"a script in “{name}”", f"Take “{name}” out."
        elif name in ("href", "src") and value.strip().lower().startswith("javascript:"):
            yield f"a script in “{name}”", "Write an address that begins with https://."
