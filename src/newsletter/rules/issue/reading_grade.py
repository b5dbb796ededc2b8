"""An article can be read by a child of thirteen.

Of adults of working age in England, 43 in 100 read less well than the health information in common use asks of them
(Rowlands 2015, doi 10.3399/bjgp15X685285), and fatigue, pain or worry make everybody read worse. The grade is computed
from the length of sentences and of words. It is a smoke alarm, not a judge: an article full of names of drugs can be
clear, and one of short words can be muddled. Words that the glossary explains are left out of it.

Bad:
    - text: |
        Participants demonstrating deterioration subsequent to administration of the therapy necessitated
        hospitalisation.

Good:
    - text: |
        Some people got worse after the treatment. They had to stay in hospital.

English: Flesch-Kincaid grade 8, which is a reading age of 13 or 14. NHS digital service manual, How we write: 9 to 11,
or 11 to 14 where medical words make that hard. Aphasia-friendly: grade 6, as in the Stroke Association's
Aphasia-friendly Content Guidelines. Other languages with an alphabet that has long and short words to count: LIX 45;
that limit is our own.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check import sentences
from newsletter.check.written import ArticleUse, Sentence, WrittenIssue
from newsletter.rules import Finding
from newsletter.rules.issue._prose import prose, short
from newsletter.rules.issue._syllables import syllables

SEVERITY = "warning"
OPTIONS = {"grade": 8.0, "lix": 45.0, "fewest_words": 100}
PROFILES = {"aphasia-friendly": {"grade": 6.0, "lix": 35.0}}

_KINDS = frozenset(
    ["paragraph", "item", "quote", "summary", "purpose", "who_can_join", "who_cannot_join", "involves", "ask", "impact"]
)
_NOT_BY_LETTERS = frozenset(["ar", "fa", "he", "ur", "ps", "yi", "zh", "ja", "ko", "th", "lo", "km", "my", "bo", "am"])
"""Languages whose writing leaves out vowels or spaces: the length of their words means something else."""


def check(issue: WrittenIssue, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compute the grade of each article that has enough words."""
    glossary = sorted({*issue.issue.glossary, *issue.brand.glossary}, key=len, reverse=True)
    explained = re.compile("|".join(rf"\b{re.escape(term)}s?\b" for term in glossary) or r"(?!)", re.IGNORECASE)
    for article in issue.articles:
        found = [sentence for sentence in _sentences(issue, article) if sentence.count]
        words = [word for item in found for word in sentences.words(explained.sub("", item.words))]
        if len(words) < options["fewest_words"]:
            continue
        longest = max(found, key=lambda sentence: sentence.count)
        per_sentence = len(words) / len(found)
        if article.language.startswith("en"):
            yield from _english(article, longest, words, per_sentence, options["grade"])
        elif article.language.split("-")[0] not in _NOT_BY_LETTERS:
            yield from _other(article, longest, words, per_sentence, options["lix"])


def _sentences(issue: WrittenIssue, article: ArticleUse) -> Iterator[Sentence]:
    for paragraph in prose(issue):
        if paragraph.path[:2] == article.path and paragraph.kind in _KINDS:
            yield from paragraph.sentences


def _english(
    article: ArticleUse, longest: Sentence, words: list[str], per_sentence: float, most: float
) -> Iterator[Finding]:
    per_word = sum(map(syllables, words)) / len(words)
    grade = 0.39 * per_sentence + 11.8 * per_word - 15.59
    if grade > most:
        message = f"“{article.article.title}” reads at grade {grade:.1f}; {most:g} is the most."
        yield Finding(article, message, _hint(longest, words, lambda word: syllables(word) > 3))


def _other(
    article: ArticleUse, longest: Sentence, words: list[str], per_sentence: float, most: float
) -> Iterator[Finding]:
    lix = per_sentence + 100 * sum(len(word) > 6 for word in words) / len(words)
    if lix > most:
        message = f"“{article.article.title}” has a reading index (LIX) of {lix:.0f}; {most:g} is the most."
        yield Finding(article, message, _hint(longest, words, lambda word: len(word) > 10))


def _hint(longest: Sentence, words: list[str], is_hard: Any) -> str:
    hard = list(dict.fromkeys(word.lower() for word in words if is_hard(word)))
    often = sorted(hard, key=lambda word: -sum(word == other.lower() for other in words))[:4]
    swap = f" Find shorter words for {', '.join(f'“{word}”' for word in often)}, or explain them in the glossary."
    return f"Split long sentences, such as {short(longest.words)}." + swap * bool(often)
