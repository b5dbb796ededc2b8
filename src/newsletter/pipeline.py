"""Run the stages: load, compose, compile, inline, linearise, text, message. Then check that nothing is lost.

The page and the words of an issue are built once. Its editions and its web version are built from them.
"""

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

from newsletter.edition import Edition, InlinedPage, IssueBuild, IssueWords, Page, PageBuild, WebPage
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.issue.brand import Brand
from newsletter.issue.load import load
from newsletter.problems import Problem, Problems, merge_by_edition, raise_if_any
from newsletter.project import Project
from newsletter.stages.compile import compile_page
from newsletter.stages.compose import compose
from newsletter.stages.envelope import envelope
from newsletter.stages.inline import inline
from newsletter.stages.linearise import linearise
from newsletter.stages.message import assemble
from newsletter.stages.picture_urls import attachments, pictures
from newsletter.stages.text import to_text
from newsletter.stages.web_page import web_page
from newsletter.verify import Source, find_losses, find_web_losses


def build_issue(path: Path, project: Project, brand: Brand, text: str | None = None) -> IssueBuild:
    """Build the page of an issue, which all its editions share.

    Args:
        path: the issue's YAML file.
        project: where the templates and pictures are.
        brand: the brand (see `load.load_brand`).
        text: the YAML to read instead of the file's content.

    Raises:
        Problems: all problems that the failing stage reports. Any other exception is a bug.
    """
    issue = load(path, project, brand, text)
    mjml = compose(issue, brand, project)
    page = compile_page(mjml)
    return IssueBuild(issue, brand, mjml, page, inline(page))


def read_issue(build: IssueBuild) -> IssueWords:
    """Return the words of an issue, in reading order and as plain text."""
    reading = linearise(build.inlined)
    return IssueWords(reading, to_text(reading))


def build_page(build: IssueBuild, project: Project, kind: EditionKind) -> PageBuild:
    """Build the page of one edition. Do not send it before `finish` has checked it.

    Raises:
        Problems: as `build_issue` does.
    """
    page, inlined = _transform(build, project, kind)
    by_url = pictures(build.issue, build.brand, inlined if EDITION_KINDS[kind].has_page else None)
    return PageBuild(build, kind, page, inlined, by_url)


def _transform(build: IssueBuild, project: Project, kind: EditionKind) -> tuple[Page, InlinedPage]:
    module = EDITION_KINDS[kind].transform
    if module is None:
        return build.page, build.inlined
    page = import_module(f"newsletter.stages.{module}").transform(build, project)
    return page, inline(page)


def finish(page: PageBuild, words: IssueWords) -> Edition:
    """Assemble the message of an edition, and check that it has all words of the issue and the brand.

    Raises:
        Problems: as `build_issue` does.
    """
    html = page.inlined if page.has_page else None
    message = assemble(envelope(page.issue, page.brand), words.text, html, attachments(page.pictures, page.brand))
    raise_if_any(find_losses(*_sources(page.build), html, words.text, message))
    return Edition(**vars(page), reading=words.reading, text=words.text, message=message)


def build_editions(build: IssueBuild, project: Project, kinds: Iterable[EditionKind] = ()) -> list[Edition]:
    """Build several editions of an issue.

    Args:
        build: the issue.
        project: where the templates are.
        kinds: the kinds to build; empty for those of the brand.

    Raises:
        Problems: the problems of all editions, each once.
    """
    words = read_issue(build)
    editions: list[Edition] = []
    problems: dict[str, Sequence[Problem]] = {}
    for kind in kinds or build.brand.editions:
        try:
            editions.append(finish(build_page(build, project, kind), words))
            problems[kind] = ()
        except Problems as error:
            problems[kind] = error.problems
    raise_if_any(merge_by_edition(problems))
    return editions


def build(
    path: Path, project: Project, brand: Brand, kind: EditionKind = "standard", text: str | None = None
) -> Edition:
    """Build one edition of one issue; arguments and problems are those of `build_issue` and `build_editions`."""
    return build_editions(build_issue(path, project, brand, text), project, [kind])[0]


def build_web_page(build: IssueBuild, project: Project) -> WebPage:
    """Build the web version of an issue, which is one page for the readers of every edition.

    Raises:
        Problems: if a template has a fault, or leaves words out.
    """
    page = web_page(build.page, build.issue, build.brand, project)
    raise_if_any(find_web_losses(*_sources(build), page))
    return page


def _sources(build: IssueBuild) -> tuple[Source, Source]:
    issue, brand = build.issue.file, build.brand.file
    return Source(issue.text, issue.name), Source(brand.text, brand.name)
