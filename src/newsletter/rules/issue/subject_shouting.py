"""The subject does not shout.

Words in capitals are harder to read, above all with dyslexia, and some screen readers spell them out. Screen readers
say the name of each emoji: “party popper party popper party popper”. Spam filters are stricter with capitals.

Bad:
    subject: "LAST CHANCE to join!! 🎉🎉🎉"

Good:
    subject: "Two weeks left to join the balance study"

NHS digital service manual, Formatting and punctuation: no block capitals; SpamAssassin, rule SUBJ_ALL_CAPS. The rest is
our own.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph
from newsletter.check.rule import Finding
from newsletter.rules.issue._capitals import glossary_words, loud_words

SEVERITY = "warning"
POLICIES = {"strict": {"severity": "error"}}

_PICTURE = "(?:[\U0001f1e6-\U0001f1ff]{2}|[☀-➿⬀-⯿\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff])"
_COLOUR = (
    "[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*+"  # of the skin or the emoji itself; the letters of a flag
)
_EMOJI = f"{_PICTURE}{_COLOUR}(?:\u200d{_PICTURE}{_COLOUR})*+"
_EMOJI_ROW = re.compile(rf"(?<!\u200d){_EMOJI}(?:\s*+{_EMOJI})+")
_MARKS = re.compile(r"[!！¡]\s*[!！¡]+|[?？؟]\s*[?？؟!！]+|[!！]\s*[?？؟]+")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report capitals, rows of emoji, and rows of exclamation or question marks."""
    explained = glossary_words(issue)
    for subject in issue.paragraphs("subject"):
        loud = [word[0] for word in loud_words(subject.words, explained)]
        if loud:
            message = f"The subject has words in capitals: {quoted(' '.join(loud))}."
            hint = "Write lower case. If it is an abbreviation that readers know, add it to the glossary."
            yield Finding(subject, message, hint)
        yield from _rows(subject)


def _rows(subject: Paragraph) -> Iterator[Finding]:
    if row := _EMOJI_ROW.search(subject.words):
        hint = "Keep at most one, at the end, and say in words what it means."
        message = f"The subject has a row of emoji, {quoted(row[0])}. Screen readers say the name of each."
        yield Finding(subject, message, hint)
    if row := _MARKS.search(subject.words):
        hint = "Write one mark, or a full stop. Let the words say how important it is."
        yield Finding(subject, f"The subject shouts with “{row[0]}”.", hint)
