"""Run the stages: load, compose, compile, inline, slim, linearise, text, message. Then check that nothing is lost.

The page and the words of an issue are built once. Its editions and its web version are built from them.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from newsletter.edition import Edition, FinishedIssue, IssueBuild, IssueWords, PageBuild, WebPage
from newsletter.edition_kinds import EditionKind
from newsletter.issue.brand import Brand
from newsletter.issue.load import load, load_brand, load_incomplete
from newsletter.issue.merge_fields import Fill
from newsletter.issue.model import Issue
from newsletter.problems import for_each_edition, raise_if_any
from newsletter.project import Project
from newsletter.stages.compile import compile_page
from newsletter.stages.compile.layout_contract import find_layout_faults
from newsletter.stages.compose import compose
from newsletter.stages.compose.translations import read_text_marks
from newsletter.stages.edition_page import edition_page
from newsletter.stages.envelope import envelope
from newsletter.stages.explain_losses import explain_losses
from newsletter.stages.inline import inline
from newsletter.stages.linearise import linearise
from newsletter.stages.message import assemble_message
from newsletter.stages.picture_urls import attachments
from newsletter.stages.slim import slim
from newsletter.stages.text import to_text
from newsletter.stages.web_page import web_page
from newsletter.verify import Email, SourceFile, find_losses, find_web_losses


def build_issue(path: Path, project: Project, brand: Brand, text: str | None = None) -> IssueBuild:
    """Build the page of an issue, which all its editions share.

    Args:
        path: the issue's YAML file.
        project: where the templates and pictures are.
        brand: the brand (see `load.load_brand`). The issue gets it in its own language.
        text: the YAML to read instead of the file's content.

    Raises:
        Problems: all problems that the failing stage reports. Any other exception is a bug.
    """
    return _build_page(load(path, project, brand, text), brand, project)


def build_filled_issue(path: Path, project: Project, brand: Brand, text: str, fill: Fill) -> IssueBuild:
    """Build the page of an issue with other words than the fallbacks in its fields, and in those of the brand.

    Args:
        path: the issue's YAML file.
        project: where the templates and pictures are.
        brand: the brand with its fallbacks.
        text: the YAML of the issue.
        fill: returns the words for a field such as `{first_name|reader}`.

    Raises:
        Problems: as `build_issue` does.
    """
    filled = _filled(brand, project, fill)
    return _build_page(load(path, project, filled, text, fill), filled, project)


def build_incomplete_issue(
    path: Path, project: Project, brand: Brand, text: str | None = None, fill: Fill | None = None
) -> IssueBuild:
    """Build the page of an issue to look at, with substitutes for missing texts (see `load.load_incomplete`).

    Arguments and problems are those of `build_issue` or, with `fill`, of `build_filled_issue`, except that a missing
    text raises none.
    """
    brand = _filled(brand, project, fill) if fill else brand
    return _build_page(load_incomplete(path, project, brand, text, fill), brand, project)


def _filled(brand: Brand, project: Project, fill: Fill) -> Brand:
    return load_brand(project, brand.file.parts[0].text, fill)


def _build_page(issue: Issue, brand: Brand, project: Project) -> IssueBuild:
    brand = brand.for_issue(issue)
    mjml = compose(issue, brand, project)
    page = compile_page(mjml)
    raise_if_any(find_layout_faults(page, len(issue.articles)))
    return IssueBuild(issue, brand, mjml, page, slim(inline(page)), read_text_marks(issue, brand, project), project)


def read_issue(build: IssueBuild) -> IssueWords:
    """Return the words of an issue, in reading order and as plain text."""
    reading = linearise(build.inlined)
    return IssueWords(reading, to_text(reading, build.text_marks))


def finish(page: PageBuild, words: IssueWords) -> Edition:
    """Assemble the message of one edition, and check that it has all words of the issue and the brand.

    Raises:
        Problems: as `build_issue` does.
    """
    edition = _assemble(page, words)
    _raise_losses(page.build, words, [edition])
    return edition


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
    pages = for_each_edition(build.chosen_editions(kinds), lambda kind: edition_page(build, project, kind))
    editions = [_assemble(page, words) for page in pages]
    _raise_losses(build, words, editions)
    return editions


def finish_issue(build: IssueBuild, project: Project, kinds: Iterable[EditionKind] = ()) -> FinishedIssue:
    """Build the editions and the web version of an issue; arguments and problems are those of `build_editions`."""
    return FinishedIssue(build, tuple(build_editions(build, project, kinds)), build_web_page(build, project))


def build(
    path: Path, project: Project, brand: Brand, kind: EditionKind = "standard", text: str | None = None
) -> Edition:
    """Build one edition of one issue.

    Args:
        path: the issue's YAML file.
        project: where the templates and pictures are.
        brand: the brand.
        kind: the kind of edition.
        text: the YAML to use instead of the file's; None to read the file.

    Raises:
        Problems: as `build_issue` and `build_editions` do.
    """
    return build_editions(build_issue(path, project, brand, text), project, [kind])[0]


def build_web_page(build: IssueBuild, project: Project) -> WebPage:
    """Build the web version of an issue, which is one page for the readers of every edition.

    Raises:
        Problems: if a template has a fault, or leaves words out.
    """
    page = web_page(build.page, build.issue, build.brand, project)
    raise_if_any(find_web_losses(*_sources(build), page))
    return page


def _raise_losses(build: IssueBuild, words: IssueWords, editions: Sequence[Edition]) -> None:
    """Raise the losses. If a template hides or changes words, raise only that problem: it causes the others."""
    losses = find_losses(*_sources(build), [_email(edition) for edition in editions])
    raise_if_any(explain_losses(tuple(losses), build, words.reading))


def _assemble(page: PageBuild, words: IssueWords) -> Edition:
    message = assemble_message(
        envelope(page.issue, page.brand), words.text, page.html_part, attachments(page.pictures, page.brand)
    )
    return Edition(**vars(page), reading=words.reading, text=words.text, message=message)


def _sources(build: IssueBuild) -> tuple[list[SourceFile], list[SourceFile]]:
    issue, brand = build.issue.file, build.brand.file
    fields, brand_fields = (tuple((each.typed, each.words) for each in file.fields) for file in (issue, brand))
    snippets = dict.fromkeys(SourceFile(snippet.text, snippet.file, fields) for snippet in issue.snippets)
    brand_files = [SourceFile(part.text, part.name, brand_fields) for part in brand.parts]
    return [SourceFile(issue.text, issue.name, fields), *snippets], brand_files


def _email(edition: Edition) -> Email:
    return Email(edition.kind, edition.html_part, edition.text, edition.message)
