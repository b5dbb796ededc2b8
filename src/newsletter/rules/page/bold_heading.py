"""A heading in a template is a real heading, not a paragraph of bold words.

People who listen go from heading to heading. Bold words look like a heading, but screen readers do not stop there, and
do not say "heading". The rule `fake-heading` is the same for editors' texts.

Bad:
    <p><strong>{{ block.title }}</strong></p> <p>{{ block.text }}</p>

Good:
    <h3>{{ block.title }}</h3> <p>{{ block.text }}</p>

WCAG 2.2, 1.3.1 Info and Relationships (A), failure F2. These may be bold: a name of the charity, an
article's label, a label that ends in a colon, a date and a number.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check import sentences
from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.rules.page._lines import Line, is_written, lines, paragraphs, words
from newsletter.words import count_words

SEVERITY = "error"
IN_WEB_VERSION = True
OPTIONS = {"longest": 12}
STRICTER_WHEN_HIGHER = ("longest",)

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NO_HEADING = re.compile(r".*[.!…۔。:：]['\"”’»)]*|\W*\d.*|.*\d\W*")  # a sentence, a label, a figure or a date


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report bold lines that are followed by text."""
    issue, brand = page.edition.issue, page.edition.brand
    names = {brand.name, brand.organisation, *(article.label.words for article in issue.articles if article.label)}
    names |= {brand.helpline.name} if brand.helpline else set()
    for node in paragraphs(page):
        first, *more = lines(node)
        text = words(first)
        if not _is_bold(first) or text in names or _NO_HEADING.fullmatch(text):
            continue
        if count_words(text) <= options["longest"] and not node.inside(*_HEADINGS, "blockquote", "li"):
            rest = sentences.words(" ".join(map(words, more)))
            begins = len(rest) > 5 or (not more and _is_followed(node, page))
            if begins and not is_written(node, page):
                hint = "Write <h3> instead of <p>. styles.css can make it as large as you like."
                yield Finding(node, f"{quoted(text)} is bold, but not a heading for screen readers.", hint)


def _is_bold(line: Line) -> bool:
    pieces = [part for piece, part in line if re.search(r"\w", piece)]
    in_links = all(part.tag == "a" or part.inside("a") for part in pieces)
    return bool(pieces) and all(part.style.is_bold for part in pieces) and not in_links


def _is_followed(node: PageElement, page: ParsedPage) -> bool:
    """Check whether text that is not a heading follows it in the same article."""
    inside = set(node.walk())
    last = max(number for number, part in enumerate(page.with_text) if part in inside)
    other = next(iter(page.with_text[last + 1 :]), None)
    if other is None or (other.path or ())[:2] != (node.path or ())[:2]:
        return False
    return other.tag not in _HEADINGS and other.inside(*_HEADINGS) is None
