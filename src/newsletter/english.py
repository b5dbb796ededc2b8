"""English in messages: counts, lists, guesses of what was meant."""

import difflib
from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """Ask whether the nearest known name was meant, or say something else."""
    near = difflib.get_close_matches(name.lower().replace("_", "-"), list(known), n=1, cutoff=0.6)
    return f"Did you mean '{near[0]}'?" if near else otherwise


def count(number: int, thing: str, plural: str = "") -> str:
    """Return a number with its thing, such as "1 rule", "2 rules" or, with a plural of its own, "2 entries"."""
    return f"{number:,} {thing if number == 1 else plural or thing + 's'}"


def join(items: Iterable[str]) -> str:
    """Return a list in words: "a", "a and b" or "a, b and c"."""
    *first, last = list(items) or [""]
    return f"{', '.join(first)} and {last}" if first else last
