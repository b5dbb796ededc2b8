"""The page of one edition: the issue's page, changed as the kind of edition demands."""

from pkgutil import resolve_name

from newsletter.edition import InlinedPage, IssueBuild, Page, PageBuild
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.project import Project
from newsletter.stages.inline import inline
from newsletter.stages.picture_urls import pictures
from newsletter.stages.slim import slim


def edition_page(build: IssueBuild, project: Project, kind: EditionKind) -> PageBuild:
    """Return the page of one edition. Do not send it before `pipeline.finish` has checked it.

    Args:
        build: the issue.
        project: where the templates of editions are.
        kind: the edition.

    Raises:
        Problems: if a template of the edition cannot be filled, or two pictures have the same address.
    """
    page, inlined = _transform(build, project, EDITION_KINDS[kind].transform)
    visible = inlined if EDITION_KINDS[kind].has_page else None
    return PageBuild(build, kind, page, inlined, pictures(build.issue, build.brand, visible))


def _transform(build: IssueBuild, project: Project, function: str | None) -> tuple[Page, InlinedPage]:
    if function is None:
        return build.page, build.inlined
    page = resolve_name(f"newsletter.stages.{function}")(build, project)
    return page, slim(inline(page))
