"""A paragraph has only a few sentences.

It is hard to start reading a wall of text, and hard to find the place again after a rest. White space shows where a
thought ends. People who listen can skip to the next paragraph.

Bad:
    - text: |
        The study was small. It ran for a year. Ten people took part. All had fatigue. Six felt better. Four did not.

Good:
    - text: |
        The study was small. It ran for a year. Ten people took part.

        All had fatigue. Six felt better. Four did not.

W3C, Making Content Usable for People with Cognitive and Learning Disabilities: "Keep Text Succinct", "Use White
Spacing". NHS digital service manual, How we write, asks for up to 3 sentences; the limit of 4 is our own. A caption
cannot be two paragraphs, so it may have more short sentences.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph, Sentence
from newsletter.check.rule import Finding
from newsletter.check.sentences import last_stop
from newsletter.check.wording import prose, quote_start

SEVERITY = "warning"
OPTIONS = {"most_sentences": 4}

_FEW_WORDS = 3
"""A paragraph with so few words for each sentence that it may have is no wall of text: "Wash hands. Wear gloves." """
_FEW_WORDS_OF_A_CAPTION = 8
"""The same for a caption, which cannot be two paragraphs."""


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the number of sentences of each paragraph."""
    most = options["most_sentences"]
    for paragraph in prose(issue):
        sentences = _sentences(paragraph)
        words = sum(sentence.count for sentence in sentences)
        if len(sentences) > most and words > most * (
            _FEW_WORDS_OF_A_CAPTION if paragraph.kind == "caption" else _FEW_WORDS
        ):
            middle = sentences[(len(sentences) + 1) // 2]
            message = f"This paragraph has {len(sentences)} sentences. The limit is {most}."
            hint = f"Begin a new paragraph where the topic changes, for example at {quote_start(middle.text)}."
            yield Finding(paragraph, message, hint)


def _sentences(paragraph: Paragraph) -> list[Sentence]:
    """Return the sentences of a paragraph, without the lines of an address or a poem."""
    in_lines = "\n" in paragraph.words
    return [sentence for sentence in paragraph.sentences if not in_lines or last_stop(sentence.words)]
