"""The rule `sample-brand` compares each key of a brand, except those that it lists with a reason."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from newsletter.issue.brand import Brand
from newsletter.rules.issue import sample_brand

SCALARS = {"string", "integer", "boolean"}
SCHEMA = Brand.model_json_schema()


def value_keys(schema: dict[str, Any], key: str = "") -> Iterator[str]:
    """Yield the keys of the values that a schema allows, such as `from.name`."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    for choice in [*schema.get("anyOf", ()), *([schema["items"]] if isinstance(schema.get("items"), dict) else ())]:
        yield from value_keys(choice, key)
    inner = {**schema.get("properties", {})}
    for others in (schema.get("additionalProperties"), *schema.get("patternProperties", {}).values()):
        if isinstance(others, dict):
            inner["any"] = others
    for name, value in inner.items():
        yield from value_keys(value, f"{key}.{name}".lstrip("."))
    types = schema.get("type", ())
    if SCALARS.intersection([types] if isinstance(types, str) else types) or "enum" in schema:
        yield key


KEYS = sorted(set(value_keys(SCHEMA)))


@pytest.mark.parametrize("pattern", sample_brand._RIGHT_FOR_OTHER_BRANDS)
def test_each_part_of_an_exception_is_a_key_of_the_brand(pattern: str) -> None:
    for part in re.split(r"\|(?![^(]*\))", pattern):
        assert any(re.fullmatch(part, key) for key in KEYS), part


def test_each_key_is_compared_or_an_exception() -> None:
    compared = {key for key in KEYS if sample_brand.is_of_one_charity(key)}
    assert {
        "name",
        "from.address",
        "to.name",
        "unsubscribe.url",
        "helpline.phone",
        "social.url",
        "base_url",
    } <= compared
    assert not {"timezone", "helpline.hours", "colours.light.page", "logo.src"} & compared
    assert all(sample_brand._RIGHT_FOR_OTHER_BRANDS.values())


def test_a_new_key_is_compared() -> None:
    assert sample_brand.is_of_one_charity("vat_number")
    assert sample_brand.is_of_one_charity("helpline.video_relay")
