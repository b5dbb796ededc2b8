"""The environment of Jinja2 for templates: where they are, what they can use, and what they may not do."""

from __future__ import annotations

import re
import traceback
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import jinja2.loaders
import jinja2.nodes
import jinja2.parser
from jinja2.sandbox import MAX_RANGE, safe_range
from markupsafe import Markup, escape
from pydantic import BaseModel

from newsletter.characters import describe, quoted
from newsletter.english import nearest
from newsletter.issue import blocks
from newsletter.issue.links import email_url, phone_url
from newsletter.issue.markdown import breakable
from newsletter.issue.model import Article, Block, Issue
from newsletter.project import Project
from newsletter.source.text_file import read_text
from newsletter.stages.compose import dates, line_marks, reading_time
from newsletter.stages.compose.compiled import CompiledTemplates
from newsletter.stages.compose.event_times import when
from newsletter.stages.compose.file_size import file_size
from newsletter.stages.compose.glossary import glossary
from newsletter.stages.compose.picture_side import text_beside
from newsletter.stages.compose.table_width import table_width

_COMPILED = CompiledTemplates()

_MOST_NUMBERS = 1_000_000
"""The most numbers that all ranges of a layout have together, for loops in loops that write nothing."""


def read_environment(project: Project) -> jinja2.Environment:
    """Return the environment of Jinja2 in which the templates of a project are filled: its filters, and its limits."""
    environment = _Environment(
        loader=_Folders(project),
        # True instead of select_autoescape(), which knows .html and .xml but not .mjml.
        autoescape=True,
        # A misspelt name is reported at its line; otherwise it would print nothing.
        undefined=_Undefined,
        extensions=[line_marks.LineMarks],
        trim_blocks=True,
        lstrip_blocks=True,
        # Each template begins on a line of its own, so that each line comes from one template only.
        keep_trailing_newline=True,
        # A Project reads each template once.
        auto_reload=False,
        bytecode_cache=_COMPILED,
    )
    environment.globals |= {
        "range": _range,
        "minutes": reading_time.minutes,
        "glossary": glossary,
        "text_beside": text_beside,
        "when": when,
        "_part": line_marks.mark_part,
    }
    environment.filters |= {
        "long_date": dates.long_date,
        "weekday_date": dates.weekday_date,
        # For places without HTML: with `str`, words that have an HTML form are escaped like any others.
        "plain": str,
        "table_width": table_width,
        "mailto": email_url,
        "breakable": _breakable,
        "file_size": file_size,
        "tel": _tel,
    }
    return environment


class _Undefined(jinja2.StrictUndefined):
    """Something that a template uses but that does not exist. A field is called by its block's name."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        owner, name = self._undefined_obj, self._undefined_name
        if not isinstance(owner, BaseModel) or not isinstance(name, str):
            return super()._undefined_message
        close = nearest(name, type(owner).model_fields)
        return f"{_called(owner)} has no field “{name}”" + (f" (did you mean “{close}”?)" if close else "")


def _called(owner: BaseModel) -> str:
    kind = type(owner)
    if kind.__module__ != blocks.__name__ or isinstance(owner, (Issue, Article, Block)):
        return f"“{kind.__name__.lower()}”"
    # `blocks` names a type by its block: Quote, and for a group of keys in it QuoteSource.
    block, *parts = re.split(r"(?<=[a-z\d])(?=[A-Z])", kind.__name__)
    return f"{'a part of ' if parts else ''}the block “{block.lower()}”"


@jinja2.pass_context
def _range(context: Mapping[str, Any], *limits: int) -> range:
    try:
        numbers = safe_range(*limits)
    except OverflowError:
        raise OverflowError(f"a range can have at most {MAX_RANGE:,} numbers") from None
    counts = context.get("_counts", Counter())
    counts["numbers"] += len(numbers)
    if counts["numbers"] > _MOST_NUMBERS:
        raise OverflowError(f"all ranges together can have at most {_MOST_NUMBERS:,} numbers")
    return numbers


def _breakable(words: str) -> Markup:
    return Markup(breakable(escape(words)))


def _tel(phone: str) -> str:
    if url := phone_url(phone):
        return url
    raise ValueError(f"{quoted(phone)} is not one phone number")


class _Folders(jinja2.FileSystemLoader):
    """Load templates, but not through a symbolic link that leads out of their folder."""

    def __init__(self, project: Project) -> None:
        super().__init__([str(folder) for folder in project.templates])
        self._project = project

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Any]:
        names = (Path(folder, *jinja2.loaders.split_template_path(template)) for folder in self.searchpath)
        path = next((name for name in names if name.is_file()), None)
        if path is None or not any(path.resolve().is_relative_to(Path(folder).resolve()) for folder in self.searchpath):
            raise jinja2.TemplateNotFound(template)
        source = read_text(path, self._project.name_of(path), "template")
        before, unwanted, _ = source.partition("\x00")
        if unwanted:
            message = f"there is a character here that nobody can see: {describe(unwanted)}"
            raise jinja2.TemplateSyntaxError(message, before.count("\n") + 1, template, str(path))
        # With a line break at its end, the template has a line for a problem of its last element.
        return f"{source}\n" if source and not source.endswith("\n") else source, str(path), None


class _Environment(jinja2.Environment):
    """Compiles templates, and reports one that is nested too deeply for Jinja2 or Python at its line."""

    def compile(self, source: Any, name: str | None = None, filename: str | None = None, *args: Any) -> Any:
        message, line = "brackets, conditions or loops are nested too deeply", 1
        try:
            tree = self.parse(source, name, filename)
            line = _deepest_line(tree)
            return super().compile(tree, name, filename, *args)
        except (RecursionError, SyntaxError, MemoryError) as error:
            line = _last_parsed_line(error) or line
            raise jinja2.TemplateSyntaxError(message, line, name, filename) from None


def _last_parsed_line(error: Exception) -> int:
    """Return the line of a template up to which Jinja2 came before an error; 0 if it read all of it."""
    parsers = (frame.f_locals.get("self") for frame, _ in traceback.walk_tb(error.__traceback__))
    lines = [parser.stream.current.lineno for parser in parsers if isinstance(parser, jinja2.parser.Parser)]
    return lines[-1] if lines else 0


def _deepest_line(tree: jinja2.nodes.Node) -> int:
    """Return the line of the node that is inside the most others, without recursion."""
    line, level = 1, [tree]
    while level:
        line = level[0].lineno or line
        level = [child for node in level for child in node.iter_child_nodes()]
    return line
