"""The project speaks plain English: names are terms of the field or verb phrases, and sentences are ordinary ones."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
TEXTS = [
    path
    for pattern in (
        "src/newsletter/**/*.py",
        "src/newsletter/**/*.js",
        "src/newsletter/**/*.css",
        "src/newsletter/**/*.html",
        "src/newsletter/**/*.j2",
        "docs/**/*.md",
        "templates/**/*.mjml",
        "templates/**/*.css",
        "templates/**/*.html",
        "templates/**/*.yaml",
        "src/newsletter/*.yaml",
        "bench/*.py",
        "bench/*.md",
        "tests/**/*.py",
        "tests/**/*.js",
        "tests/**/*.go",
        "tests/cases/faults/*.yaml",
        "tests/cases/rules/*.yaml",
        "tests/cases/services/*.yaml",
        "tests/cases/*/expected.yaml",
        "*.md",
        "Makefile",
        "pyproject.toml",
    )
    for path in sorted(ROOT.glob(pattern))
    if "templates/images" not in path.as_posix() and path != Path(__file__)
]
"""The files in our own words. The other cases of tests, and the golden files, are issues, or what readers get."""

OUR_WORDS_IN_CASES = re.compile(r"\s*(?:#|(?:- )?(?:what|missed):)")
"""The beginning of a line in our own words in a file of cases: a comment, or why a fault is one."""

PHRASES = {
    r"told": "reported, said",
    r"tells?\b(?! apart)|telling": "report, say, check whether",
    r"puts? right|putting right": "fix",
    r"but for": "except",
    r"anew": "again",
    r"in (?:the )?place of": "instead of",
    r"in spite of": "despite",
    r"turned round": "inverted",
    r"mail programs?": "mail app",
    r"of late": "recently",
    r"what (?:was|is|has been|were|are) (?:made|found|said|shown|told|meant|seen|heard)": "a noun: the page",
    r"what (?:was|is|has been|were|are) (?:lost|done|rendered|built|sent)": "a noun: the losses, the result, the build",
    r"one right answer": "only one possible fix",
    r"(?:stands?|stood)\b(?! for\b)": "is, is at, appears",
    r"held against": "checked by",
    r"seeks?|sought|seeking": "search, look for",
    r"mend(?:s|ed|ing)?": "fix",
    r"ground": "background",
    r"lest|wherein|thereof|whence|ere": "an ordinary word",
    r"all is well": "no problems",
    r"lead(?:s)? nowhere": "does not work",
    r"nought": "nothing, 0",
    r"perhaps": "maybe, or leave it out",
    r"as it were|so to speak": "leave it out",
    r"conserve[sd]?": "verify",
    r"larger? letters|letters (?:grow|of (?:size \d+|\d+ px|this (?:size|height)))": "text",
    r"with a point|miss(?:es)? the point|decimal points?|full points?": "dot, full stop",
    r"(?-i:Where) (?:[\w’']+ ){2,}[\w’']+, (?:it|the|an?|there|they|this|these|as|nothing|nobody)": "If",
    r"renderings?": "simulation",
}
"""Turns of phrase that are hard to read or translated, as regular expressions over whole words, with plain ones."""

NOUNS = frozenset(
    re.findall(
        r"\w+",
        """told said shown seen made found meant heard drawn gone written given kept lost held sought asked taken""",
    )
)
"""Participles that are no name for a thing: `problems`, not `found`. `is_shown` and `found_rules` are good names."""
PREDICATES = frozenset(["is", "was", "are", "be", "has", "have", "not", "no", "as"])

OLD_NAMES = frozenset(
    re.findall(
        r"\w+",
        """
    Shelf Wardrobe Mirror House house Gate gate Drawn Manuscript manuscript Alphabet Looks told_once stop_at refuse
    publish near mend once reached elsewhere ELSEWHERE standing Standing Queues Guard Question disarmed looked_at
    marked worded having styled attempt Overtaken steady left_over strays Sight Tile Spot Heap judge gist faint
    installed left_out settled unsettled slips conserve streams Ahead Slip Written
    Bed Desk slip
    """,
    )
)
"""Names that a stranger could not guess, from the table by which they were renamed."""

OLD_PARTS = frozenset(
    re.findall(
        r"\w+",
        """
    shelf wardrobe manuscript house gate standing disarmed overtaken tile heap gist faint slip slips desk bed mend
    told said publish
    """,
    )
)
"""The same as parts of a name, such as `download_gate`. They have no ordinary meaning in this program."""

PARTS_IN_USE = {
    "month_tile": "a small square that stands for a month, in an interface the word for it",
    "WrittenMessage": "a message that was written to the outbox: the participle says which",
}
"""Names with one of these parts, or classes that begin with a participle, and why they are good names."""

JS_NAMES = re.compile(r"\b(?:const|let|function)\s+(\w+|\{[^{}=]*\}|\[[^\[\]=]*\])")
FORM_FIELDS = re.compile(r"<(?:input|select|textarea|button)\b[^>]*\sname=\"(\w+)\"")

FIRST_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
    Give Gives Giving Tell Tells Say Says Make Makes The A An What Where Which Who Whether How When Why Its Their Every
    Each All Some For From In On With Of To If It This That These Those One Part So Such As
    """,
    )
)
"""No docstring of a function begins so: it begins with what the function does, `Return`, `Read`, `Check whether`."""

