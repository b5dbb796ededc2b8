"""From an `Issue` to MJML: Jinja2 fills the layout and one template per block.

For emails, Jinja2 enters through this module alone; the pages of `newsletter preview` are of another kind (see
`preview.pages`).
"""

from __future__ import annotations

import re
import traceback
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from newsletter.edition import Mjml, TemplateSource
from newsletter.issue.brand import Brand
from newsletter.issue.model import Issue
from newsletter.problems import Location, Problems
from newsletter.project import Project
from newsletter.stages import picture_urls
from newsletter.stages.compose import dates, reading_time
from newsletter.stages.compose.glossary import glossary
from newsletter.stages.compose.translations import Translator, read_translations


def compose(issue: Issue, brand: Brand, project: Project) -> Mjml:
    """Fill the brand's layout with one issue.

    Args:
        issue: what the editor wrote.
        brand: what is the same in every issue.
        project: where the templates are.

    Returns:
        The MJML, which knows the template line of each of its elements.

    Raises:
        Problems: when a template cannot be read or asks for something that is not there, at its file and line.
    """
    return _filled(brand.layout.template, issue, brand, project)


def fill(name: str, issue: Issue, brand: Brand, project: Project, **more: object) -> str:
    """Fill another template than the layout, such as `web.html`; `more` is what it gets beside what the layout gets.

    Raises the problems that `compose` does.
    """
    return str(_filled(name, issue, brand, project, **more))


def _filled(name: str, issue: Issue, brand: Brand, project: Project, **more: object) -> Mjml:
    table = project.cached(read_translations)
    try:
        marked = (
            project.cached(_environment)
            .get_template(name)
            .render(
                issue=issue,
                brand=brand,
                words=lambda language: Translator(table, language, brand.language),
                picture_url=lambda picture: picture_urls.url(picture, brand),
                _parts=dict(_parts(issue)),
                **more,
            )
        )
    except jinja2.TemplateSyntaxError as error:
        where = Location(project.name_of(Path(error.filename or error.name or name)), error.lineno)
        raise _refuse(where, f"This template cannot be read: {error.message}.") from None
    except jinja2.TemplateNotFound as error:
        place = _template_line(error, project, name)
        raise _refuse(place, f"There is no template “{error.name}”.") from None
    except jinja2.UndefinedError as error:
        raise _refuse(
            _template_line(error, project, name),
            f"The template uses something that does not exist: {error.message}.",
        ) from None
    except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError) as error:
        place = _template_line(error, project, name)
        if not place.line:
            raise
        raise _refuse(place, f"The template cannot be filled here: {error}.") from None
    return _unmark(marked)


def _refuse(place: Location, message: str) -> Problems:
    # Jinja ends some of its sentences itself.
    said = f"{message.rstrip('.')}."
    return Problems.one(place, "template", said, "`newsletter explain template` lists what a template can use.")


def _environment(project: Project) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=_Folders([str(folder) for folder in project.templates]),
        # True, and not select_autoescape(), which knows .html and .xml but not .mjml.
        autoescape=True,
        # A misspelt name is told, at its line, and does not print as nothing.
        undefined=jinja2.StrictUndefined,
        extensions=[_LineMarks],
        trim_blocks=True,
        lstrip_blocks=True,
        # Each template begins on a line of its own, so that a line tells which one it comes from.
        keep_trailing_newline=True,
        # A Project reads its templates once.
        auto_reload=False,
        bytecode_cache=_COMPILED,
    )
    environment.globals |= {"minutes": reading_time.minutes, "glossary": glossary, "_part": _part}
    environment.filters |= {
        "long_date": dates.long_date,
        "weekday_date": dates.weekday_date,
        # For where no HTML can stand: words that would bring some along are escaped like any others.
        "plain": str,
        "tel": lambda phone: "tel:" + re.sub(r"[^\d+]", "", phone),
    }
    return environment


