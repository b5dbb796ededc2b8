"""A sign in a plain text is kept in the page and in the text, or is a problem of the editor's that says what to do."""

import re
import shutil
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from unicodedata import normalize

import pytest
import yaml

from conftest import ISSUES
from newsletter.dom.tree import parse_html
from newsletter.edition import Edition
from newsletter.issue.blocks import issue_model, read_blocks
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.pipeline import build
from newsletter.project import Project
from support.generated import filled

SIGNS = [
    *(
        "***",
        "*",
        "**",
        "* * *",
        "0^9^9",
        "10^9",
        "x^2 and y^-3",
        "^",
        "^1^2^3",
        "9^",
        "> 9",
        ">",
        "<",
        "< 5",
        "&",
        "+ 44",
    ),
    *(
        "+",
        "- 3 kg",
        "-",
        "– 5",
        "1.",
        "3. May",
        "# One",
        "#",
        "### Two",
        "`",
        "``",
        "_",
        "__",
        "a_b_c",
        "~~",
        "|",
        "| a",
    ),
    *(
        "---",
        "===",
        "[",
        "]",
        "[a]",
        "(",
        ")",
        "!",
        "?!",
        "\\",
        "\\*",
        "{",
        "}",
        "{{ x }}",
        "{% x",
        "$",
        "%",
        "@",
        "=",
        '"',
    ),
    *("'", "“", "x²", "H₂O", "10⁹", "½", "…", "•", "·", "§", "©", "]]>", "::", "://", "5*3*2", "a*b*c", "*a*", "**a**"),
    *("a@example.org", "xa@example.org,b", "xhttps://example.org/", "see www.example.org"),
    *("a.org/b", "#1", "-- ", "مرحبا *** 9", "عربي > 9", "\N{NO-BREAK SPACE}*", "5\N{NO-BREAK SPACE}*"),
]
TEXTS = [text for sign in SIGNS for text in (sign, f"Words {sign}", f"{sign} words", f"a{sign}b")]
"""Each sign alone, at the end, at the start, and inside a word."""
ROUNDS = 6  # together they write each of the texts into a field
_POWER = re.compile("[\\^⁹]")
_ADDED = re.compile("[\u200b\u200e\u200f\u2060\u2066-\u2069]")


@pytest.mark.parametrize("number", range(ROUNDS))
def test_signs_in_the_plain_fields_of_an_issue_are_unchanged(
    number: int, project: Project, brand: Brand, tmp_path: Path
) -> None:
    shutil.copytree(project.issues / "images", tmp_path / "images")
    texts = islice(cycle(TEXTS), number * len(TEXTS) // ROUNDS, None)
    values = filled(f"signs-{number}", issue_model(read_blocks(project)), texts, "Calm words")
    path = tmp_path / "signs.yaml"
    path.write_text(yaml.safe_dump(values, allow_unicode=True, sort_keys=False), "utf-8")
    _assert_unchanged(set(_texts(values)), build(path, project, brand))


@pytest.mark.parametrize("number", range(ROUNDS))
def test_signs_in_the_plain_fields_of_the_brand_are_unchanged(number: int, project: Project, tmp_path: Path) -> None:
    shutil.copytree(project.root / "templates/images", tmp_path / "templates/images")
    values = yaml.safe_load((project.root / "templates/brand.yaml").read_text("utf-8"))
    used = TEXTS[number::ROUNDS]
    values["name"], values["from"]["name"], values["to"]["name"] = used[:3]  # the build checks the headers
    values["organisation"], values["address"], values["disclaimer"], values["why_you_get_this"] = used[3:7]
    values["logo"]["alt"], values["helpline"]["name"], values["helpline"]["hours"] = used[7:10]
    values["charity_numbers"] = used
    (tmp_path / "templates/brand.yaml").write_text(yaml.safe_dump(values, allow_unicode=True), "utf-8")
    own = Project(tmp_path)
    _assert_unchanged(set(used), build(project.issues / f"{ISSUES[0]}.yaml", own, load_brand(own)))


def _texts(values: object, key: str = "") -> Iterator[str]:
    """Yield the texts that readers see in the page and in the text: the subject is in neither."""
    if isinstance(values, dict):
        for name, value in values.items():
            yield from _texts(value, name)
    elif isinstance(values, list):
        for value in values:
            yield from _texts(value, key)
    elif values in TEXTS and key != "subject":
        yield str(values)


def _assert_unchanged(texts: set[str], edition: Edition) -> None:
    """Check that the page and the text have each of these texts as it was typed, except powers such as 10^9."""
    page = parse_html(str(edition.inlined))
    attributes = [str(value) for element in page.iter() for value in element.attrib.values()]
    outputs = (_plain(" ".join(["".join(map(str, page.itertext())), *attributes])), _plain(edition.text))
    missing = [text for text in texts for output in outputs if not _POWER.search(text) and _plain(text) not in output]
    assert not missing


def _plain(text: str) -> str:
    return " ".join(_ADDED.sub("", normalize("NFC", text)).split())
