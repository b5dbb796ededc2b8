"""A link is written so that readers get a link, and not its brackets.

Markdown makes a link only of `[words](address)`, with no space between the brackets or in the address. Of anything else
it makes plain words: readers see the brackets and the address, and nothing happens when they tap.

Bad:
    - text: |
        Please [email us] (mailto:help@example.org) or [ring us](tel:0808 157 0100).

Good:
    - text: |
        Please [email us](mailto:help@example.org) or [ring us](tel:08081570100).

CommonMark 0.31.2, 6.3 Links. To show brackets, write a backslash before the first: \\[1] (see below).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph, offsets_in
from newsletter.check.rule import Finding
from newsletter.issue.links import address_problem
from newsletter.rules.issue._typed_links import TypedLink, fix, is_meant_as_typed, typed_links

SEVERITY = "error"

_ONLY_WORDS = "Write only words here. Put the link in a “text” block, or in a “link” or “url” of its own."
_IN_BRACKETS = "Write words in square brackets, then the address in round ones: [Write to us](mailto:name@example.org)."
_ADDRESS = re.compile(r"\bmailto:[^\s<>()\[\]]++|<\s*+[^\s<>@]++@[^\s<>@]++\s*+>", re.IGNORECASE)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Search the words that readers see for links that are none."""
    for prose in issue.texts:
        for paragraph in prose.paragraphs:
            typed = [link for link in typed_links(paragraph) if not is_meant_as_typed(link, paragraph, prose)]
            for link in typed:
                hint = _hint(link) if prose.is_markdown else _ONLY_WORDS
                yield Finding(paragraph.at(link.start), link.message, hint, fix=fix(link, paragraph, prose))
            for start, address in _addresses(paragraph, typed):
                message = f"{quoted(address)} is shown as it is, and is no link."
                yield Finding(paragraph.at(start), message, _IN_BRACKETS if prose.is_markdown else _ONLY_WORDS)


def _hint(link: TypedLink) -> str:
    if link.better:
        return f"Write “[{link.words}]({link.better})”."
    if re.search(r"\s[\"'“]", link.address):
        return "Write only the address in the round brackets, with %20 instead of each space."
    advice = (address_problem(link.address) or ("", ""))[1]
    return f"{advice} To show the brackets, write a backslash before the first: \\[."


def _addresses(paragraph: Paragraph, typed: list[TypedLink]) -> Iterator[tuple[int, str]]:
    known = (*paragraph.links, *paragraph.code, *((link.start, link.end) for link in typed))
    inside = offsets_in(known, len(paragraph.text))
    for match in _ADDRESS.finditer(paragraph.text):
        if not inside[match.start()]:
            yield match.start(), match[0]
