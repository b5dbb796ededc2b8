"""Words that a template adds obey the same rules as those of an editor.

The words of a template are in each issue, and no editor sees them: a line in capitals, a date in numbers that
`strftime` wrote, “lorem ipsum”, five emoji, or a sentence in another language than the one around it.

Bad:
    <p>SENT TO YOU ON {{ issue.date.strftime("%d/%m/%Y") }}</p>

Good:
    <p>Sent to you on {{ issue.date | long_date(issue.language) }}</p>

UKAAF, Creating clear print and large print documents (G003), for capitals; NHS digital service manual, for dates
("6 August 2018"); WCAG 2.2, 1.3.1 Info and Relationships (A), failures F33 and F34, for columns of spaces, and 3.1.2
Language of Parts (AA). The rules `all-capitals`, `date-ambiguous`, `placeholder`, `rows-of-signs`, `rows-of-spaces`,
`dressed-up-letters` and `language-unlike` are the same for editors' texts.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check import sentences
from newsletter.check.cached_on_argument import cached_on_argument
from newsletter.check.languages import NAMES, foreign_language
from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.check.typed_text import typed_texts
from newsletter.issue.to_write import placeholder
from newsletter.rules.issue._capitals import MOST_IN_A_ROW, WORD, glossary_words, is_loud, loud_rows
from newsletter.rules.issue._letters_apart import words_apart
from newsletter.rules.issue._sign_rows import sign_rows
from newsletter.rules.issue._space_rows import SPACE_ROW

SEVERITY = "error"
IN_WEB_VERSION = True

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "a", "th", "caption")
_DATE = re.compile(
    r"(?<![\w./:-])(?:\d{1,2}([/.-])\d{1,2}\1(?:20)?\d\d|(?:19|20)\d\d([/-])\d{1,2}\2\d{1,2})(?![\w/-]|[.,]\d)"
)
_FEWEST = 3  # words: two are a name
_TAGS_WITHOUT_PROSE = ("style", "script", "title", "code", "pre")


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report words of templates that would be reported in an issue."""
    editors, terms = _editors_words(page), glossary_words(page.issue)
    has_rows = any(SPACE_ROW.search(paragraph.text) for paragraph in page.issue.paragraphs())
    for node in page.with_text:
        if node.is_silent or node.tag in _TAGS_WITHOUT_PROSE:
            continue
        if any(SPACE_ROW.search(piece) and not (has_rows and _plain(piece) in editors) for piece in _pieces(node)):
            message = "Words are moved with a row of no-break spaces, which falls apart on a small screen."
            yield Finding(node, message, "Write a margin or padding in styles.css, or a table.")
        if node.text in editors:
            continue
        for words, message, hint in _faults(node, terms):
            if words not in editors:
                yield Finding(node, message, hint)


@cached_on_argument
def _editors_words(page: ParsedPage) -> str:
    """Return all that editors wrote in the issue and the brand: the rules for their texts report that."""
    texts = [paragraph.text for paragraph in page.issue.paragraphs()]
    texts += [text.source for text in typed_texts(page.issue)]
    return "\n".join(map(_plain, texts))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _faults(node: PageElement, terms: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Return the words, the message and the hint of each fault."""
    text = node.text
    if loud := _loud(node, terms):
        yield loud, f"These words are all in capitals: {quoted(loud)}.", "Write lower case."
    for date in _DATE.finditer(text):
        hint = "Write the month as a word: {{ issue.date | long_date(issue.language) }}."
        yield date[0], f"“{date[0]}” is a date in numbers only. That is hard to read and to hear.", hint
    for row in sign_rows(text):
        yield row[0], f"A screen reader says each of these signs, or none: {quoted(row[0])}.", "Say it in words."
    if empty := placeholder(text):
        yield empty[0], f"{quoted(empty[0])} is still to be written.", "Write what readers should see."
    language = _language(node)
    if language.startswith("en"):
        for row in words_apart(text):
            yield row[0], f"{quoted(row[0])} is a word in pieces: each letter is heard alone.", "Write it in one piece."
    words = [word for word in sentences.words(text) if word[0].isalpha()]
    if language and len(words) >= _FEWEST and (other := foreign_language(words, language)):
        message = f"{quoted(text)} is in another language ({NAMES.get(other, other.title())}) than “{language}”."
        yield text, message, "Write it in the language of the issue, in words.yaml, or give its element a lang."


def _loud(node: PageElement, terms: frozenset[str]) -> str:
    """Return the words in capitals: those of a heading or a link, or more than two in a row."""
    if node.tag in _HEADINGS and node.text.isupper() and is_loud(WORD.findall(node.text), 1, terms):
        return node.text
    return next((" ".join(row) for _, row in loud_rows(node.text, MOST_IN_A_ROW, terms)), "")


def _pieces(node: PageElement) -> Iterator[str]:
    """Return the pieces of text directly in an element, with all their spaces."""
    yield str(node.element.text or "")
    yield from (str(child.tail or "") for child in node.element)


def _language(node: PageElement) -> str:
    return next((up.get("lang") for up in (node, *node.parents()) if up.get("lang")), "")
