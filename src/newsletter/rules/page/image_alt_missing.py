"""Every picture has an alt, even if it is empty.

Without one, a screen reader says the name of the file: "hero final 2 dot p n g". An empty alt says that the picture
adds nothing, and screen readers skip it.

Bad:
    <img src="{{ picture_url(block.src) }}">

Good:
    <img src="{{ picture_url(block.src) }}" alt="{{ block.alt or '' }}">

What an editor forgot is reported as `image-alt`, by `issue/image_alt.py`.

WCAG 2.2, 1.1.1 Non-text Content (A). In the shapes for Outlook (VML), `alt` is an attribute of the shape.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.css import vml
from newsletter.rules.issue._descriptions import FILE_NAME, descriptions

SEVERITY = "error"
IN_WEB_VERSION = True


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that each picture has an alt, also those that only Outlook shows."""
    alts = {item.alt for item in descriptions(page.issue)}  # the rule `image-alt-file-name` looks at these
    known = {(node.location, node.get("src")) for node in page.find("img")}
    in_outlook = page.outlook.find("img", "input")
    only_outlook = (node for node in in_outlook if (node.location, node.get("src")) not in known)
    for nodes, when in ((page.find("img", "input"), ""), (only_outlook, " in Outlook")):
        for node in nodes:
            is_picture = node.tag == "img" or (node.tag == "input" and node.get("type").lower() == "image")
            if is_picture and node.element.get("alt") is None:
                hint = 'Write alt="{{ block.alt or \'\' }}" in it, or alt="" if it adds nothing to the words.'
                yield Finding(node, f"A picture has no alt{when}.", hint)
            elif is_picture and FILE_NAME.fullmatch(node.get("alt").strip()) and node.get("alt") not in alts:
                message = f"The alt of a picture is the name of a file: {quoted(node.get('alt'))}."
                yield Finding(node, message, "Say what the picture shows, or write an empty alt.")
    for node in page.outlook.nodes:
        if node.tag.startswith("v:"):
            yield from _of_shape(node)


def _of_shape(node: PageElement) -> Iterator[Finding]:
    """Check a shape for Outlook, which may be a picture by itself, by a part of it, or by its fill."""
    if node.tag == "v:textpath" and node.get("string").strip():
        yield Finding(node, "Words are drawn in Outlook, where nobody can hear them.", "Write them as text.")
    if not node.get("src") or node.all_text:
        return
    shape = node if node.tag in ("v:image", *vml.SHAPES) else node.parent
    is_drawn = node.tag in ("v:image", "v:imagedata") or node.get("type").lower() == "frame"
    if shape is not None and is_drawn and "alt" not in shape.attributes and not shape.all_text:
        hint = f'Write alt="..." in <{shape.tag}>, or alt="" if it adds nothing to the words.'
        yield Finding(node, "A picture has no alt in Outlook.", hint)
