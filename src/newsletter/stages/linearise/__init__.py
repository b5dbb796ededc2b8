"""Linearise a page: return it in reading order, without its layout."""

from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from newsletter.css.hiding import hides_from_everybody
from newsletter.css.parser import value_of
from newsletter.dom.tree import give_named_anchors_ids, parse_html
from newsletter.edition import InlinedPage, Reading
from newsletter.stages.linearise.flow import PARTS, Attributes, Flow

LABEL = "label"
"""The class of the words above the title of an article, which stays: the plain text has to know to what they belong."""

NO_MARKERS = "list-style-type: none"
"""The style of lists and items without bullets or numbers."""

_SILENT = {"head", "style", "script", "template", "title"}
_DISPLAY_AS_BLOCK = {"block", "table", "list-item", "flex", "grid"}

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_NAMED_BLOCKS = {"p", "blockquote", *_HEADINGS, *PARTS, *(part for parts in PARTS.values() for part in parts)}
# Blocks without a meaning: only their edges and their attributes count.
# fmt: off
_PLAIN_BLOCKS = {
    "html", "body", "div", "center", "address", "article", "aside", "details", "dialog", "fieldset",
    "figcaption", "figure", "footer", "form", "header", "hgroup", "main", "nav", "pre", "search", "section",
    "summary",
}
# fmt: on
_NAMED_INLINES = {"a", "strong", "b", "em", "i", "sup", "sub", "code", "cite"}
_OWN_ATTRIBUTES = {
    "a": ("href",),
    "ol": ("start",),
    "td": ("colspan", "rowspan"),
    "th": ("scope", "colspan", "rowspan"),
}
_NO_ROLE = {"presentation", "none", ""}


def linearise(page: InlinedPage) -> Reading:
    """Return the content of a page that a screen reader reads, in reading order, as an HTML fragment.

    Removed: the head, styles (except of lists without bullets), comments (also those for Outlook), hidden elements and
    decorative images. Layout tables, divs and spans are unwrapped, but words on both sides of their edges stay
    separate. Everything with a meaning stays: headings, paragraphs, lists, quotations, data tables, links, images with
    their alt, changes of language and direction, roles and labels, and the ids of link targets.

    The fragment has one block per line. The same page gives the same bytes, in linear time.
    """
    root = parse_html(page.with_marks)  # with the names of its classes
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    targets = {link.get("href", "")[1:] for link in root.iter("a") if link.get("href", "").startswith("#")}
    give_named_anchors_ids(root)
    flow = Flow()
    endings: list[Callable[[], None]] = []
    around = [_Inherited("", "", False)]
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            endings.pop()()
            around.pop()
            _add_words(flow, element.tail, around[-1])
        elif is_hidden(element):
            walk.skip_subtree()
            endings.append(_nothing)
            around.append(around[-1])
        else:
            endings.append(_begin(flow, element, _attributes(element, around[-1], targets)))
            around.append(_inherited(element, around[-1]))
            _add_words(flow, element.text, around[-1])
    return Reading(flow.html())


class _Inherited(NamedTuple):
    """The properties that an element inherits."""

    language: str
    direction: str
    keeps_lines: bool


def _inherited(element: etree._Element, around: _Inherited) -> _Inherited:
    return _Inherited(
        element.get("lang") or around.language,
        element.get("dir") or around.direction,
        around.keeps_lines or element.tag == "pre",
    )


def _attributes(element: etree._Element, around: _Inherited, targets: set[str]) -> Attributes:
    """Return the attributes that matter to a reader. Class, width and the like do not, nor any style but one.

    A list or an item without bullets or numbers keeps the style that takes them away: it is heard differently.
    """
    here = _inherited(element, around)
    attributes = {name: value for name in _OWN_ATTRIBUTES.get(str(element.tag), ()) if (value := element.get(name))}
    if LABEL in element.get("class", "").split():
        attributes["class"] = LABEL
    if element.tag in ("ul", "ol", "li") and _has_no_markers(element.get("style", "")):
        attributes["style"] = NO_MARKERS
    if (name := element.get("id")) and name in targets:
        attributes["id"] = name
    if here.language.casefold() != around.language.casefold():
        attributes["lang"] = here.language
    if here.direction.casefold() != around.direction.casefold():
        attributes["dir"] = here.direction
    if (role := element.get("role", "").strip()) not in _NO_ROLE:
        attributes["role"] = role
    if label := " ".join(element.get("aria-label", "").split()):
        attributes["aria-label"] = label
    return attributes


def _has_no_markers(style: str) -> bool:
    return any("none" in value_of(style, name).split() for name in ("list-style", "list-style-type"))


def is_hidden(element: etree._Element) -> bool:
    """Check whether screen readers skip an element, because of its tag, its attributes or its style."""
    return (
        element.tag in _SILENT
        or element.get("hidden") is not None
        or element.get("aria-hidden", "").strip().lower() == "true"
        or hides_from_everybody(element.get("style", ""))
    )


def _begin(flow: Flow, element: etree._Element, attributes: Attributes) -> Callable[[], None]:
    """Begin an element in the flow, and return the function that ends it."""
    tag = str(element.tag)
    # role=presentation removes the meaning of an element, except of a link, which still gets the focus.
    means_nothing = element.get("role", "").strip() in ("presentation", "none") and tag != "a"
    is_block = tag in _NAMED_BLOCKS or tag in _PLAIN_BLOCKS
    starts_line = is_block or value_of(element.get("style", ""), "display") in _DISPLAY_AS_BLOCK

    if tag == "br":
        flow.line_break()
    elif tag == "hr":
        flow.edge() if means_nothing else flow.rule()
    elif tag == "img":
        if not means_nothing and element.get("alt") != "":
            if starts_line:
                flow.edge()
            flow.image({**attributes, **_image_attributes(element)})
    elif is_block:
        tag = "div" if means_nothing or tag in _PLAIN_BLOCKS else tag
        return flow.close if flow.open(tag, attributes) else flow.edge
    elif tag in _NAMED_INLINES or attributes:
        tag = tag if tag in _NAMED_INLINES and not means_nothing else "span"
        return _begin_inline(flow, tag, attributes, starts_line)
    if starts_line:
        flow.edge()
        return flow.edge
    return _nothing


def _begin_inline(flow: Flow, tag: str, attributes: Attributes, starts_line: bool) -> Callable[[], None]:
    if starts_line:
        flow.edge()
    flow.enter(tag, attributes)

    def end() -> None:
        flow.leave()
        if starts_line:
            flow.edge()

    return end


def _image_attributes(image: etree._Element) -> Attributes:
    # A missing alt stays missing, so that a check of the reading can find it.
    return {name: value for name in ("src", "alt") if (value := image.get(name)) is not None}


def _add_words(flow: Flow, text: str | None, around: _Inherited) -> None:
    lines = (text or "").split("\n") if around.keeps_lines else [text or ""]
    for number, line in enumerate(lines):
        if number:
            flow.line_break()
        flow.words(line)


def _nothing() -> None:
    """End an element that the flow does not know."""
