"""The web version: an issue as a page of the charity's website, built from the email's page.

CSS (`web.css`) replaces the layout tables that mail apps need. Everything with a meaning stays: headings, lists, data
tables, links, pictures, languages, and the class names of blocks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lxml import html
from markupsafe import Markup

from newsletter.dom.tree import PHRASING, give_named_anchors_ids, parse_html, whole_number
from newsletter.edition import SOURCE, Mjml, Page, TemplateSource, WebPage
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
_ONLY_IN_EMAIL = "only-in-email"
"""The class of what a template says only to the readers of the email."""
# An element that web.html itself wrote, because no template of the email did.
_UNMARKED = re.compile(rf"(<[A-Za-z][\w-]*)(?![\w-]| {SOURCE}=)")
_COLUMN = 552  # px between the edges of the email
_INLINE = PHRASING | {"img"}
_SPACE_IN_NUMBER = re.compile("(?<=\\d)\N{NO-BREAK SPACE}(?=\\d)")
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
    body = next(parse_html(page.with_marks, html.HTMLParser).iter("body"))
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
    _drop_what_is_for_subscribers(body, brand)
    _break_lines(body)
    _split_numbers(body)
    _drop_repeated_languages(body, str(issue.language), issue.language.direction)
    parts = _parts([section for wrapper in body for section in wrapper])
    filled = fill("web.html", issue, brand, project, **{name: Markup(part) for name, part in parts.items()})
    # A letter and its accent can be one character or two; on the Web they should be one (W3C, Character Model).
    whole = with_pictures(unicodedata.normalize("NFC", filled), by_url)
    sources = list(page.sources)
    return WebPage("".join(_mark(whole, filled, sources)), tuple(sources), filled)


def _mark(page: str, filled: Mjml, sources: list[TemplateSource]) -> Iterator[str]:
    """Yield a page in pieces, with a mark on each element of `web.html`, whose source is added to the sources."""
    line, end = 1, 0
    for match in _UNMARKED.finditer(page):
        line += page.count("\n", end, match.start())
        yield f'{page[end : match.start()]}{match[0]} {SOURCE}="{len(sources)}"'
        sources.append(filled.source(line, match[0][1:]))
        end = match.end()
    yield page[end:]


def _unframe(element: html.HtmlElement) -> None:
    """Remove the email's layout from an element. Its descendants must have been changed before."""
    style, width = element.get("style", ""), element.get("width", "")
    is_layout = element.tag in _LAYOUT and _is_layout(element)
    is_drawing = element.tag == "table" and is_layout and element.get("aria-hidden") == "true"
    source = {SOURCE: element.get(SOURCE, "0")}
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
    element.attrib.update(source | attributes)
    if element.tag == "a" and not attributes:  # its name is the id of another element
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
    elif len(element.attrib) == 1 and (_is_alone(element) or not _has_words_of_its_own(element)):
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


def _drop_what_is_for_subscribers(body: html.HtmlElement, brand: Brand) -> None:
    """Remove what is not true for the public: why they get the email, how to get no more, and the way to this page.

    The heading above the reason goes, too. What an article says stays: an editor wrote it for everybody.
    """
    for part in body.find_class(_ONLY_IN_EMAIL):
        part.drop_tree()
    ways = _subscriber_links(brand)
    for line in list(body.iter("p", "li")):
        if any(True for _ in line.iterancestors("article")):
            continue
        is_reason = line.text_content().split() == brand.why_you_get_this.split()
        if is_reason or {link.get("href") for link in line.iter("a")} & ways:
            around, above = line.getparent(), line.getprevious()
            if is_reason and above is not None and above.tag in ("h2", "h3", "h4"):
                above.drop_tree()
            line.drop_tree()
            if around is not None and around.tag in ("ul", "ol") and not len(around):
                around.drop_tree()


def _subscriber_links(brand: Brand) -> set[str]:
    """Return the addresses of a brand that are only for the readers of the email."""
    ways = (brand.unsubscribe.url, brand.preferences_url, brand.web_version_url)
    by_mail = {f"mailto:{brand.unsubscribe.mailto}"} if brand.unsubscribe.mailto else set()
    return {str(way) for way in ways if way} | by_mail


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
    among words from right to left (see `markdown.typeset_numbers`).
    """
    for element in body.iter():
        element.text = element.text and _SPACE_IN_NUMBER.sub("\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}", element.text)
        element.tail = element.tail and _SPACE_IN_NUMBER.sub("\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}", element.tail)


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
