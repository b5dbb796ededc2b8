"""Nothing is named only by its position, shape or colour.

In one column, in plain text and in speech, there is no right and no left. In dark mode, and for colour-blind people,
the green box is not green. "Above" and "below" are fine, because the order is the same everywhere.

Bad:
    - text: |
        Use the form on the right, or the green button.

Good:
    - text: |
        Use the form under "Ask a nurse", or the button "Book a call".

WCAG 2.2, 1.3.3 Sensory Characteristics (A), and 1.4.1 Use of Color (A). The rule looks at English only.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import own_english_prose, without_speech

SEVERITY = "warning"
POLICIES = {"strict": {"severity": "error"}}

_PARTS = (
    "box|button|link|panel|banner|table|chart|graph|diagram|figure|picture|photo|image|column|menu|form|map|article|"
    "section|heading|logo|icon|story|list|text|words"
)
_COLOURS = "red|green|blue|yellow|orange|purple|pink|grey|gray|teal|turquoise|brown"
_SIDES_OF_PAGE = (
    r"(?:left|right)(?:[- ]hand(?: side| column)?)?\b(?!\W*(?:of|hand|side|track|path|foot|arm|leg|eye|ear|knee|hip|"
    r"shoulder|lung|one|people|person|place|time|way|day|note|lines|amount|dose)\b)"
)
_PATTERNS = (
    # the form on the right; see the picture to the left
    rf"\b(?i:{_PARTS})s?\s+(?:(?:is|are|shown)\s+)?(?:on|to|at|in)\s+(?:the|your)\s+{_SIDES_OF_PAGE}",
    # on the right you can see; click on the right; to the left is
    r"\b(?i:see|click|tap|shown|pictured|find|look)\s+(?:it\s+)?(?:on|to)\s+(?:the|your)\s+" + _SIDES_OF_PAGE,
    # see right; pictured left
    r"\b(?i:see|pictured|shown|photo|picture)\s+(?:left|right)(?=\s*(?:[.,;:)]|$))",
    # the box at the top right
    rf"\b(?i:{_PARTS})s?\s+(?:(?:is|are|shown)\s+)?(?:on|at|in)\s+(?:the\s+)?(?:top|bottom|upper|lower)[- ]"
    r"(?:left|right)\b",
    # the round button
    r"\b(?i:the|a|our)\s+(?:round|square|circular|oval|triangular)\s+(?:button|icon|link|tab)s?\b",
    # the right-hand column
    r"\b(?i:left|right)[- ]hand\s+(?:column|box|menu|panel|corner of (?:the|this) (?:page|email))",
    # the green box
    rf"\b(?i:the)\s+(?:{_COLOURS})\s+(?:box|button|link|panel|banner|text|words|bar|bars|icon|heading|tab)\b",
    # the red line is our income, in a chart
    rf"(?:\b(?i:the)\s+|(?<![^.!?]\s)(?<!\S)(?=[A-Z]))(?i:{_COLOURS}|black|white|dark|darker|light|lighter|shaded)\s+"
    r"(?:line|bar|column|curve|dot|slice|segment|part|area|wedge|band)s?\s+"
    r"(?:is|are|shows?|means?|marks?|stands?|represents?|tells?)\b(?!\s+(?:closed|late|busy))",
    # see overleaf; the box opposite; the picture above left
    rf"\b(?i:overleaf)\b|\b(?i:{_PARTS})s?\s+(?:opposite(?=\s*(?:[.,;:)]|$))|(?:above|below)[ -](?:left|right)\b)",
    # fields in red, words in bold
    rf"\b(?i:fields|boxes|questions|lines|numbers|days|names|words|sections|rows|cells|places|times|dates)\s+in\s+"
    rf"(?:{_COLOURS}|bold|italics?|capitals)\b(?!\s+(?:ink|pen|wool|and\s+in))",
    r"\b(?i:the)\s+(?:bold|underlined|highlighted|shaded|coloured)\s+(?:words|text|letters|names|dates|lines|parts|boxes)\b",
    # the second column
    r"\b(?i:see|look (?:at|in)|read)\s+the\s+(?:first|second|third|last|middle)\s+column\b",
    # the icon with a bin
    r"\b(?i:click|tap|press|choose|select)\s+(?:on\s+)?the\s+icon\s+(?:with|of|that)\b",
    # marked with a red star
    rf"\b(?i:marked|labelled|flagged|highlighted|shown)\s+(?:with|by)\s+(?i:an?|the)\s+(?:{_COLOURS})\s+"
    r"(?:star|dot|asterisk|line|circle|flag|mark|tick|arrow|label|square|border|box|spot|cross)s?\b",
    # shown in red; below in red
    rf"\b(?i:shown|marked|written|highlighted|printed|listed|below|above|words|those|dates|items)\s+in\s+(?:{_COLOURS})\b"
    r"(?!\s+(?:ink|pen|wool|and\s+in))",
)
_BY_APPEARANCE = re.compile(rf"(?<!\w)(?=[A-Za-z])(?:{'|'.join(_PATTERNS)})")
_APPEARANCE_WORD = re.compile(
    r"\b(?:bold|italics?|capitals|underlined|highlighted|coloured|column|icon|left|right|overleaf|opposite|round|square|circular|oval|triangular|shaded|black|white|dark(?:er)?|light(?:er)?|"
    rf"{_COLOURS})\b",
    re.IGNORECASE,
)
"""One of these is in each match, and fast to search for."""
_REAL_BOX = re.compile(
    r"\s+(?:of|(?:fell|came|dropped|is|are) (?:off|missing)"
    r"|(?:on|from|of) (?:her|his|my|their|an?) (?:coat|shirt|jacket|dress|cardigan|blouse|trousers)"
    r"|on (?:the|your) (?:wall|pump|pen|phone|device|door|lift|machine|remote)|by the (?:door|bed)|recycling)\b"
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report parts of the email that are named by side, shape or colour."""
    for paragraph in own_english_prose(issue):
        if not _APPEARANCE_WORD.search(paragraph.words):
            continue
        words = without_speech(paragraph.words)
        for match in _BY_APPEARANCE.finditer(words):
            if _REAL_BOX.match(words, match.end()):
                continue
            message = f"“{match[0]}” names something by its side, shape or colour, which not every reader can see."
            hint = "Name it by its words: its heading, its title or the words on the button."
            yield Finding(paragraph.at(match.start()), message, hint)
