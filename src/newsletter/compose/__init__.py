"""From an `Issue` to MJML: Jinja2 fills the layout and one template per block.

For emails, Jinja2 enters through this module alone; the pages of `newsletter preview` are of another kind (see
`preview.pages`).
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from newsletter import picture_links
from newsletter.brand import Brand
from newsletter.compose import calendar_words, reading_time
from newsletter.compose.fixed_words import Words, read_words
from newsletter.compose.glossary import glossary
from newsletter.edition import Mjml
from newsletter.model import Issue
from newsletter.problems import Place, Problems
from newsletter.project import Project

LAYOUT = "newsletter.mjml"


def compose(issue: Issue, brand: Brand, project: Project) -> Mjml:
    """Fill the layout with one issue.

    Args:
        issue: what the editor wrote.
        brand: what is the same in every issue.
        project: where the templates are.

    Returns:
        The MJML, which knows the template line of each of its elements.

    Raises:
        Problems: when a template cannot be read or asks for something that is not there, at its file and line.
    """
    return _filled(LAYOUT, issue, brand, project)


def fill(name: str, issue: Issue, brand: Brand, project: Project, **more: object) -> str:
    """Fill another template than the layout, such as `web.html`; `more` is what it gets beside what the layout gets.

    Raises the problems that `compose` does.
    """
    return str(_filled(name, issue, brand, project, **more))


def _filled(name: str, issue: Issue, brand: Brand, project: Project, **more: object) -> Mjml:
    table = project.once(read_words)
    try:
        marked = (
            project.once(_environment)
            .get_template(name)
            .render(
                issue=issue,
                brand=brand,
                words=lambda language: Words(table, language, brand.language),
                picture_url=lambda picture: picture_links.url(picture, brand),
                **more,
            )
        )
    except jinja2.TemplateSyntaxError as error:
        where = Place(project.name_of(Path(error.filename or error.name or name)), error.lineno)
        raise _refuse(where, f"This template cannot be read: {error.message}.") from None
    except jinja2.TemplateNotFound as error:
        place = _template_line(error, project)
        raise _refuse(place, f"There is no template '{error.name}'.") from None
    except jinja2.UndefinedError as error:
        raise _refuse(
            _template_line(error, project),
            f"The template asks for something that is not there: {error.message}.",
        ) from None
    except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError) as error:
        place = _template_line(error, project)
        if not place.line:
            raise
        raise _refuse(place, f"The template cannot be filled here: {error}.") from None
    return _unmark(marked)


def _refuse(place: Place, message: str) -> Problems:
    return Problems.one(place, "template", message, "docs/adding-a-block.md lists what a template can use.")


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
    )
    environment.globals |= {"minutes": reading_time.minutes, "glossary": glossary}
    environment.filters |= {
        "long_date": calendar_words.long_date,
        "weekday_date": calendar_words.weekday_date,
        # For where no HTML can stand: words that would bring some along are escaped like any others.
        "plain": str,
        "tel": lambda phone: "tel:" + re.sub(r"[^\d+]", "", phone),
    }
    return environment


class _Folders(jinja2.FileSystemLoader):
    """Finds templates, and refuses a symbolic link that leads out of their folder."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Any]:
        source, name, uptodate = super().get_source(environment, template)
        if not any(Path(name).resolve().is_relative_to(Path(folder).resolve()) for folder in self.searchpath):
            raise jinja2.TemplateNotFound(template)
        return source, name, uptodate


_ELEMENT = re.compile(r"<(?=[A-Za-z])")
_CSS_LINE = re.compile(r"^(?=[ \t]*\S)", re.MULTILINE)


class _LineMarks(Extension):
    """Puts a mark with file and line where a template begins, before each element and each line of CSS that it writes.

    `_unmark` takes them out again.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
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


def _unmark(marked: str) -> Mjml:
    # NUL cannot come from an issue: the loader refuses it.
    parts = re.split(r"\x00([^\x00]*)\x00(\d+)\x00", marked)
    line, origins = 1 + parts[0].count("\n"), []
    for name, number, part in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        tag = re.match(r"<([\w:-]+)", part)
        origins.append((line, tag[1] if tag else "", Place(f"templates/{name}", int(number))))
        line += part.count("\n")
    return Mjml("".join([parts[0], *parts[3::3]]), tuple(origins))


def _template_line(error: Exception, project: Project) -> Place:
    """Where in which template an error arose: Jinja2 gives its frames the template's name and lines."""
    folders = tuple(str(folder) for folder in project.templates)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(folders)]
    if not frames:
        return Place(f"templates/{LAYOUT}")
    return Place(project.name_of(Path(frames[-1].filename)), frames[-1].lineno or 0)
