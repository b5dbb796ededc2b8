"""`newsletter check --fix` in lines with merge fields: no fix touches a field, and each is at its place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.check.autofix import plan
from newsletter.check.edits import apply_edits, edit_of, expected_values
from newsletter.check.settings import Settings
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.problems import Fix, Location, Problems
from newsletter.project import Project
from newsletter.source.nodes import FilledTextNode, MapNode, Replacement, TextNode, at_path
from newsletter.source.parser import parse_yaml
from support.examples import SHORT
from support.fields import write_fields


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return write_fields(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def brand(home: Project) -> Brand:
    return load_brand(home)


TEXT = "      - text: |\n          %s\n"
BUTTON = '      - button: {text: Our guide, url: "%s"}\n'
QUOTED = '      - text: "%s"\n'


@pytest.mark.parametrize(
    ("block", "typed", "fixed"),
    [
        (TEXT, "Hello {first_name},  come to {town}.", "Hello {first_name}, come to {town}."),
        (TEXT, "Hello  {first_name|you all}, come.", "Hello {first_name|you all}, come."),
        (TEXT, "Hello {first_name}  and {town|x}  too.", "Hello {first_name} and {town|x} too."),
        (TEXT, "{first_name}  {town}  {first_name}", "{first_name} {town} {first_name}"),
        (QUOTED, 'Say \\"yes\\", {first_name},  in {town}.', 'Say \\"yes\\", {first_name}, in {town}.'),
        (TEXT, "Hello {first_name|my  friend}, come.", "Hello {first_name|my  friend}, come."),
        (
            BUTTON,
            "https://www.example.org/?a={town}&amp;b={first_name|A B}",
            "https://www.example.org/?a={town}&b={first_name|A B}",
        ),
        (
            BUTTON,
            "https://www.example.org/a b?t={town}",
            "https://www.example.org/a%20b?t={town}",
        ),
        (
            BUTTON,
            "https://www.example.org/{town|a}?q=1 2",
            "https://www.example.org/{town|a}?q=1%202",
        ),
        (TEXT, "###Hello {first_name}", "### Hello {first_name}"),
    ],
)
def test_a_fix_leaves_fields_as_they_were_typed(
    home: Project, brand: Brand, block: str, typed: str, fixed: str
) -> None:
    path = home.issues / "winter.yaml"
    path.write_text(SHORT + block % typed, "utf-8")
    assert plan(path, home, brand, Settings()).after.decode() == SHORT + block % fixed


def test_an_address_with_faults_on_both_sides_of_a_field_is_not_fixed(home: Project, brand: Brand) -> None:
    path = home.issues / "winter.yaml"
    path.write_text(SHORT + BUTTON % "https://www.example.org/a b?t={town}&c=d 5", "utf-8")
    with pytest.raises(Problems, match="t=your%20town&c=d%205"):
        plan(path, home, brand, Settings())


def node_of(source: str) -> TextNode:
    node = at_path(parse_yaml(source, "a.yaml"), ("a",))
    assert isinstance(node, TextNode)
    return node


@pytest.mark.parametrize("style", ['a: "%s"\n', "a: '%s'\n", "a: |\n  %s\n", "a: >\n  %s\n", "a: %s\n"])
def test_places_in_a_filled_text_are_those_of_what_was_typed(style: str) -> None:
    words = "One {first} two {second|a b} three"
    node = node_of(style % words)
    column = (style % words).rpartition("\n  ")[2].index("One") if "\n  " in style else (style % words).index("One")
    line = 2 if "\n  " in style else 1
    filled = FilledTextNode.create(node, [Replacement(4, 11, "X"), Replacement(16, 28, "YY long")])
    assert filled.text.strip() == "One X two YY long three"
    for word, typed in (("One", "One"), ("X", "{first}"), ("two", "two"), ("YY", "{second"), ("three", "three")):
        place = Location("a.yaml", line, column + (0 if "\n  " not in style else 2) + words.index(typed) + 1)
        assert filled.location_of(filled.text.index(word)) == place
    assert filled.location_of(filled.text.index("long")) == filled.location_of(filled.text.index("YY"))
    assert filled.span_of(4, 5) is None
    assert filled.span_of(2, 5) is None
    assert filled.span_of(11, 12) is None
    before, after = filled.span_of(3, 4), filled.span_of(5, 6)
    assert before == node.span_of(3, 4)
    assert after == node.span_of(11, 12)


@given(
    st.lists(st.sampled_from(["{f}", "{g|x y}", " ", "  ", "a", "bc", ",", "&amp;"]), min_size=1, max_size=12),
    st.data(),
)
def test_an_edit_changes_the_words_as_intended_and_no_field(parts: list[str], data: st.DataObject) -> None:
    source = f'a: "({"".join(parts)})"\n'
    words = {"{f}": "friend", "{g|x y}": "x y"}
    typed = node_of(source)
    fields = [Replacement(*each.span(), words[each[0]]) for each in re.finditer(r"\{.*?\}", typed.text)]
    node = FilledTextNode.create(typed, fields)
    start = data.draw(st.integers(0, len(node.text) - 1))
    end = data.draw(st.integers(start + 1, len(node.text)))
    new = data.draw(st.sampled_from(["", "z", node.text[start:end].replace("&amp;", "&"), node.text[start:end] + "!"]))
    root = MapNode({"a": node}, {"a": node.location}, node.location)
    edit = edit_of("rule", Fix(("a",), start, end, new), root, source)
    if edit:
        (_, intended), *_ = expected_values(root, [edit])[1:]
        assert intended == node.text[:start] + new + node.text[end:]
        after = node_of(apply_edits(source, [edit])).text
        assert re.findall(r"\{.*?\}", after) == re.findall(r"\{.*?\}", typed.text)
        filled = re.sub(r"\{.*?\}", lambda field: words[field[0]], after)
        # An edit of one of several spaces is of all of them; `autofix` compares the values after it.
        assert filled.replace(" ", "") == intended.replace(" ", "")
    else:
        assert fields
