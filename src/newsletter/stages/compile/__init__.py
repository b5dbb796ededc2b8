"""Compile MJML to an HTML page without losing anything.

Only this module imports mjml-python, whose engine is MRML. MRML does not validate and keeps no positions. So the MJML
is read as XML first: anything that MRML would drop is reported as a problem at its template's line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.entities import html5

from lxml import etree
from mjml import mjml2html

from newsletter.css.parser import find_unreadable
from newsletter.dom.tree import first_number, parse_html, remove_keeping_tail, serialise
from newsletter.edition import Mjml, Page
from newsletter.english import did_you_mean
from newsletter.problems import Problem, Problems
from newsletter.stages.compile import mjml_allowed, source_marks
from newsletter.stages.compile.headings import raise_headings
from newsletter.stages.left_to_right import isolate_numbers

_SPACES = re.compile(r"[\t\r\n]|  |\A | \Z")
_ROW_OF_SPACES = re.compile(r"[ \t\r\n]+")
_BREAK = re.compile(r"(?<![ \t\r\n])[ \t\r\n]*\n[ \t\r\n]*")
# HTML elements without an end tag. Every other one needs its end tag, even when it is empty.
_VOID = frozenset(["br", "hr", "img", "meta", "link", "col", "wbr", "input", "source", "area"])


_SPACE = "\N{HAIR SPACE}"
"""The text that MRML writes into an mj-spacer."""

_MOST_DIGITS = 9
"""The most digits that a number of a list can have, in Markdown and in browsers."""

_CONDITION = re.compile(r"\[if [^\]<>]*\]>(?:<!|.*<!\[endif\])", re.DOTALL)
"""A conditional comment: with something for Outlook in it, or the first of two around what Outlook ignores."""

_WITHOUT_WORDS = mjml_allowed.ATTRIBUTES.keys() - mjml_allowed.WITH_WORDS - mjml_allowed.REFUSED.keys()
"""The elements that hold no text directly."""

_JOINED_BORDERS = "table, td { border-collapse: collapse;"
"""What MRML says of all tables: a wide line then moves all that is in its column, and corners are never round."""

_SEPARATE_BORDERS = "table, td { border-collapse: separate; border-spacing: 0;"

_TITLE = "title"
"""A placeholder that MRML gets as mj-title. MRML copies the text into aria-label without escaping quotation marks, so
one in the subject would end the attribute, and the rest of the subject would be read as attributes."""


def compile_page(mjml: Mjml) -> Page:
    """Compile a composed issue.

    Args:
        mjml: well-formed MJML.

    Returns:
        The HTML document. Rules of `<mj-style inline="inline">` are in a style element that premailer will inline.
        Every other style element has `data-premailer="ignore"`.

    Raises:
        Problems: if the MJML is not well-formed; for each element or attribute that MRML does not know.
    """
    root = _parse(mjml)
    if problems := [*_unknown_names(root, mjml), *_unreadable_css(root, mjml), *_broken_conditions(root, mjml)]:
        raise Problems(problems)
    _drop_comments(root)
    source_marks.mark_lines(root)
    attributes = _take_html_attributes(root)
    styles = _take_styles(root)
    for element in root.iter(etree.Element):
        _prepare(element)
    title = _take_title(root)
    # As ASCII: MRML prints attributes in Rust's Debug form, which turns a no-break space into the six characters
    # \u{a0} and doubles a backslash. It does not change a numeric character reference.
    source = etree.tostring(root, encoding="us-ascii").decode("ascii").replace("\\", "&#92;")
    try:
        # Without fonts={}, MRML links to fonts on another company's server.
        html = mjml2html(source, fonts={})
    except ValueError as error:
        raise Problems.one(mjml.source(1).location, "mjml", f"MJML cannot be compiled: {error}.") from None
    except BaseException as error:
        # A panic of MRML is no Exception, and its type cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        hint = "Take out what you changed last, and put it back in small steps."
        raise Problems.one(mjml.source(1).location, "mjml", "MJML cannot be compiled.", hint) from None
    return _finish(html, title, attributes, styles, mjml)


def _parse(mjml: Mjml) -> etree._Element:
    # XML has five named characters. Template authors write HTML's.
    text = re.sub(r"&(?!(?:amp|lt|gt|quot|apos);)(\w+;)", lambda match: html5.get(match[1], match[0]), mjml)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=False)
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        # "Opening and ending tag mismatch: p line 3 and mj-text": report the line where the element was opened.
        # libxml2's line and column are those of the composed text, which no author knows.
        opened = re.search(r"mismatch: ([\w:-]+) line (\d+)", error.msg or "")
        location = (mjml.source(int(opened[2]), opened[1]) if opened else mjml.source(error.lineno or 1)).location
        if "Excessive depth" in (error.msg or ""):
            message = "Too many elements are inside each other here: more than 250."
            raise Problems.one(location, "mjml", message, "Take some of them out.") from None
        reason = re.sub(r"( line \d+|, line \d+, column \d+.*)", "", error.msg or "")
        hint = "Each element needs an end tag. An empty one ends in “/>”, such as <br />."
        raise Problems.one(location, "mjml", f"This template is not well-formed: {reason}.", hint) from None


def _unknown_names(root: etree._Element, mjml: Mjml) -> Iterator[Problem]:
    refused = set()
    for element in root.iter(etree.Element):
        parent = element.getparent()
        inside = str(parent.tag) if parent is not None else ""
        if parent in refused:  # what is right in it depends on the element that is meant
            refused.add(element)
            continue
        for kind, message, hint in _faults(element, str(element.tag), inside):
            if kind == "mjml-element" and str(element.tag) not in mjml_allowed.ATTRIBUTES:
                refused.add(element)
            template = mjml.source(int(getattr(element, "sourceline", 0) or 1), str(element.tag))
            yield Problem(template.location, kind, message, hint)
        if element.tag in _WITHOUT_WORDS and not _is_in_html(inside):
            for line in _lines_of_loose_words(element, mjml):
                message = f"Words directly in <{element.tag}> would be lost."
                yield Problem(mjml.location(line), "mjml-element", message, "Put them in mj-text.")


def _is_in_html(inside: str) -> bool:
    """Check whether an element with this tag holds HTML."""
    return inside in mjml_allowed.WITH_HTML or bool(inside and not inside.startswith("mj"))


def _lines_of_loose_words(element: etree._Element, mjml: Mjml) -> Iterator[int]:
    """Yield the line in a composed issue of each row of words that is directly in an element."""
    for before, words in ((element, element.text), *((child, child.tail) for child in element)):
        if words and words.strip():
            is_child = before is not element and isinstance(before.tag, str)
            inner = "".join(map(str, before.itertext())) if is_child else ""
            start = int(getattr(before, "sourceline", 0) or 1) + inner.count("\n")
            first = words.strip().split("\n")[0].rstrip()
            lines = mjml.split("\n")
            yield next((line for line in range(start, len(lines) + 1) if first in lines[line - 1]), start)


def _faults(element: etree._Element, name: str, inside: str) -> Iterator[tuple[str, str, str]]:
    in_html = _is_in_html(inside)
    known = mjml_allowed.DEFAULTS if inside == "mj-attributes" else mjml_allowed.ATTRIBUTES.get(name)
    if in_html and not name.startswith("mj-"):
        return
    if name in mjml_allowed.REFUSED:
        yield "mjml-element", f"<{name}> cannot be made accessible.", mjml_allowed.REFUSED[name]
    elif in_html:
        yield "mjml-element", f"<{name}> would be lost inside HTML.", "Put it directly in a column."
    elif known is None:
        yield "mjml-element", f"MJML has no element <{name}>.", _nearest(name, mjml_allowed.ATTRIBUTES)
    else:
        for attribute in map(str, element.attrib):
            if attribute not in known:
                yield "mjml-attribute", f"<{name}> has no attribute “{attribute}”.", _nearest(attribute, known)


def _unreadable_css(root: etree._Element, mjml: Mjml) -> Iterator[Problem]:
    """Report CSS that no program can read, in a style sheet, an attribute or a comment for Outlook."""
    for element in root.iter():
        line = int(getattr(element, "sourceline", 0) or 1)
        if isinstance(element, etree._Comment):
            styles = [element.text or ""]
            line -= styles[0].count("\n")  # libxml2 counts a comment at the line where it ends
        elif element.tag in ("mj-style", "style"):
            styles = [element.text or ""]
        else:
            styles = [str(value) for name, value in element.attrib.items() if name not in mjml_allowed.WORDS]
        for css in styles:
            if unreadable := find_unreadable(css, is_sheet=element.tag in ("mj-style", "style")):
                template = mjml.source(line + css.count("\n", 0, unreadable.position))
                yield Problem(template.location, "mjml", unreadable.message, unreadable.hint)


def _nearest(name: str, known: Iterable[str]) -> str:
    return did_you_mean(name, known, "MJML would drop it without a message: delete it.")


def _take_html_attributes(root: etree._Element) -> dict[str, dict[str, str]]:
    """Remove mj-html-attributes, which MRML lacks, and return their attributes by css-class."""
    attributes: dict[str, dict[str, str]] = {}
    for selector in root.iter("mj-selector"):
        values = {str(item.get("name")): (item.text or "").strip() for item in selector.iter("mj-html-attribute")}
        attributes.setdefault(str(selector.get("path", "")).removeprefix("."), {}).update(values)
    for group in list(root.iter("mj-html-attributes")):
        remove_keeping_tail(group)
    return attributes


def _take_styles(root: etree._Element) -> list[tuple[str, bool]]:
    """Remove each mj-style, and return its CSS and whether to inline it, which MRML does not know."""
    styles = list(root.iter("mj-style"))
    for style in styles:
        remove_keeping_tail(style)
    return [(style.text or "", style.get("inline") == "inline") for style in styles]


def _broken_conditions(root: etree._Element, mjml: Mjml) -> Iterator[Problem]:
    """Report conditional comments that Outlook, and MRML, cannot read."""
    for comment in root.iter(etree.Comment):
        words = comment.text or ""
        if words.startswith("[if") and not _CONDITION.fullmatch(words):
            line = int(getattr(comment, "sourceline", 0) or 1) - words.count("\n")  # libxml2 has the line where it ends
            hint = "Write <!--[if mso]> and <![endif]-->, with what is only for Outlook between them."
            yield Problem(mjml.source(line).location, "mjml", "Outlook cannot read this conditional comment.", hint)


def _drop_comments(root: etree._Element) -> None:
    """Remove the comments between MJML's elements: inside mj-wrapper, MRML would nest them in one for Outlook."""
    for comment in list(root.iter(etree.Comment)):
        parent = comment.getparent()
        if parent is not None and parent.tag not in mjml_allowed.WITH_HTML and str(parent.tag).startswith("mj"):
            remove_keeping_tail(comment)


