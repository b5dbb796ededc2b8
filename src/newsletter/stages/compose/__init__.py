"""Turn an `Issue` into MJML: Jinja2 fills the layout and one template for each block.

For emails, only this folder imports Jinja2. `preview.pages` and the audit's report fill their own pages.
"""

from __future__ import annotations

import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import jinja2

from newsletter.css.parser import find_unreadable
from newsletter.edition import Mjml
from newsletter.issue.brand import Brand
from newsletter.issue.event import Event
from newsletter.issue.model import Issue
from newsletter.problems import Location, Problems
from newsletter.project import Project
from newsletter.stages import picture_urls
from newsletter.stages.calendar_urls import CalendarFile, calendar_files
from newsletter.stages.compose import line_marks
from newsletter.stages.compose.environment import read_environment
from newsletter.stages.compose.translations import Translator, read_translations

_LONGEST_OUTPUT = 5_000_000
"""In characters. An email of 102 KB is too long for Gmail."""

_LAST_PIECES = 1_000
"""The number of pieces of output that have a mark of their template's line among them."""


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
    table, borrowed = project.cached_result(read_translations), brand.borrowed
    try:
        pieces = (
            project.cached_result(read_environment)
            .get_template(name)
            .generate(
                issue=issue,
                brand=brand,
                words=lambda language: Translator(table, language, brand.language, borrowed),
                picture_url=lambda picture: picture_urls.url(picture, brand),
                document_url=lambda document: picture_urls.hosted_url(document, brand),
                calendar_file=_calendar_file(issue, brand),
                _parts=dict(line_marks.part_paths(issue)),
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
    return line_marks.remove_marks(output)


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


def _template_line(error: Exception, project: Project, template: str) -> Location:
    """Return where in which template an error arose: Jinja2 gives its frames the template's name and lines."""
    folders = tuple(str(folder) for folder in project.templates)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(folders)]
    if not frames:
        return Location(f"templates/{template}", 1)
    return Location(project.name_of(Path(frames[-1].filename)), frames[-1].lineno or 0)
