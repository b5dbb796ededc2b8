"""A sign does not stand for a word or a number.

Screen readers say "white heavy check mark", "large green circle", "circled digit one" or nothing at all for ✅, 🟢 and
①. They leave out →, “+” and “=” between words. Colours mean nothing to many readers, and not everybody knows what an
emoji or “:-)” means. Beside the word, an emoji does no harm. Circles of two colours after lines are data.

Bad:
    - text: |
        Ramp: ✅. Lift: 🔴. Bring your 🐶, and ring ① the nurse or ② the doctor.

Good:
    - text: |
        Ramp: yes. Lift: out of order. Bring your dog, and ring the nurse or the doctor.

WCAG 2.2, 1.3.3 Sensory Characteristics (A), and its failure F26; 1.4.1 Use of Color (A). Emoji between words are looked
for in English only.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.prose import MASK, Paragraph
from newsletter.check.rule import Finding
from newsletter.source.nodes import KeyPath

SEVERITY = "warning"
POLICIES = {"strict": {"severity": "error"}}

_SELECTOR = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*"
_ONE_SIGN = "[\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]"
_SIGN = f"{_ONE_SIGN}{_SELECTOR}(?:\u200d{_ONE_SIGN}{_SELECTOR})*"
_STATE_SIGN = "[🚫⛔🛑✅❌✓✔✗✘☑☒☐★☆⭐✖❎🟢🔴🟡🟠🔵🟣🟤⚫⚪🟥🟧🟨🟩🟦🟪🟫⬛⬜●○◉◯■□▲▼👍👎]"
_COLOURED = "🟢🔴🟡🟠🔵🟣🟤⚫⚪🟥🟧🟨🟩🟦🟪🟫⬛⬜●○✅❌✓✔✗✘☑☒❎👍👎"
_AT_END = re.compile(
    rf"^(?P<words>[^\n]{{1,60}}?[^\W_])\W{{0,3}}?\s?(?P<sign>[{_COLOURED}]){_SELECTOR}[ \t]*$", re.MULTILINE
)
"""A line that ends in a sign."""
_SAYS_STATE = re.compile(
    r"\b(?:open|closed|shut|free|full|yes|no|not|none|red|green|amber|yellow|orange|blue|easy|hard|steep|flat|good|bad|high|low"
    r"|busy|quiet|on|off|safe|cancelled|available|ready|done|late|right|wrong)\b",
    re.IGNORECASE,
)
_MOST_WORDS_OF_A_LABEL = 5
_ANY_SIGN = re.compile(r"[\u2190-\u2bff\U0001f300-\U0001faff]")
_LETTERS = "[\u24b6-\u24e9\U0001f170-\U0001f17e\U0001f180-\U0001f189]"
_ENCLOSED = re.compile(
    rf"[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793]|[0-9*#]\ufe0f?\u20e3|(?<!{_LETTERS}){_LETTERS}(?!{_LETTERS})"
)
_ONLY_SIGNS = re.compile(rf"\s*+(?>{_SIGN})(?:\s?(?>{_SIGN}))?+\s*+")
_AFTER_NAME = re.compile(rf"(?<=[:=–-] )(?:{_STATE_SIGN}{_SELECTOR})(?=\s*(?:[.,;|/)]|$))")
_SIGN_IN_SENTENCE = re.compile(
    r"\b(?:an?|the|your|our|my|their|his|her|no|more|some|with|without|by|for|of|and|or|[Bb]ring|need"
    r"|want|love|I|I['’]m|we|We|they|They|[Pp]lease|to) "
    rf"(?P<sign>{_SIGN})(?=\s[a-z]|[.,;!?]|$)"
)
_CROSS_AFTER_WORD = re.compile(rf"(?<=\w )[❌✗✘❎👎]{_SELECTOR}(?=\s*(?:[.,;|/)\n]|$)|\s+[A-Z])")
_NEGATION = re.compile(
    r"\b(?:no|not|never|none|closed|off|full|over|without|cannot|wrong|myth|false)\b|n['’]t\b", re.IGNORECASE
)
_DIRECTION = re.compile(r"(?<=\w )[↑↓⬆⬇▲▼📈📉]\ufe0f?(?=\s*(?:\d|[.,;|/)]|$))|(?<=\w )[➡⬅]\ufe0f?(?= \w)")
_BETWEEN_WORDS = re.compile(
    r"(?<=[^\W\d] )(?:(?P<then>[>→⇒➔➜➝»]|->|=>) (?=[A-Z])|(?P<to>[→⇒➔➜👉]|->|=>) (?=[a-z])|(?P<plus>\+) (?=[a-z])"
    r"|(?P<is>=) (?=[^\W\d])|(?P<bar>\|) (?=[^\W\d]))|(?<=[a-z] )(?P<more>[↑↓⬆⬇]\ufe0f?) (?=[a-z])"
)
"""Signs of mathematics and arrows, where people say a word."""
_WORD_OF_SIGN = {
    "then": "then",
    "to": "to",
    "plus": "and",
    "is": "is",
    "bar": "and” or “or",
    "more": "more” or “less",
}
_TICKED = re.compile(rf"(?<!\S)[✅❌✓✔✗✘☑☒❎]{_SELECTOR}\s?(?!(?:yes|no)\b)(?=[^\W\d])", re.IGNORECASE)
_FEWEST_TICKED = 2
_SIGN_AFTER_IS = re.compile(
    rf"\b(?:is|are|was|were|looks?|now) (?P<sign>{_STATE_SIGN}{_SELECTOR})(?=\s(?!(?:red|green|amber|yellow|orange"
    rf"|blue|yes|no|open|closed|full|free|easy|hard|late|on|off)\b)[a-z]|\s*[.,;!?)]|\s*$)"
)
_COLOURED_CIRCLE = re.compile(
    rf"(?<=[a-z] )(?<!red )(?<!green )(?<!amber )(?<!yellow )(?<!orange )(?<!blue )"
    rf"(?P<sign>[🟢🔴🟡🟠🔵🟣🟤🟥🟧🟨🟩🟦🟪🟫]{_SELECTOR})"
    rf"(?= (?!(?:red|green|amber|yellow|orange|blue|yes|no|open|closed|easy|hard)\b)[a-z])"
)
_WORDS = {
    "❌✗✘☒❎🔴🟥👎✖🚫⛔🛑": "no",
    "🟡🟠🟨🟧": "in part",
    "🟢🟩": "open",
    "↑⬆▲📈": "up by",
    "↓⬇▼📉": "down by",
    "➡": "then",
    "⬅": "from",
    "★☆⭐": "recommended",
    "☎✆📞📱": "Phone:",
    "✉📧🖂": "Email:",
}
_SIGN_CAN_STAY = " The sign can stay beside it."
_NAMES = frozenset(["alt", "by", "credit", "publisher", "source", "name"])
"""Keys whose values can be names with a sign."""
_CHARACTERS_BEFORE = 200
_EMOTICON = re.compile(r"(?<!\S)(?:[:;=]['^-]?[()DPp]|[:;=8]-[()DPpOo|/*])(?=[\s.,!?]|$)")
_CONTACT = re.compile(rf"(?<!\w )(?<!\w)(?<!: )(?P<sign>[☎✆📞📱✉📧🖂])\ufe0f?[ \t]?(?=[\d+({MASK}])")
"""A sign in front of a number or an address, and no word."""
_RATINGS = re.compile(r"(?:[★☆⭐]\ufe0f?\s?){3}")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report numbers in circles, values that are only a sign, signs after a colon, and emoji between words."""
    yield from _coloured_lines(issue)
    for paragraph in (*issue.paragraphs(), *issue.brand_paragraphs):
        words = paragraph.words
        if smiley := _EMOTICON.search(words):
            message = f"{quoted(smiley[0])} is heard sign by sign, such as “colon, right bracket”, or not at all."
            yield Finding(paragraph.at(smiley.start()), message, "Say it in words, or leave it out.")
        if paragraph.language.startswith("en") and paragraph.kind not in _NAMES:
            for match in _BETWEEN_WORDS.finditer(words):
                sign, word = match[0].strip(), _WORD_OF_SIGN[str(match.lastgroup)]
                message = f"“{sign}” is heard as the name of a sign, or not at all."
                yield Finding(paragraph.at(match.start()), message, f"Write a word, such as “{word}”.")
        if words.isascii():
            continue
        if number := _ENCLOSED.search(words):
            message = f"{quoted(number[0])} is heard as “circled” or “keycap” and its number or letter, or not at all."
            hint = "Write the number or letter alone, or begin a list with 1., 2. and so on."
            yield Finding(paragraph.at(number.start()), message, hint)
        if _ANY_SIGN.search(words) and not _RATINGS.search(words):
            yield from _signs(paragraph, words)


