"""The gallery: each layout and block of a project with its example in the brand's own look, built when it is looked at.

The example is built by the pipeline, with the project's own templates. So it looks as it does in an email.
"""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from lxml import etree

from newsletter.dom.tree import InlinedTree, remove_keeping_tail
from newsletter.edition import InlinedPage
from newsletter.issue.brand import Brand
from newsletter.issue.picture_pixels import landscape
from newsletter.pipeline import build_issue
from newsletter.preview.builder import IssueBuilder
from newsletter.preview.failures import catch_problems
from newsletter.preview.gallery_examples import Example, GalleryProject, read_examples
from newsletter.preview.project_state import ProjectState
from newsletter.preview.snapshot import Snapshot
from newsletter.preview.views import email
from newsletter.preview.views.controls import LIGHT_OR_DARK
from newsletter.problems import Problem
from newsletter.source.scan import all_texts
from newsletter.stages.edition_page import edition_page
from newsletter.stages.inline import inline

ExampleView = str | tuple[Problem, ...]
"""The HTML of an example, or the problems that stopped it."""


class Gallery:
    """The examples of a project. A built example is kept until a template or the brand is saved."""

    def __init__(self, builder: IssueBuilder) -> None:
        """Create an empty gallery, which reads and builds in the thread of a builder."""
        self._builder = builder
        # One at a time, so that a save waits for no more than one example.
        self._turn = asyncio.Lock()
        self._state: ProjectState | None = None
        self._project = GalleryProject(builder.root)
        self._examples: tuple[Example, ...] = ()
        self._pages: dict[tuple[str, str, str], ExampleView] = {}
        self.stamp = 0
        """Another number for each state of the templates."""

    async def examples(self) -> tuple[Example, ...]:
        """Return all layouts, then all blocks."""
        async with self._turn:
            return await self._read()

    async def page(self, kind: str, name: str, scheme: str) -> ExampleView | None:
        """Return an example as its frame shows it; None if there is no such example.

        Args:
            kind: "layout" or "block".
            name: its name.
            scheme: an option of `LIGHT_OR_DARK`.
        """
        async with self._turn:
            examples = await self._read()
            brand, key = self._builder.project_state.brand, (kind, name, scheme)
            example = next((each for each in examples if (each.kind, each.name) == (kind, name)), None)
            if example is None or scheme not in (option.value for option in LIGHT_OR_DARK.options):
                return None
            if brand is None:
                return self._builder.project_state.problems
            if key not in self._pages:
                files = self._builder.files
                self._pages[key] = await self._builder.in_thread(
                    lambda: build_example(example, self._project, brand, files, scheme)
                )
            return self._pages[key]

    async def _read(self) -> tuple[Example, ...]:
        state = await self._builder.project_is_read()
        if state is not self._state:
            self._project, self._examples = await self._builder.in_thread(lambda: read_examples(state.project))
            self._pages.clear()
            self._state, self.stamp = state, self.stamp + 1
        return self._examples


def build_example(example: Example, project: GalleryProject, brand: Brand, files: Snapshot, scheme: str) -> ExampleView:
    """Build the page of an example.

    Args:
        example: what to build.
        project: its templates.
        brand: how it looks.
        files: of the project. Pictures that are not among them are drawn.
        scheme: an option of `LIGHT_OR_DARK`.
    """
    if example.problems:
        return example.problems
    with tempfile.TemporaryDirectory(prefix="newsletter-") as folder:
        path = Path(folder) / f"{example.name}.yaml"

        def build() -> str:
            _write_pictures(example, path.parent, project, brand, files)
            issue = build_issue(path, project, brand, example.issue)
            page = edition_page(issue, project, "standard")
            look = _to_look_at(inline(issue.page), example.kind)
            return email.frame_page(replace(page, inlined=look), {"scheme": scheme})

        result = catch_problems(build, example.file)
    if isinstance(result, str):
        return result
    return tuple(example.at_its_line(problem, project.name_of(path)) for problem in result)


def _write_pictures(example: Example, folder: Path, project: GalleryProject, brand: Brand, files: Snapshot) -> None:
    for src in all_texts(example.issue, "src"):
        copy, own, colours = folder / src, project.issues / src, brand.colours.light
        if ".." in src or not copy.is_relative_to(folder):
            continue
        # Without its picture, the example has a problem, at its line.
        with suppress(OSError):
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(own.read_bytes() if own in files.files else landscape(colours.panel, colours.strong))


def _to_look_at(tree: InlinedTree, kind: str) -> InlinedPage:
    """Return a page for the gallery. Its links are removed, so that the keyboard need not visit them all.

    Args:
        tree: the page before the stage `slim`, which leaves its look as it is, but not its sections.
        kind: "layout" or "block".
    """
    if kind == "block":
        _crop(tree.root)
    for link in tree.root.iter("a"):
        if "href" in link.attrib:
            del link.attrib["href"]
            link.set("role", "link")
            link.set("aria-disabled", "true")
    return tree.page


def _crop(root: etree._Element) -> None:
    """Remove everything from a page of one article but the article, and the heading of that."""
    for section in root.findall("body/div/*"):
        if "article-1" not in section.get("class", "").split():
            remove_keeping_tail(section)
    heading = root.find(".//h2[@id='article-1']")
    if heading is None:
        return
    row = next(heading.iterancestors("tr"), None)
    remove_keeping_tail(heading)
    if row is not None and not "".join(map(str, row.itertext())).strip() and row.find(".//img") is None:
        remove_keeping_tail(row)
