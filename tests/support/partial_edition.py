"""Builds as much of an edition as the rules of a scope read: a rule about words needs no email."""

from dataclasses import fields
from pathlib import Path

from newsletter.check.rule import RuleScope
from newsletter.edition import Edition, InlinedPage, IssueBuild, Mjml, Page, PageBuild, PlainText, Reading
from newsletter.issue.brand import Brand
from newsletter.issue.load import load
from newsletter.pipeline import build, build_issue
from newsletter.project import Project
from newsletter.stages.edition_page import edition_page
from support.examples import TEXT_MARKS


def partial_edition(path: Path, project: Project, brand: Brand, scope: RuleScope) -> Edition:
    """Build the standard edition of an issue as far as the rules of a scope read it; the rest is empty.

    Raises:
        Problems: if it cannot be built so far.
    """
    if scope == "message":
        return build(path, project, brand)
    page = _words(path, project, brand) if scope == "issue" else _page(path, project, brand)
    values = {field.name: getattr(page, field.name) for field in fields(page)}
    return Edition(**values, reading=Reading(""), text=PlainText(""), message=b"")


def _words(path: Path, project: Project, brand: Brand) -> PageBuild:
    issue, page = load(path, project, brand), Page("")
    build = IssueBuild(issue, brand.for_issue(issue), Mjml(""), page, InlinedPage(""), TEXT_MARKS, project)
    return PageBuild(build, "standard", page, InlinedPage(""), {})


def _page(path: Path, project: Project, brand: Brand) -> PageBuild:
    return edition_page(build_issue(path, project, brand), project, "standard")
