"""The web version: an issue as a page of the charity's website, built from the email's page.

CSS (`web.css`) replaces the layout tables that mail apps need. Everything with a meaning stays: headings, lists, data
tables, links, pictures, languages, and the class names of blocks.
"""

from __future__ import annotations

import re
import unicodedata

from lxml import html
from markupsafe import Markup

from newsletter.dom.tree import PHRASING, give_named_anchors_ids, parse, whole_number
from newsletter.edition import Page, WebPage
from newsletter.issue.brand import Brand
from newsletter.issue.model import Issue
from newsletter.project import Project
from newsletter.stages.compose import fill
from newsletter.stages.data_urls import with_pictures
from newsletter.stages.picture_urls import pictures

_KEPT_NAMES = frozenset(
    ["id", "lang", "dir", "href", "src", "alt", "scope", "colspan", "rowspan", "start", "role", "title"]
) | frozenset(["aria-hidden", "aria-label", "aria-labelledby", "aria-describedby"])
# Class names that only the layout of the email needs.
_FRAME = re.compile(r"(?:^|\s)(?:mj-\S+|page|in-issue-language)(?=\s|$)")
_ARTICLE = re.compile(r"(?:^|\s)article-\d+(?:\s|$)")
_COLUMN = 552  # px between the edges of the email
_INLINE = PHRASING | {"img"}
_GROUPS = re.compile("(?<=\\d)\N{NO-BREAK SPACE}(?=\\d)")
_LAYOUT = frozenset(["table", "tbody", "thead", "tfoot", "tr", "td", "th"])


def web_page(page: Page, issue: Issue, brand: Brand, project: Project) -> WebPage:
    """Return an issue as a whole HTML document with its pictures and rules inside.

    Args:
        page: the compiled page, with the class names of its blocks.
        issue: the issue of the page.
        brand: its brand.
        project: where `web.html` and `web.css` are.

    Raises:
        Problems: if a template cannot be filled.
    """
    by_url = pictures(issue, brand, page)
    body = next(parse(page, html.HTMLParser).iter("body"))
    html.etree.strip_tags(body, html.etree.Comment)
    give_named_anchors_ids(body)
    for image in body.iter("img"):
        if (width := whole_number(image, "width", 0)) > 0 and (picture := by_url.get(image.get("src", ""))):
            # A picture as wide as the email's column is as wide as the page here. With a height, the words below do not
            # jump when the picture arrives.
            target = picture.width if width >= _COLUMN else width
            image.set("width", str(target))
            image.set("height", str(round(target * picture.height / picture.width)))
    for element in reversed(list(body.iterdescendants())):
        _unframe(element)
    _drop_links_to_itself(body, brand)
    _break_lines(body)
    _split_numbers(body)
    _drop_repeated_languages(body, str(issue.language), issue.language.direction)
    parts = _parts([section for wrapper in body for section in wrapper])
    filled = fill("web.html", issue, brand, project, **{name: Markup(part) for name, part in parts.items()})
    # A letter and its accent can be one character or two; on the Web they should be one (W3C, Character Model).
    return WebPage(with_pictures(unicodedata.normalize("NFC", filled), by_url))


def _unframe(element: html.HtmlElement) -> None:
    """Remove the email's layout from an element. Its descendants must have been changed before."""
    style, width = element.get("style", ""), element.get("width", "")
    is_layout = element.tag in _LAYOUT and _is_layout(element)
    is_drawing = element.tag == "table" and is_layout and element.get("aria-hidden") == "true"
    attributes = {name: value for name, value in element.attrib.items() if name in _KEPT_NAMES}
    if attributes.get("role") == "presentation":
        del attributes["role"]
    if names := _FRAME.sub(" ", element.get("class", "")).split():
        attributes["class"] = " ".join(names)
    if element.tag == "img":
        attributes |= {name: value for name in ("width", "height") if (value := element.get(name, "")).isdigit()}
    if is_drawing:  # a bar of a chart: only its width has a meaning
        element.clear(keep_tail=True)
        attributes["style"] = f"inline-size:{width}"
    element.attrib.clear()
    element.attrib.update(attributes)
    if element.tag == "a" and not element.attrib:  # its name is the id of another element
        element.drop_tag()
    elif element.tag == "p" and "border-top" in style and not _says(element):
        element.tag = "hr"
    elif is_layout:
        element.tag = "div"
    if element.tag == "div" and not is_drawing:
        _prune(element)


