"""News of a study says which study.

Readers take the news to their neurologist, who will want to read the study. Without a source, nobody can check the
result, or see that it is about mice.

Bad:
    - text: |
        A new study found that yoga eases fatigue.

Good:
    - text: |
        A new study found that yoga eases fatigue.
    source: {title: "Seated yoga and fatigue", publisher: "Journal of Rehabilitation", year: 2026}

Science Media Centre, 10 best practice guidelines for reporting science and health stories ("state the source of the
story"). The rule looks at English only. `source`, the source of figures, or a link is enough. The link can be in the
same paragraph, or anywhere in the article if it mentions a study, its results or its publisher.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_links import LinkRef
from newsletter.check.issue_text import ArticleRef, IssueText
from newsletter.check.prose import Sentence
from newsletter.check.rule import Finding
from newsletter.check.wording import quote_start
from newsletter.rules.issue._studies import result_sentences

SEVERITY = "warning"
SECTOR = "health"

_STUDY = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|research|papers?|journal|report|review|results?|findings|survey|analysis|evidence|"
    r"published|abstract|full text|preprint|lancet|bmj|jama|nature|neurology|cochrane)\b|"
    r"doi\.org|pubmed|ncbi\.nlm|medrxiv|plos",
    re.IGNORECASE,
)
_HINT = (
    "Add “source:” with the study's title, publisher and year to the article, or link to the study in this paragraph."
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report articles with results of a study but without a source."""
    for article in issue.articles:
        sentences = list(result_sentences(issue, article, with_claims=True))
        if sentences and not _has_source(issue, article, sentences):
            result = quote_start(sentences[0].text)
            message = f"{result} is a result, but the article does not say which study it is from."
            yield Finding(sentences[0], message, _HINT)


def _has_source(issue: IssueText, article: ArticleRef, sentences: list[Sentence]) -> bool:
    if article.article.source:
        return True
    if any(item.kind == "source" for item in issue.paragraphs_of(article)):
        return True
    links = [link for link in issue.links if link.path[:2] == article.path and link.url.startswith("http")]
    return any(_STUDY.search(f"{link.words} {link.url}") or _is_beside(link, issue, sentences) for link in links)


def _is_beside(link: LinkRef, issue: IssueText, sentences: list[Sentence]) -> bool:
    """Check whether a link is in the same paragraph as one of the sentences."""
    return any(
        link.words in [paragraph.words[start:end] for start, end in paragraph.links]
        for paragraph in issue.paragraphs()
        if paragraph.path == link.path
        and any(sentence.path == paragraph.path and sentence.words in paragraph.words for sentence in sentences)
    )
