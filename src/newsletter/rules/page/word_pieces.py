"""A word is in one piece, in one style.

Some screen readers stop where an element begins or ends, and read "O nce" for a large first letter. For readers with
dyslexia, or with large text, the pieces of a word drift apart. Two links without a space between them are one word.

Bad:
    <p><span style="font-size:60px">O</span>nce a week</p>

Good:
    <p>Once a week</p>

The rule is our own. `bold-in-word` and `links-apart` are the same for editors' texts.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import regex

from newsletter.characters import quoted
from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.css.parser import declarations

SEVERITY = "error"
IN_WEB_VERSION = True

_INLINE = ("a", "strong", "b", "em", "i", "span", "u", "font", "big", "mark", "code", "cite", "small")
# In other scripts there need be no space between words.
_LETTER = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}\d]")
_ENDS = (":", ";", "!", "?", ",")
"""Signs after which there is a space, except in a number."""
_PIECES = (":first-letter",)
_DIVIDING_PROPERTIES = ("font-size", "font", "float", "initial-letter", "font-weight", "font-family")


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report an element that begins or ends within a word, and styles for the first letter."""
    for rule in page.sheet:
        own = declarations(rule.declarations)
        if any(piece in rule.selectors for piece in _PIECES) and any(name in own for name in _DIVIDING_PROPERTIES):
            message = f"“{' '.join(rule.selectors.split())}” gives the first letter another look than its word."
            yield Finding(page.at(rule), message, "Remove the rule.")
    reported = set()
    for node in page.find(*_INLINE):
        if (
            node.is_hidden or node.location in reported or "part" in node.classes
        ):  # a piece of an address, which may break after it
            continue
        words = "".join(str(text) for text in node.element.itertext())
        before, after = _before(node), _after(node)
        if not words.strip():
            continue
        is_glued = _is_glued(before, words) or _is_glued(words, after)
        if not is_glued and node.tag == "a":
            neighbour = node.element.getnext()
            is_glued = not after and neighbour is not None and neighbour.tag == "a" and bool(neighbour.get("href"))
        if is_glued and not _is_written(node, words, page):
            reported.add(node.location)
            around = f"{_end(before)}{words}{_begin(after)}"
            hint = "Write a space between them, or put the whole word into the element."
            yield Finding(node, f"<{node.tag}> begins or ends within a word: {quoted(around)}.", hint)


def _is_glued(before: str, after: str) -> bool:
    if not (before and after and _LETTER.match(after[0])):
        return False
    return bool(_LETTER.match(before[-1]) or (before[-1] in _ENDS and not before[-2:-1].isdigit()))


def _before(node: PageElement) -> str:
    previous = node.element.getprevious()
    return str((previous.tail if previous is not None else node.parent and node.parent.element.text) or "")


def _after(node: PageElement) -> str:
    neighbour = node.element.getnext()
    if node.element.tail or neighbour is None or neighbour.tag not in _INLINE:
        return str(node.element.tail or "")
    return "".join(str(text) for text in neighbour.itertext())


def _end(text: str) -> str:
    return text[-1:].strip() and text.rsplit(maxsplit=1)[-1]


def _begin(text: str) -> str:
    return text[:1].strip() and text.split(maxsplit=1)[0]


def _is_written(node: PageElement, words: str, page: ParsedPage) -> bool:
    """Check whether an editor made these words bold, italic or a link: rules for editors' texts report those."""
    around = next((up for up in node.parents() if up.tag not in _INLINE), node)
    return any(
        words == paragraph.text[start:end]
        for paragraph in page.issue.paragraphs()
        if " ".join(paragraph.text.split()) == " ".join(around.all_text.split())
        for start, end in (*paragraph.bold, *paragraph.italic, *paragraph.links, *paragraph.code)
    )