def _is_layout(element: html.HtmlElement) -> bool:
    around = element if element.tag == "table" else next(element.iterancestors("table"), None)
    return around is None or around.get("role") in ("presentation", "none")


def _prune(element: html.HtmlElement) -> None:
    if not _says(element):
        element.drop_tree()
    elif not element.attrib and (_is_alone(element) or not _has_words_of_its_own(element)):
        element.drop_tag()
    elif _ARTICLE.search(element.get("class", "")):
        element.tag = "article"


def _says(element: html.HtmlElement) -> bool:
    # Nothing but a drawing, such as the bar of a chart, keeps a style.
    return (
        bool(element.text_content().strip())
        or element.find(".//*[@style]") is not None
        or any(True for _ in element.iter("img", "hr"))
    )


def _is_alone(element: html.HtmlElement) -> bool:
    around = element.getparent()
    texts = (around.text, element.tail)
    return around.tag != "body" and len(around) == 1 and not any((text or "").strip() for text in texts)


def _has_words_of_its_own(element: html.HtmlElement) -> bool:
    return any((text or "").strip() for text in (element.text, *(child.tail for child in element))) or any(
        child.tag in _INLINE for child in element
    )


def _drop_links_to_itself(body: html.HtmlElement, brand: Brand) -> None:
    """Remove the link to the web version, which is this page."""
    for link in list(body.iter("a")):
        line = next(link.iterancestors("p", "li"), None)
        is_own = not any(True for _ in link.iterancestors("article"))
        if brand.web_version_url and link.get("href") == brand.web_version_url and is_own and line is not None:
            line.drop_tree()


def _drop_repeated_languages(element: html.HtmlElement, language: str, direction: str) -> None:
    for child in element:
        if child.get("lang") == language:
            del child.attrib["lang"]
        if child.get("dir") == direction:
            del child.attrib["dir"]
        _drop_repeated_languages(child, child.get("lang", language), child.get("dir", direction))


def _break_lines(body: html.HtmlElement) -> None:
    """Begin each block on a line of its own, for people who read the source."""
    for element in body.iterdescendants():
        if element.tag not in _INLINE:
            if not (element.tail or "").strip():
                element.tail = "\n"
            if not (element.text or "").strip() and len(element) and element[0].tag not in _INLINE:
                element.text = "\n"


def _split_numbers(body: html.HtmlElement) -> None:
    """Allow a line break between the groups of a number: with a large font, no line has room for all groups.

    A line can end at the zero-width space between groups. The no-break space stays, because it keeps them in order
    among words from right to left (see `markdown.numbers`).
    """
    for element in body.iter():
        element.text = element.text and _GROUPS.sub("\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}", element.text)
        element.tail = element.tail and _GROUPS.sub("\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}", element.tail)


def _parts(sections: list[html.HtmlElement]) -> dict[str, str]:
    """Return the HTML of the header (up to the title of the issue), the main content, and the footer."""
    title = next((place for place, section in enumerate(sections) if any(True for _ in section.iter("h1"))), -1)
    footer = next((place for place, section in enumerate(sections) if "footer" in _names(section)), len(sections))
    return {
        "header": _to_html(sections[: title + 1]),
        "main": _to_html(sections[title + 1 : footer]),
        "footer": _to_html(sections[footer:]),
    }


def _names(section: html.HtmlElement) -> list[str]:
    names: str = section.get("class", "")
    return names.split()


def _to_html(sections: list[html.HtmlElement]) -> str:
    return "\n".join(html.tostring(section, encoding="unicode").strip() for section in sections)
