"""Write the language and the direction of the email once, and not in each row of its frame."""

from __future__ import annotations

from lxml import etree


def inherit_language(root: etree._Element) -> None:
    """Remove the language and the direction of their table from the rows of the frame, if it is from left to right.

    Each mail app that reads these attributes lets elements inherit them, and from left to right is the direction
    without any. In Outlook for Windows nobody knows whether a row inherits the other direction, so it keeps that.
    """
    for table in root.iterfind("body/div/table"):
        for row in table.iterchildren("tr"):
            if table.get("dir") == row.get("dir") == "ltr" and row.get("lang") == table.get("lang"):
                for name in ("lang", "dir"):
                    row.attrib.pop(name, "")
