"""Measures how hard an article is to read: Flesch-Kincaid grade for English, LIX for other languages."""

import re
from collections.abc import Iterator
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


@dataclass(frozen=True)
class ArticleGrade:
    """An article, how it is measured, the result, and its words without those that the glossary explains."""

    article: ArticleRef
    measure: Literal["grade", "lix"]
    value: float
    words: tuple[str, ...]
    longest: str
    """The sentence with the most words."""


def grades(issue: IssueText, fewest_words: int) -> Iterator[ArticleGrade]:
    """Measure each article with at least `fewest_words`, if one of the measures fits its language."""
    glossary = sorted({*issue.issue.glossary, *issue.brand.glossary}, key=len, reverse=True)
    terms = "|".join(map(re.escape, glossary))
    explained = re.compile(rf"\b(?:{terms})s?\b" if terms else r"(?!)", re.IGNORECASE)
    # The words of a link have the key “text”, too, but are no Markdown.
    short = {path for path, value in issue.values if path[-1] == "text" and isinstance(value, InlineMarkdown)}
    for article in issue.articles:
        texts = [each for each in issue.paragraphs_of(article) if each.kind in _KINDS or each.path in short]
        read = [sentence for text in texts if is_prose(text) for sentence in text.sentences]
        words = tuple(word for sentence in read for word in _without(explained, sentence))
        if len(words) < fewest_words:
            continue
        longest = max(read, key=lambda sentence: sentence.count).words
        per_sentence = len(words) / len(read)
        if article.language.startswith("en"):
            grade = 0.39 * per_sentence + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
            yield ArticleGrade(article, "grade", grade, words, longest)
        elif 2 * sum(_BY_LETTERS.match(word) is not None for word in words) > len(words):
            lix = per_sentence + 100 * sum(len(word) > 6 for word in words) / len(words)
            yield ArticleGrade(article, "lix", lix, words, longest)


def _without(explained: re.Pattern[str], sentence: Sentence) -> list[str]:
    """Return the words of a sentence except those that the glossary explains."""
    rest = explained.sub("", sentence.words)
    return sentences.words(rest) if rest != sentence.words else sentence.each
