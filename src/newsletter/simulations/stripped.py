"""The page as the strictest mail clients leave it.

Webmail puts a message into a page of its own. For that, the html, head and body elements go; depending on the client
so do style sheets, classes and ids (or they get other names), ARIA, comments, and elements that HTML 5 added
(caniemail.com: `<style>`, `class`, `id`, `role`, `aria-label`, "HTML5 semantics"). No client takes all of this away;
what still reads well here reads well in each of them.
"""

from lxml import etree

from newsletter.dom.tree import elements, remove_keeping_tail, transform
from newsletter.edition import InlinedPage

# fmt: off
_SECTIONS = {
    "article", "aside", "details", "dialog", "figcaption", "figure", "footer", "header", "hgroup", "main", "nav",
    "search", "section", "summary",
}
# fmt: on
_PHRASES = {"mark", "time"}
_DROPPED = {"style", "link", "script", "title", "base"}
_LOOKS = {"style", "align", "valign", "bgcolor", "background", "color", "border", "cellpadding", "cellspacing", "size",
          "face"}  # fmt: skip


def stripped(page: InlinedPage, *, styles: bool = True) -> InlinedPage:
    """Give what is left of the page.

    Args:
        page: a whole document.
        styles: whether the style that is written into each element is left, as most clients do; else the words
            stand as bare HTML.
    """

    def strip(root: etree._Element) -> None:
        root.attrib.clear()
        for element in elements(root):
            if element.tag in _DROPPED or (element.tag == "meta" and not _is_charset(element)):
                remove_keeping_tail(element)
            elif element.tag in _SECTIONS:
                element.tag = "div"
            elif element.tag in _PHRASES:
                element.tag = "span"
            for name in list(element.attrib):
                if _is_dropped(str(name)) or (not styles and str(name) in _LOOKS):
                    del element.attrib[name]
        for comment in list(root.iter(etree.Comment)):
            remove_keeping_tail(comment)

    return transform(page, strip)


def _is_dropped(attribute: str) -> bool:
    return attribute in ("class", "id", "role") or attribute.startswith(("aria-", "data-", "on"))


def _is_charset(meta: etree._Element) -> bool:
    return meta.get("charset") is not None or meta.get("http-equiv", "").lower() == "content-type"
