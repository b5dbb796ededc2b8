"""The sentence: load, compose, compile, inline, linearise, text, message; and then nothing may be lost.

`render` and every later user of an issue go through `build`; none of them has a second way to make an email.
"""

from collections.abc import Sequence
from pathlib import Path

from newsletter.edition import Edition, PageBuild, WebPage
from newsletter.edition_kinds import EditionKind
from newsletter.issue.brand import Brand
from newsletter.issue.load import load
from newsletter.issue.model import Issue
from newsletter.problems import Problem, Problems, merge_by_edition, raise_if_any
from newsletter.project import Project
from newsletter.stages.compile import compile_page
from newsletter.stages.compose import compose, fill
from newsletter.stages.envelope import envelope
from newsletter.stages.inline import inline
from newsletter.stages.large_print import to_large_print
from newsletter.stages.linearise import linearise
from newsletter.stages.message import assemble
from newsletter.stages.picture_urls import attachments, pictures
from newsletter.stages.text import to_text
from newsletter.stages.web_page import web_page
from newsletter.verify import find_losses, find_web_losses


def build(
    path: Path, project: Project, brand: Brand, kind: EditionKind = "standard", written: str | None = None
) -> Edition:
    """Make one edition of one issue's email; arguments are those of `draw`.

    Returns:
        The message, and every value on the way to it. Nothing is written.

    Raises:
        Problems: everything that the failing stage found wrong; a traceback is a bug of ours.
    """
    return finish(build_page(path, project, brand, kind, written))


def build_page(
    path: Path, project: Project, brand: Brand, kind: EditionKind = "standard", written: str | None = None
) -> PageBuild:
    """Make the page of one edition of one issue: the first half of `build`, and all that is to be seen of it.

    Args:
        path: the issue's YAML file.
        project: where templates and pictures are.
        brand: what is the same in every issue (see `load.load_brand`).
        kind: which edition.
        written: what the file would hold, in place of what it holds.

    Returns:
        The page, which nobody may be sent before `complete` has found it whole.

    Raises:
        Problems: everything that the failing stage found wrong; a traceback is a bug of ours.
    """
    issue = load(path, project, brand, written)
    mjml = compose(issue, brand, project)
    page = compile_page(mjml)
    if kind == "large-print":
        page = to_large_print(page, fill("large-print.css", issue, brand, project))
    inlined = inline(page)
    shown = pictures(issue, brand, inlined if kind != "text-only" else None)
    return PageBuild(kind, issue, brand, mjml, page, inlined, shown)


def finish(drawn: PageBuild) -> Edition:
    """Make the rest of an edition: its text and its message, in which nothing of the issue may be lost.

    Raises:
        Problems: as `build` does.
    """
    issue, brand = drawn.issue, drawn.brand
    reading = linearise(drawn.inlined)
    text = to_text(reading)
    sent = drawn.inlined if drawn.has_page else None
    message = assemble(envelope(issue, brand), text, sent, attachments(drawn.pictures, brand))
    raise_if_any(find_losses(issue.file.text, issue.file.name, sent, text, message))
    return Edition(**vars(drawn), reading=reading, text=text, message=message)


def build_editions(path: Path, project: Project, brand: Brand, kinds: Sequence[EditionKind] = ()) -> list[Edition]:
    """Make several editions of one issue; arguments are those of `build`, and `kinds` empty for those of the brand.

    Raises:
        Problems: what stands against any of them, each once.
    """
    made: list[Edition] = []
    found: dict[str, Sequence[Problem]] = {}
    for kind in kinds or brand.editions:
        try:
            made.append(build(path, project, brand, kind))
            found[kind] = ()
        except Problems as problems:
            found[kind] = problems.problems
    if any(found.values()):
        raise Problems(merge_by_edition(found))
    return made


def build_web_page(issue: Issue, brand: Brand, project: Project) -> WebPage:
    """Make the web version of an issue, which is one page for the readers of every edition.

    Raises:
        Problems: what a template, a project's own perhaps, has wrong or left out.
    """
    page = web_page(compile_page(compose(issue, brand, project)), issue, brand, project)
    raise_if_any(find_web_losses(issue.file.text, issue.file.name, page))
    return page
