"""`newsletter new SLUG`: create an issue to start from."""

from __future__ import annotations

import datetime
import json
import re
from importlib import resources
from pathlib import Path

from newsletter.atomic_write import write_all
from newsletter.issue.blocks import read_blocks
from newsletter.issue.json_schema import json_schema
from newsletter.issue.load import SLUG
from newsletter.problems import Location, Problems
from newsletter.project import DEFAULT_TEMPLATES, Project

SCHEMA = "docs/issue.schema.json"
"""The file that the first line of an issue names as its schema, for text editors."""


def new(slug: str, project: Project, today: datetime.date) -> list[Path]:
    """Create `issues/<slug>.yaml`, which renders without changes, and the files that it needs.

    These are `templates/brand.yaml` if there is none, and the JSON Schema that the first line of the issue names. The
    schema depends on the project's blocks, so an older one is replaced.

    Args:
        slug: the file's name without its ending. A date at its beginning becomes the issue's date.
        project: where to create it.
        today: the issue's date if the name has none.

    Returns:
        The files that were created.

    Raises:
        Problems: if the name cannot be used or is used already, or if a block cannot be read.
    """
    path = project.issues / f"{slug}.yaml"
    place = Location(project.name_of(path))
    if not SLUG.fullmatch(slug.removeprefix("_")):
        hint = "Use up to 64 lower-case letters, digits and hyphens, such as 2026-12-03-winter."
        raise Problems.one(place, "slug", f"An issue cannot have the name “{slug}”.", hint)
    if path.exists():
        raise Problems.one(place, "exists", "There is already an issue with this name.", "Choose another name.")
    schema = json_schema(read_blocks(project))
    text = resources.files("newsletter").joinpath("new_issue.yaml").read_text("utf-8")
    write_all(project.issues, {path.name: text.replace("{date}", str(_date(slug) or today)).encode()})
    return [path, *_own_brand(project), *_schema(project, schema)]


def _schema(project: Project, schema: str) -> list[Path]:
    path = project.root / SCHEMA
    if path.exists() and (not _is_ours(path) or path.read_bytes() == schema.encode()):
        return []
    write_all(path.parent, {path.name: schema.encode()})
    return [path]


def _is_ours(path: Path) -> bool:
    """Check whether a file is an older schema of an issue. Any other file is the editor's own, and stays."""
    try:
        return "articles" in json.loads(path.read_bytes())["properties"]
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _date(slug: str) -> datetime.date | None:
    match = re.match(r"_?(\d{4}-\d{2}-\d{2})", slug)
    try:
        return datetime.date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _own_brand(project: Project) -> list[Path]:
    brand = project.root / "templates" / "brand.yaml"
    if brand.exists():
        return []
    write_all(brand.parent, {brand.name: (DEFAULT_TEMPLATES / "brand.yaml").read_bytes()})
    logo = DEFAULT_TEMPLATES / "images" / "logo.png"
    write_all(brand.parent / "images", {logo.name: logo.read_bytes()})
    return [brand]
