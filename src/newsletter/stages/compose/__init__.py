"""Turn an `Issue` into MJML: Jinja2 fills the layout and one template for each block.

For emails, only this folder imports Jinja2. `preview.pages` and the audit's report fill their own pages.
"""

from __future__ import annotations

import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
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
from newsletter.css.parser import find_unreadable
from newsletter.edition import Mjml
from newsletter.english import nearest
from newsletter.issue import blocks
from newsletter.issue.brand import Brand
from newsletter.issue.event import Event
from newsletter.issue.links import email_url, phone_url
from newsletter.issue.markdown import breakable
from newsletter.issue.model import Article, Block, Issue
from newsletter.problems import Location, Problems
from newsletter.project import Project
from newsletter.source.text_file import read_text
from newsletter.stages import picture_urls
from newsletter.stages.calendar_urls import CalendarFile, calendar_files
from newsletter.stages.compose import dates, line_marks, reading_time
from newsletter.stages.compose.compiled import CompiledTemplates
from newsletter.stages.compose.event_times import when
from newsletter.stages.compose.file_size import file_size
from newsletter.stages.compose.glossary import glossary
from newsletter.stages.compose.picture_side import text_beside
from newsletter.stages.compose.table_width import table_width
from newsletter.stages.compose.translations import Translator, read_translations

_LONGEST_OUTPUT = 5_000_000
"""In characters. An email of 102 KB is too long for Gmail."""

_COMPILED = CompiledTemplates()

_LAST_PIECES = 1_000
"""The number of pieces of output that have a mark of their template's line among them."""

_MOST_NUMBERS = 1_000_000
"""The most numbers that all ranges of a layout have together, for loops in loops that write nothing."""


def compose(issue: Issue, brand: Brand, project: Project) -> Mjml:
    """Fill the issue's layout.

    Args:
        issue: the issue.
        brand: its brand, the same in every issue.
        project: where the templates are.

    Returns:
        The MJML, with the template line of each of its elements.

    Raises:
        Problems: if a template cannot be read or uses something that does not exist, at its file and line.
    """
    mjml = _filled(issue.layout.template, issue, brand, project)
    if not re.sub(r"<[^<>]*+>", "", mjml).strip():
        hint = "Write what readers get. If you delete a newsletter.mjml of your own, the default one is used."
        raise Problems.one(mjml.first("mjml").location, "template", "This layout shows nothing of an issue.", hint)
    return mjml


def fill(name: str, issue: Issue, brand: Brand, project: Project, **more: object) -> Mjml:
    """Fill another template than the layout, such as `web.html`, and return its text with the source of each line.

    It gets the variables of the layout, and those in `more`.

    Args:
        name: the file of the template.
        issue: the issue.
        brand: its brand.
        project: where the templates are.
        more: other variables of the template.

    Raises:
        Problems: as `compose` does.
    """
    output = _filled(name, issue, brand, project, **more)
    if name.endswith(".css") and (unreadable := find_unreadable(output, is_sheet=True)):
        location = output.source(1 + output.count("\n", 0, unreadable.position)).location
        raise Problems.one(location, "template", unreadable.message, unreadable.hint)
    return output


def _filled(name: str, issue: Issue, brand: Brand, project: Project, **more: object) -> Mjml:
    table, borrowed = project.cached(read_translations), brand.borrowed
    try:
        pieces = (
            project.cached(_environment)
            .get_template(name)
            .generate(
                issue=issue,
                brand=brand,
                words=lambda language: Translator(table, language, brand.language, borrowed),
                picture_url=lambda picture: picture_urls.url(picture, brand),
                document_url=lambda document: picture_urls.hosted_url(document, brand),
                calendar_file=_calendar_file(issue, brand),
                _parts=dict(line_marks.parts(issue)),
                _counts=Counter(),
                **more,
            )
        )
        output = _joined(pieces, name)
    except jinja2.TemplateSyntaxError as error:
        where = Location(project.name_of(Path(error.filename or error.name or name)), error.lineno)
        raise _problem(where, f"This template cannot be read: {error.message}.") from None
    except jinja2.TemplateNotFound as error:
        place = _template_line(error, project, name)
        raise _problem(place, f"There is no template “{error.name}”.") from None
    except jinja2.UndefinedError as error:
        raise _problem(
            _template_line(error, project, name),
            f"The template uses something that does not exist: {error.message}.",
        ) from None
    except RecursionError as error:
        raise _problem(_template_line(error, project, name), "The template includes itself, or is too deep.") from None
    except Problems:
        raise
    except Exception as error:  # a template can call anything, so anything can go wrong in it
        place = _template_line(error, project, name)
        if not place.line:
            raise
        why = str(error) or "the value needs too much memory"
        raise _problem(place, f"The template cannot be filled here: {why}.") from None
    return line_marks.unmark(output)


def _joined(pieces: Iterable[str], template: str) -> str:
    """Join the output of a template, up to `_LONGEST_OUTPUT`: a loop inside a loop may never end."""
    joined, length = list[str](), 0
    for piece in pieces:
        joined.append(piece)
        length += len(piece)
        if length > _LONGEST_OUTPUT:
            last = re.findall(r"\x00([^\x00]+)\x00(\d+)\x00", "".join(joined[-_LAST_PIECES:])) or [(template, "1")]
            message = f"A template may write at most {_LONGEST_OUTPUT:,} characters, and here are more."
            hint = "Look for a loop around this line that goes round too often. If there is none, shorten the issue."
            raise Problems.one(Location(f"templates/{last[-1][0]}", int(last[-1][1])), "template", message, hint)
    return "".join(joined)


def _calendar_file(issue: Issue, brand: Brand) -> Callable[[Event], CalendarFile | None]:
    """Return a function that returns the calendar file of an event of the issue, if it has one."""
    files = {id(file.event): file for file in calendar_files(issue, brand)}
    return lambda event: files.get(id(event))


def _problem(location: Location, message: str) -> Problems:
    # Some of Jinja's sentences have a full stop, and all have straight quotation marks.
    sentence = re.sub(r"'([^']*)'", r"“\1”", f"{message.rstrip('.')}.")
    return Problems.one(location, "template", sentence, "`newsletter explain template` lists what a template can use.")


def _environment(project: Project) -> jinja2.Environment:
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
        "_part": line_marks.part,
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


def _template_line(error: Exception, project: Project, template: str) -> Location:
    """Return where in which template an error arose: Jinja2 gives its frames the template's name and lines."""
    folders = tuple(str(folder) for folder in project.templates)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(folders)]
    if not frames:
        return Location(f"templates/{template}", 1)
    return Location(project.name_of(Path(frames[-1].filename)), frames[-1].lineno or 0)
