"""Text is in a sans-serif font that readers already have; a heading or a quote can have a serif. No font is loaded.

If a font comes from another server, its owner learns who opened the email. Until it is loaded, the page is empty or
jumps. Thin strokes and curls of other fonts are hard to read, except in large words. If a list of fonts does not end
in sans-serif, or in serif for a heading or a quote, the mail app chooses: often Times.

Bad:
    <mj-font name="Lora" href="https://fonts.googleapis.com/css?family=Lora" />

Good:
    .page { font-family: Verdana, 'Segoe UI', Arial, sans-serif; }

UKAAF, Creating clear print and large print documents (G003): a sans-serif typeface; Can I email, @font-face.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, PageSubject
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS = {"last": ["sans-serif", "system-ui", "ui-sans-serif", "monospace"], "last_in_headings": ["serif"]}

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "caption"}


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report fonts and style sheets that are loaded, and lists of fonts that do not end in sans-serif."""
    reported = set()
    for node in (*page.find("link", "style"), *page.outlook.find("link", "style")):
        for what in _loads(node):
            if (what, node.location) not in reported:
                reported.add((what, node.location))
                where = page.at_rule(what) if what.startswith("@") else node
                yield Finding(where, f"The page has {what}.", "Remove it: system fonts and styles.css are enough.")
    for node in page.with_text:
        last = node.style.font_family.rpartition(",")[2].strip(" '\"").lower()
        is_heading = any(up.tag in _HEADINGS or "quote" in up.classes for up in (node, *node.parents()))
        if last not in options["last"] and not (is_heading and last in options["last_in_headings"]):
            fonts = f"“{node.style.font_family}”" if node.style.font_family else "no font at all"
            hint = "Write font-family: Verdana, 'Segoe UI', Arial, sans-serif, in styles.css or on the mj-text."
            yield Finding(node, f"The fonts of <{node.tag}> do not end in sans-serif: {fonts}.", hint)


def _loads(node: PageElement) -> Iterator[str]:
    if node.tag == "link" and re.search(r"stylesheet|preload|preconnect|font", node.get("rel"), re.IGNORECASE):
        yield f"a link to “{node.get('href')}”"
    elif node.tag == "style":
        css = re.sub(r"/\*.*?(?:\*/|\Z)", "", node.element.text or "", flags=re.DOTALL).lower()
        yield from (what for what in ("@font-face", "@import") if what in css)
