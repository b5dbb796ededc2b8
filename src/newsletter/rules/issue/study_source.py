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
story"). It looks at English only. `source`, the source of figures, or a link to a website in the article is enough.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.written import ArticleUse, WrittenIssue
from newsletter.rules import Finding
from newsletter.rules.issue._prose import short
from newsletter.rules.issue._studies import told

SEVERITY = "warning"


def check(issue: WrittenIssue, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for articles that tell results and name no source."""
    for article in issue.articles:
        sentence = next(iter(told(issue, article)), None)
        if sentence and not _has_source(issue, article):
            message = f"{short(sentence.written)} tells of a study, but the article does not say which."
            yield Finding(
                sentence, message, "Add 'source:' to the article, with the study's title, publisher and year."
            )


def _has_source(issue: WrittenIssue, article: ArticleUse) -> bool:
    if article.article.source:
        return True
    if any(item.kind == "source" for item in issue.paragraphs_of(article)):
        return True
    return any(link.path[:2] == article.path and link.url.startswith("http") for link in issue.links)
