"""A paragraph is a few sentences.

A wall of text is hard to begin, and hard to find the way back into after a rest. White space shows where one thought
ends; people who listen can skip to the next.

Bad:
    - text: |
        The study was small. It ran for a year. Ten people took part. All had fatigue. Six felt better. Four did not.

Good:
    - text: |
        The study was small. It ran for a year. Ten people took part.

        All had fatigue. Six felt better. Four did not.

W3C, Making Content Usable for People with Cognitive and Learning Disabilities: "Keep Text Succinct", "Use White
Spacing". NHS digital service manual, How we write, has up to 3 sentences; the limit of 4 is our own.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph, Sentence
from newsletter.check.rule import Finding
from newsletter.check.wording import prose, short

SEVERITY = "warning"
OPTIONS = {"most_sentences": 4}

_STOP = re.compile(r"[.!?…؟۔。！？][\"'”’»›)\]]*$")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Count the sentences of each paragraph."""
    most = options["most_sentences"]
    for paragraph in prose(issue):
        sentences = _sentences(paragraph)
        if len(sentences) > most:
            middle = sentences[(len(sentences) + 1) // 2]
            message = f"This paragraph has {len(sentences)} sentences; {most} are the most."
            yield Finding(
                paragraph,
                message,
                f"Begin a new paragraph where the thought changes, such as at {short(middle.written)}.",
            )


def _sentences(paragraph: Paragraph) -> list[Sentence]:
    """Give its sentences; the lines of an address or of a poem are none."""
    in_lines = "\n" in paragraph.words
    return [sentence for sentence in paragraph.sentences if not in_lines or _STOP.search(sentence.words)]
