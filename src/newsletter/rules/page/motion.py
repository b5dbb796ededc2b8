"""Nothing moves for readers who have asked for less motion.

Movement makes some people ill: with a balance disorder or migraine, they become dizzy or have to lie down. Others
cannot read while something moves beside the words.

Bad:
    .button a { animation: pulse 1s infinite; }

Good:
    @media (prefers-reduced-motion: no-preference) { .button a { transition: background-color 0.2s; } }

WCAG 2.2, 2.2.2 Pause, Stop, Hide (A) and 2.3.3 Animation from Interactions (AAA).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding
from newsletter.check.style_location import own_style_at
from newsletter.css.parser import declarations
from newsletter.css.selectors import each_selector

SEVERITY = "error"
IN_WEB_VERSION = True

_TAGS = ("marquee", "blink", "animate", "animatetransform", "animatemotion")
_WORDS = ("animation", "transition", "scroll-behavior")
_MOVING = re.compile(
    r"(?:-webkit-|-moz-|-ms-|-o-)?(animation|transition|scroll-behavior)(?:-name|-duration|-property)?"
)
_NO_MOTION = re.compile(r"none|0m?s|auto|initial|unset|0(?:\.0+)?m?s\s.*|all 0m?s.*")
_HINT = "Put it into @media (prefers-reduced-motion: no-preference) { ... } in dark.css, or remove it."


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report elements, styles and rules in the head that move something, and pages that reload."""
    stopped = {
        (selector, what)
        for rule in page.sheet
        if re.search(r"prefers-reduced-motion(?:\s*:\s*reduce)?\s*\)", rule.media)
        for selector in each_selector(rule.selectors)
        for what in _motions(rule.declarations, still=True)
    }
    for node in page.find("meta"):
        if node.get("http-equiv").lower() == "refresh":
            yield Finding(node, "The page reloads by itself after some time.", "Remove this meta element.")
    for node in page.find("video", "audio"):
        if "autoplay" in node.attributes:
            hint = "Remove autoplay: readers start it when they want to."
            yield Finding(node, f"<{node.tag}> begins by itself.", hint)
    for node in page.find(*_TAGS):
        yield Finding(node, f"<{node.tag}> moves, and readers cannot stop it.", "Write its words as ordinary text.")
    for node in page.style_contains(*_WORDS):
        for what in _motions(node.get("style")):
            if ("*", what) not in stopped:
                at = own_style_at(page, node, what, f"{what}-name", f"{what}-duration", f"{what}-property")
                yield Finding(at, f"<{node.tag}> has {what}, also for readers who asked for less motion.", _HINT)
    for rule in page.sheet:
        if "prefers-reduced-motion" in rule.media:
            continue
        for what in _motions(rule.declarations):
            names = [name for name in each_selector(rule.selectors) if not {(name, what), ("*", what)} & stopped]
            if names:
                message = f"“{', '.join(names)}” has {what}, also for readers who asked for less motion."
                yield Finding(page.at(rule), message, _HINT)


def _motions(css: str, still: bool = False) -> list[str]:
    if not any(word in css for word in _WORDS):
        return []
    motions = {
        match[1]
        for name, (value, _) in declarations(css).items()
        if (match := _MOVING.fullmatch(name)) and bool(_NO_MOTION.fullmatch(value.lower())) is still
    }
    return sorted(motions)
