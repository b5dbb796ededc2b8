"""The gallery shows every layout and block in the brand's look; what is wrong with one is its own."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

from newsletter.preview import pages
from newsletter.preview.builder import IssueBuilder
from newsletter.preview.gallery import Gallery
from newsletter.preview.gallery_examples import Example, read_examples
from newsletter.preview.project_state import read_project_state
from newsletter.problems import Location, Problem
from newsletter.project import Project
from support.examples import write_every_block

BLOCK = 'about: "{about}"\nfields: {{words: text}}\nexample:\n  # How to write it.\n  {key}: "{words}"\n'
TEMPLATE = "<mj-text><p>{{ block.words }}</p></mj-text>\n"


@pytest.fixture
def builder(tmp_path: Path) -> Iterator[IssueBuilder]:
    """A project with the default templates, a block of its own, and three that are broken in different ways."""
    blocks, layouts = tmp_path / "templates/blocks", tmp_path / "templates/layouts"
    blocks.mkdir(parents=True)
    layouts.mkdir()
    (tmp_path / "issues").mkdir()
    for name, key, template in (
        ("tip", "words", TEMPLATE),
        ("bad-example", "word", TEMPLATE),
        ("bad-template", "words", TEMPLATE.replace(" }}", "")),
    ):
        text = BLOCK.format(about=f"What {name} is for.", key=key, words="Sit <down>")
        (blocks / f"{name}.yaml").write_text(text, encoding="utf-8")
        (blocks / f"{name}.mjml").write_text(template, encoding="utf-8")
    (blocks / "no-declaration.yaml").write_text("about: [\n", encoding="utf-8")
    shutil.copy(Project(tmp_path).template_file("layouts/digest.mjml"), layouts / "own.mjml")
    builder = IssueBuilder(tmp_path, lambda state: None, lambda: False)
    builder.project_state = read_project_state(tmp_path)
    yield builder
    builder.close()


@pytest.fixture
def page(builder: IssueBuilder) -> Callable[..., str | tuple[Problem, ...] | None]:
    gallery = Gallery(builder)
    return lambda kind, name, scheme="light": asyncio.run(_page(gallery, kind, name, scheme))


async def _page(gallery: Gallery, kind: str, name: str, scheme: str) -> str | tuple[Problem, ...] | None:
    return await gallery.page(kind, name, scheme)


Page = Callable[..., str | tuple[Problem, ...] | None]


def test_it_has_every_layout_and_block(builder: IssueBuilder) -> None:
    _, examples = read_examples(Project(builder.root))
    names = {(each.kind, each.name) for each in examples}
    default = Project(builder.root).templates[-1]
    for kind in ("layout", "block"):
        assert {(kind, path.stem) for path in (default / f"{kind}s").glob("*.yaml")} < names
    assert {("layout", "own"), ("block", "tip"), ("block", "no-declaration")} < names
    assert all(each.about and each.yaml for each in examples if not each.problems)


def test_what_can_be_copied_is_an_issue_or_an_item_of_an_article(project: Project) -> None:
    for each in read_examples(project)[1]:
        copied: Any = yaml.safe_load(each.yaml)
        assert "articles" in copied if each.kind == "layout" else [*copied[0]] == [each.name], each.name


def test_a_block_is_shown_alone_and_a_layout_whole(page: Page) -> None:
    tip, digest = page("block", "tip"), page("layout", "digest")
    assert isinstance(tip, str) and isinstance(digest, str)
    body: Any = html.document_fromstring(tip).find("body")
    assert " ".join(body.text_content().split()) == "Sit <down>"
    assert "The month in short" in digest and "footer" in digest


def test_pictures_that_the_project_has_not_are_drawn(page: Page, builder: IssueBuilder) -> None:
    image_page = page("block", "image")
    assert isinstance(image_page, str) and image_page.count('src="data:image/png;base64,') == 1
    write_every_block(Project(Path(__file__).parents[2]), builder.root)
    asyncio.run(builder.rescan())
    own = asyncio.run(_page(Gallery(builder), "block", "image", "light"))
    assert isinstance(own, str) and own.count('src="data:image/png;base64,') == 1
    assert own != image_page


def test_dark_is_the_email_s_own(page: Page) -> None:
    light, dark = page("block", "tip"), page("block", "tip", "dark")
    assert isinstance(dark, str) and dark != light
    assert page("block", "tip", "nothing") is None
    assert page("block", "none") is None
    assert page("layout", "tip") is None


@pytest.mark.parametrize(
    ("kind", "name", "place", "words"),
    [
        ("block", "bad-example", Location("templates/blocks/bad-example.yaml", 5), "no key called “word”"),
        ("block", "bad-template", Location("templates/blocks/bad-template.mjml", 1), ""),
        ("block", "no-declaration", Location("templates/blocks/no-declaration.yaml", 2), ""),
        ("layout", "own", Location("templates/layouts/own.yaml"), "has no example"),
    ],
)
def test_a_problem_of_an_example_is_reported_at_its_line(
    page: Page, kind: str, name: str, place: Location, words: str
) -> None:
    problems = page(kind, name)
    assert isinstance(problems, tuple)
    assert (problems[0].location.file, problems[0].location.line) == (place.file, place.line), problems
    assert words in problems[0].message
    example_pages = pages.example_problems(problems)
    assert str(problems[0].location) in example_pages and "to see this example" in example_pages


def test_a_problem_of_an_example_is_moved_to_its_own_file() -> None:
    example = Example("block", "tip", "templates/blocks/tip.yaml", lines_before=5)
    problem = Problem(Location("/tmp/tip.yaml", 12, 30), "value", "Wrong.")
    assert example.at_its_line(problem, "/tmp/tip.yaml").location == Location("templates/blocks/tip.yaml", 7)
    assert example.at_its_line(problem, "/tmp/other.yaml") == problem


def test_it_is_built_again_when_a_template_was_saved(builder: IssueBuilder) -> None:
    async def two_looks() -> list[object]:
        gallery = Gallery(builder)
        first = [await gallery.page("block", "tip", "light") for _ in range(2)]
        (builder.root / "templates/blocks/tip.mjml").write_text(TEMPLATE.replace("p>", "h3>"), encoding="utf-8")
        cached = await gallery.page("block", "tip", "light")
        stamp = gallery.stamp
        builder.project_state = read_project_state(builder.root)
        after = await gallery.page("block", "tip", "light")
        return [first[0] is first[1] is cached, "<h3" in str(cached), "<h3" in str(after), gallery.stamp > stamp]

    assert asyncio.run(two_looks()) == [True, False, True, True]


def test_a_brand_that_cannot_be_read_is_reported_once(builder: IssueBuilder) -> None:
    (builder.root / "templates/brand.yaml").write_text("name: [\n", encoding="utf-8")
    builder.project_state = read_project_state(builder.root)
    gallery = Gallery(builder)
    examples = asyncio.run(gallery.examples())
    page: Any = html.document_fromstring(pages.gallery(builder, examples, gallery.stamp, {}))
    assert not list(page.iter("iframe"))
    assert "templates/brand.yaml:2:1" in page.get_element_by_id("problems").text_content()
    assert page.get_element_by_id("block-tip-yaml").text_content().startswith("- tip:\n")


def test_the_page_names_each_frame_and_runs_nothing_of_a_template(builder: IssueBuilder) -> None:
    gallery = Gallery(builder)
    examples = asyncio.run(gallery.examples())
    page: Any = html.document_fromstring(pages.gallery(builder, examples, gallery.stamp, {"scheme": "dark"}))
    frames = {frame.get("src"): frame for frame in page.iter("iframe")}
    frame = frames["/gallery/block/tip?scheme=dark&v=1"]
    assert (frame.get("title"), frame.get("sandbox")) == ("The block tip, dark", "allow-same-origin")
    assert len(frames) == len(examples)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
