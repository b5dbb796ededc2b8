"""The headings of an article without a title: that of the issue is above them, so each is one level higher."""

from lxml import etree

_UNTITLED = "untitled"
"""The class of the section of an article without a title."""


def raise_headings(root: etree._Element) -> None:
    """Turn h3 into h2, and so on, in each section of an article without a title."""
    for section in root.iter("div"):
        if _UNTITLED in section.get("class", "").split():
            for heading in section.iter("h3", "h4", "h5", "h6"):
                heading.tag = f"h{int(str(heading.tag)[1]) - 1}"
