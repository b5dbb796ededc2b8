"""Finds what changes an editor's words in a template before it prints them: a cause of lost words."""

from __future__ import annotations

from collections.abc import Iterator

import jinja2
from jinja2 import nodes

from newsletter.edition import Page
from newsletter.problems import Location, Problem
from newsletter.project import Project
from newsletter.stages.compose.template_text import is_for_readers

_CHANGING_FILTERS = frozenset(["capitalize", "lower", "replace", "reverse", "swapcase", "title", "truncate", "upper"])
"""Filters of Jinja2, or methods of Python, that change words or leave some out."""
_TEMPLATE_NAMES = frozenset(["t", "loop"])
"""Names in templates that are no words of an editor, except those of `brand` in `t.brand_text(...)`."""
_NO_WORDS = (nodes.Compare, nodes.Test)
"""What a template asks about a value, and does not print."""
_CHARACTERS_BEFORE = 1_000
"""Characters before a value in which its tag begins."""
_HINT = "Print the words as the editor wrote them. For another look, write a style."


def find_changed_words(page: Page, project: Project) -> Iterator[Problem]:
    """Find what changes words in the templates of a page, each at its line.

    Args:
        page: a page that lacks words of its issue.
        project: where the templates are.
    """
    for file in dict.fromkeys(source.location.file for source in page.sources):
        text = project.template_file(file.removeprefix("templates/")).read_text("utf-8")
        for change in _changes(jinja2.Environment(autoescape=True).parse(text)):
            message = f"“{_called(change)}” changes words before readers get them."
            yield Problem(Location(file, change.lineno), "words-changed", message, _HINT)


def _changes(template: nodes.Template) -> Iterator[nodes.Node]:
    """Yield each expression that changes words, of those that are printed as words or as a picture's description."""
    before = ""
    for output in template.find_all(nodes.Output):
        for part in output.nodes:
            if isinstance(part, nodes.TemplateData):
                before = (before + part.data)[-_CHARACTERS_BEFORE:]
            elif is_for_readers(before):
                yield from _within(part)


def _within(expression: nodes.Node) -> Iterator[nodes.Node]:
    if isinstance(expression, _NO_WORDS):
        return
    if _called(expression) and _TEMPLATE_NAMES.isdisjoint(_roots(expression)):
        yield expression
        return
    for name, value in expression.iter_fields():
        is_asked = name == "test" or (name == "arg" and isinstance(expression, nodes.Getitem))
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, nodes.Node) and not is_asked:
                yield from _within(child)


def _called(expression: nodes.Node) -> str:
    """Return the name of what changes words, if an expression does; else an empty text."""
    if isinstance(expression, nodes.Filter) and expression.name in _CHANGING_FILTERS:
        return expression.name
    if isinstance(expression, nodes.Call) and isinstance(expression.node, nodes.Getattr):
        return expression.node.attr if expression.node.attr in _CHANGING_FILTERS else ""
    is_piece = isinstance(expression, nodes.Getitem) and isinstance(expression.arg, nodes.Slice)
    return "[...]" if is_piece else ""


def _roots(expression: nodes.Node) -> set[str]:
    return {name.name for name in expression.find_all(nodes.Name)}
