"""Whatever is wrong with a template, a block, the brand or the settings, there is a problem at its line."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from newsletter.problems import Problems
from support.damaged_project import DamagedProject

DEEP = 3_000
LONG = b"9" * 5_000  # digits; Python turns only 4,300 of them into a number
# The file; what is in it; the line of the problem; what it says.
DAMAGE = {
    "template in Latin-1": ("gap.mjml", b"<mj-text>\ncaf\xe9", "2:4", "not saved as UTF-8"),
    "style sheet in Latin-1": ("styles.css", b"a {}\n\n/* caf\xe9 */", "3:7", "not saved as UTF-8"),
    "words in Latin-1": ("words.yaml", b"en:\n  a: caf\xe9", "2:9", "not saved as UTF-8"),
    "null character": ("gap.mjml", b"<mj-text>\na\n\x00", "3", "U+0000 null"),
    "brackets in a template": ("gap.mjml", b"\n\n{{ " + b"(" * DEEP, "3", "nested too deeply"),
    "conditions": ("gap.mjml", b"\n" + b"{% if 1 %}" * DEEP, "2", "nested too deeply"),
    "a long sum": ("gap.mjml", b"\n\n{{ " + b"1+" * DEEP + b"1 }}", "3", "nested too deeply"),
    "loops": ("gap.mjml", b"{% for a in [1] %}" * 25 + b"{% endfor %}" * 25, "1", "nested too deeply"),
    "itself": ("gap.mjml", b"\n{% include 'gap.mjml' %}", "2", "includes itself"),
    "error in a filter": ("gap.mjml", b"\n{{ 5|long_date }}", "2", "cannot be filled here"),
    "brackets in styles": ("styles.css", b"a {}\nb {" + b"(" * DEEP, "2", "levels deep"),
    "brackets in dark styles": ("dark.css", b"a {}\nb {" + b"[" * DEEP, "2", "levels deep"),
    "brackets in large print": ("large-print.css", b"a {}\n\nb {" + b"(" * DEEP, "3", "levels deep"),
    "brackets in an attribute": (
        "blocks/text.mjml",
        b"<mj-text>\n<p style='color:" + b"(" * DEEP + b"'>x</p></mj-text>",
        "2",
        "levels deep",
    ),
    "brackets in an attribute of MJML": (
        "blocks/text.mjml",
        b"<mj-text padding='" + b"(" * DEEP + b"'>x</mj-text>",
        "1",
        "levels deep",
    ),
    "a long number": ("styles.css", b"a {}\nb { width: " + LONG + b"px }", "2", "more than 100 digits"),
    "a long number in an attribute": (
        "blocks/text.mjml",
        b"<mj-text>\n<p style='z-index:" + LONG + b"'>x</p></mj-text>",
        "2",
        "more than 100 digits",
    ),
    "an escape of a control character": ("wide-table.css", b"a {}\n\\0 b { width: 9px }", "2", "nobody can see"),
    "an escape of half a character": ("styles.css", b"a {}\n.\\dc00 b { width: 9px }", "2", "nobody can see"),
    "a long value": ("styles.css", b"a {}\nb { border: 1px solid" + b" a" * DEEP + b"}", "2", "more than 300 pieces"),
    "a control character in large print": ("large-print.css", b"a {}\n/* \x03 */", "2", "U+0003"),
    "a media query in another": (
        "large-print.css",
        b"@media (min-width: 9px) { a { x: y } }\n@media (min-width: 1px) {\n@media (max-width: 9px) { a { b: c } } }",
        "3",
        "inside another one",
    ),
    "a string without an end": ("styles.css", b'a {}\nb { font-family: "Arial; }', "2", "no second"),
    "a string without an end in large print": (
        "wide-table.css",
        b'a { content: "it\'s" }\n/* it\'s */\nb { color: !im"portant; }',
        "3",
        "no second",
    ),
    "an at sign in a property": ("styles.css", b"a {}\nb { mar@gin: 0 }", "2", "There is an @ here"),
    "an at sign in a property of an attribute": (
        "blocks/text.mjml",
        b"<mj-text>\n<p style='mar@gin: 0'>x</p></mj-text>",
        "2",
        "There is an @ here",
    ),
    "elements": (
        "blocks/text.mjml",
        b"<mj-text>\n" + b"<p>" * 300 + b"</p>" * 300 + b"</mj-text>",
        "2",
        "inside each",
    ),
    "no end tag": ("blocks/text.mjml", b"\n<mj-text>", "2", "not well-formed"),
    "an element that is refused": ("blocks/text.mjml", b"\n<mj-hero></mj-hero>", "2", "cannot be made accessible"),
    "an unknown element": ("blocks/text.mjml", b"\n<mj-txt></mj-txt>", "2", "MJML has no element"),
    "words that a layout leaves out": ("web.html", b"nothing", "", "lost"),
    "settings in Latin-1": ("../pyproject.toml", b"[tool]\n\xff", "2", "not saved as UTF-8"),
    "brackets in settings": ("../pyproject.toml", b"\na = " + b"[" * 5_000, "2", "nested too deeply"),
}


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[DamagedProject]:
    yield DamagedProject(tmp_path)


def test_the_project_itself_has_no_problem(damaged: DamagedProject) -> None:
    damaged.check()


@pytest.mark.parametrize(("file", "content", "place", "message"), DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_a_problem_at_its_line(
    damaged: DamagedProject, file: str, content: bytes, place: str, message: str
) -> None:
    path = damaged.root / "templates" / file
    path.write_bytes(content)
    with pytest.raises(Problems) as error:
        damaged.check(with_editions=file == "large-print.css")
    assert all(problem.location.line for problem in error.value.problems)
    first = error.value.problems[0]
    assert message in first.message and first.hint
    if place:
        assert str(first.location) == f"{path.resolve().relative_to(damaged.root)}:{place}"


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("dark.css", "p { font-size: 1e999px; width: 99999999999999999999999px }"),
        ("dark.css", "@media (max-width: 1.1.1px) { a { color: rgb(1e999, 0, 0) } }"),
        ("blocks/text.mjml", '<mj-text>{{ block }}<ol start="x"><li>a</li></ol></mj-text>'),
        ("blocks/text.mjml", '<mj-text>{{ block }}<p role="heading" aria-level="²">a</p></mj-text>'),
        (
            "blocks/text.mjml",
            '<mj-text>{{ block }}<table><tr><td colspan="²" rowspan="x">a</td></tr></table></mj-text>',
        ),
        ("blocks/text.mjml", '<mj-text>{{ block }}<p style="font: 1e999px/1.1.1 x; opacity: 1e999">a</p></mj-text>'),
        ("blocks/text.mjml", "<mj-text>{{ block }}{{ '\\x00end\\x00\\x00'|safe }}</mj-text>"),
    ],
)
def test_a_strange_number_or_character_is_no_traceback(damaged: DamagedProject, file: str, content: str) -> None:
    (damaged.root / "templates" / file).write_text(content, "utf-8")
    try:
        damaged.check()
    except Problems as error:
        assert all(problem.location.line for problem in error.problems)


def test_damage_by_chance_is_no_traceback(damaged: DamagedProject) -> None:
    """A short run of `bench/fuzz.py --files project`."""
    for number in range(15):
        damaged.damage(Random(f"test-{number}"))
        try:
            damaged.check(with_editions=False)
        except Problems as error:
            assert all(problem.location.line and problem.message for problem in error.problems)
