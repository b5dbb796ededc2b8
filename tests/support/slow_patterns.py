"""Find regular expressions whose time grows faster than their input: `python -m support.slow_patterns`.

An argument is the beginning of the names of modules to look at.

Each pattern of the package is fed with repeated pieces of texts that it would match, at two sizes. A pattern that grows
with the square takes 256 times as long for a text that is 16 times as long. Two short texts say which pieces are worth
the longer ones. There, processor time counts and not the clock, so that a busy computer changes nothing.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import newsletter

TINY, SMALL, LARGE = 125, 1_000, 16_000
MOST_GROWTH = 48  # from SMALL to LARGE: 16 is linear, 256 is quadratic
SUSPECTED_GROWTH = 10  # from TINY to SMALL: 8 is linear, 64 is quadratic
SUSPECTED = 0.000_1  # seconds at SMALL; a quadratic pattern that needs NOTICEABLE at LARGE needs 0.000_16
NOTICEABLE = 0.04  # seconds at the larger size; linear patterns need about 0.001
LONGEST = 0.5  # seconds
_METHODS = ("match", "fullmatch", "search", "findall", "finditer", "sub", "subn", "split")
_WHOLE_TEXT = ("findall", "finditer", "sub", "subn", "split")
_ENDS = ("", "\0", "\n", "a", ")")
_PIECES = (
    "a",
    "A",
    "1",
    " ",
    "\n",
    ".",
    "a ",
    "A ",
    "a.",
    "1,",
    "1 ",
    "(",
    "a(",
    "<",
    "\\",
    '"',
    " 1",
    ",1",
    "-1",
    " a",
    "-a",
)


def main() -> None:
    begin = sys.argv[1] if len(sys.argv) > 1 else ""
    for (pattern, method), place in sorted(all_patterns().items(), key=lambda item: item[1]):
        if place.startswith(begin) and (text := growth(pattern, method)):
            sys.stdout.write(f"{place}: {method} of {pattern.pattern!r} takes {text}\n")


def growth(pattern: re.Pattern[Any], method: str) -> str:
    """Return for which text the time of a pattern grows too much; empty if for none."""
    signal.signal(signal.SIGVTALRM, _stop)
    for text in _attacks(pattern):
        if times := _growth(pattern, method, *text):
            return f"{times} as long for {text!r}"
    return ""


def all_patterns() -> dict[tuple[re.Pattern[Any], str], str]:
    """Return each pattern and method by which the package uses it, and the place."""
    patterns: dict[tuple[re.Pattern[Any], str], str] = {}
    modules = [(module, ast.parse(_source(module))) for module in map(importlib.import_module, _module_names())]
    methods = _methods_by_name(modules)
    for module, _ in modules:
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                for method in methods[module.__name__, name] | methods["", name]:
                    patterns.setdefault((value, method), f"{module.__name__}.{name}")
    for module, tree in modules:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_re(node.func.value):
                pattern, method = _evaluated(node, module), node.func.attr
                if method == "compile":  # in a list or a function, where nothing says how it is used
                    method = "finditer"
                    pattern = None if any(pattern == known for known, _ in patterns) else pattern
                if pattern is not None and method in _METHODS:
                    patterns.setdefault((pattern, method), f"{module.__name__}:{node.lineno}")
    return patterns


def _methods_by_name(modules: Iterable[tuple[ModuleType, ast.Module]]) -> defaultdict[tuple[str, str], set[str]]:
    """Return the methods that are called on each name of a module, or on an attribute of any module."""
    methods: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for module, tree in modules:
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in _METHODS:
                if isinstance(node.value, ast.Attribute):  # such as module.NAME.search
                    methods["", node.value.attr].add(node.attr)
                elif isinstance(node.value, ast.Name):
                    methods[module.__name__, node.value.id].add(node.attr)
    return methods


def _module_names() -> Iterator[str]:
    for module in pkgutil.walk_packages(newsletter.__path__, "newsletter."):
        if not module.name.endswith("__main__"):
            yield module.name


def _source(module: ModuleType) -> bytes:
    with open(module.__file__ or "", "rb") as stream:  # noqa: PTH123
        return stream.read()


def _is_re(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "re"


class _Names(dict[str, Any]):
    """The names of a module. Any other, such as that of a parameter, is a word."""

    def __missing__(self, name: str) -> Any:
        if name in dir(__builtins__) or (isinstance(__builtins__, dict) and name in __builtins__):
            raise KeyError(name)
        return "word"


def _evaluated(call: ast.Call, module: ModuleType) -> re.Pattern[Any] | None:
    """Return the pattern of a call such as `re.search(pattern, text, flags=re.IGNORECASE)`; None if it is unknown."""
    place = {"compile": 1, "match": 2, "fullmatch": 2, "search": 2, "findall": 2, "finditer": 2, "split": 3}
    flags = next((word.value for word in call.keywords if word.arg == "flags"), None)
    at = place.get(call.func.attr, 4)  # type: ignore[attr-defined]
    flags = flags or (call.args[at] if len(call.args) > at else ast.Constant(0))
    names = _Names(vars(module))
    try:
        pattern, options = (
            eval(compile(ast.Expression(node), "pattern", "eval"), names) for node in (call.args[0], flags)
        )
        return re.compile(pattern, options)
    except Exception:  # noqa: BLE001 - such as a name of a function's own
        return None


def _attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[Any, Any, Any]]:
    """Yield texts as three parts, of which the middle one is to be repeated."""
    is_bytes = isinstance(pattern.pattern, bytes)
    text = pattern.pattern.decode("latin-1") if is_bytes else pattern.pattern
    tree = parser.parse(text, pattern.flags & ~re.DEBUG)
    tried = set()
    for begin, piece in [("", piece) for piece in _PIECES] + list(_repeats(tree)):
        for end in _ENDS:
            parts = (begin, piece, end)
            if piece and parts not in tried:
                tried.add(parts)
                yield (begin.encode(), piece.encode(), end.encode()) if is_bytes else parts


def _repeats(tree: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield what comes before each repeated part, and the part; and each beginning of the whole that ends a word."""
    before = ""
    parts = list(tree)
    for (code, value), (following, _) in zip(parts, [*parts[1:], (None, None)], strict=False):
        for choice in range(2):
            for begin, piece in _inside(code, value, choice):
                yield before + begin, piece
                yield "", before + begin + piece
        before += _example([(code, value)], 0)
        if not code is following is codes.LITERAL:
            yield "", before
            yield "", before + " "


