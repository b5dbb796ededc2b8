"""Find each article of one version in another, also if it has another title or another place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from newsletter.changes.version import Section
from newsletter.words import words

_MOST_ARTICLES = 4
"""A word in more articles than this says little about which one it is."""
_SAME_FROM = 0.5
"""Two articles are the same if they share at least this part of the rarer words of the shorter one."""


def match_articles(old: Sequence[Section], new: Sequence[Section]) -> list[tuple[int, int]]:
    """Return the positions of each article that is in both versions.

    Articles are the same if no other one has their title, or else if most of their rarer words are the same.
    """
    pairs = _with_same_title(old, new)
    old_matched, new_matched = ({pair[side] for pair in pairs} for side in (0, 1))
    return pairs + _with_same_words(_rarer_words(old, old_matched), _rarer_words(new, new_matched))


def _with_same_title(old: Sequence[Section], new: Sequence[Section]) -> list[tuple[int, int]]:
    old_counts, new_counts = (Counter(section.title for section in sections) for sections in (old, new))
    places = {section.title: at for at, section in enumerate(new)}
    return [
        (at, places[section.title])
        for at, section in enumerate(old)
        if old_counts[section.title] == new_counts[section.title] == 1
    ]


def _with_same_words(old: Mapping[int, set[str]], new: Mapping[int, set[str]]) -> list[tuple[int, int]]:
    articles = _articles_by_word(old)
    shared = Counter((old_at, at) for at, own in new.items() for word in own for old_at in articles.get(word, ()))
    pairs: dict[int, int] = {}
    paired: set[int] = set()
    for (old_at, new_at), number in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        shorter = min(len(old[old_at]), len(new[new_at]))
        if old_at not in pairs and new_at not in paired and number >= shorter * _SAME_FROM:
            pairs[old_at] = new_at
            paired.add(new_at)
    return list(pairs.items())


def _rarer_words(sections: Sequence[Section], without: Collection[int]) -> dict[int, set[str]]:
    """Return the different words of each article that are in few others, by its position."""
    own = {
        at: {word.casefold() for value in section.values for word in words(value.text)}
        for at, section in enumerate(sections)
        if at not in without
    }
    articles = _articles_by_word(own)
    return {at: {word for word in each if len(articles[word]) <= _MOST_ARTICLES} for at, each in own.items()}


def _articles_by_word(own: Mapping[int, set[str]]) -> dict[str, list[int]]:
    articles: dict[str, list[int]] = defaultdict(list)
    for at, each in own.items():
        for word in each:
            articles[word].append(at)
    return articles
