"""Find the sentences of an English article that report the results of a study."""

import re
from collections.abc import Iterator

from newsletter.check.cached_on_argument import cached_on_argument
from newsletter.check.issue_text import ArticleRef, IssueText
from newsletter.check.prose import Sentence
from newsletter.check.wording import is_prose, is_said_by_somebody
from newsletter.source.nodes import KeyPath

_STUDY = r"(?:stud(?:y|ies)|(?:clinical |randomised |drug )?trials?|research|researchers|scientists|survey|analysis)"
_REPORT_VERBS = (
    r"(?:found|finds?|shows?|showed|shown|suggest(?:s|ed)?|reveal(?:s|ed)?|report(?:s|ed)?|"
    r"conclude[sd]?|discover(?:s|ed)?|looked at|followed|confirm(?:s|ed)?|linked|proves?|proved|proven)"
)
_OPEN = r"(?:may|might|will|could|hopes?|to|not|no|if|what|whether)"
_RESULT_OF_STUDY = re.compile(
    rf"\b{_STUDY}\b(?:\s+(?!{_OPEN}\b)[\w’'-]+){{0,5}}?\s+(?:has |have )?{_REPORT_VERBS}\b"
    rf"|\b(?:results|findings)\s+(?:of|from)\s+(?:a|the|this|an|our)\s+(?:[\w-]+\s+){{0,3}}?{_STUDY}\b"
    rf"|\b(?:a|another|one|this|new|recent|latest) (?:\w+ )?(?:stud(?:y|ies)|research|survey|report) (?:now |has"
    rf" |have )?(?:says?|said|claims?|proves?|links?)\b(?! (?:nothing|little|less|no|so)\b)"
    rf"|\baccording to (?:a|the|this|an|new|recent)\s+(?:[\w-]+\s+){{0,3}}?{_STUDY}\b",
    re.IGNORECASE,
)
# Claims that name no study: "Scientists say that ...", "It has been proven to ..."
_CLAIM = re.compile(
    r"\b(?:scientists|researchers|experts|academics)\s+(?:now |also )?(?:say|said|believe|claim)\s+"
    r"(?!(?:they|we|you)\b)|"
    r",? (?:say|says|claim|believe|according to) (?:experts|scientists|researchers|doctors|academics"
    r"|neurologists|specialists)\b|"
    r"\b(?:doctors|experts|academics|neurologists|a team (?:at|from|of) [\w ]{3,40})\s+(?:has |have )"
    r"(?:now |just |also )?(?:found|shown|proved|proven|discovered)\b|"
    r"\b(?:has|have) been (?:clinically |scientifically )?(?:shown|proved|proven) (?:to|that)\b|"
    r"\b(?:clinically|scientifically) (?:proved|proven)\b",
    re.IGNORECASE,
)
_NO_RESULT_YET = re.compile(
    r"\b(?:will|hope to|aims? to|wants? to|plans? to|once|until|when|if|whether)\b|"
    r"\b(?:found|find|shows?|report) (?:a|the|their|his|her|our) (?:new |good )?(?:way|place|home|venue|trial|study)\b|"
    r"\bresearch(?:ed)? funding\b",
    re.IGNORECASE,
)


def result_sentences(issue: IssueText, article: ArticleRef, with_claims: bool = False) -> tuple[Sentence, ...]:
    """Return the sentences of an article that report results of a study, without plans and questions.

    Args:
        issue: the issue's text.
        article: one of its articles.
        with_claims: whether sentences that name no study count too, such as "Scientists say that ..."
    """
    return (_with_claims if with_claims else _without_claims)(issue).get(article.path, ())


@cached_on_argument
def _without_claims(issue: IssueText) -> dict[KeyPath, tuple[Sentence, ...]]:
    return {article.path: tuple(_of_article(issue, article, False)) for article in issue.articles}


@cached_on_argument
def _with_claims(issue: IssueText) -> dict[KeyPath, tuple[Sentence, ...]]:
    return {article.path: tuple(_of_article(issue, article, True)) for article in issue.articles}


def _of_article(issue: IssueText, article: ArticleRef, with_claims: bool) -> Iterator[Sentence]:
    for paragraph in issue.paragraphs_of(article):
        if (
            not paragraph.language.startswith("en")
            or not is_prose(paragraph)
            or paragraph.kind in ("label", "q", "title")
            or paragraph.path[-2:] == ("link", "text")
            or is_said_by_somebody(paragraph)
            or not (_RESULT_OF_STUDY.search(paragraph.words) or (with_claims and _CLAIM.search(paragraph.words)))
        ):
            continue
        for sentence in paragraph.sentences:
            match = _RESULT_OF_STUDY.search(sentence.words) or (_CLAIM.search(sentence.words) if with_claims else None)
            if not match or _NO_RESULT_YET.search(sentence.words) or sentence.words.endswith("?"):
                continue
            # A link "The results of the study" says where they are, not what they are.
            if not sentence.is_linked(*match.span()):
                yield sentence
