"""The description of a picture does not repeat the words beside it.

In a screen reader, or if pictures are not loaded, the description and the caption follow each other. People who get the
same sentence twice wonder what they missed.

Bad:
    - image:
        src: images/clinic.png
        alt: "Your nurse will be glad of your list of questions."
        caption: "Your nurse will be glad of your list of questions."

Good:
    - image:
        src: images/clinic.png
        alt: "A nurse and a man with a walking stick sit and talk."
        caption: "Your nurse will be glad of your list of questions."

W3C, Web Accessibility Tutorials, Images; WCAG 2.2, 1.1.1 Non-text Content (A).
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check import sentences
from newsletter.check.issue_text import ImageRef, IssueText
from newsletter.check.rule import Finding

SEVERITY = "warning"
OPTIONS = {"alike": 0.8}

_FEWEST = 4  # words in a row that count as a repetition; fewer may be a name


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare each description with its caption, the sentences beside it and the descriptions of other pictures."""
    first: dict[tuple[str, ...], ImageRef] = {}
    for image in sorted(issue.images, key=lambda image: image.location):
        if not (alt := _words(image.alt)):
            continue
        earlier = first.setdefault(tuple(alt), image)
        if earlier.picture.src != image.picture.src:
            message = f"This description is the same as that of another picture, in line {earlier.location.line}."
            yield Finding(image, message, "Describe what is different in this picture.")
            continue
        caption = image.caption
        for text in image.beside:
            if not any(_repeats(alt, words, options["alike"]) for words in _pieces(text)):
                continue
            where = "its caption" if text == caption else f"the text beside it: {quoted(text)}"
            hint = "Describe what the picture shows. If the words beside it already say that, " + (
                "delete the caption." if text == caption else "write “decorative: true” instead of “alt”."
            )
            yield Finding(image, f"The description of this picture repeats {where}.", hint)
            break


def _repeats(alt: list[str], text: list[str], alike: float) -> bool:
    if alt == text:
        return True
    if len(alt) < _FEWEST or len(text) < _FEWEST:
        return False
    if _holds(text, alt):
        return True
    if _numbers(alt) != _numbers(text):
        return False
    matcher = difflib.SequenceMatcher(None, alt, text, autojunk=False)
    # The first two are fast upper bounds of the third.
    return all(ratio() >= alike for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio))


def _numbers(words: list[str]) -> list[str]:
    return [word for word in words if word[0].isdigit()]


def _pieces(text: str) -> Iterator[list[str]]:
    """Return the words of a text, and the words of each of its sentences."""
    yield _words(text)
    yield from (_words(text[start:end]) for start, end in sentences.spans(text))


def _holds(text: list[str], alt: list[str]) -> bool:
    return any(text[start : start + len(alt)] == alt for start in range(len(text) - len(alt) + 1))


def _words(text: str) -> list[str]:
    # Numbers, too: “Platform 1” is another picture than “Platform 2”.
    return re.findall(r"\w+(?:['’.,:/-]\w+)*+", text.casefold())
