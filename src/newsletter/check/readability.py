"""How hard each article reads: Flesch-Kincaid grade for English, LIX for other languages that it can measure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from newsletter.check import sentences
from newsletter.check.issue_text import ArticleRef, IssueText
from newsletter.check.prose import Paragraph, Sentence
from newsletter.check.syllables import syllables
from newsletter.check.wording import is_prose

_KINDS = frozenset(
    ["paragraph", "item", "quote", "summary", "purpose", "who_can_join", "who_cannot_join", "involves", "ask", "impact"]
)
_NOT_BY_LETTERS = frozenset(["ar", "fa", "he", "ur", "ps", "yi", "zh", "ja", "ko", "th", "lo", "km", "my", "bo", "am"])
"""Languages whose writing leaves out vowels or spaces: the length of their words means something else."""


@dataclass(frozen=True)
class Graded:
    """One article, how hard it reads and by which measure; its words without those that the glossary explains."""

    article: ArticleRef
    measure: Literal["grade", "lix"]
    value: float
    words: tuple[str, ...]
    longest: str
    """The sentence with most words."""


def grades(issue: IssueText, fewest_words: int) -> Iterator[Graded]:
    """Measure each article that has enough words, in a language that one of the two can measure."""
    glossary = sorted({*issue.issue.glossary, *issue.brand.glossary}, key=len, reverse=True)
    terms = "|".join(map(re.escape, glossary))
    explained = re.compile(rf"\b(?:{terms})s?\b" if terms else r"(?!)", re.IGNORECASE)
    for article in issue.articles:
        found = [sentence for paragraph in issue.paragraphs_of(article) for sentence in _read(paragraph)]
        words = tuple(word for sentence in found for word in _without(explained, sentence))
        if len(words) < fewest_words:
            continue
        longest = max(found, key=lambda sentence: sentence.count).words
        per_sentence = len(words) / len(found)
        if article.language.startswith("en"):
            grade = 0.39 * per_sentence + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
            yield Graded(article, "grade", grade, words, longest)
        elif article.language.split("-")[0] not in _NOT_BY_LETTERS:
            lix = per_sentence + 100 * sum(len(word) > 6 for word in words) / len(words)
            yield Graded(article, "lix", lix, words, longest)


def _read(paragraph: Paragraph) -> tuple[Sentence, ...]:
    return paragraph.sentences if paragraph.kind in _KINDS and is_prose(paragraph) else ()


def _without(explained: re.Pattern[str], sentence: Sentence) -> list[str]:
    """Give its words but for those that the glossary explains."""
    rest = explained.sub("", sentence.words)
    return sentences.words(rest) if rest != sentence.words else sentence.each
