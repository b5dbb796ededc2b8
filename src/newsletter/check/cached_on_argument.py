"""Caches what several rules need of one page, message or text."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Argument = TypeVar("Argument")
Value = TypeVar("Value")


def cached_on_argument(function: Callable[[Argument], Value]) -> Callable[[Argument], Value]:
    """Cache the values of a function in its argument, as `cached_property` does in its object.

    A value must not change later: a tuple is right, a generator is not.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def cached(argument: Argument) -> Value:
        attributes: dict[str, Any] = vars(argument)
        if name not in attributes:
            attributes[name] = function(argument)
        value: Value = attributes[name]
        return value

    return cached
