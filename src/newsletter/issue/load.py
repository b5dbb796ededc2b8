"""Read a YAML file as an `Issue`, and report all its problems together, each at its line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from newsletter.english import did_you_mean
from newsletter.issue.blocks import issue_model, read_blocks
from newsletter.issue.brand import Brand, BrandFile
from newsletter.issue.documents import Document
from newsletter.issue.fields import Language, Layout
from newsletter.issue.messages import explain_validation_error
from newsletter.issue.model import Issue, IssueFile
from newsletter.issue.walk import iter_values
from newsletter.problems import Location, Problems
from newsletter.project import DEFAULT_TEMPLATES, Project
from newsletter.source.nodes import MapNode, Node, at_path, plain
from newsletter.source.parser import parse_yaml, read_text

_Model = TypeVar("_Model", bound=BaseModel)

SLUG = re.compile(r"(?!(con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9-]{0,63}")
"""The name that an issue's file may have. The excluded names are devices on Windows."""


def load(path: Path, project: Project, brand: Brand, text: str | None = None) -> Issue:
    """Read one issue.

    Args:
        path: the YAML file. Its pictures are in the same folder.
        project: where the blocks are declared.
        brand: an issue without a language or without `contents` has those of the brand.
        text: the YAML to read instead of the file's content.

    Raises:
        Problems: all problems of the file.
    """
    file = project.name_of(path)
    slug = path.stem.removeprefix("_")
    text = read_text(path, file) if text is None else text
    root = parse_yaml(text, file, "`newsletter new SLUG` creates one to start from.")
    if not SLUG.fullmatch(slug):
        hint = "Use up to 64 lower-case letters, digits and hyphens, such as 2026-12-03-winter.yaml."
        raise Problems.one(root.location, "slug", f"An issue's file cannot have the name “{path.name}”.", hint)
    values = plain(root)
    values.setdefault("layout", str(brand.layout))
    language = values.setdefault("language", str(brand.language))
    values.setdefault("contents", brand.contents)
    for article in values["articles"] if isinstance(values.get("articles"), list) else ():
        if isinstance(article, dict):
            article.setdefault("language", language)
    articles = values.get("articles")
    count = len(articles) if isinstance(articles, list) else 1
    issue = _validate(
        project.cached(_issue_model), root, values, folder=path.parent, articles=count, languages=_languages(values)
    )
    if isinstance(root, MapNode) and "layout" in root.items:
        _require_layout(issue.layout, root, project)
    for place, value in iter_values(issue) if brand.base_url is None else ():
        if isinstance(value, Document):
            hint = "Write the address of the folder that you upload to in brand.yaml, as “base_url: https://...”."
            raise Problems.one(at_path(root, place).location, "value", "This document has no address yet.", hint)
    return issue.remember(IssueFile(slug, file, text, root))


def _languages(values: dict[str, Any]) -> tuple[str, ...]:
    """Return the languages of an issue and its articles, without those that do not exist."""
    articles = values["articles"] if isinstance(values.get("articles"), list) else []
    named = (each.get("language") for each in (values, *articles) if isinstance(each, dict))
    return tuple(dict.fromkeys(each for each in named if isinstance(each, str) and Language.is_known(each)))


def _issue_model(project: Project) -> type[Issue]:
    return issue_model(read_blocks(project))


def load_brand(project: Project, text: str | None = None) -> Brand:
    """Read `templates/brand.yaml`.

    Args:
        project: where it is.
        text: the YAML to read instead of the file's content.

    Raises:
        Problems: all problems of the file.
    """
    path = project.template_file("brand.yaml")
    if_empty = "Delete it. Then `newsletter new SLUG` creates one that you can change."
    name = project.name_of(path)
    text = read_text(path, name) if text is None else text
    root = parse_yaml(text, name, if_empty)
    brand = _validate(Brand, root, plain(root), folder=path.parent).remember(
        BrandFile(name, text, is_own=path.parent != DEFAULT_TEMPLATES)
    )
    _require_layout(brand.layout, root, project)
    return brand


def layouts(project: Project) -> dict[str, Path]:
    """Return the templates that are a whole email, by name from A to Z.

    Raises:
        Problems: if there is one outside of `templates/layouts/`, where nothing would use it.
    """
    for path in project.template_files("", ".mjml"):
        if b"<mjml" in path.read_bytes():
            hint = f"Move it to templates/layouts/{path.name}."
            raise Problems.one(Location(project.name_of(path), 1), "layout", "A layout has a folder of its own.", hint)
    return {path.stem: path for path in project.template_files("layouts", ".mjml")}


def _require_layout(layout: Layout, root: Node, project: Project) -> None:
    """Report a layout that does not exist, at its line in a file."""
    names = project.cached(layouts)
    if layout not in names:
        hint = did_you_mean(layout, names, f"Layouts are: {', '.join(names)}.")
        raise Problems.one(at_path(root, ("layout",)).location, "layout", f"There is no layout “{layout}”.", hint)


def _validate(model: type[_Model], root: Node, values: object, **context: object) -> _Model:
    try:
        return model.model_validate(values, context=context)
    except ValidationError as error:
        raise Problems(explain_validation_error(error, model, root)) from None