def _prepare(element: etree._Element) -> None:
    for name, value in element.attrib.items():
        if _SPACES.search(str(value)):
            element.set(name, _ROW_OF_SPACES.sub(" ", str(value).strip(" \t\r\n")))
    tag = str(element.tag)
    if tag in mjml_allowed.WITH_WORDS or not tag.startswith("mj"):
        # Between inline elements, MRML deletes white space with a newline in it, which would join two words.
        texts = [element.text or "", *(child.tail or "" for child in element)]
        parts = [_BREAK.sub(" ", text) if "\n" in text else text for text in texts]
    else:
        # Between its own elements MRML accepts no white space except newlines.
        parts = [""] * (len(element) + 1)
    if tag in ("mj-title", "mj-html-attribute"):
        parts[0] = parts[0].strip()
    # With an empty text instead of None, lxml writes <div></div>, which HTML needs, and not <div/>.
    element.text = parts[0] or (None if tag in _VOID or tag.startswith("mj") else "")
    for child, tail in zip(element, parts[1:], strict=True):
        child.tail = tail or None


def _take_title(root: etree._Element) -> str:
    """Replace the words of mj-title by `_TITLE`, and return them; empty if there is no mj-title."""
    title = ""
    for element in root.iter("mj-title"):
        title, element.text = element.text or "", _TITLE
    return title


