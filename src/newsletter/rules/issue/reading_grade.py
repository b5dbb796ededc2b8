"""A child of thirteen can read the article.

Of 100 adults of working age in England, 43 cannot read well enough for common health information (Rowlands 2015, doi
10.3399/bjgp15X685285). Fatigue, pain or worry make reading harder for everybody. The grade is computed from the length
of sentences and words. It is a smoke alarm, not a judge: an article full of names of drugs can be clear, and an article
of short words can be confused. Words that the glossary explains do not count.

Bad:
    - text: |
        Participants demonstrating deterioration subsequent to administration of the therapy necessitated
        hospitalisation.

Good:
    - text: |
        Some people got worse after the treatment. They had to stay in hospital.

English: Flesch-Kincaid grade 8, which is a reading age of 13 or 14. NHS digital service manual, How we write: 9 to 11,
or 11 to 14 if medical words make that hard. Aphasia-friendly: grade 6, as in the Stroke Association's Aphasia-friendly
Content Guidelines. Other languages with an alphabet and spaces between words: LIX 45; that limit is our own.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.readability import ArticleGrade, grades
from newsletter.check.rule import Finding
from newsletter.check.syllables import syllables
from newsletter.check.wording import quote_start
from newsletter.english import join

SEVERITY = "warning"
OPTIONS = {"grade": 8.0, "lix": 45.0, "fewest_words": 100}
PROFILES = {"aphasia-friendly": {"grade": 6.0, "lix": 35.0}}

_MONTHS = {"january", "february"}  # the months with more than three syllables


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the reading grade of each article that has enough words."""
    for graded in grades(issue, options["fewest_words"]):
        most, title = options[graded.measure], graded.article.article.name
        if graded.value <= most:
            continue
        if graded.measure == "grade":
            message = f"{title} has reading grade {graded.value:.1f}. The limit is {most:g}."
            names = _names(issue, graded)
            long = {word for word in graded.words if syllables(word) > 3 and word.lower() not in names}
            yield Finding(graded.article, message, _hint(graded, long.__contains__))
        else:
            message = f"{title} has a reading index (LIX) of {graded.value:.0f}. The limit is {most:g}."
            yield Finding(graded.article, message, _hint(graded, lambda word: len(word) > 10))


def _names(issue: IssueText, graded: ArticleGrade) -> set[str]:
    """Return, in lower case, the words that have a capital letter inside a sentence: nobody can shorten a name."""
    sentences = (sentence for paragraph in issue.paragraphs_of(graded.article) for sentence in paragraph.sentences)
    capitals = {word.lower() for sentence in sentences for word in sentence.each[1:] if word[0].isupper()}
    return capitals.difference(graded.words) | _MONTHS


def _hint(graded: ArticleGrade, is_hard: Callable[[str], bool]) -> str:
    words = graded.words
    hard = list(dict.fromkeys(word.lower() for word in words if is_hard(word)))
    often = sorted(hard, key=lambda word: -sum(word == other.lower() for other in words))[:4]
    swap = f" Use shorter words for {join(f'“{word}”' for word in often)}, or explain them in the glossary."
    return f"Split long sentences, such as {quote_start(graded.longest)}." + swap * bool(often)
