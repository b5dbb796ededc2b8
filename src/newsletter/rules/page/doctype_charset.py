"""The page says that it is HTML, and that its letters are UTF-8.

Without `<!DOCTYPE html>`, a browser falls back to the ways of the 1990s: sizes are not inherited by tables, so text
turns small. Without the charset, “Siân” may become “SiÃ¢n”, and Arabic a row of signs that no screen reader can say.

Bad:
    <html><head><meta charset="iso-8859-1">

Good:
    <!DOCTYPE html>
    <html><head><meta charset="utf-8">

HTML Living Standard, 4.2.5.4 and 13.1.1; Good Email Code, Email Template.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, PageSubject
from newsletter.check.rule import Finding

SEVERITY = "error"

_HINT = "Take the mj-raw out that changes it: MJML writes the right one by itself."


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the first line, and at each charset that is named."""
    if not re.match(r"\s*<!doctype html\s*>", page.edition.inlined, re.IGNORECASE):
        yield Finding(page.root, "The page does not begin with <!DOCTYPE html>.", _HINT)
    named = [(node, charset) for node in page.find("meta") if (charset := _charset(node))]
    if not named:
        yield Finding(page.root, "The page does not say that its letters are UTF-8.", _HINT)
    for node, charset in named:
        if charset not in ("utf-8", "utf8"):
            yield Finding(node, f"The page says that its letters are {charset}, but they are UTF-8.", _HINT)


def _charset(node: PageElement) -> str:
    if node.get("http-equiv").lower() == "content-type":
        found = re.search(r"charset\s*=\s*[\"']?([\w-]+)", node.get("content"), re.IGNORECASE)
        return found[1].lower() if found else ""
    return node.get("charset").strip().lower()