def _put_title(root: etree._Element, title: str) -> None:
    """Write the title into the two places in which MRML has written `_TITLE`."""
    for element in root.iter("title"):
        element.text = title
    for element in root.iterfind("body/div[@aria-label]"):
        element.set("aria-label", title)


def _mark_digits(numbered: etree._Element) -> None:
    """Add to a list whose last number has two digits or more a class, such as `digits-2`, for the room before it."""
    last = first_number(numbered) + len(numbered.findall("li")) - 1
    digits = min(len(str(last)), _MOST_DIGITS)
    if digits > 1:
        numbered.set("class", f"{numbered.get('class', '')} digits-{digits}".strip())


def _finish(
    html: str, title: str, attributes: dict[str, dict[str, str]], styles: list[tuple[str, bool]], mjml: Mjml
) -> Page:
    root = parse_html(html)
    _put_title(root, title)
    sources = source_marks.resolve_marks(root, mjml)
    head = next(root.iter("head"))
    for sheet in root.iter("style"):
        sheet.set("data-premailer", "ignore")
        sheet.text = (sheet.text or "").replace(_JOINED_BORDERS, _SEPARATE_BORDERS)
    for rules, to_inline in styles:
        marks = {} if to_inline else {"data-premailer": "ignore"}
        etree.SubElement(head, "style", {"type": "text/css", **marks}).text = rules
    for numbered in root.iter("ol"):
        _mark_digits(numbered)
    for element in root.iter(etree.Element):
        for name in element.get("class", "").split():
            for attribute, value in attributes.get(name, {}).items():
                element.set(attribute, value)
        if element.text == _SPACE and not len(element):
            element.set("aria-hidden", "true")  # a screen reader would stop and say "blank"
        # MRML writes two attributes that HTML does not have: height="auto" and vertical-align.
        for attribute, value in (("vertical-align", "middle"), ("height", "auto")):
            if element.get(attribute) == value:
                del element.attrib[attribute]
        # Only a word that is longer than its line may be split. Newer mail apps drop word-break:break-word, and older
        # ones split "Appointments" with it. With overflow-wrap:break-word, a long word widens the page on a phone.
        if "word-break:break-word" in (style := element.get("style", "")):
            element.set("style", style.replace("word-break:break-word", "overflow-wrap:anywhere"))
    raise_headings(root)
    isolate_numbers(root)
    # It has MRML's doctype: without one, the page would be in quirks mode, where text in tables is smaller.
    return Page(serialise(root), sources)
