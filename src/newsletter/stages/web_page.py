"""The web version: an issue as a page of the charity's website, made from the email's own page.

What a layout of tables was needed for in mail programs is done by rules here (`web.css`); what means something stays:
headings, lists, data tables, links, pictures, languages, and the class names that say what a block is.
"""

from __future__ import annotations

import re
import unicodedata

from lxml import html
from markupsafe import Markup

from newsletter.dom.tree import PHRASING, parse
from newsletter.edition import Page, WebPage
from newsletter.issue.brand import Brand
from newsletter.issue.model import Issue
from newsletter.project import Project
from newsletter.stages.compose import fill
from newsletter.stages.data_urls import with_pictures
from newsletter.stages.picture_urls import pictures

_KEPT = frozenset(
    ["id", "lang", "dir", "href", "src", "alt", "scope", "colspan", "rowspan", "start", "role", "title"]
) | frozenset(["aria-hidden", "aria-label", "aria-labelledby", "aria-describedby"])
# Names that only the email's frame needs.
_FRAME = re.compile(r"(?:^|\s)(?:mj-\S+|page|in-issue-language)(?=\s|$)")
_ARTICLE = re.compile(r"(?:^|\s)article-\d+(?:\s|$)")
_COLUMN = 552  # px between the edges of the email
_INLINE = PHRASING | {"img"}
_GROUPS = re.compile("(?<=\\d)\N{NO-BREAK SPACE}(?=\\d)")
_LAYOUT = frozenset(["table", "tbody", "thead", "tfoot", "tr", "td", "th"])


def web_page(page: Page, issue: Issue, brand: Brand, project: Project) -> WebPage:
    """Make a whole HTML document that needs nothing else: its pictures and rules are inside.

    Args:
        page: as it was compiled, with the class names of its blocks.
        issue: what it says.
        brand: its colours and addresses.
        project: where `web.html` and `web.css` are.

    Raises:
        Problems: when a template cannot be filled.
    """
    shown = pictures(issue, brand, page)
    body = next(parse(page, html.HTMLParser).iter("body"))
    html.etree.strip_tags(body, html.etree.Comment)
    for image in body.iter("img"):
        if (width := image.get("width", "")).isdigit() and (picture := shown.get(image.get("src", ""))):
            # What fills the email's column fills the wider one here, too. The height is known before the picture is
            # read, so that the words below do not jump.
            shown_at = picture.width if int(width) >= _COLUMN else int(width)
            image.set("width", str(shown_at))
            image.set("height", str(round(shown_at * picture.height / picture.width)))
    for element in reversed(list(body.iterdescendants())):
        _unframe(element)
    _drop_links_to_itself(body, brand)
    _break_lines(body)
    _part_numbers(body)
    _drop_repeated_languages(body, str(issue.language), issue.language.direction)
    parts = _parts([section for wrapper in body for section in wrapper])
    filled = fill("web.html", issue, brand, project, **{name: Markup(part) for name, part in parts.items()})
    # A letter and its accent may come as one character or as two; the Web's form is one (W3C, Character Model).
    return WebPage(with_pictures(unicodedata.normalize("NFC", filled), shown))


def _unframe(element: html.HtmlElement) -> None:
    """Take the email's layout from an element whose descendants have already lost theirs."""
    style, width = element.get("style", ""), element.get("width", "")
    is_layout = element.tag in _LAYOUT and _is_layout(element)
    is_drawing = element.tag == "table" and is_layout and element.get("aria-hidden") == "true"
    kept = {name: value for name, value in element.attrib.items() if name in _KEPT and value != "presentation"}
    if names := _FRAME.sub(" ", element.get("class", "")).split():
        kept["class"] = " ".join(names)
    if element.tag == "img":
        kept |= {name: value for name in ("width", "height") if (value := element.get(name, "")).isdigit()}
    if is_drawing:  # a bar of a chart: what it says is its width
        element.clear(keep_tail=True)
        kept["style"] = f"inline-size:{width}"
    element.attrib.clear()
    element.attrib.update(kept)
    if element.tag == "p" and "border-top" in style and not _says(element):
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
    return bool(element.text_content().strip()) or any(True for _ in element.iter("img", "hr"))


def _is_alone(element: html.HtmlElement) -> bool:
    around = element.getparent()
    texts = (around.text, element.tail)
    return around.tag != "body" and len(around) == 1 and not any((text or "").strip() for text in texts)


def _has_words_of_its_own(element: html.HtmlElement) -> bool:
    return any((text or "").strip() for text in (element.text, *(child.tail for child in element))) or any(
        child.tag in _INLINE for child in element
    )


def _drop_links_to_itself(body: html.HtmlElement, brand: Brand) -> None:
    """Whoever reads the web version needs no way to it."""
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
    """Begin each block on a line of its own, for whoever reads the source."""
    for element in body.iterdescendants():
        if element.tag not in _INLINE:
            if not (element.tail or "").strip():
                element.tail = "\n"
            if not (element.text or "").strip() and len(element) and element[0].tag not in _INLINE:
                element.text = "\n"


def _part_numbers(body: html.HtmlElement) -> None:
    """Let a line end between a number's groups: here letters grow as a reader likes, until no line has room for all.

    Between groups a line ends at a zero-width space; the no-break space that stays keeps them in order among words from
    right to left (see `markdown.numbers`).
    """
    for element in body.iter():
        element.text = element.text and _GROUPS.sub("\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}", element.text)
        element.tail = element.tail and _GROUPS.sub("\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}", element.tail)


def _parts(sections: list[html.HtmlElement]) -> dict[str, str]:
    """Tell header, main content and footer apart: up to the title of the issue; and from the section called footer."""
    title = next((place for place, section in enumerate(sections) if any(True for _ in section.iter("h1"))), -1)
    footer = next((place for place, section in enumerate(sections) if "footer" in _names(section)), len(sections))
    return {
        "header": _written(sections[: title + 1]),
        "main": _written(sections[title + 1 : footer]),
        "footer": _written(sections[footer:]),
    }


def _names(section: html.HtmlElement) -> list[str]:
    names: str = section.get("class", "")
    return names.split()


def _written(sections: list[html.HtmlElement]) -> str:
    return "\n".join(html.tostring(section, encoding="unicode").strip() for section in sections)
