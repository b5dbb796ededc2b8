"""What several rules ask of one subject is made once for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Subject = TypeVar("Subject")
Made = TypeVar("Made")


def cached_per_subject(make: Callable[[Subject], Made]) -> Callable[[Subject], Made]:
    """Have a function of a subject run once for each subject, which keeps what it gives: see `cached_property`.

    What it gives must not change afterwards: a tuple, and no generator.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def given(subject: Subject) -> Made:
        kept: dict[str, Any] = vars(subject)
        if name not in kept:
            kept[name] = make(subject)
        made: Made = kept[name]
        return made

    return given
