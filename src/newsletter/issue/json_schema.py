"""The JSON Schema of an issue, for completion in a text editor."""

import json
from collections.abc import Mapping
from typing import Any

from newsletter.issue.blocks import Declaration, issue_model


def json_schema(blocks: Mapping[str, Declaration]) -> str:
    """Return the schema as text that ends with LF: JSON Schema draft-07, the newest that text editors support well."""
    schema = issue_model(blocks).model_json_schema()
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", **_without_null(schema)}
    # One item of content is one block, and optionally 'allow'.
    article = _definition(schema, schema["properties"]["articles"])
    block = _definition(schema, article["properties"]["content"])
    kinds = [name for name in block["properties"] if name != "allow"]
    block["oneOf"] = [{"required": [name]} for name in kinds]
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _definition(schema: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """Return the definition of the items of a list. A block of a project may have the name of any other definition."""
    definition: dict[str, Any] = schema["definitions"][values["items"]["$ref"].removeprefix("#/definitions/")]
    return definition


def _without_null(node: Any) -> Any:
    """Return a part of pydantic's newer schema as draft-07, without null: nobody writes null in YAML."""
    if isinstance(node, list):
        return [_without_null(item) for item in node]
    if not isinstance(node, dict):
        return node.replace("#/$defs/", "#/definitions/") if isinstance(node, str) else node
    node = {("definitions" if key == "$defs" else key): _without_null(value) for key, value in node.items()}
    node = {key: value for key, value in node.items() if not (key == "default" and value in (None, ""))}
    if {"type": "null"} in node.get("anyOf", []):
        others = [option for option in node.pop("anyOf") if option != {"type": "null"}]
        node |= others[0] if len(others) == 1 else {"anyOf": others}
    # Before 2019, anything beside $ref was ignored, so $ref is wrapped.
    if "$ref" in node and len(node) > 1:
        node["allOf"] = [{"$ref": node.pop("$ref")}]
    return node
