"""Text is in a plain sans-serif font that readers already have; a heading or a quote can have a serif.

If a font comes from another server, its owner learns who opened the email. Until it is loaded, the page is empty or
jumps. Thin strokes vanish for people with low vision. Handwriting, old and narrow letters are hard for everybody. If
a list of fonts does not end in sans-serif, or in serif for a heading or a quote, the mail app chooses: often Times.

Bad:
    <mj-font name="Lora" href="https://fonts.googleapis.com/css?family=Lora" />

Good:
    .page { font-family: Verdana, 'Segoe UI', Arial, sans-serif; }

UKAAF, Creating clear print and large print documents (G003): a sans-serif typeface; Can I email, @font-face.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.check.style_location import declared_at

SEVERITY = "error"
IN_WEB_VERSION = True
# Fonts of Windows, macOS, iOS and Android, and common ones of the Web, by a part of their names.
# fmt: off
OPTIONS = {
    "last": ["sans-serif", "system-ui", "ui-sans-serif", "monospace"],
    "last_in_headings": ["serif"],
    "hard_to_read": [
        # handwriting and old letters
        "script", "cursive", "fantasy", "handwriting", "chancery", "zapfino", "roundhand", "bradley hand", "papyrus",
        "lobster", "pacifico", "dancing", "great vibes", "satisfy", "caveat", "vivaldi", "mistral", "chalkduster",
        "noteworthy", "marker felt", "blackletter", "fraktur", "old english", "blackadder", "curlz", "jokerman",
        "savoye", "snell", "kunstler", "palace", "ink free", "gabriola", "trattatello", "herculanum", "luminari",
        # thin, narrow or heavy strokes
        "thin", "hairline", "ultralight", "extralight", "light", "condensed", "narrow", "compressed", "impact",
        "haettenschweiler", "stencil", "playbill", "didot", "bodoni",
    ],
    "lightest": 400,
}
# fmt: on
STRICTER_WHEN_HIGHER = ("lightest",)
EXCEPTIONS = ("last", "last_in_headings")

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "caption"}


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report fonts and style sheets that are loaded, and lists of fonts that do not end in sans-serif."""
    reported = set()
    for node in (*page.find("link", "style"), *page.outlook.find("link", "style")):
        for what in _loads(node):
            if (what, node.location) not in reported:
                reported.add((what, node.location))
                where = page.at_rule(what) if what.startswith("@") else node
                yield Finding(where, f"The page has {what}.", "Remove it: system fonts and styles.css are enough.")
    for node in page.with_text:
        if node.style.font_weight < options["lightest"]:
            message = f"Letters with a weight of {node.style.font_weight} are thin."
            yield Finding(declared_at(page, node, "font-weight"), message, "Write font-weight: normal or bold.")
        if name := _hard_name(node.style.font_family, tuple(options["hard_to_read"])):
            hint = "Use a plain font, such as Verdana, Arial or Georgia. In brand.yaml, it is under “font”."
            yield Finding(declared_at(page, node, "font-family"), f"The font “{name}” is hard to read.", hint)
            continue
        last = node.style.font_family.rpartition(",")[2].strip(" '\"").lower()
        is_heading = any(up.tag in _HEADINGS or "quote" in up.classes for up in (node, *node.parents()))
        if last not in options["last"] and not (is_heading and last in options["last_in_headings"]):
            fonts = f"“{node.style.font_family}”" if node.style.font_family else "no font at all"
            hint = "Write font-family: Verdana, 'Segoe UI', Arial, sans-serif, in styles.css or on the mj-text."
            at = declared_at(page, node, "font-family")
            yield Finding(at, f"The fonts of <{node.tag}> do not end in sans-serif: {fonts}.", hint)


@lru_cache(maxsize=100)
def _hard_name(family: str, hard: tuple[str, ...]) -> str:
    """Return the first font of a list that is hard to read; empty without any."""
    names = (name.strip(" '\"") for name in family.split(","))
    return next((name for name in names if any(_is_part(part, name.lower()) for part in hard)), "")


def _is_part(part: str, name: str) -> bool:
    """Check whether a name has a part as a whole word: `light` is in “Segoe UI Light”, and not in “Lighthouse”."""
    return f" {part} " in f" {name.replace('-', ' ').replace('_', ' ')} " or (len(part) > 5 and part in name)


def _loads(node: PageElement) -> Iterator[str]:
    if node.tag == "link" and re.search(r"stylesheet|preload|preconnect|font", node.get("rel"), re.IGNORECASE):
        yield f"a link to “{node.get('href')}”"
    elif node.tag == "style":
        css = re.sub(r"/\*.*?(?:\*/|\Z)", "", node.element.text or "", flags=re.DOTALL).lower()
        yield from (what for what in ("@font-face", "@import") if what in css)
