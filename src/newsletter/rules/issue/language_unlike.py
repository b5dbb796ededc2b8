"""An article is in the language that it says.

A screen reader speaks each article with the voice of its language. Welsh words in an English voice are noise, and
Arabic ones are silence. Mail programs offer to translate, or do not, by the same word.

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

WCAG 2.2, 3.1.1 Language of Page (A) and 3.1.2 Language of Parts (AA). It goes by the script of the letters, and by the
little words that no page of English does without; it does not tell Welsh from Polish.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS = {"fewest_words": 20}

_LITTLE = frozenset(
    re.findall(
        r"\w+",
        "the of and to in is it you that for are on with we be this your our or not can have from by an at as will if "
        "they a was were has had may what when who how all more about there their them do does after before",
    )
)
# Of running English, four words in ten are among these; in a list of names and times one in ten; in other languages
# with Latin letters those that only look alike ("in", "die ... was", "on a").
_ENGLISH_FROM, _FOREIGN_UNDER = 0.35, 0.06
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
    """Look at each article that has enough words."""
    for article in issue.articles:
        words = [
            word.lower()
            for paragraph in issue.paragraphs_of(article)
            for sentence in paragraph.sentences
            for word in sentence.each
        ]
        if len(words) < options["fewest_words"]:
            continue
        language = article.language.split("-")[0]
        other, hint = _other(words, language)
        if not other:
            continue
        message = f"“{article.article.title}” says that it is in “{article.language}”, but {other}."
        yield Finding(article, message, f"{hint} under the article's title.")


def _other(words: list[str], language: str) -> tuple[str, str]:
    """Say what speaks against a language, and which would fit; nothing when nothing does."""
    scripts: Counter[str] = Counter()
    for letter, times in Counter("".join(words)).items():
        if letter.isalpha():
            scripts[_script(letter)] += times
    script = scripts.most_common(1)[0][0] if scripts else ""
    if script and script != _SCRIPTS.get(language, script):
        return f"its letters are {script.title()}", _fitting(script)
    english = sum(word in _LITTLE for word in words) / len(words)
    if language == "en" and script == "LATIN" and english < _FOREIGN_UNDER:
        return "its words are not English", _fitting("")
    if language != "en" and script == "LATIN" and english >= _ENGLISH_FROM:
        return "its words are English", "Write 'language: en-GB'"
    return "", ""


def _fitting(script: str) -> str:
    """Name the languages of a script, the one with the most readers first; the Latin one settles nothing."""
    first, *more = [code for code, name in _SCRIPTS.items() if name == script != "LATIN"] or ["cy"]
    if first == "cy":
        return "Write 'language: cy', or whichever it is,"
    others = f" ({', '.join(more)} if it is one of these)" if more else ""
    return f"Write 'language: {first}'{others}"


@lru_cache(maxsize=10_000)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
