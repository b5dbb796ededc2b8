"""News of a study says which study.

Readers take the news to their neurologist, and the neurologist will want to read it. Without a source nobody can check
what was found, or see that it was found in mice.

Bad:
    - text: |
        A new study found that yoga eases fatigue.

Good:
    - text: |
        A new study found that yoga eases fatigue.
    source: {title: "Seated yoga and fatigue", publisher: "Journal of Rehabilitation", year: 2026}

Science Media Centre, 10 best practice guidelines for reporting science and health stories ("state the source of the
story"). It looks at English only. `source`, the source of figures, or a link is enough: one in the same paragraph, or
one anywhere in the article that speaks of a study, its results or where it was published.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import ArticleRef, IssueText, LinkRef
from newsletter.check.prose import Sentence
from newsletter.check.rule import Finding
from newsletter.check.wording import short
from newsletter.rules.issue._studies import told

SEVERITY = "warning"

_STUDY = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|research|papers?|journal|report|review|results?|findings|survey|analysis|evidence|"
    r"published|abstract|full text|preprint|lancet|bmj|jama|nature|neurology|cochrane)\b|"
    r"doi\.org|pubmed|ncbi\.nlm|medrxiv|plos",
    re.IGNORECASE,
)
_HINT = (
    "Add 'source:' to the article, with the study's title, publisher and year; or link to the study in this paragraph."
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for articles that tell results and name no source."""
    for article in issue.articles:
        sentences = list(told(issue, article, with_claims=True))
        if sentences and not _has_source(issue, article, sentences):
            message = (
                f"{short(sentences[0].written)} tells what was found, but the article does not say in which study."
            )
            yield Finding(sentences[0], message, _HINT)


def _has_source(issue: IssueText, article: ArticleRef, sentences: list[Sentence]) -> bool:
    if article.article.source:
        return True
    if any(item.kind == "source" for item in issue.paragraphs_of(article)):
        return True
    links = [link for link in issue.links if link.path[:2] == article.path and link.url.startswith("http")]
    return any(_STUDY.search(f"{link.words} {link.url}") or _is_beside(link, issue, sentences) for link in links)


def _is_beside(link: LinkRef, issue: IssueText, sentences: list[Sentence]) -> bool:
    """Whether a link stands in the paragraph of one of the sentences."""
    return any(
        link.words in [paragraph.words[start:end] for start, end in paragraph.links]
        for paragraph in issue.paragraphs()
        if paragraph.path == link.path
        and any(sentence.path == paragraph.path and sentence.words in paragraph.words for sentence in sentences)
    )