def _signs(paragraph: Paragraph, words: str) -> Iterator[Finding]:
    if _ONLY_SIGNS.fullmatch(words):
        message = f"Not everybody hears or knows what {quoted(words.strip())} stands for."
        yield Finding(paragraph.at(0), message, f"Write the word, such as “{_word(words.strip())}”.{_SIGN_CAN_STAY}")
        return
    ticked = [match.start() for match in _TICKED.finditer(words)]
    if len(ticked) >= _FEWEST_TICKED and any(words[start - 1 : start] == " " for start in ticked):
        message = f"{quoted(words[ticked[0]])} and the signs after it stand for “yes” or “no” {len(ticked)} times here."
        yield Finding(paragraph.at(ticked[0]), message, "Say it in words, such as “There is a lift, and no ramp.”")
    for match in (*_AFTER_NAME.finditer(words), *_CONTACT.finditer(words)):
        sign = match[0].strip()
        message = f"Not everybody hears or knows what {quoted(sign)} stands for."
        yield Finding(paragraph.at(match.start()), message, f"Write the word, such as “{_word(sign)}”.{_SIGN_CAN_STAY}")
    crossed = (
        one for one in _CROSS_AFTER_WORD.finditer(words) if not _NEGATION.search(_sentence_before(words, one.start()))
    )
    for match in [*crossed, *_DIRECTION.finditer(words)]:
        message = f"{quoted(match[0])} is the only thing that says this, and not everybody hears or sees it."
        yield Finding(paragraph.at(match.start()), message, f"Write the word, such as “{_word(match[0])}”.")
    if not paragraph.language.startswith("en"):
        return
    between = [*_SIGN_IN_SENTENCE.finditer(words), *_SIGN_AFTER_IS.finditer(words), *_COLOURED_CIRCLE.finditer(words)]
    places = {match.start("sign"): match["sign"] for match in between if match.start("sign") not in ticked}
    for start, sign in places.items():
        message = f"{quoted(sign)} stands for a word here. Not everybody hears or knows it."
        yield Finding(paragraph.at(start), message, f"Write the word.{_SIGN_CAN_STAY}")


