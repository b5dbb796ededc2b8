"""The page says that it is HTML, and that its characters are UTF-8.

Without `<!DOCTYPE html>`, a browser uses the rules of the 1990s: tables do not inherit sizes, so text becomes small.
Without the charset, “Siân” may become “SiÃ¢n”, and Arabic a row of signs that no screen reader can say.

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

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding

SEVERITY = "error"
IN_WEB_VERSION = True

_HINT = "Remove the mj-raw that changes it: MJML writes the right one by itself."


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the doctype and each charset of the page."""
    if not re.match(r"\s*<!doctype html\s*>", page.edition.inlined, re.IGNORECASE):
        yield Finding(page.root, "The page does not begin with <!DOCTYPE html>.", _HINT)
    charsets = [(node, charset) for node in page.find("meta") if (charset := _charset(node))]
    if not charsets:
        yield Finding(page.root, "The page does not say that its characters are UTF-8.", _HINT)
    for node, charset in charsets:
        if charset not in ("utf-8", "utf8"):
            yield Finding(node, f"The page says that its characters are {charset}, but they are UTF-8.", _HINT)


def _charset(node: PageElement) -> str:
    if node.get("http-equiv").lower() == "content-type":
        match = re.search(r"charset\s*=\s*[\"']?([\w-]+)", node.get("content"), re.IGNORECASE)
        return match[1].lower() if match else ""
    return node.get("charset").strip().lower()
