"""Caches what several rules need of one subject."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Subject = TypeVar("Subject")
Result = TypeVar("Result")


def cached_per_subject(function: Callable[[Subject], Result]) -> Callable[[Subject], Result]:
    """Cache the results of a function in its subject, as `cached_property` does.

    A result must not change later: a tuple is right, a generator is not.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def cached(subject: Subject) -> Result:
        attributes: dict[str, Any] = vars(subject)
        if name not in attributes:
            attributes[name] = function(subject)
        result: Result = attributes[name]
        return result

    return cached
