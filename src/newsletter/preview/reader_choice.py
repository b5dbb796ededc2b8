"""Show the email as it is for one reader or another: with the fallbacks, an example or long words in its fields."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from newsletter.edition import Edition, IssueBuild, PageBuild
from newsletter.issue.brand import Brand
from newsletter.issue.field_syntax import FieldUse
from newsletter.issue.merge_fields import Fill
from newsletter.pipeline import build_incomplete_issue, finish, read_issue
from newsletter.preview.failures import catch_problems
from newsletter.preview.views.controls import Control, Option
from newsletter.problems import Problem
from newsletter.project import Project
from newsletter.stages.edition_page import edition_page

_LONG = "Wilhelmina-Konstantina O’Shaughnessy-Llanfairpwllgwyngyll"
"""A name with a hyphen, an apostrophe and parts that are longer than a line of a phone in large text."""

READER = Control(
    "reader",
    "Reader",
    (
        Option("fallback", "Fallback"),
        Option("example", "Example", "Each field has its example from brand.yaml."),
        Option("long", "Long words", "Each field has its “longest” from brand.yaml, or else a very long name."),
    ),
    "menu",
)


def has_fields(build: IssueBuild) -> bool:
    """Check whether something in an issue, or in its brand, is different for each reader."""
    return bool(build.issue.file.fields or build.brand.file.fields)


def needs_fill(page: PageBuild, query: Mapping[str, str]) -> bool:
    """Check whether an address selects another reader than the email itself has."""
    return READER.selected_option(query) is not READER.options[0] and has_fields(page.build)


def build_for_reader(
    page: PageBuild, path: Path, project: Project, query: Mapping[str, str]
) -> PageBuild | tuple[Problem, ...]:
    """Build an email with the words of the selected reader. Return it, or the problems that stop it.

    Args:
        page: the email with the fallbacks. The text-only edition has to be complete.
        path: the issue's file.
        project: where its templates are.
        query: the selected option of `READER`.
    """

    def build() -> PageBuild:
        fill = _fill(page.brand, READER.selected_option(query).value)
        issue = build_incomplete_issue(path, project, page.brand, page.issue.file.text, fill)
        new = edition_page(issue, project, page.kind)
        return finish(new, read_issue(issue)) if isinstance(page, Edition) and not page.has_page else new

    return catch_problems(build, page.issue.file.name)


def _fill(brand: Brand, kind: str) -> Fill:
    """Return what gives each field its words for a reader."""

    def words(use: FieldUse) -> str:
        declared = {str(name): field for name, field in brand.fields.items()}.get(use.name)
        if declared is None:
            return use.fallback
        return str(declared.example if kind == "example" else declared.longest or _LONG)

    return words
