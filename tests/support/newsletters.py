"""Newsletters of other charities for the tests: three brands, and nine kinds of newsletter with their brands."""

from __future__ import annotations

import shutil
from pathlib import Path

from newsletter.issue.brand import Brand
from newsletter.issue.load import layouts, load_brand
from newsletter.project import DEFAULT_TEMPLATES, Project

CASES = Path(__file__).parents[1] / "cases"
NEWSLETTERS = CASES / "newsletters"
BRANDS = ("community", "hospital", "youth")
"""Three brands that look as if three designers had made them."""

KINDS = {
    "parish": "parish",
    "school": "school",
    "council": "council",
    "library": "library",
    "village": "village",
    "digest": "youth",
    "members": "hospital",
    "branch": "branch",
    "theatre": "theatre",
}
"""The nine kinds of newsletter, each with its brand."""


def branded_project(brand: str, folder: Path) -> tuple[Project, Brand]:
    """Create a project with a brand of `tests/cases/brands`, the newsletters and the pictures of the shipped issues.

    Args:
        brand: the folder of the brand.
        folder: an empty one, which is created if necessary.
    """
    shutil.copytree(CASES / "brands" / brand, folder / "templates")
    shutil.copytree(NEWSLETTERS, folder / "issues", dirs_exist_ok=True)
    shutil.copytree(DEFAULT_TEMPLATES.parent / "issues" / "images", folder / "issues" / "images")
    project = Project(folder)
    return project, load_brand(project)


def add_layout_examples(project: Project) -> dict[str, Path]:
    """Copy each layout's worked example into `issues/`, and return the files by the name of the layout."""
    return {
        name: Path(shutil.copy(path.with_suffix(".yaml"), project.issues / f"layout-{name}.yaml"))
        for name, path in layouts(project).items()
    }
