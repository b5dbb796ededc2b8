"""Find regular expressions whose time grows faster than their input: `python -m support.slow_patterns`.

An argument is the beginning of the names of modules to look at.

Each pattern of the package is fed with repeated pieces of texts that it would match, at two sizes. A pattern that grows
with the square takes 256 times as long for a text that is 16 times as long. Two short texts say which pieces are worth
the longer ones.

Whatever else the computer does makes a time longer, never shorter, and so does the host of a virtual computer, whose
guest counts the lost time as its own. So no time alone is a reason to report a pattern, but only that the longer of
two texts took too many times as long in each of several rounds.
"""

from __future__ import annotations

import ast
import importlib
import math
import pkgutil
import re
import signal
import sys
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any, TypeAlias

import newsletter
from newsletter.check.any_case import AnyCase

SIZES = (2, 16, 125, 1_000, 16_000)  # characters
TINY, SMALL = 125, 1_000
SUSPECTED = 0.000_1  # seconds at SMALL; a quadratic pattern that needs NOTICEABLE at the largest size needs 0.000_16
NOTICEABLE = 0.04  # seconds at the largest size; linear patterns need about 0.001
LONGEST = 0.2  # seconds
# How many times as much the time grows as the text: 1 is linear, 8 or 16 is quadratic.
SUSPECTED_GROWTH, MOST_GROWTH = 1.25, 3
MOST_GROWTH_OF_MATCH = 1.3  # from TINY to SMALL: 1 is linear for a search, which tries a match at each character
LONGEST_LOOK_BEHIND = 20  # characters
ROUNDS = 5
Clock: TypeAlias = Callable[[], float]
Starts: TypeAlias = Sequence[int] | None

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
    for (pattern, method), place in sorted(_hardest(all_patterns()).items(), key=lambda item: item[1]):
        if place.startswith(begin) and (text := growth(pattern, method)):
            sys.stdout.write(f"{place}: {method} of {pattern.pattern!r} takes {text}\n")


def growth(pattern: re.Pattern[Any], method: str) -> str:
    """Return for which text the time of a pattern grows too much; empty if for none."""
    signal.signal(signal.SIGVTALRM, _stop)
    method = "finditer" if method in _WHOLE_TEXT else method
    for text in _attacks(pattern):
        if times := _growth(pattern, method, *text):
            return f"{times} as long for {text!r}"
    return ""


def _hardest(patterns: dict[tuple[re.Pattern[Any], str], str]) -> dict[tuple[re.Pattern[Any], str], str]:
    """Return the patterns without the methods that do only a part of what another one does with the same pattern.

    What matches in a whole text begins with the first match, and a search begins with a match at the start.
    """
    scanned = {pattern for pattern, method in patterns if method in _WHOLE_TEXT}
    searched = {pattern for pattern, method in patterns if method == "search"}
    hardest = {}
    for (pattern, method), place in patterns.items():
        if method in _WHOLE_TEXT:
            hardest[pattern, "finditer"] = place
        elif method == "fullmatch" or (pattern not in scanned and not (method == "match" and pattern in searched)):
            hardest[pattern, method] = place
    return hardest


def all_patterns() -> dict[tuple[re.Pattern[Any], str], str]:
    """Return each pattern and method by which the package uses it, and the place."""
    patterns: dict[tuple[re.Pattern[Any], str], str] = {}
    modules = [(module, ast.parse(_source(module))) for module in map(importlib.import_module, _module_names())]
    methods = _methods_by_name(modules)
    for module, _ in modules:
        for name, value in vars(module).items():
            if isinstance(value, AnyCase):
                patterns.setdefault((value.exact, "finditer"), f"{module.__name__}.{name}")
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
    """Yield texts as three parts, of which the middle one is to be repeated.

    Each middle part is there without a beginning, too.
    """
    is_bytes = isinstance(pattern.pattern, bytes)
    text = pattern.pattern.decode("latin-1") if is_bytes else pattern.pattern
    tree = parser.parse(text, pattern.flags & ~re.DEBUG)
    repeats = dict.fromkeys(_repeats(tree))
    pieces = [*(("", piece) for piece in _PIECES), *repeats, *(("", piece) for _, piece in repeats)]
    for begin, piece in dict.fromkeys(pieces):
        if piece:
            for end in _ENDS:
                parts = (begin, piece, end)
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
        return _member(tuple(value), choice)
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