def _coloured_lines(issue: IssueText) -> Iterator[Finding]:
    """Report the first of the lines of a value that end in different signs, such as “Monday 🟢” and “Tuesday 🔴”."""
    ended: dict[KeyPath, list[tuple[Paragraph, re.Match[str]]]] = {}
    for paragraph in issue.paragraphs():
        if not paragraph.words.isascii():
            for line in _AT_END.finditer(paragraph.words):
                ended.setdefault(paragraph.path, []).append((paragraph, line))
    for lines in ended.values():
        are_labels = all(len(line["words"].split()) <= _MOST_WORDS_OF_A_LABEL for _, line in lines)
        if len({line["sign"] for _, line in lines}) > 1 and are_labels:
            paragraph, line = lines[0]
            if not any(_SAYS_STATE.search(line["words"]) for _, line in lines):
                message = f"What {quoted(line['sign'])} and the other signs of these lines mean is not heard."
                hint = f"Write the word after each, such as “{_word(line['sign'])}”.{_SIGN_CAN_STAY}"
                yield Finding(paragraph.at(line.start("sign")), message, hint)


def _word(sign: str) -> str:
    """Return a word that a sign often stands for."""
    return next((word for signs, word in _WORDS.items() if sign[0] in signs), "yes")


def _sentence_before(words: str, offset: int) -> str:
    return re.split(r"[.!?\n]", words[max(0, offset - _CHARACTERS_BEFORE) : offset])[-1]