class _Compiled(jinja2.BytecodeCache):
    """Keeps compiled templates, so that a project whose templates have changed compiles only the changed ones again.

    Jinja2 identifies a template by its name and path, and its text by a checksum.
    """

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, types.CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._code.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.checksum, bucket.code


_COMPILED = _Compiled()


class _Folders(jinja2.FileSystemLoader):
    """Finds templates, and refuses a symbolic link that leads out of their folder."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Any]:
        source, name, uptodate = super().get_source(environment, template)
        if not any(Path(name).resolve().is_relative_to(Path(folder).resolve()) for folder in self.searchpath):
            raise jinja2.TemplateNotFound(template)
        return source, name, uptodate


_ELEMENT = re.compile(r"<(?=[A-Za-z])")
_END = "end"
_CSS_LINE = re.compile(r"^(?=[ \t]*\S)", re.MULTILINE)


def _parts(issue: Issue) -> Iterator[tuple[int, str]]:
    """Give each thing that a block's template shows, by its identity, and the way to it in the issue."""
    for number, article in enumerate(issue.articles):
        yield id(article.image), f"articles {number} image"
        yield id(article.link), f"articles {number} link"
        for position, item in enumerate(article.content):
            yield id(item.value), f"articles {number} content {position}"


@jinja2.pass_context
def _part(context: Mapping[str, Any]) -> str:
    """Mark which part of the issue a block's template shows: that which the template around it calls `block`."""
    shown = context.get("block")
    part = context.get("_parts", {}).get(id(shown), "") if shown is not None else ""
    return f"\x00{part}\x00\x00"


class _LineMarks(Extension):
    """Puts a mark with file and line where a template begins, before each element and each line of CSS that it writes.

    A block's template begins and ends with one more, which tells what it shows. `_unmark` takes all out again.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        is_block = str(stream.name).startswith("blocks/")
        if is_block:
            kinds = {"variable_begin": "{{", "name": "_part", "lparen": "(", "rparen": ")", "variable_end": "}}"}
            yield from (Token(1, kind, value) for kind, value in kinds.items())
        yield Token(1, "data", f"\x00{stream.name}\x001\x00")
        traced = _CSS_LINE if str(stream.name).endswith(".css") else _ELEMENT
        for token in stream:
            if token.type != "data":
                yield token
                continue
            marked, end = "", 0
            for match in traced.finditer(token.value):
                line = token.lineno + token.value.count("\n", 0, match.start())
                marked += f"{token.value[end : match.start()]}\x00{stream.name}\x00{line}\x00"
                end = match.start()
            yield Token(token.lineno, "data", marked + token.value[end:])
        if is_block:
            yield Token(stream.current.lineno, "data", f"\x00{_END}\x00\x00")  # the line tells a slip at the end


def _unmark(marked: str) -> Mjml:
    # NUL cannot come from an issue: the loader refuses it.
    pieces = re.split(r"\x00([^\x00]*)\x00(\d*)\x00", marked)
    line, origins = 1 + pieces[0].count("\n"), []
    shown: list[tuple[int | str, ...] | None] = [None]
    for name, number, piece in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        if number:
            tag = re.match(r"<([\w:-]+)", piece)
            origins.append(
                (line, tag[1] if tag else "", TemplateSource(Location(f"templates/{name}", int(number)), shown[-1]))
            )
        elif name == _END:
            shown.pop()
        else:  # what is no part of the issue belongs to the part around it
            path = tuple(int(key) if key.isdigit() else key for key in name.split())
            shown.append(path or shown[-1])
        line += piece.count("\n")
    return Mjml("".join([pieces[0], *pieces[3::3]]), tuple(origins))


def _template_line(error: Exception, project: Project, template: str) -> Location:
    """Return where in which template an error arose: Jinja2 gives its frames the template's name and lines."""
    folders = tuple(str(folder) for folder in project.templates)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(folders)]
    if not frames:
        return Location(f"templates/{template}")
    return Location(project.name_of(Path(frames[-1].filename)), frames[-1].lineno or 0)
