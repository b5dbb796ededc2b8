"""The page with everything removed that some mail app removes.

Webmail puts a message into its own page and removes the html, head and body elements. Depending on the app, it also
removes style sheets, classes and ids (or renames them), ARIA, comments, and elements that HTML 5 added (caniemail.com:
`<style>`, `class`, `id`, `role`, `aria-label`, "HTML5 semantics"). No app removes all of this. A page that can still be
read here can be read in each of them.
"""

from lxml import etree

from newsletter.dom.tree import elements, remove_keeping_tail

# fmt: off
_SECTIONS = {
    "article", "aside", "details", "dialog", "figcaption", "figure", "footer", "header", "hgroup", "main", "nav",
    "search", "section", "summary",
}
_PHRASES = {"mark", "time"}
_DROPPED = {"style", "link", "script", "title", "base"}
_PRESENTATIONAL = {
    "style", "align", "valign", "bgcolor", "background", "color", "border", "cellpadding", "cellspacing", "size",
    "face",
}
# fmt: on


def strip_page(root: etree._Element) -> None:
    """Remove from a page what such a mail app removes. Its `style` and presentational attributes stay."""
    root.attrib.clear()
    for element in elements(root):
        if element.tag in _DROPPED or (element.tag == "meta" and not _is_charset(element)):
            remove_keeping_tail(element)
        elif element.tag in _SECTIONS:
            element.tag = "div"
        elif element.tag in _PHRASES:
            element.tag = "span"
        for name in list(element.attrib):
            if _is_dropped(str(name)):
                del element.attrib[name]
    for comment in list(root.iter(etree.Comment)):
        remove_keeping_tail(comment)


def strip_page_and_styles(root: etree._Element) -> None:
    """Remove from a page its `style` and presentational attributes, too: what is left is bare HTML."""
    strip_page(root)
    for element in elements(root):
        for name in list(element.attrib):
            if str(name) in _PRESENTATIONAL:
                del element.attrib[name]


def _is_dropped(attribute: str) -> bool:
    return attribute in ("class", "id", "role") or attribute.startswith(("aria-", "data-", "on"))


def _is_charset(meta: etree._Element) -> bool:
    return meta.get("charset") is not None or meta.get("http-equiv", "").lower() == "content-type"
