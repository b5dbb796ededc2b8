"""Each attribute that templates may use has an effect in MRML; one that MRML dropped would be a promise broken."""

import pytest
from mjml import mjml2html

from newsletter.stages.compile.mjml_allowed import ATTRIBUTES

BODY = sorted(name for name in ATTRIBUTES if name.startswith("mj-") and "css-class" in ATTRIBUTES[name])
TRIED = [(name, attribute) for name in BODY for attribute in sorted(ATTRIBUTES[name] - {"mj-class"})]

# A value that shows in the output, where "7px" would be nonsense.
VALUES = {
    "align": "right",
    "text-align": "right",
    "direction": "rtl",
    "full-width": "full-width",
    "background-url": "https://example.org/b.png",
    "background-repeat": "no-repeat",
    "background-size": "cover",
    "background-position": "left bottom",
    "vertical-align": "bottom",
    "src": "https://example.org/z.png",
    "href": "https://example.org/z",
    "target": "_self",
    "table-layout": "fixed",
    "width": "77px",
}
# What an attribute needs beside it to mean anything.
BESIDE = {
    "background-repeat": 'background-url="https://example.org/b.png"',
    "background-size": 'background-url="https://example.org/b.png"',
    "background-position": 'background-url="https://example.org/b.png"',
    "rel": 'href="https://example.org/"',
    "target": 'href="https://example.org/"',
    "title": 'href="https://example.org/"',
}
CONTENT = {"mj-text": "x", "mj-button": "x", "mj-table": "<tr><td>x</td></tr>"}
COLUMN = "<mj-column><mj-text>x</mj-text></mj-column>"


def document(name: str, attributes: str) -> str:
    element = f"<{name} {attributes}>{CONTENT.get(name, '')}</{name}>"
    match name:
        case "mj-body":
            body = f"<mj-body {attributes}><mj-section>{COLUMN}</mj-section></mj-body>"
        case "mj-wrapper":
            body = f"<mj-body><mj-wrapper {attributes}><mj-section>{COLUMN}</mj-section></mj-wrapper></mj-body>"
        case "mj-section":
            body = f"<mj-body><mj-section {attributes}>{COLUMN}</mj-section></mj-body>"
        case "mj-group":
            body = f"<mj-body><mj-section><mj-group {attributes}>{COLUMN}</mj-group></mj-section></mj-body>"
        case "mj-column":
            body = (
                f"<mj-body><mj-section><mj-column {attributes}><mj-text>x</mj-text></mj-column></mj-section></mj-body>"
            )
        case _:
            body = f"<mj-body><mj-section><mj-column>{element}</mj-column></mj-section></mj-body>"
    return f"<mjml>{body}</mjml>"


def value(attribute: str) -> str:
    if attribute in VALUES:
        return VALUES[attribute]
    if "color" in attribute:
        return "#abcdef"
    is_line = attribute.startswith("border") and not attribute.endswith(("radius", "color", "style", "width"))
    return "7px solid #abcdef" if is_line else "7px"


@pytest.mark.parametrize(("name", "attribute"), TRIED)
def test_attribute_has_an_effect(name: str, attribute: str) -> None:
    beside = BESIDE.get(attribute, "")
    without = mjml2html(document(name, beside), fonts={})
    compiled = mjml2html(document(name, f'{beside} {attribute}="{value(attribute)}"'.strip()), fonts={})
    assert compiled != without


def test_an_attribute_without_effect_would_be_noticed() -> None:
    assert mjml2html(document("mj-table", 'role="none"'), fonts={}) == mjml2html(document("mj-table", ""), fonts={})
