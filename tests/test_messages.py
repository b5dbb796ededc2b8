"""What an editor reads of a problem: each message and each hint in the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src/newsletter"
MODULES = sorted(SOURCE.rglob("*.py"))


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line of each text in a module, and the text; those around the braces of an f-string are texts, too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_an_attribute_can_be_copied_as_it_is_quoted(path: Path) -> None:
    """HTML needs straight quotes: an attribute with curly ones would have them in its value."""
    assert not [f"{path}:{line}" for line, text in texts(path) if "=“" in text]
