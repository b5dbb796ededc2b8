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

WCAG 2.2, 3.1.1 Language of Page (A) and 3.1.2 Language of Parts (AA). The rule goes by the script, and by the short
words that every text of a language has. It knows those of 23 languages, and also looks at each sentence, title,
button and description of a picture. Names, and sentences of one or two words, may be in any language. Of two languages
that are like each other, such as Spanish and Catalan, or Arabic and Persian, it does not say which one it is.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.languages import (
    NAMES,
    SCRIPTS,
    foreign_language,
    has_words_of_others,
    is_like_english,
    is_unspaced,
    script_of,
    script_of_language,
)
from newsletter.check.prose import Sentence
from newsletter.check.rule import Finding
from newsletter.english import count

SEVERITY = "error"
OPTIONS = {"fewest_words": 20}

_SHORT_WORDS = frozenset(
    re.findall(
        r"\w+",
        "the of and to in is it you that for are on with we be this your our or not can have from by an at as will if "
        "they a was were has had may what when who how all more about there their them do does after before",
    )
)
# In English sentences, four words in ten are among these; in a list of names and times, one in ten. Other languages in
# the Latin script have a few that only look the same ("in", "die ... was", "on a").
_ENGLISH_FROM, _FOREIGN_UNDER = 0.35, 0.06
_ENOUGH_DIFFERENT = 20
_LETTERS = {"CJK": "Chinese"}
_FEWEST = 3  # words: two are a name
# Names and addresses in another script do not make another language of an article.
_OWN_SCRIPT_FROM = 0.25


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the language of each article that has enough words, and of each sentence of the others."""
    whole: set[int] = set()
    for article in issue.articles:
        words = [
            word.lower()
            for paragraph in issue.paragraphs_of(article)
            if not paragraph.is_to_write
            for sentence in paragraph.sentences
            for word in sentence.each
        ]
        if len(words) < options["fewest_words"]:
            continue
        other, hint = _other(words, article.language)
        if not other:
            continue
        whole.add(article.index)
        message = (
            f"The language of {quoted(article.article.title or 'the article')} is “{article.language}”, but {other}."
        )
        yield Finding(article, message, f"{hint} under the article's title.")
    yield from _sentences(issue, whole)


def _sentences(issue: IssueText, whole: Collection[int]) -> Iterator[Finding]:
    """Report the first sentence of another language in each article, and how many follow.

    Args:
        issue: the issue.
        whole: the articles that are in another language as a whole.
    """
    foreign: dict[tuple[int | str | None, str, str], list[Sentence]] = {}
    for paragraph in (*issue.paragraphs(), *issue.brand_paragraphs):
        article = paragraph.path[1] if paragraph.path[0] == "articles" else None
        if article in whole or paragraph.is_to_write:
            continue
        for sentence in paragraph.sentences:
            words = [word for word in sentence.each if word[0].isalpha()]
            is_enough = len(words) >= _FEWEST or is_unspaced(words)
            other = foreign_language(words, paragraph.language) if is_enough else ""
            if other:
                foreign.setdefault((article, other, sentence.location.file), []).append(sentence)
    for (_, other, file), (sentence, *more) in foreign.items():
        also = f", and {count(len(more), 'more sentence')} here" if more else ""
        what = "in another language" if other in NAMES else f"in {_LETTERS.get(other, other.title())} letters"
        what = "English" if other == "en" else what
        message = f"{quoted(sentence.text.strip())} is {what}{also}, but the language is “{sentence.language}”."
        if file != issue.issue.file.name:
            hint = "Write it in the language of the brand. Words in another one have a file, such as brand.cy.yaml."
        elif sentence.path[-1] == "alt":
            hint = "Describe the picture in the language of its article."
        else:
            hint = f"{_own_article(other)}, or write it in the language around it."
        yield Finding(sentence, message, hint)


def _own_article(other: str) -> str:
    """Return a hint to write another language, or a script, into an article of its own."""
    if other in NAMES:
        return f"Put it into an article of its own, with “language: {other}” if it is {NAMES[other]}"
    return f"Put it into an article of its own. {_suggestion(other)} there"


def _other(words: list[str], tag: str) -> tuple[str, str]:
    """Return what contradicts a language, and what to write instead; two empty texts if nothing does."""
    scripts: Counter[str] = Counter()
    for letter, times in Counter("".join(words)).items():
        if letter.isalpha():
            scripts[script_of(letter)] += times
    script = scripts.most_common(1)[0][0] if scripts else ""
    own = script_of_language(tag) or script
    if script != own and scripts[own] >= _OWN_SCRIPT_FROM * scripts.total():
        return "", ""
    english = sum(word in _SHORT_WORDS for word in words) / len(words)
    # Captions that repeat each other have few different words, and no short ones.
    is_enough = len(set(words)) >= _ENOUGH_DIFFERENT or has_words_of_others(words, "en")
    if tag.partition("-")[0] == "en" and script == "LATIN" and english < _FOREIGN_UNDER and is_enough:
        return "its words are not English", _suggestion(script)
    if not is_like_english(tag) and script == "LATIN" and english >= _ENGLISH_FROM:
        return "its words are English", "Write “language: en-GB”"
    if script != own:
        return f"its script is {script.title()}", _suggestion(script)
    return "", ""


def _suggestion(script: str) -> str:
    """Return a hint with the languages of a script, the most common first. Most languages use the Latin script."""
    codes = [code for code, name in SCRIPTS.items() if name == script]
    if script == "LATIN" or not codes:
        return "Write the code of its language, such as “language: cy” for Welsh,"
    first, *more = codes
    others = f" (or one of {', '.join(more)})" if more else ""
    return f"Write “language: {first}”{others}"
