"""What an editor reads of a problem: each message and each hint in the code, on its own."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

SOURCE = Path(__file__).parents[1] / "src/newsletter"
MODULES = sorted(SOURCE.rglob("*.py"))
REPORTERS = frozenset(
    re.findall(
        r"\w+",
        """
    Problem one Finding invalid_value Item UsageError BadParameter RelayError UnclearError UnusableError LinkResult
    FieldProblem SettingProblem AuditProblem MarkdownProblem LowContrast Mistake Unreadable did_you_mean
    _problem _report _refused _refusal _differs _reported _message _raise
    """,
    )
)
"""The classes and functions that are given the words for an editor."""
TEXT_NAME = re.compile(r"(?i)_?(?:[a-z_]*_)?(?:message|hint|sentence|why)s?")
"""The names of variables that hold such words."""
MOST_WORDS = 30
"""Of a sentence. `rules/issue/sentence_length.py` allows an editor as many in a newsletter of health."""
FEWEST_WORDS = 4
"""A text with no more may be a part of a message, such as “12 px in Outlook”."""
PART_OF_CODE = re.compile(r'[\w-]+\s?=\s?"[^"]*"|`[^`]*`|“[^”]*”|<[^<>]*>|\{\w+\}|\{%.*?%\}')
"""An attribute or a setting as it has to be written, and what is quoted."""
VARIABLE = "{}"
"""What an f-string fills in, in the words as they are examined."""

STRAIGHT_QUOTES = {
    "check/settings.py": "values of TOML have to have them",
    "delivery/servers.py": "values of TOML have to have them",
    "issue/blocks.py": "an empty cell in YAML",
    "rules/issue/typed_marks.py": "they are what the editor should write",
    "source/messages.py": "they are what the editor should write in YAML",
}
"""The modules whose messages have straight quotes around more than an attribute, and why."""


class Words(NamedTuple):
    """Words for an editor: the module, the line, and the text, with `VARIABLE` for what is filled in."""

    module: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.text}"


def module_name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def texts(node: ast.expr) -> Iterator[str]:
    """Yield the texts that an expression can be."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            yield "".join(str(each.value) if isinstance(each, ast.Constant) else VARIABLE for each in values)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield "".join(next(texts(side), VARIABLE) for side in (left, right))
        case ast.IfExp(body=body, orelse=other):
            yield from texts(body)
            yield from texts(other)
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            for element in elements:
                yield from texts(element)


def expressions(node: ast.AST) -> list[tuple[int, ast.expr]]:
    """Return the expressions with words for an editor in a call or an assignment, each with its line."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=arguments, keywords=keywords):
            values = [*arguments, *(keyword.value for keyword in keywords)] if name in REPORTERS else []
            return [(value.lineno, value) for value in values]
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if TEXT_NAME.fullmatch(name):
            return [(value.lineno, value)]
    return []


@cache
def words_for_editors() -> tuple[Words, ...]:
    """Return every message and hint in the code: longer texts that do not begin in the middle of a sentence."""
    return tuple(
        Words(module_name(path), line, text)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for line, expression in expressions(node)
        for text in texts(expression)
        if len(text.split()) > FEWEST_WORDS and not text[0].islower()
    )


def test_there_are_many_messages() -> None:
    assert len(words_for_editors()) > 700
    assert len({words.module for words in words_for_editors()}) > 150


def test_a_message_is_whole_sentences() -> None:
    """A text that ends with what is filled in may end with a hint, which is a sentence itself."""
    ends = re.compile(r"(?:[.?!:][)”’`]?|…|\.\.\.|\{\})\s*\Z")
    assert not [str(words) for words in words_for_editors() if not ends.search(words.text)]


def test_prose_has_no_straight_quotes() -> None:
    odd = [words for words in words_for_editors() if '"' in PART_OF_CODE.sub("", words.text)]
    assert not [str(words) for words in odd if words.module not in STRAIGHT_QUOTES]
    assert {words.module for words in odd} >= set(STRAIGHT_QUOTES)


def test_an_attribute_can_be_copied_as_it_is_quoted() -> None:
    """HTML needs straight quotes: an attribute with curly ones would have them in its value."""
    assert not [str(words) for words in words_for_editors() if "=“" in words.text]


def test_no_sentence_of_a_message_is_long() -> None:
    long = [
        f"{words.module}:{words.line}: {sentence}"
        for words in words_for_editors()
        for sentence in re.split(r"(?<=[.?!:;])[)”]?\s+", PART_OF_CODE.sub("x", words.text))
        if len(sentence.split()) > MOST_WORDS
    ]
    assert not long, "\n".join(long)


@pytest.mark.parametrize(
    "word", ["oops", "simply", "invalid", "illegal", "token", "parse", "null", "schema", "validation", "regex"]
)
def test_no_message_blames_or_uses_a_word_of_programs(word: str) -> None:
    pattern = re.compile(rf"(?i)(?<!\.)\b{word}\b")
    assert not [str(words) for words in words_for_editors() if pattern.search(PART_OF_CODE.sub("", words.text))]
