"""The headings of an article without a title: that of the issue is above them, so each is one level higher."""

import re

from lxml import etree

_ARTICLE = re.compile(r"(?:^|\s)article-\d+(?:\s|$)")


def close_heading_gaps(root: etree._Element) -> None:
    """Turn h3 into h2, and so on, in each section of an article that has an h3 but no h2."""
    for section in root.iter("div"):
        if _ARTICLE.search(section.get("class", "")) and section.find(".//h2") is None:
            for heading in section.iter("h3", "h4", "h5", "h6"):
                heading.tag = f"h{int(str(heading.tag)[1]) - 1}"
