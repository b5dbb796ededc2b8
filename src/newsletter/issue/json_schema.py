"""The JSON Schemas of an issue and of brand.yaml, for completion in a text editor."""

import json
from collections.abc import Mapping
from typing import Any

from newsletter.issue import snippets
from newsletter.issue.blocks import Declaration, issue_model
from newsletter.issue.brand import Brand


def json_schema(blocks: Mapping[str, Declaration]) -> str:
    """Return the schema of an issue as text that ends with LF.

    It is JSON Schema draft-07, the newest that text editors support well.
    """
    schema = _draft_07(issue_model(blocks).model_json_schema())
    # One item of content is one block, and optionally 'allow'.
    article = _definition(schema, schema["properties"]["articles"])
    block = _definition(schema, article["properties"]["content"])
    kinds = [name for name in block["properties"] if name != "allow"]
    for holder, items in ((block, "blocks"), (article, "articles")):
        about = f"The name of a file in issues/_snippets, whose {items} are put in here."
        holder["properties"][snippets.KEY] = {"type": "string", "description": about}
    block["oneOf"] = [{"required": [name]} for name in (*kinds, snippets.KEY)]
    article["anyOf"].append({"required": [snippets.KEY]})
    return _as_text(schema)


def brand_schema() -> str:
    """Return the schema of brand.yaml, in the form of `json_schema`."""
    return _as_text(_draft_07(Brand.model_json_schema()))


def _draft_07(schema: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": "http://json-schema.org/draft-07/schema#", **_without_null(schema)}


def _as_text(schema: dict[str, Any]) -> str:
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
