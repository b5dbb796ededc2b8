"""`newsletter new SLUG`: create an issue to start from: a first one, an older issue or the example of a layout."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from pathlib import Path

from newsletter.english import did_you_mean
from newsletter.issue.blank_copy import blank_copy
from newsletter.issue.blocks import read_blocks
from newsletter.issue.json_schema import brand_schema, json_schema
from newsletter.issue.load import layouts, load, load_brand, require_slug
from newsletter.issue.write_file import write_file
from newsletter.problems import Location, Problems
from newsletter.project import Project
from newsletter.source.nodes import ListNode, MapNode, Node, TextNode, last_line
from newsletter.source.parser import parse_yaml
from newsletter.source.text_file import read_text

Start = Callable[[datetime.date], str]
"""What a new issue starts from: receives its date, and returns its YAML."""

SCHEMA = "docs/issue.schema.json"
"""The file that the first line of an issue names as its schema, for text editors."""

BRAND_SCHEMA = "docs/brand.schema.json"
"""The same for brand.yaml."""


def new(slug: str, project: Project, today: datetime.date, start: Start | None = None) -> list[Path]:
    """Create `issues/<slug>.yaml`, and the files that it needs.

    These are `templates/brand.yaml` if there is none, and the JSON Schemas that the first lines of both name. A schema
    depends on the project's blocks, so an older one is replaced.

    Args:
        slug: the file's name without its ending. A date at its beginning becomes the issue's date.
        project: where to create it.
        today: the issue's date if the name has none.
        start: receives the issue's date, and returns its YAML; None for an issue that renders without changes.

    Returns:
        The files that were created.

    Raises:
        Problems: if the name cannot be used or is used already, if a block cannot be read, if a file cannot be
            written, or those of `start`.
    """
    path = project.issues / f"{slug}.yaml"
    location = Location(project.name_of(path))
    require_slug(slug, location)
    if path.exists():
        raise Problems.one(location, "exists", "There is already an issue with this name.", "Choose another name.")
    schemas = {SCHEMA: json_schema(read_blocks(project)), BRAND_SCHEMA: brand_schema()}
    text = (start or _first_issue)(_date(slug) or today)
    write_file(path, text.encode(), location)
    return [path, *_own_brand(project), *_schemas(project, schemas)]


def from_issue(path: Path, project: Project, date: datetime.date) -> str:
    """Return the YAML of an issue with the frame of another one (see `blank_copy`).

    Args:
        path: the file of the other issue.
        project: where it is.
        date: that of the new issue.

    Raises:
        Problems: if the brand or the other issue cannot be read.
    """
    brand = load_brand(project)
    return blank_copy(load(path, project, brand), brand, date)


def from_layout(name: str, project: Project, date: datetime.date) -> str:
    """Return the worked example of a layout with another date. Pictures that the project does not have are notes.

    Args:
        name: the layout.
        project: where the layouts are.
        date: that of the new issue.

    Raises:
        Problems: if there is no such layout, or if it has no example.
    """
    known = layouts(project)
    path = project.template_file(f"layouts/{name}.yaml")
    location = Location(f"templates/layouts/{name}.yaml")
    if name not in known:
        hint = did_you_mean(name, known, f"Layouts are: {', '.join(known)}.")
        raise Problems.one(location, "layout", f"There is no layout “{name}”.", hint)
    if not path.is_file():
        hint = f"Write templates/layouts/{name}.yaml. Or leave out --layout, and write “layout: {name}” in the issue."
        raise Problems.one(location, "layout", f"The layout “{name}” has no worked example to start from.", hint)
    text = read_text(path, project.name_of(path))
    lines = [f"# yaml-language-server: $schema=../{SCHEMA}", *text.splitlines()]
    root = parse_yaml("\n".join(lines), project.name_of(path))
    for src, start, end in _pictures(root):
        if not (project.issues / src).is_file():
            for number in range(start.line - 1, end):
                lines[number] = f"{lines[number][: start.column - 1]}# {lines[number][start.column - 1 :]}"
    if isinstance(root, MapNode) and "date" in root.keys:
        lines[root.keys["date"].line - 1] = f"date: {date}"
    return "\n".join(lines) + "\n"


def _pictures(node: Node, start: Location | None = None) -> Iterator[tuple[str, Location, int]]:
    """Yield each picture of an example, where its key or item begins, and its last line."""
    if isinstance(node, MapNode) and start and isinstance(src := node.items.get("src"), TextNode):
        yield src.text, start, last_line(node)
    elif isinstance(node, MapNode):
        for key, value in node.items.items():
            yield from _pictures(value, node.keys[key])
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _pictures(item, item.location)


def _first_issue(date: datetime.date) -> str:
    return _template("new_issue.yaml").replace("{date}", str(date))


def _template(name: str) -> str:
    return resources.files("newsletter").joinpath(name).read_text("utf-8")


def _schemas(project: Project, schemas: Mapping[str, str]) -> Iterator[Path]:
    for name, schema in schemas.items():
        path = project.root / name
        if not path.exists() or (_is_ours(path) and path.read_bytes() != schema.encode()):
            write_file(path, schema.encode(), Location(name))
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
    write_file(brand, _template("new_brand.yaml").encode(), Location(project.name_of(brand)))
    return [brand]
