"""Try to make something. Whatever goes wrong is a problem: nothing but `Overtaken` is ever raised."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from typing import TypeVar

from newsletter.problems import Location, Problem, Problems

_Made = TypeVar("_Made")


class Superseded(Exception):  # noqa: N818 - nothing went wrong
    """A newer save made the work of this one needless."""


def catch_problems(make: Callable[[], _Made], file: str) -> _Made | tuple[Problem, ...]:
    """Give what a function makes, or why it makes nothing.

    Args:
        make: the function.
        file: where a fault of our own is shown, as problems name it.
    """
    try:
        return make()
    except Problems as problems:
        return problems.problems
    except Superseded:
        raise
    # Of every kind: an engine written in Rust panics with an exception of its own. Elsewhere a traceback is a bug and
    # ends the program; the preview tells it, too, but an editor's afternoon shall not end with it.
    except BaseException as error:  # noqa: BLE001
        traceback.print_exc(file=sys.stderr)
        message = f"The preview cannot show this, through a fault of its own ({type(error).__name__})."
        hint = "What is in your file may be right. Please report it with what is on the terminal."
        return (Problem(Location(file), "fault", message, hint),)
