"""A sentence is short enough to remember.

People with brain fog or aphasia forget the beginning of a long sentence before its end. So do people who listen, and
people who magnify a few words at a time. One sentence says one thing.

Bad:
    - text: |
        If you have been offered the treatment, which is given in hospital over several weeks, it is a good idea to ask
        your nurse about the risks before you decide whether to go ahead.

Good:
    - text: |
        Have you been offered the treatment? It is given in hospital, over several weeks. Ask your nurse about the
        risks before you decide.

GOV.UK, Sentence length: why 25 words is our limit
(https://insidegovuk.blog.gov.uk/2014/08/04/sentence-length-why-25-words-is-our-limit). NHS digital service manual, How
we write, asks for up to 20 words. The limit of 15 for aphasia-friendly is our own. In Chinese, Japanese, Thai, Lao,
Khmer and Burmese, which have no spaces between words, words are estimated from signs (Trauzettel-Klosinski 2012, doi
10.1167/iovs.11-8284): 40 signs in Chinese are as long as 25 words. Thai and Lao have no sign at the end of a sentence,
so the rule looks at the phrases between their spaces. A list of names is no sentence to remember.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Sentence
from newsletter.check.rule import Finding
from newsletter.check.wording import prose, quote_start
from newsletter.problems import Severity

SEVERITY = "warning"
OPTIONS = {"longest": 25, "block_over": 1000}
POLICIES = {"strict": {"block_over": 35}}
PROFILES = {"aphasia-friendly": {"longest": 15}}

_COMMA = re.compile(r"[,;،、]")
_FEWEST_NAMES = 4
_MOSTLY = 0.6


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the number of words of each sentence."""
    for paragraph in prose(issue):
        for sentence in paragraph.sentences:
            if sentence.count > options["longest"] and not _is_list_of_names(sentence):
                message = f"{_length(sentence)}: {quote_start(sentence.text)}."
                hint = f"Write two sentences, or leave words out. The limit is {options['longest']} words."
                severity: Severity | None = "error" if sentence.count > options["block_over"] else None
                yield Finding(sentence, message, hint, severity)


def _is_list_of_names(sentence: Sentence) -> bool:
    ""
    ""
    ""
    ""
    ""
    ""
    """Check whether most of a sentence is names between commas, which nobody has to remember."""
    capitals = sum(word[0].isupper() for word in sentence.each)
    return len(_COMMA.findall(sentence.words)) >= _FEWEST_NAMES and capitals > len(sentence.each) * _MOSTLY


def _length(sentence: Sentence) -> str:
    is_counted = sentence.count == len(sentence.each)
    return f"This sentence {'has' if is_counted else 'is as long as'} {sentence.count} words"
