"""English in messages: counts, lists, guesses of what was meant."""

import difflib
from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """Ask whether the nearest known name was meant, or say something else."""
    near = difflib.get_close_matches(name.lower().replace("_", "-"), list(known), n=1, cutoff=0.6)
    return f"Did you mean '{near[0]}'?" if near else otherwise
