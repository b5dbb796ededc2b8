"""Only key words are bold, not whole sentences.

Bold helps people with aphasia to find the words that carry the meaning. If everything is bold, nothing is easy to find.

Bad:
    - text: |
        **You can say no at any time to the people who run the trial.** Your care stays the same.

Good:
    - text: |
        You can **say no** at any time to the people who run the trial. Your care stays the same.

Stroke Association, Aphasia-friendly Content Guidelines
(https://strokedigital.atlassian.net/wiki/spaces/SAF/pages/187531265/Aphasia-friendly+Content+Guidelines):
key words in bold, and not the small words between them. The rule is on only in the profile aphasia-friendly. A few
words, such as "Act now.", may be all bold.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check import sentences
from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph
from newsletter.check.rule import Finding
from newsletter.check.wording import quote_start
from newsletter.words import count_words

SEVERITY = "off"
OPTIONS = {"fewest_words": 5}
PROFILES = {"aphasia-friendly": {"severity": "warning"}}


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each sentence whose words are all bold."""
    for paragraph in issue.paragraphs():
        for start, end in sentences.spans(paragraph.words) if paragraph.bold else ():
            words = paragraph.words[start:end]
            if count_words(words) >= options["fewest_words"] and _is_bold(paragraph, start, end):
                message = f"This whole sentence is bold: {quote_start(words)}."
                yield Finding(paragraph.at(start), message, "Keep ** only around the few words that matter most.")


def _is_bold(paragraph: Paragraph, start: int, end: int) -> bool:
    plain = list(paragraph.words)
    for first, last in paragraph.bold:
        plain[first:last] = " " * (last - first)
    return not sentences.words("".join(plain[start:end]))
