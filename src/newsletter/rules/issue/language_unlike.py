"""An article is in the language that its `language` says.

A screen reader speaks each article with the voice of its language. An English voice turns Welsh words into noise, and
Arabic words into silence. Mail apps use the same key to offer a translation.

Bad:
    language: en-GB
    articles:
      - title: "Gallwch ofyn i ni yn Gymraeg"
        summary: "Mae ein nyrsys yn siarad Cymraeg ar ddydd Llun ac ar ddydd Mercher."

Good:
    language: en-GB
    articles:
      - title: "Gallwch ofyn i ni yn Gymraeg"
        language: cy
        summary: "Mae ein nyrsys yn siarad Cymraeg ar ddydd Llun ac ar ddydd Mercher."

WCAG 2.2, 3.1.1 Language of Page (A) and 3.1.2 Language of Parts (AA). The rule goes by the script, and by
the short words that every English text has. It cannot distinguish Welsh from Polish.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.issue.to_write import is_to_write

SEVERITY = "error"
OPTIONS = {"fewest_words": 20}

_LITTLE = frozenset(
    re.findall(
        r"\w+",
        "the of and to in is it you that for are on with we be this your our or not can have from by an at as will if "
        "they a was were has had may what when who how all more about there their them do does after before",
    )
)
# In English sentences, four words in ten are among these; in a list of names and times, one in ten. Other languages in
# the Latin script have a few that only look the same ("in", "die ... was", "on a").
_ENGLISH_FROM, _FOREIGN_UNDER = 0.35, 0.06
# Names and addresses in another script do not make another language of an article.
_OWN_SCRIPT_FROM = 0.25
_SCRIPTS = {
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ckb", "sd", "ug"), "ARABIC"),
    **dict.fromkeys(("he", "yi"), "HEBREW"),
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk", "mn", "kk", "ky", "tg"), "CYRILLIC"),
    **dict.fromkeys(("hi", "mr", "ne"), "DEVANAGARI"),
    **{"bn": "BENGALI", "pa": "GURMUKHI", "gu": "GUJARATI", "ta": "TAMIL", "te": "TELUGU", "ka": "GEORGIAN"},
    **{"el": "GREEK", "hy": "ARMENIAN", "am": "ETHIOPIC", "ti": "ETHIOPIC", "th": "THAI", "ko": "HANGUL"},
    **dict.fromkeys(
        ("en", "cy", "ga", "gd", "fr", "de", "es", "it", "pt", "nl", "pl", "ro", "sv", "da", "nb"), "LATIN"
    ),
    **dict.fromkeys(
        ("so", "tr", "vi", "sq", "cs", "sk", "hu", "lt", "lv", "et", "fi", "hr", "sl", "yo", "sw"), "LATIN"
    ),
}


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the language of each article that has enough words."""
    for article in issue.articles:
        words = [
            word.lower()
            for paragraph in issue.paragraphs_of(article)
            if not is_to_write(paragraph.words)
            for sentence in paragraph.sentences
            for word in sentence.each
        ]
        if len(words) < options["fewest_words"]:
            continue
        language = article.language.split("-")[0]
        other, hint = _other(words, language)
        if not other:
            continue
        message = (
            f"The language of {quoted(article.article.title or 'the article')} is “{article.language}”, but {other}."
        )
        yield Finding(article, message, f"{hint} under the article's title.")


def _other(words: list[str], language: str) -> tuple[str, str]:
    """Return what contradicts a language, and what to write instead; two empty texts if nothing does."""
    scripts: Counter[str] = Counter()
    for letter, times in Counter("".join(words)).items():
        if letter.isalpha():
            scripts[_script(letter)] += times
    script = scripts.most_common(1)[0][0] if scripts else ""
    own = _SCRIPTS.get(language, script)
    if script != own and scripts[own] >= _OWN_SCRIPT_FROM * scripts.total():
        return "", ""
    english = sum(word in _LITTLE for word in words) / len(words)
    if language == "en" and script == "LATIN" and english < _FOREIGN_UNDER:
        return "its words are not English", _suggestion(script)
    if language != "en" and script == "LATIN" and english >= _ENGLISH_FROM:
        return "its words are English", "Write “language: en-GB”"
    if script != own:
        return f"its script is {script.title()}", _suggestion(script)
    return "", ""


def _suggestion(script: str) -> str:
    """Return a hint with the languages of a script, the most common first. Most languages use the Latin script."""
    codes = [code for code, name in _SCRIPTS.items() if name == script]
    if script == "LATIN" or not codes:
        return "Write the code of its language, such as “language: cy” for Welsh,"
    first, *more = codes
    others = f" (or one of {', '.join(more)})" if more else ""
    return f"Write “language: {first}”{others}"


@lru_cache(maxsize=10_000)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