PARTICIPLE = re.compile(r"[a-z]+ed")
"""The whole name of a function that says what was done, and not what it returns: `rendered`, `framed`."""

EXCEPTIONS: dict[tuple[str, str], str] = {
    ("docs/reference/blocks.md", "tell"): "the examples of two blocks",
    ("src/newsletter/characters.py", "quoted"): "in the sentences of messages, where it reads as a word of them",
    ("src/newsletter/rules/browser/alt_shown.py", "alt_shown"): "the file's name is the rule's id",
    ("src/newsletter/rules/issue/_dates.py", "told"): "a word that the rule searches for",
    ("src/newsletter/rules/issue/_shouted.py", "stand"): "in a list of everyday words",
    ("src/newsletter/personal/list_file.py", "tell"): "a method of Python's files",
    ("src/newsletter/rules/issue/_shouted.py", "tell"): "in a list of everyday words",
    ("src/newsletter/rules/issue/_shouted.py", "told"): "in a list of everyday words",
    ("src/newsletter/rules/issue/deadline_past.py", "tell"): "in a list of verbs",
    ("src/newsletter/rules/issue/hype_words.py", "ground"): "part of a pattern for “groundbreaking”",
    ("src/newsletter/rules/issue/image_alt_begins.py", "stands"): "in a list of verbs",
    ("src/newsletter/rules/issue/image_alt_begins.py", "stood"): "in a list of verbs",
    ("src/newsletter/rules/issue/image_alt_begins.py", "tells"): "in a list of verbs",
    ("src/newsletter/rules/issue/image_alt_begins.py", "told"): "in a list of verbs",
    ("src/newsletter/rules/issue/_link_words.py", "tell"): "a word that the rule searches for",
    ("src/newsletter/rules/issue/officials_words.py", "tell"): "in a list of plain words",
    ("src/newsletter/rules/issue/percent_alone.py", "tell"): "in a list of verbs",
    ("src/newsletter/rules/issue/percent_alone.py", "told"): "in a list of verbs",
    ("src/newsletter/rules/issue/position_words.py", "stands"): "in a list of verbs",
    ("src/newsletter/rules/issue/position_words.py", "tells"): "in a list of verbs",
    **{
        (f"tests/{file}.py", "told"): "in the preheader of an issue"
        for file in (
            "check/test_fix",
            "issue/test_merge_fields",
            "ready/test_checklist",
            "rules/test_message_size",
            "rules/test_rules",
            "stages/test_marks_in_labels",
            "support/examples",
            "test_uploads",
            "verify/test_short_texts",
        )
    },
    ("tests/audit/test_criteria.py", "mend"): "the hint of a problem",
    ("tests/issue/test_markdown.py", "nought"): "words of an issue",
    ("tests/preview/test_preview_live.py", "large letters"): "words of an issue",
    ("tests/preview/test_preview_live.py", "mended"): "words of an issue",
    ("tests/preview/test_preview_live.py", "nought"): "words of an issue",
    ("tests/stages/test_link_output.py", "tell"): "the words of a link",
    ("templates/blocks/questions.yaml", "tell"): "a question as a reader asks it",
    ("templates/blocks/quote.yaml", "tell"): "what somebody says",
    ("templates/words.yaml", "larger letters"): "what readers get",
}
"""A file and the words that it needs, and why."""


class Fault(NamedTuple):
    """Words that break a rule of style, and what to write instead."""

    file: str
    line: int
    words: str
    better: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words!r}; better: {self.better}"


_ANY_PHRASE = re.compile(
    r"\b(?:" + "|".join(f"(?P<p{number}>{phrase})" for number, phrase in enumerate(PHRASES)) + r")\b", re.IGNORECASE
)


def _phrases(path: Path) -> Iterator[Fault]:
    text = path.read_text()
    if _name(path).startswith("tests/cases/"):
        text = "\n".join(line if OUR_WORDS_IN_CASES.match(line) else "" for line in text.split("\n"))
    for match in _ANY_PHRASE.finditer(text):
        better = list(PHRASES.values())[int((match.lastgroup or "p0")[1:])]
        yield Fault(_name(path), text.count("\n", 0, match.start()) + 1, match[0].lower(), better)


