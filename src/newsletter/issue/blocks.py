"""The blocks of the templates: `blocks/<name>.yaml` declares what an editor can write, and has an example.

A declaration is a type in YAML. A name is one of `_TYPES`. `a | b` is a choice. `[type]` is a list. `[[type]]` is a
list of rows; if `columns` is above it, each row has one cell for each column. A mapping is a group of keys; a key
with a question mark is optional. `at_least_one` lists optional keys of which an editor must write one. So a new block
is two files, its template and its example. Only a new kind of *value* needs Python, in `fields`.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, create_model

from newsletter.characters import quoted
from newsletter.english import count
from newsletter.issue import address_fields, date_fields, event, fields, model, text_fields
from newsletter.issue.file_fields import PictureFile
from newsletter.issue.messages import explain_validation_error
from newsletter.problems import Location, Problems, raise_if_any
from newsletter.project import DEFAULT_TEMPLATES, Project
from newsletter.source.nodes import ListNode, MapNode, Node, TextNode, at_path, to_plain_data
from newsletter.source.parser import parse_yaml
from newsletter.source.text_file import read_text

_TYPES: Mapping[str, Any] = {
    "text": text_fields.Text,
    "inline": text_fields.InlineMarkdown,
    "markdown": text_fields.Markdown,
    "lines": text_fields.Lines,
    "phone": address_fields.PhoneNumber,
    "email": address_fields.DisplayedEmailAddress,
    "url": address_fields.Url,
    "date": date_fields.Date,
    "time": date_fields.Time,
    "number": fields.Number,
    "flag": fields.Flag,
    "picture": PictureFile,
    "link": model.Link,
    "image": model.Image,
    "placed-image": model.PlacedImage,
    "document": model.LinkedDocument,
    "event": event.Event,
}


_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, eq=False)
class Declaration:
    """One block: its name, its description, the type of its value, and its example as YAML nodes."""

    name: str
    about: str
    type: Any
    example: Node


def read_blocks(project: Project) -> dict[str, Declaration]:
    """Read the declarations of all blocks, by name from A to Z. The project's own replace the default ones.

    Raises:
        Problems: if a declaration cannot be understood.
    """
    files = {path: project.name_of(path) for path in project.template_files("blocks", ".yaml")}
    blocks = {
        # The tests render the examples of the default blocks.
        path.stem: _declaration(path.stem, read_text(path, file, "block"), file, DEFAULT_TEMPLATES not in path.parents)
        for path, file in files.items()
    }
    for path, file in files.items():
        if not project.template_file(f"blocks/{path.stem}.mjml").is_file():
            message = f"The block “{path.stem}” has no template."
            raise Problems.one(
                Location(file, 1, 1), "block", message, f"Write it in “{path.stem}.mjml” in this folder."
            )
    return blocks


def issue_model(blocks: Mapping[str, Declaration]) -> type[model.Issue]:
    """Return the model of an issue whose articles can have these blocks."""
    return _issue_model(tuple(blocks.items()))


# Projects with the same templates share a model, as do the projects that a preview creates one after the other.
@lru_cache(maxsize=8)
def _issue_model(blocks: tuple[tuple[str, Declaration], ...]) -> type[model.Issue]:
    optional: dict[str, Any] = {
        name: (Annotated[block.type | None, Field(description=block.about)], None) for name, block in blocks
    }
    block = create_model("Block", __base__=model.Block, **optional)
    article = create_model(
        "Article",
        __base__=model.Article,
        content=(Annotated[tuple[block, ...], Field(min_length=1)], ()),
    )
    return create_model(
        "Issue",
        __base__=model.Issue,
        articles=(Annotated[tuple[article, ...], Field(min_length=1)], ...),
    )


# The same text always declares the same. A project whose templates have changed reads only the changed ones again.
@lru_cache(maxsize=128)
def _declaration(name: str, text: str, file: str, has_new_example: bool) -> Declaration:
    root = parse_yaml(text, file)
    keys = root.items if isinstance(root, MapNode) else {}
    about = keys.get("about")
    _refuse_name(name.replace("-", "_"), root.location, model.Block)
    if isinstance(root, MapNode) and about and not (isinstance(about, TextNode) and about.text.strip()):
        hint = "Write in one sentence what the block is for."
        raise Problems.one(root.keys["about"], "block", "“about” has to be a text.", hint)
    if not isinstance(about, TextNode) or {*keys} - {"at_least_one"} != {"about", "fields", "example"}:
        message = "A block is declared by three keys: about, fields and example."
        raise Problems.one(root.location, "block", message, "`newsletter explain block` shows one.")
    kind = _type(keys["fields"], name.title())
    if "at_least_one" in keys:
        kind.at_least_one = tuple(_optional_keys(keys["at_least_one"], keys["fields"]))
    if has_new_example:
        _refuse_example(kind, root)
    return Declaration(name, about.text, kind, keys["example"])


def _refuse_example(kind: Any, root: Node) -> None:
    """Refuse an example that an editor could not write. Its files need not exist in this project."""
    declared = create_model("Declared", example=(kind, ...))
    try:
        declared.model_validate({"example": to_plain_data(at_path(root, ("example",)))}, context={"folder": Path()})
    except ValidationError as error:
        files = {at_path(root, each["loc"]).location for each in error.errors() if each.get("ctx", {}).get("is_file")}
        problems = explain_validation_error(error, declared, root)
        raise_if_any(problem for problem in problems if problem.location not in files)


def _optional_keys(listed: Node, declared: Node) -> Iterator[str]:
    """Yield the names in a list, each of which must be an optional key of the block."""
    optional = [key for key in declared.items if key.endswith("?")] if isinstance(declared, MapNode) else []
    for item in listed.items if isinstance(listed, ListNode) else [listed]:
        if item is listed or not isinstance(item, TextNode) or f"{item.text}?" not in optional:
            hint = "Write a list of keys that have a question mark in “fields”."
            raise Problems.one(item.location, "block", "This is not an optional key of the block.", hint)
        yield item.text


def _type(node: Node, name: str) -> Any:
    if isinstance(node, ListNode) and len(node.items) == 1:
        item = _type(node.items[0], name)
        if isinstance(node.items[0], ListNode):
            cell: Any = Annotated[_type(node.items[0].items[0], name), text_fields.OptionalText]
            item = Annotated[tuple[cell, ...], Field(min_length=1), AfterValidator(_one_cell_for_each_column)]
        return Annotated[tuple[item, ...], Field(min_length=1)]  # type: ignore[valid-type]
    if isinstance(node, MapNode) and node.items:
        members: dict[str, Any] = {}
        for key, value in node.items.items():
            member = key.removesuffix("?")
            _refuse_name(member, node.keys[key], model.IssueModel, members)
            kind = _type(value, name + member.title())
            members[member] = (kind | None, None) if key.endswith("?") else (kind, ...)
        return create_model(name, __base__=model.IssueModel, **members)
    if isinstance(node, TextNode) and node.text in _TYPES:
        return _TYPES[node.text]
    if isinstance(node, TextNode) and "|" in node.text:
        choices = tuple(choice.strip() for choice in node.text.split("|"))
        if all(choices):
            return Literal[choices]
    hint = f"Write one of {', '.join(_TYPES)}; [type] for a list; or keys with types."
    raise Problems.one(node.location, "block", "This is not a type of value.", hint)


def _one_cell_for_each_column(row: tuple[Any, ...], info: ValidationInfo) -> tuple[Any, ...]:
    cells, columns = len(row), len(info.data.get("columns", row))
    if cells != columns:
        raise fields.invalid_value(
            f"This row has {count(cells, 'cell')}, but the table has {count(columns, 'column')}.",
            'Write one cell for each column, and "" for each that is empty.',
        )
    if row[0] == "":
        message, hint = "The first cell of this row is empty.", "Write what the row is about: the cell is its heading."
        raise fields.invalid_value(message, hint, by_path=[((0,), message, hint)])
    return row


def _refuse_name(name: str, location: Location, owner: type[model.IssueModel], others: Container[str] = ()) -> None:
    """Refuse a name that templates could not use, because it is not plain or already has a meaning."""
    hint = "Choose another name: small letters from a to z, then also digits and “_”, such as “first_name”."
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        raise Problems.one(location, "block", f"{quoted(name)} cannot be the name of a key.", hint)
    if name in others:
        raise Problems.one(location, "block", f"{quoted(name)} is declared twice.", hint)
    if hasattr(owner, name) or name in owner.model_fields or name in model.Block.model_fields:
        raise Problems.one(location, "block", f"{quoted(name)} already has a meaning in templates.", hint)
