"""How hard each article reads: Flesch-Kincaid grade for English, LIX for other languages that it can measure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from newsletter.check import sentences
from newsletter.check.written import ArticleUse, WrittenIssue
from newsletter.rules.issue._prose import prose
from newsletter.rules.issue._syllables import syllables

_KINDS = frozenset(
    ["paragraph", "item", "quote", "summary", "purpose", "who_can_join", "who_cannot_join", "involves", "ask", "impact"]
)
_NOT_BY_LETTERS = frozenset(["ar", "fa", "he", "ur", "ps", "yi", "zh", "ja", "ko", "th", "lo", "km", "my", "bo", "am"])
"""Languages whose writing leaves out vowels or spaces: the length of their words means something else."""


@dataclass(frozen=True)
class Graded:
    """One article, how hard it reads and by which measure; its words without those that the glossary explains."""

    article: ArticleUse
    measure: Literal["grade", "lix"]
    value: float
    words: tuple[str, ...]
    longest: str
    """The sentence with most words."""


def grades(issue: WrittenIssue, fewest_words: int) -> Iterator[Graded]:
    """Measure each article that has enough words, in a language that one of the two can measure."""
    glossary = sorted({*issue.issue.glossary, *issue.brand.glossary}, key=len, reverse=True)
    explained = re.compile("|".join(rf"\b{re.escape(term)}s?\b" for term in glossary) or r"(?!)", re.IGNORECASE)
    for article in issue.articles:
        found = list(_sentences(issue, article))
        words = tuple(word for sentence in found for word in sentences.words(explained.sub("", sentence)))
        if len(words) < fewest_words:
            continue
        longest = max(found, key=lambda sentence: len(sentences.words(sentence)))
        per_sentence = len(words) / len(found)
        if article.language.startswith("en"):
            grade = 0.39 * per_sentence + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
            yield Graded(article, "grade", grade, words, longest)
        elif article.language.split("-")[0] not in _NOT_BY_LETTERS:
            lix = per_sentence + 100 * sum(len(word) > 6 for word in words) / len(words)
            yield Graded(article, "lix", lix, words, longest)


def _sentences(issue: WrittenIssue, article: ArticleUse) -> Iterator[str]:
    """Give those that hold a word. Not `paragraph.sentences`: the place of each, which costs most, is not wanted."""
    for paragraph in prose(issue):
        if paragraph.path[:2] == article.path and paragraph.kind in _KINDS:
            for start, end in sentences.spans(paragraph.words):
                if sentences.words(sentence := paragraph.words[start:end]):
                    yield sentence