def _identifiers(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node.lineno
            case ast.arg(arg=name):
                yield name, node.lineno
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name, node.lineno


def _names(path: Path) -> Iterator[Fault]:
    for name, line in {(path.stem, 1), *_identifiers(ast.parse(path.read_text()))}:
        if name.strip("_") in OLD_NAMES or _is_hard_to_guess(name):
            yield Fault(_name(path), line, name, "a term of the field, or a noun for what it holds")


def _participles(path: Path) -> Iterator[Fault]:
    """Yield the public functions and methods whose whole name is a participle. A property can have one."""
    tree = ast.parse(path.read_text())
    for scope in (node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef)):
        for node in scope.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or not PARTICIPLE.fullmatch(node.name):
                continue
            if not {ast.unparse(decorator) for decorator in node.decorator_list} & {"property", "cached_property"}:
                yield Fault(_name(path), node.lineno, node.name, "a verb, or a noun for what it returns")


def _is_hard_to_guess(name: str) -> bool:
    """Check whether a name ends with a participle, is a class that begins with one, or has a part of an old name."""
    bare = name.strip("_")
    if name in PARTS_IN_USE or bare.startswith("test_"):
        return False
    parts = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", bare).lower().split("_")
    is_class = bare[:1].isupper() and not bare.isupper()
    if PREDICATES.intersection(parts[:-1]):
        return False
    return parts[-1] in NOUNS or (is_class and parts[0] in NOUNS) or bool(OLD_PARTS.intersection(parts))


def _names_in_pages(path: Path) -> Iterator[Fault]:
    """Yield the names of variables in scripts, and of the fields of forms, that are hard to guess."""
    text = path.read_text()
    for match in (*JS_NAMES.finditer(text), *FORM_FIELDS.finditer(text)):
        for name in re.findall(r"\w+", re.sub(r"\w+\s*:", "", match[1])):
            if _is_hard_to_guess(name):
                better = "a noun for what it holds"
                yield Fault(_name(path), text.count("\n", 0, match.start()) + 1, name, better)


def _first_words(path: Path) -> Iterator[Fault]:
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.name.startswith("test_"):
            continue  # its docstring says more about what its name says
        decorators = {re.sub(r"\(.*", "", ast.unparse(decorator), flags=re.DOTALL) for decorator in node.decorator_list}
        first = (ast.get_docstring(node) or "-").split()[0].strip(",.:;")
        is_a_thing = decorators & {"property", "cached_property", "pytest.fixture"}
        if first in FIRST_WORDS and not (is_a_thing and first in ("The", "A", "An", "Each", "Whether")):
            yield Fault(_name(path), node.lineno, first, "begin the docstring with a verb: Return, Read, Check")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def faults(path: Path) -> list[Fault]:
    """Return the faults of a file, with those that are listed with a reason."""
    in_code = [*_names(path), *_first_words(path)] if path.suffix == ".py" else [*_names_in_pages(path)]
    if path.suffix == ".py" and _name(path).startswith("src/"):
        in_code += _participles(path)
    return sorted([*_phrases(path), *in_code])


@pytest.mark.parametrize("path", TEXTS, ids=_name)
def test_a_file_is_in_plain_english(path: Path) -> None:
    problems = [fault for fault in faults(path) if (fault.file, fault.words) not in EXCEPTIONS]
    assert not problems, "\n".join(map(str, problems))


def test_each_exception_is_needed() -> None:
    needed = {(fault.file, fault.words) for path in TEXTS for fault in faults(path)}
    assert set(EXCEPTIONS) <= needed
    names = {name for path in TEXTS if path.suffix == ".py" for name, _ in _identifiers(ast.parse(path.read_text()))}
    assert set(PARTS_IN_USE) <= names


def test_a_fault_of_each_kind_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    module = tmp_path / "told.py"
    module.write_text('def shelf_made(found):\n    """Give back anew."""\n    seen = found\n    return seen\n')
    words = [fault.words for fault in faults(module)]
    assert sorted(words) == ["Give", "anew", "found", "seen", "shelf_made", "told"]


def test_a_function_named_with_a_participle_alone_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    module = tmp_path / "src" / "page.py"
    module.parent.mkdir()
    source = (
        "def framed(): ...\n\nclass Page:\n    def moved(self): ...\n\n    @property\n    def declared(self): ...\n"
    )
    module.write_text(f"{source}\ndef with_numbers():\n    def scaled(): ...\n")
    assert [fault.words for fault in faults(module)] == ["framed", "moved"]


def test_a_fault_in_a_page_or_in_a_part_of_a_name_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    page = tmp_path / "page.html"
    page.write_text('<input name="seen"><script>const { shown: place, kept } = of(x); let isShown;</script>')
    module = tmp_path / "phone_gate.py"
    module.write_text("class FoundField: ...\n\nclass FaintParts: ...\n\nis_gone = 1\n")
    assert sorted(fault.words for fault in faults(page)) == ["kept", "seen"]
    assert sorted(fault.words for fault in faults(module)) == ["FaintParts", "FoundField", "phone_gate"]
