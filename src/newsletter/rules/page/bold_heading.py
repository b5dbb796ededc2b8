"""A heading in a template is a heading, and not bold words alone in a paragraph.

People who listen go from heading to heading. Bold words look like one, but no screen reader stops there, and none says
"heading". The rule `fake-heading` is the same for what editors write.

Bad:
    <p><strong>{{ block.title }}</strong></p> <p>{{ block.text }}</p>

Good:
    <h3>{{ block.title }}</h3> <p>{{ block.text }}</p>

WCAG 2.2, 1.3.1 Info and Relationships (A), failure F2. A name of the charity's, an article's label, a label that ends
in a colon, a date or a figure may be bold.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check import sentences
from newsletter.check.page import PageElement, PageSubject
from newsletter.check.rule import Finding
from newsletter.rules.page._lines import Line, is_written, lines, paragraphs, words

SEVERITY = "error"
OPTIONS = {"longest": 12}

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NONE = re.compile(r".*[.!…۔。:：]['\"”’»)]*|\W*\d.*|.*\d\W*")  # a sentence, a label, a figure or a date


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for bold lines that something follows."""
    issue, brand = page.edition.issue, page.edition.brand
    names = {brand.name, brand.organisation, brand.helpline.name, *(article.label for article in issue.articles)}
    for node in paragraphs(page):
        first, *more = lines(node)
        said = words(first)
        if not _is_bold(first) or said in names or _NONE.fullmatch(said):
            continue
        if len(sentences.words(said)) <= options["longest"] and not node.inside(*_HEADINGS, "blockquote", "li"):
            rest = sentences.words(" ".join(map(words, more)))
            begins = len(rest) > 5 or (not more and _is_followed(node, page))
            if begins and not is_written(node, page):
                hint = "Write <h3> in place of <p>; styles.css can make it as large as you like."
                yield Finding(node, f"“{said}” is bold, but not a heading to a screen reader.", hint)


def _is_bold(line: Line) -> bool:
    pieces = [part for piece, part in line if re.search(r"\w", piece)]
    in_links = all(part.tag == "a" or part.inside("a") for part in pieces)
    return bool(pieces) and all(part.style.is_bold for part in pieces) and not in_links


def _is_followed(node: PageElement, page: PageSubject) -> bool:
    """Whether other words than a heading's come after it, in the same article."""
    inside = set(node.walk())
    last = max(number for number, part in enumerate(page.with_text) if part in inside)
    other = next(iter(page.with_text[last + 1 :]), None)
    if other is None or (other.path or ())[:2] != (node.path or ())[:2]:
        return False
    return other.tag not in _HEADINGS and other.inside(*_HEADINGS) is None
