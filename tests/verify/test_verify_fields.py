"""What stands for a merge field is searched for, where the field was typed."""

import pytest
import yaml

from newsletter.verify.expected import AnyOrder, Expectation, InOrder, OneOf, Piece, expected_text
from newsletter.verify.fields import yaml_root

FIELDS = (("{name}", "friend"), ("{town|New York}", "New York"))


@pytest.mark.parametrize(
    ("typed", "filled"),
    [
        ("Hello {name}, in {town|New York}.", "Hello friend, in New York."),
        (
            "[{name}](https://example.org/{town|New York}/{name}) {name}",
            "[friend](https://example.org/New%20York/friend) friend",
        ),
        ("`{name}` and ``{name} ` {name}`` and {name}", "`{name}` and ``{name} ` {name}`` and friend"),
        (r"\{name} and \\{name} and {1, 2}", r"\{name} and \\friend and {1, 2}"),
        ("{name}https://x.org/(a)/{town|New York}", "friendhttps://x.org/(a)/New%20York"),
        (
            "(https://x.org/) {town|New York} (https://x.org/){town|New York}",
            "(https://x.org/) New York (https://x.org/)New York",
        ),
        ("[us](https://x.org/(a)/{name}){town|New York}", "[us](https://x.org/(a)/friend)New York"),
        ("mailto:a@example.org?subject={town|New York}", "mailto:a@example.org?subject=New%20York"),
    ],
)
def test_fields_become_words(typed: str, filled: str) -> None:
    root = yaml_root(yaml.safe_dump({"a": [typed]}, width=1000), FIELDS)
    assert isinstance(root, yaml.MappingNode)
    assert root.value[0][1].value[0].value == filled


def words(part: Expectation) -> list[str]:
    if isinstance(part, Piece):
        return list(part.tokens)
    assert isinstance(part, AnyOrder | InOrder | OneOf)
    return [word for each in part.parts for word in words(each)]


def test_a_field_is_expected_as_its_words_alone() -> None:
    pieces = words(expected_text('title: "News for {name}"\n', FIELDS))
    assert pieces == ["News", "for", "friend"]