@cache
def _member(items: tuple[Any, ...], choice: int) -> str:
    members = [character for character in _CANDIDATES if _is_in(character, items)]
    if not members:
        code, value = items[-1]
        return chr(value[0] if code is codes.RANGE else value) if code in (codes.RANGE, codes.LITERAL) else "a"
    return members[choice % len(members)]


def _is_in(character: str, items: Sequence[Any]) -> bool:
    number, is_negated = ord(character), items[0][0] is codes.NEGATE
    holds = any(
        (code is codes.LITERAL and value == number)
        or (code is codes.RANGE and value[0] <= number <= value[1])
        or (code is codes.CATEGORY and re.fullmatch(_CATEGORIES[value], character) is not None)
        for code, value in items
    )
    return holds != is_negated


def _growth(pattern: re.Pattern[Any], method: str, begin: Any, piece: Any, end: Any) -> str:
    """Return how many times as long a larger text takes, if that is too much."""
    scans = method in ("search", "finditer")
    # What begins in the repeated part does the same in a text without a beginning.
    all_starts = range(len(begin)) if scans and begin else None

    def seconds(size: int, clock: Clock = time.perf_counter, times: int = 1, starts: Starts = all_starts) -> float:
        text = begin + piece * _count(piece, size) + end
        return _seconds(partial(_run, pattern, method, text, starts), clock, times)

    if scans and not begin and not _grows(lambda size: seconds(size, starts=_starts(piece)), MOST_GROWTH_OF_MATCH):
        return ""
    if seconds(SMALL) < SUSPECTED or not _grows(seconds, SUSPECTED_GROWTH * _count(piece, SMALL) / _count(piece, TINY)):
        return ""
    for shorter, longer in reversed(list(pairwise(SIZES))):
        times = _count(piece, longer) // _count(piece, shorter)
        longest = shortest = math.inf
        for _ in range(ROUNDS):
            longest = min(longest, seconds(longer, time.process_time))
            # As often as makes it as long, so that both meet the same load, and a clock may have steps of 0.01 seconds.
            shortest = min(shortest, seconds(shorter, time.process_time, times))
            growth = longest / max(shortest, 0.001)
            if longest >= LONGEST and growth <= MOST_GROWTH:
                break  # How long the longer text takes is not known, so two shorter ones say how the time grows.
            if growth < SUSPECTED_GROWTH or (longer == SIZES[-1] and longest < NOTICEABLE):
                return ""
        else:
            return f"{growth * times:.0f} times" if growth > MOST_GROWTH else ""
    return ""


def _count(piece: Any, size: int) -> int:
    """Return how often to repeat a piece for a text of a number of characters."""
    return max(size // len(piece), 1)


def _starts(piece: Any) -> Starts:
    """Return where to try a match in a repeated piece: at the start, and in one piece that has others before it.

    If the time of a search grows faster than the text, then that of a match at one of these grows with it.
    """
    first = _count(piece, LONGEST_LOOK_BEHIND) * len(piece)
    return [0, *range(first, first + len(piece))]


def _grows(seconds: Callable[[int], float], least: float) -> bool:
    """Check whether a short text may take at least so many times as long as one that is still shorter."""
    small, tiny = math.inf, seconds(TINY)
    for _ in range(3):
        small, tiny = min(small, seconds(SMALL)), min(tiny, seconds(TINY))
        if small >= LONGEST:  # so may the other, and nothing says by how much they differ
            return True
        if small < least * tiny:
            return False
    return True


def _seconds(run: Callable[[], None], clock: Clock, times: int) -> float:
    """Return how long something takes so many times; LONGEST if it takes longer."""
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    begin = clock()
    try:
        for _ in range(times):
            run()
    except TimeoutError:
        return LONGEST
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return clock() - begin


def _run(pattern: re.Pattern[Any], method: str, text: Any, starts: Starts) -> None:
    """Call a method of a pattern, or only try a match at each start."""
    if starts is not None:
        for start in starts:
            pattern.match(text, start)
    elif method == "finditer":
        deque(pattern.finditer(text), maxlen=0)
    else:
        getattr(pattern, method)(text)


def _stop(*_: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    main()
