"""English for messages: numbers with nouns, lists, and similar names."""

import difflib
from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return a question that names the most similar known name; without one, `otherwise`."""
    similar = difflib.get_close_matches(name.lower().replace("_", "-"), list(known), n=1, cutoff=0.6)
    return f"Did you mean “{similar[0]}”?" if similar else otherwise


def count(number: int, thing: str, plural: str = "") -> str:
    """Return a number and a noun, such as "1 rule", "2 rules" or, with another plural, "2 entries"."""
    return f"{number:,} {thing if number == 1 else plural or thing + 's'}"


def join(items: Iterable[str]) -> str:
    """Return a list as text: "a", "a and b" or "a, b and c"."""
    *first, last = list(items) or [""]
    return f"{', '.join(first)} and {last}" if first else last
