"""The worked examples of the layouts and blocks that a project has: the default ones, and its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from textwrap import indent
from typing import Literal

from newsletter.issue.blocks import read_blocks
from newsletter.preview.failures import catch_problems
from newsletter.problems import Location, Problem, Problems
from newsletter.project import Project
from newsletter.source.nodes import MapNode
from newsletter.source.parser import parse_yaml
from newsletter.source.text_file import read_text

ExampleKind = Literal["layout", "block"]

# A block is shown without the rest of its issue. It has a heading above it, as in most issues, so that its own headings
# are as large as there.
_ISSUE_START = """\
subject: "Gallery"
preheader: "One block"
title: "Gallery"
date: 2027-01-04
layout: newsletter
articles:
  - title: "Gallery"
    content:
"""


@dataclass(frozen=True)
class Example:
    """One layout or block with its example."""

    kind: ExampleKind
    name: str
    file: str
    """The YAML file of the example, as problems name it."""
    about: str = ""
    """What it is for."""
    yaml: str = ""
    """The YAML to copy; empty if there is none, or if it cannot be read."""
    issue: str = ""
    """The YAML of a whole issue that shows it."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the file, so that there is no issue."""
    lines_before: int = 0
    """How many lines later the example is in `issue` than in `file`."""

    def at_its_line(self, problem: Problem, issue_file: str) -> Problem:
        """Return a problem of `issue`, which names it `issue_file`, as one of the file of the example."""
        line = problem.location.line - self.lines_before
        location = Location(self.file, max(1, line), 0 if self.lines_before else problem.location.column)
        return replace(problem, location=location) if problem.location.file == issue_file else problem


@dataclass(frozen=True)
class GalleryProject(Project):
    """A project without those of its blocks that cannot be read, so that the others can still be shown."""

    blocks: frozenset[str] = frozenset()

    def template_files(self, folder: str, suffix: str) -> Iterator[Path]:
        """Return the files of a folder inside `templates`, as `Project` does."""
        for path in super().template_files(folder, suffix):
            if folder != "blocks" or path.stem in self.blocks:
                yield path


def read_examples(project: Project) -> tuple[GalleryProject, tuple[Example, ...]]:
    """Return the project to build examples with; and its layouts and then its blocks, each from A to Z."""
    layouts = [_read("layout", path.stem, project) for path in project.template_files("layouts", ".mjml")]
    blocks = [_read("block", path.stem, project) for path in project.template_files("blocks", ".yaml")]
    good = frozenset(block.name for block in blocks if not block.problems)
    return GalleryProject(project.root, good), (*layouts, *blocks)


def _read(kind: ExampleKind, name: str, project: Project) -> Example:
    path = project.template_file(f"{kind}s/{name}.yaml")
    file = project.name_of(path) if path.is_file() else f"templates/{kind}s/{name}.yaml"
    read = _layout if kind == "layout" else _block
    example = catch_problems(lambda: read(path, file, project), file)
    return example if isinstance(example, Example) else Example(kind, name, file, problems=example)


def _layout(path: Path, file: str, _: Project) -> Example:
    if not path.is_file():
        hint = f"Write an issue that shows it into {file}."
        raise Problems.one(Location(file), "layout", "This layout has no example.", hint)
    text = read_text(path, file)
    comment = list(takewhile(lambda line: line.startswith("#"), text.splitlines(keepends=True)))
    about = " ".join(line.strip("# \n") for line in comment)
    return Example("layout", path.stem, file, about, text[sum(map(len, comment)) :], text)


def _block(path: Path, file: str, project: Project) -> Example:
    block = read_blocks(GalleryProject(project.root, frozenset([path.stem])))[path.stem]
    text = read_text(path, file)
    root = parse_yaml(text, file)
    assert isinstance(root, MapNode), "a declaration has keys"
    # As text and not as values, because comments in it say how to write it.
    start = root.keys["example"].line - 1
    first, *others = text.splitlines()[start:]
    others = list(takewhile(lambda line: not re.match(r"\w", line), others))
    yaml = "\n".join([f"- {path.stem}:{first.partition(':')[2]}", *(f"  {line}".rstrip() for line in others)])
    issue = _ISSUE_START + indent(yaml, " " * 6)
    return Example("block", path.stem, file, block.about, yaml, issue, lines_before=_ISSUE_START.count("\n") - start)
