"""The files that a brand is read from: `brand.yaml`, and `brand.cy.yaml` with what differs in Welsh."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from newsletter.issue.field_syntax import FilledField
from newsletter.source import nodes
from newsletter.source.parser import parse_yaml


@dataclass(frozen=True)
class BrandFile:
    """The file of a brand: its name in problems, its text, and whether it is a project's own file."""

    name: str
    text: str
    is_own: bool = False
    base: BrandFile | None = None
    """For a file that has only what differs in a language: the file that has the rest."""
    language: str = ""
    """For such a file: the language."""
    fields: tuple[FilledField, ...] = ()
    """The fields in it that are different for each reader, each once."""
    filled: nodes.Node | None = None
    """The YAML nodes with words instead of fields; None before they are filled."""

    @property
    def parts(self) -> tuple[BrandFile, ...]:
        """The files that the brand was read from: a value in a later one replaces that in an earlier one."""
        return (*(self.base.parts if self.base else ()), self)

    @cached_property
    def root(self) -> nodes.Node:
        """The YAML nodes of all parts together, each with its own file and line.

        Raises:
            Problems: if a file is not YAML.
        """
        if self.filled is not None:
            return self.filled
        if self.base is None:
            return parse_yaml(self.text, self.name, "Delete it. Then `newsletter new SLUG` creates one to change.")
        changes = parse_yaml(self.text, self.name, "Write what differs in this language, or delete the file.")
        language = nodes.TextNode(self.language, changes.location)
        own = nodes.MapNode({"language": language}, {"language": changes.location}, changes.location)
        return nodes.merge_nodes(self.base.root, nodes.merge_nodes(own, changes))
