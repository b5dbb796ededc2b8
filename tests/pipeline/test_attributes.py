"""No text of an issue becomes an attribute: an element has those that the templates wrote, with the values intended."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from itertools import repeat
from unicodedata import normalize

import html5lib
import pytest
import yaml

from newsletter.edition_kinds import EDITION_KINDS
from newsletter.issue.blocks import issue_model, read_blocks
from newsletter.issue.brand import Brand
from newsletter.pipeline import build_editions, build_issue, build_web_page
from newsletter.project import Project
from support.generated import filled

CALM = "Calm words"
HOSTILE = {
    "two quotes": 'A "warm" room for each of us',
    "a handler": 'x" tabindex=0 autofocus onfocus=document.title=1+1 y="z and so on',
    "a word that begins with on": 'Say "yes" to one online talk',
    "single quotes": "x' onclick='a=1' y='z and so on",
    "a quote at the end": 'We call it "home"',
    "one quote": 'A 12" screen',
    "an end of a tag": '5" > 4" and "/> x',
    "a start of a tag": 'p <0.05 and "<" here',
    "a backslash": 'Say \\"no\\" to C:\\u{a0}',
    "codes of Rust": "A \\u{a0} and \\u{22} there",
    "a no-break space and an accent": '5\N{NO-BREAK SPACE}mg "e\N{COMBINING ACUTE ACCENT}te"',
    "joined emoji": 'A \N{WOMAN}\N{ZERO WIDTH JOINER}\N{ROCKET} "trip"',
    "an ampersand": 'Q&A "R&D" and x&y=z',
    "braces": '{{ brand.name }} {% if "x" %} {# "y" #}',
    "a style": 'x" style="display:none" class="y z',
    "quotes in Arabic": 'قال "نعم" اليوم',
}
SEEDS = ["914", "392"]
"""Each generates another issue; together they have every block with a picture."""
CASES = [(words, SEEDS[number % len(SEEDS)]) for number, words in enumerate(HOSTILE.values())]


Build = Callable[[str, str], dict[str, str]]


@pytest.fixture(scope="module")
def pages(project: Project, brand: Brand, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Builds an issue whose every text is some words, and returns the pages of its editions and its web version."""
    folder = tmp_path_factory.mktemp("attributes")
    shutil.copytree(project.issues / "images", folder / "images")
    kinds = [kind for kind, properties in EDITION_KINDS.items() if properties.has_page]
    model = issue_model(read_blocks(project))

    @cache
    def pages_of(words: str, seed: str) -> dict[str, str]:
        path = folder / "hostile.yaml"
        path.write_text(
            yaml.safe_dump(filled(seed, model, repeat(words), words), allow_unicode=True, sort_keys=False), "utf-8"
        )
        build = build_issue(path, project, brand)
        editions: dict[str, str] = {each.kind: str(each.inlined) for each in build_editions(build, project, kinds)}
        return {**editions, "web version": build_web_page(build, project)}

    return pages_of


@pytest.mark.parametrize(("words", "seed"), CASES, ids=HOSTILE.keys())
def test_each_element_has_the_attributes_that_the_templates_wrote(words: str, seed: str, pages: Build) -> None:
    normal_words = normalize("NFC", words)
    for name, page in pages(words, seed).items():
        actual, wanted = list(elements(page)), list(elements(pages(CALM, seed)[name]))
        assert [tag for tag, _ in actual] == [tag for tag, _ in wanted], name
        for (tag, attributes), (_, intended) in zip(actual, wanted, strict=True):
            values = {attribute: value.replace(CALM, normal_words) for attribute, value in intended.items()}
            assert attributes == values, f"{name}: {tag}"


@pytest.mark.parametrize(("words", "seed"), CASES, ids=HOSTILE.keys())
def test_the_label_of_the_wrapper_is_the_subject(words: str, seed: str, pages: Build) -> None:
    page = pages(words, seed)["standard"]
    labels = [attributes["aria-label"] for _, attributes in elements(page) if attributes.get("role") == "article"]
    assert labels == [normalize("NFC", words)]


def elements(page: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the tag and the attributes of each element, as browsers parse a page."""
    for element in html5lib.parse(page, namespaceHTMLElements=False).iter():
        if isinstance(element.tag, str):
            yield element.tag, {name: normalize("NFC", value) for name, value in element.attrib.items()}
