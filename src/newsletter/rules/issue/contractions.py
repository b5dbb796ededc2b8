"""Words are written in full.

A contraction hides a word, often the important one: "can't" looks almost like "can". People with aphasia or dyslexia,
and people who are learning English, understand "cannot" more easily.

Bad:
    - text: |
        You can't park here. We'll send a map.

Good:
    - text: |
        You cannot park here. We will send a map.

Stroke Association, Aphasia-friendly Content Guidelines
(https://strokedigital.atlassian.net/wiki/spaces/SAF/pages/187531265/Aphasia-friendly+Content+Guidelines).
GOV.UK style and the NHS digital service manual ask for it in negative contractions only, because some people read them
as their opposite. The rule is on only in the profile aphasia-friendly. It looks at English only. It ignores quotations
and stories in which somebody says "I": they are that person's own words.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import is_own_story, own_english_prose, without_speech

SEVERITY = "off"
PROFILES = {"aphasia-friendly": {"severity": "warning"}}

_CONTRACTION = re.compile(
    r"\b(?:(?P<verb>[a-z]+)n['’]t|(?P<word>I|you|we|they|he|she|it|that|there|here|what|who|where|how|when|why|let)"
    r"['’](?P<rest>m|re|ve|ll|d|s))\b",
    re.IGNORECASE,
)
_PARTICIPLE_AFTER_HAD = re.compile(r"\W+(?:\w+ly\W+)?(?:been|had|done|gone|got|come|seen|made|better|\w{2,}ed)\b")
_PARTICIPLE_AFTER_HAS = re.compile(r"\W+(?:\w+ly\W+)?(?:been|had|got|become|come|gone)\b")
_VERBS = {"ca": "can", "wo": "will", "sha": "shall"}
_WORD_OF_ENDING = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would", "s": "is"}


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each contraction, such as "can't"."""
    for paragraph in own_english_prose(issue):
        words = without_speech(paragraph.words)
        if is_own_story(paragraph, words):
            continue
        for match in _CONTRACTION.finditer(words):
            hint = f"Write it in full: “{_in_full(match)}”."
            yield Finding(paragraph.at(match.start()), f"“{match[0]}” is a contraction.", hint)


def _in_full(match: re.Match[str]) -> str:
    if verb := match["verb"]:
        whole = _VERBS.get(verb.lower(), verb.lower())
        words = "cannot" if whole == "can" else f"{whole} not"
    elif match["word"].lower() == "let":
        words = "let us"
    else:
        words = f"{match['word']} {_rest(match)}"
    return words[0].upper() + words[1:] if match[0][0].isupper() else words


def _rest(match: re.Match[str]) -> str:
    """Return the verb that the apostrophe shortens. The next word shows whether "it's" means "it has" or "it is"."""
    rest = match["rest"].lower()
    if rest == "d" and _PARTICIPLE_AFTER_HAD.match(match.string, match.end()):
        return "had"
    if rest == "s" and _PARTICIPLE_AFTER_HAS.match(match.string, match.end()):
        return "has"
    return _WORD_OF_ENDING[rest]