def _inside(code: Any, value: Any, choice: int) -> Iterator[tuple[str, str]]:
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        yield "", _example(value[2], choice)
        yield from _repeats(value[2])
    elif code is codes.SUBPATTERN:
        yield from _repeats(value[3])
    elif code is codes.ATOMIC_GROUP:
        yield from _repeats(value)
    elif code is codes.BRANCH:
        words = [branch for branch in value[1] if all(part is codes.LITERAL for part, _ in branch)]
        for branch in value[1]:
            if branch not in words[2:]:  # such as the names of twenty colours
                yield from _repeats(branch)
    elif code in (codes.ASSERT, codes.ASSERT_NOT):
        yield from _repeats(value[1])


def _example(tree: Iterable[Any], choice: int) -> str:
    """Return a text that a part of a pattern matches."""
    return "".join(_piece(code, value, choice) for code, value in tree)


def _piece(code: Any, value: Any, choice: int) -> str:
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.NOT_LITERAL:
        return "b" if value == ord("a") else "a"
    if code is codes.ANY:
        return "a"
    if code is codes.IN:
        return _member(value, choice)
    if code is codes.BRANCH:
        return _example(value[1][choice % len(value[1])], choice)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        least, most, body = value
        return _example(body, choice) * max(int(least), min(int(most), 1))
    if code is codes.SUBPATTERN:
        return _example(value[3], choice)
    if code is codes.ATOMIC_GROUP:
        return _example(value, choice)
    return ""


_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}
_CANDIDATES = "a1 -.,:;/A\n(b)<>\"'|*_#\t~é’“"


def _member(items: list[Any], choice: int) -> str:
    members = [character for character in _CANDIDATES if _is_in(character, items)]
    if not members:
        code, value = items[-1]
        return chr(value[0] if code is codes.RANGE else value) if code in (codes.RANGE, codes.LITERAL) else "a"
    return members[choice % len(members)]


def _is_in(character: str, items: list[Any]) -> bool:
    number, is_negated = ord(character), items[0][0] is codes.NEGATE
    holds = any(
        (code is codes.LITERAL and value == number)
        or (code is codes.RANGE and value[0] <= number <= value[1])
        or (code is codes.CATEGORY and re.fullmatch(_CATEGORIES[value], character) is not None)
        for code, value in items
    )
    return holds != is_negated


def _growth(pattern: re.Pattern[Any], method: str, begin: Any, piece: Any, end: Any) -> str:
    """Return how many times as long the larger text takes, if that is too much."""
    tiny, small, large = (begin + piece * (size // len(piece)) + end for size in (TINY, SMALL, LARGE))
    seconds = _seconds(pattern, method, small, time.perf_counter)
    if seconds < SUSPECTED:
        return ""
    if seconds >= LONGEST:  # so does the tiny one, if the time doubles with each letter
        return f"over {LONGEST} s and at least 16 times"
    # Whatever else the computer does makes a time longer, never shorter.
    shortest = min(_seconds(pattern, method, tiny, time.perf_counter) for _ in range(3))
    if any(_seconds(pattern, method, small, time.perf_counter) < SUSPECTED_GROWTH * shortest for _ in range(3)):
        return ""
    growth = MOST_GROWTH + 1.0
    for _ in range(3):
        longest = _seconds(pattern, method, large, time.process_time)
        if longest < NOTICEABLE or growth <= MOST_GROWTH:
            return ""
        if longest >= LONGEST:
            break
        # Sixteen times, because the clock of a processor may have steps of 0.01 seconds.
        growth = longest / max(_seconds(pattern, method, small, time.process_time, 16) / 16, 0.000_1)
    return f"{growth:.0f} times" if growth > MOST_GROWTH else ""


def _seconds(pattern: re.Pattern[Any], method: str, text: Any, clock: Callable[[], float], times: int = 1) -> float:
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    begin = clock()
    try:
        for _ in range(times):
            if method in _WHOLE_TEXT:
                sum(1 for _ in pattern.finditer(text))
            else:
                getattr(pattern, method)(text)
    except TimeoutError:
        return LONGEST
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return clock() - begin


def _stop(*_: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    main()
