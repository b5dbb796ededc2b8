"""The words that an issue explains."""

import re
from collections.abc import Iterator
from functools import lru_cache

from newsletter.issue.brand import Brand
from newsletter.issue.markdown import plain_words
from newsletter.issue.model import Issue
from newsletter.issue.text_fields import InlineMarkdown, Markdown, Text
from newsletter.issue.walk import iter_values
from newsletter.words import is_whole

_ADDRESS = re.compile(r"://|@|^(?:mailto|tel|sms):|\w\.[a-z]{2}")


def glossary(issue: Issue, brand: Brand) -> dict[Text, InlineMarkdown]:
    """Return the explanations of the issue, and those of the brand whose term is in it, by term from A to Z."""
    words = "\n".join(_texts(issue))
    used: dict[Text, InlineMarkdown] = {
        term: explanation for term, explanation in brand.glossary.items() if _is_in(term, words)
    }
    return dict(sorted({**used, **issue.glossary}.items(), key=lambda item: item[0].casefold()))


def _texts(issue: Issue) -> Iterator[str]:
    """Yield the words of an issue, without addresses."""
    for _, value in iter_values(issue):
        if isinstance(value, Markdown):
            for token in value.tokens:
                yield _without_addresses(plain_words(token.children or ()))
        elif isinstance(value, Text):
            yield _without_addresses(value)


@lru_cache(maxsize=4096)
def _without_addresses(text: str) -> str:
    return " ".join(word for word in text.split() if not _ADDRESS.search(word))


def _is_in(term: str, words: str) -> bool:
    """Check whether a term, or its plural with s, is a whole word or words of a text.

    A term with capitals after its first letter counts only as it is written: MS is not in “Ms Smith”.
    """
    has_capitals = any(letter.isupper() for word in term.split() for letter in word[1:])
    pattern = re.compile(rf"{re.escape(term)}(?:s(?![^\W_]))?", 0 if has_capitals else re.IGNORECASE)
    return any(is_whole(words, *match.span()) for match in pattern.finditer(words))
