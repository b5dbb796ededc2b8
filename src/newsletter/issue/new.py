"""`newsletter new SLUG`: create an issue to start from."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

from newsletter.atomic_write import write_all
from newsletter.issue.blocks import read_blocks
from newsletter.issue.json_schema import brand_schema, json_schema
from newsletter.issue.load import SLUG
from newsletter.problems import Location, Problems
from newsletter.project import Project

SCHEMA = "docs/issue.schema.json"
"""The file that the first line of an issue names as its schema, for text editors."""

BRAND_SCHEMA = "docs/brand.schema.json"
"""The same for brand.yaml."""


def new(slug: str, project: Project, today: datetime.date) -> list[Path]:
    """Create `issues/<slug>.yaml`, which renders without changes, and the files that it needs.

    These are `templates/brand.yaml` if there is none, and the JSON Schemas that the first lines of both name. A schema
    depends on the project's blocks, so an older one is replaced.

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
    schemas = {SCHEMA: json_schema(read_blocks(project)), BRAND_SCHEMA: brand_schema()}
    text = _template("new_issue.yaml")
    write_all(project.issues, {path.name: text.replace("{date}", str(_date(slug) or today)).encode()})
    return [path, *_own_brand(project), *_schemas(project, schemas)]


def _template(name: str) -> str:
    return resources.files("newsletter").joinpath(name).read_text("utf-8")


def _schemas(project: Project, schemas: Mapping[str, str]) -> Iterator[Path]:
    for name, schema in schemas.items():
        path = project.root / name
        if not path.exists() or (_is_ours(path) and path.read_bytes() != schema.encode()):
            write_all(path.parent, {path.name: schema.encode()})
            yield path


def _is_ours(path: Path) -> bool:
    """Check whether a file is an older schema. Any other file is the editor's own, and stays."""
    key = "articles" if path.name == Path(SCHEMA).name else "list_id"
    try:
        return key in json.loads(path.read_bytes())["properties"]
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
    write_all(brand.parent, {brand.name: _template("new_brand.yaml").encode()})
    return [brand]
