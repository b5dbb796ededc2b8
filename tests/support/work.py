"""How much work a function does, without a clock: a busy computer changes nothing."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def calls_of(function: Callable[[], object]) -> int:
    """Count the calls of Python's and C's functions while a function runs.

    A loop inside a loop over the same text shows in it. What one regular expression does, does not: see slow_patterns.
    """
    calls = 0

    def count(_: FrameType, event: str, __: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(None)
    return calls
