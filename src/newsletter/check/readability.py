"""Measures how hard an article is to read: Flesch-Kincaid grade for English, LIX for other languages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from newsletter.check import sentences
from newsletter.check.issue_text import ArticleRef, IssueText
from newsletter.check.prose import Sentence
from newsletter.check.syllables import syllables
from newsletter.check.wording import is_prose
from newsletter.issue.text_fields import InlineMarkdown

_KINDS = frozenset(
    ["paragraph", "item", "quote", "summary", "purpose", "who_can_join", "who_cannot_join", "involves", "ask", "impact"]
)
_BY_LETTERS = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Armenian}\p{Georgian}]")
"""Letters of the alphabets that write each vowel as a letter. LIX, which counts the letters of words, needs them."""


Measure = Literal["grade", "lix"]


@dataclass(frozen=True)
class ArticleGrade:
    """An article, how it is measured, the result, and its words without those that the glossary explains."""

    article: ArticleRef
    measure: Measure
    value: float
    words: tuple[str, ...]
    longest: str
    """The sentence with the most words."""


def grades(issue: IssueText, fewest_words: int) -> Iterator[ArticleGrade]:
    """Measure each article with at least `fewest_words`, if one of the measures fits its language."""
    for article, words, read in _articles(issue):
        if len(words) < fewest_words:
            continue
        if result := _measure(article.language, words, len(read)):
            yield ArticleGrade(article, *result, words, max(read, key=lambda sentence: sentence.count).words)


def whole_grade(issue: IssueText, fewest_words: int) -> tuple[Measure, float] | None:
    """Measure all articles in the language of the first as one text; None with fewer words, or without a measure."""
    articles = list(_articles(issue))
    language = articles[0][0].language if articles else ""
    same = [(words, read) for article, words, read in articles if article.language == language]
    words = tuple(word for its, _ in same for word in its)
    return _measure(language, words, sum(len(read) for _, read in same)) if len(words) >= fewest_words else None


def _articles(issue: IssueText) -> Iterator[tuple[ArticleRef, tuple[str, ...], list[Sentence]]]:
    """Yield each article with its words, those of the glossary left out, and its sentences."""
    glossary = sorted({*issue.issue.glossary, *issue.brand.glossary}, key=len, reverse=True)
    terms = "|".join(map(re.escape, glossary))
    explained = re.compile(rf"\b(?:{terms})s?\b" if terms else r"(?!)", re.IGNORECASE)
    # The words of a link have the key “text”, too, but are no Markdown.
    short = {path for path, value in issue.values if path[-1] == "text" and isinstance(value, InlineMarkdown)}
    for article in issue.articles:
        texts = [each for each in issue.paragraphs_of(article) if each.kind in _KINDS or each.path in short]
        read = [sentence for text in texts if is_prose(text) for sentence in text.sentences]
        yield article, tuple(word for sentence in read for word in _without(explained, sentence)), read


def _measure(language: str, words: Sequence[str], sentences: int) -> tuple[Measure, float] | None:
    """Return the measure for a language, and its value for a text; None if no measure fits the language."""
    per_sentence = len(words) / sentences
    if language.startswith("en"):
        return "grade", 0.39 * per_sentence + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    if 2 * sum(_BY_LETTERS.match(word) is not None for word in words) > len(words):
        return "lix", per_sentence + 100 * sum(len(word) > 6 for word in words) / len(words)
    return None


def _without(explained: re.Pattern[str], sentence: Sentence) -> list[str]:
    """Return the words of a sentence except those that the glossary explains."""
    rest = explained.sub("", sentence.words)
    return sentences.words(rest) if rest != sentence.words else sentence.each
