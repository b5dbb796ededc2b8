"""Words are not written in capitals only.

In capitals, all words have the same outline, a box. That makes them harder to read, above all with dyslexia, low vision
or aphasia. Some screen readers spell them out like abbreviations.

Bad:
    - text: |
        PLEASE DO NOT STOP your tablets before you have asked.

Good:
    - text: |
        **Please do not stop** your tablets before you have asked.

UKAAF, Creating clear print and large print documents (G003): no large blocks of capitals; NHS digital service manual,
Formatting and punctuation: no block capitals.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.rules.issue._capitals import MOST_IN_A_ROW, glossary_words, is_loud_heading, loud_rows

SEVERITY = "warning"
OPTIONS = {"most_in_a_row": MOST_IN_A_ROW}
POLICIES = {"strict": {"severity": "error"}}


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check each heading and each row of words. The subject has its own rule."""
    explained = glossary_words(issue)
    hint = "Write lower case; in a text, use **bold** if it is important. Explain an abbreviation in the glossary."
    for paragraph in issue.paragraphs():
        if paragraph.kind == "subject":
            continue
        if is_loud_heading(paragraph, explained):
            yield Finding(paragraph, f"These words are all in capitals: {quoted(paragraph.words)}.", hint)
            continue
        for start, row in loud_rows(paragraph.words, options["most_in_a_row"], explained):
            message = f"These words are all in capitals: {quoted(' '.join(row))}."
            yield Finding(paragraph.at(start), message, hint)
    for text in issue.brand_texts:
        for _, row in loud_rows(text.text, options["most_in_a_row"], explained):
            yield Finding(text, f"These words are all in capitals: {quoted(' '.join(row))}.", hint)
