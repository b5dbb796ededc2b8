"""Read a YAML file as an `Issue`, and report all its problems together, each at its line."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from newsletter.characters import quoted
from newsletter.english import did_you_mean
from newsletter.inputs import will_read
from newsletter.issue.blocks import issue_model, read_blocks
from newsletter.issue.brand import FIELD_PLACES, Brand
from newsletter.issue.brand_file import BrandFile
from newsletter.issue.documents import Document
from newsletter.issue.fields import Language, Layout
from newsletter.issue.merge_fields import Fill, FilledFile, fill_fields
from newsletter.issue.messages import explain_validation_error
from newsletter.issue.model import Issue, IssueFile, Substitutes
from newsletter.issue.snippets import insert_snippets
from newsletter.issue.substitutes import fill_in, paths_to_fill
from newsletter.issue.walk import iter_values
from newsletter.problems import Location, Problems, raise_if_any
from newsletter.project import DEFAULT_TEMPLATES, Project
from newsletter.source.nodes import FilledTextNode, MapNode, Node, TextNode, at_path, to_plain_data
from newsletter.source.parser import parse_yaml
from newsletter.source.text_file import read_text

_Model = TypeVar("_Model", bound=BaseModel)

SLUG = re.compile(
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[a-z0-9][a-z0-9-]{0,63}(?:\.([a-z]{2,3}(?:-[a-z0-9]{2,8})*))?"
)
"""The name that an issue can have; the group is a language at its end. Some names are devices on Windows."""

_SLUG_HINT = (
    "Use up to 64 lower-case letters, digits and hyphens, such as 2026-12-03-winter. Then there may be a dot and a "
    "language, as in 2026-12-03-winter.cy."
)


def require_slug(name: str, location: Location) -> str:
    """Return the language at the end of the name of an issue, such as cy in 2026-12-03-winter.cy; "" if it has none.

    Args:
        name: the name of the issue's file, with or without `.yaml`, and with the underscore of an unfinished issue.
        location: for the problem.

    Raises:
        Problems: if an issue cannot have this name. Some names are devices on Windows.
    """
    match = SLUG.fullmatch(name.removeprefix("_").removesuffix(".yaml"))
    if not match or (match[1] and not Language.is_known(match[1])):
        raise Problems.one(location, "slug", f"An issue cannot have the name “{name}”.", _SLUG_HINT)
    return match[1] or ""


def load(path: Path, project: Project, brand: Brand, text: str | None = None, fill: Fill | None = None) -> Issue:
    """Read one issue, and the same issue in other languages (see `_twin_files`).

    Args:
        path: the YAML file. Its pictures are in the same folder.
        project: where the blocks are declared.
        brand: an issue without a language, a layout or `contents` has those of the brand.
        text: the YAML to read instead of the file's content.
        fill: returns the words for a field such as `{first_name|reader}`; None for its fallback.

    Raises:
        Problems: all problems of the file.
    """
    return _with_twins(_load(path, project, brand, text, fill), path, project, brand)


def load_incomplete(
    path: Path, project: Project, brand: Brand, text: str | None = None, fill: Fill | None = None
) -> Issue:
    """Read one issue as `load` does, but put words of ours where a text is missing, if nothing else stops it.

    The result is only to look at. Its `IssueFile.substitutes` has the problems. Arguments are those of `load`.

    Raises:
        Problems: all problems of the file, if any other value is missing or wrong.
    """
    return _with_twins(_load(path, project, brand, text, fill, with_substitutes=True), path, project, brand)


def _with_twins(issue: Issue, path: Path, project: Project, brand: Brand) -> Issue:
    twins: list[Issue] = []
    unreadable: list[str] = []
    for twin in _twin_files(path, issue.slug):
        try:
            twins.append(_load(twin, project, brand))
        except Problems:
            unreadable.append(project.name_of(twin))  # its own problems are reported when it is read for itself
    return issue.remember(replace(issue.file, twins=tuple(twins), unreadable_twins=tuple(unreadable)))


def _twin_files(path: Path, slug: str) -> list[Path]:
    """Return the files of an issue in other languages: `winter.cy.yaml` beside `winter.yaml`.

    Those of an unfinished issue are unfinished, too.
    """
    underscore = "_" if path.name.startswith("_") else ""
    base = f"{underscore}{slug.partition('.')[0]}"
    will_read(path.with_name(f"{base}.*.yaml"), "names")
    will_read(path.with_name(f"{base}.yaml"))
    others = [path.with_name(f"{base}.yaml"), *sorted(path.parent.glob(f"{base}.*.yaml"))]
    names = re.compile(rf"{re.escape(base)}(?:\.[a-z-]+)?\.yaml")
    return [other for other in others if other != path and names.fullmatch(other.name) and other.is_file()]


def read_nodes(text: str, file: str, project: Project, brand: Brand) -> Node:
    """Return the YAML nodes of an issue as `load` reads them: with snippets, and with fallbacks instead of fields.

    Args:
        text: the YAML.
        file: the name of the file in problems.
        project: where the snippets and the blocks are.
        brand: the brand, which declares the fields.

    Raises:
        Problems: if it is not YAML, or a snippet cannot be read.
    """
    root, _ = insert_snippets(parse_yaml(text, file), project)
    return _filled(root, project, brand.in_language(_language_of(root) or brand.language)).root


def _load(  # noqa: PLR0913 - the arguments of `load`, and what is different in `load_incomplete`
    path: Path,
    project: Project,
    brand: Brand,
    text: str | None = None,
    fill: Fill | None = None,
    *,
    with_substitutes: bool = False,
) -> Issue:
    file = project.name_of(path)
    slug = path.stem.removeprefix("_")
    text = read_text(path, file) if text is None else text
    root = parse_yaml(text, file, "`newsletter new SLUG` creates one to start from.")
    named = require_slug(path.name, root.location)
    root, snippets = insert_snippets(root, project)
    brand = brand.in_language(_language_of(root) or named or brand.language)
    filled = _filled(root, project, brand, fill)
    root, values = filled.root, to_plain_data(filled.root)
    language = values.setdefault("language", named or str(brand.language))
    values.setdefault("layout", str(brand.layout))
    values.setdefault("contents", brand.contents)
    for article in values["articles"] if isinstance(values.get("articles"), list) else ():
        if isinstance(article, dict):
            article.setdefault("language", language)
    articles = values.get("articles")
    count = len(articles) if isinstance(articles, list) else 1
    model = project.cached_result(_issue_model)
    context = {"folder": path.parent, "articles": count, "languages": _languages(values)}
    issue, substitutes = _validate(model, filled, values, context, with_substitutes=with_substitutes)
    if isinstance(root, MapNode) and "layout" in root.items:
        _require_layout(issue.layout, root, project)
    for place, value in iter_values(issue) if brand.base_url is None else ():
        if isinstance(value, Document):
            hint = "Write the address of the folder that you upload to in brand.yaml, as “base_url: https://...”."
            raise Problems.one(at_path(root, place).location, "value", "This document has no address yet.", hint)
    if named and not f"{issue.language.lower()}-".startswith(f"{named}-"):
        hint = f"Write “language: {named}”, or rename the file."
        message = f"The name of this file ends in “{named}”, but its language is “{issue.language}”."
        raise Problems.one(at_path(root, ("language",)).location, "slug", message, hint)
    return issue.remember(IssueFile(slug, file, text, root, snippets, fields=filled.fields, substitutes=substitutes))


def _filled(root: Node, project: Project, brand: Brand, fill: Fill | None = None) -> FilledFile:
    return fill_fields(root, project.cached_result(_issue_model), brand.fallbacks, fill)


def _language_of(root: Node) -> str:
    """Return the language that a file names; empty if it names none."""
    node = root.items.get("language") if isinstance(root, MapNode) else None
    return node.text if isinstance(node, TextNode) else ""


def _languages(values: dict[str, Any]) -> tuple[str, ...]:
    """Return the languages of an issue and its articles, without those that do not exist."""
    articles = values["articles"] if isinstance(values.get("articles"), list) else []
    named = (each.get("language") for each in (values, *articles) if isinstance(each, dict))
    return tuple(dict.fromkeys(each for each in named if isinstance(each, str) and Language.is_known(each)))


def _issue_model(project: Project) -> type[Issue]:
    return issue_model(read_blocks(project))


def load_brand(project: Project, text: str | None = None, fill: Fill | None = None) -> Brand:
    """Read `templates/brand.yaml`, and each `templates/brand.LANGUAGE.yaml` that has what differs in a language.

    Args:
        project: where it is.
        text: the YAML to read instead of the file's content.
        fill: as for `load`. Without it, `{token}` and `{address}` in addresses of the brand stay as they are.

    Raises:
        Problems: all problems of the first file that has any.
    """
    path = project.template_file("brand.yaml")
    text = _text(path, project) if text is None else text
    base = BrandFile(project.name_of(path), text, path.parent != DEFAULT_TEMPLATES)
    brand = _brand(base, project, fill)
    translations: dict[str, Brand] = {}
    for other in project.template_files("", ".yaml"):
        if named := re.fullmatch(r"brand\.(.+)\.yaml", other.name):
            name, tag = project.name_of(other), named[1]
            if not Language.is_known(tag):
                hint = "Name it after the language of its words, such as brand.cy.yaml for Welsh, or move it elsewhere."
                raise Problems.one(Location(name), "slug", f"{quoted(tag)} is not the code of a language.", hint)
            file = BrandFile(name, _text(other, project), base.is_own, base, tag)
            translations[tag.lower()] = _brand(file, project, fill)
    return brand.remember(brand.file, translations)


def _text(path: Path, project: Project) -> str:
    return read_text(path, project.name_of(path))


def _brand(file: BrandFile, project: Project, fill: Fill | None) -> Brand:
    folder = project.template_file("brand.yaml").parent
    filled = fill_fields(file.root, Brand, _declared(file.root), fill, FIELD_PLACES)
    values = to_plain_data(filled.root)
    if isinstance(at_path(filled.root, ("unsubscribe", "url")), FilledTextNode):
        values["unsubscribe"]["one_click"] = "true"  # the address is each reader's own
    brand, _ = _validate(Brand, filled, values, {"folder": folder})
    brand.remember(replace(file, fields=filled.fields, filled=filled.root))
    _require_layout(brand.layout, file.root, project)
    return brand


def _declared(root: Node) -> dict[str, str]:
    """Return the fallback of each field that a brand declares, before it is validated."""
    declared = at_path(root, ("fields",))
    if declared is root or not isinstance(declared, MapNode):
        return {}
    fallbacks = {name: at_path(node, ("fallback",)) for name, node in declared.items.items()}
    return {name: node.text if isinstance(node, TextNode) else name for name, node in fallbacks.items()}


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
    names = project.cached_result(layouts)
    if layout not in names:
        hint = did_you_mean(layout, names, f"Layouts are: {', '.join(names)}.")
        raise Problems.one(at_path(root, ("layout",)).location, "layout", f"There is no layout “{layout}”.", hint)


def _validate(
    model: type[_Model], filled: FilledFile, values: object, context: dict[str, Any], *, with_substitutes: bool = False
) -> tuple[_Model, Substitutes]:
    """Return what a schema makes of values, with a substitute for each missing text if these may be in it.

    Raises:
        Problems: all problems of the file.
    """
    substitutes = Substitutes()
    try:
        result = model.model_validate(values, context=context)
    except ValidationError as error:
        problems = (*filled.problems, *explain_validation_error(error, model, filled.root, filled.faulty))
        paths = paths_to_fill(error, model, filled.root) if with_substitutes and not filled.problems else frozenset()
        if not paths:
            raise Problems(problems) from None
        fill_in(values, paths)
        substitutes = Substitutes(paths, problems)
        try:
            result = model.model_validate(values, context=context)
        except ValidationError as other:
            others = explain_validation_error(other, model, filled.root, filled.faulty)
            raise Problems([*problems, *others]) from None
    raise_if_any(filled.problems)
    return result, substitutes
