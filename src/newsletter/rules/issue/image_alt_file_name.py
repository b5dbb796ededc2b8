"""The description of a picture is words, not the name of its file.

Otherwise a screen reader says “Page Banner dot J P G” or “I M G underscore 1 2 3 4”. A mail app shows the same words if
it does not load the picture.

Bad:
    - image:
        src: images/clinic.png
        alt: "Page Banner.jpg"

Good:
    - image:
        src: images/clinic.png
        alt: "A nurse and a man with a walking stick sit and talk."

WCAG 2.2, 1.1.1 Non-text Content (A), failure F30.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "error"

# Up to five words, then a file extension: a longer sentence may mention a file.
_FILE = re.compile(r"\S+(?:\s+\S+){0,4}\.(?:jpe?g|png|gif|svg|webp|bmp|tiff?|heic|avif|psd|pdf|ai|eps)", re.I)
# Names that cameras, phones and programs give to pictures.
_CAMERA = re.compile(
    r"(?:img|dscn?|dscf|dcim|pxl|gopr|mvi|pict|p|imgp|sam|wp|fb[ _-]img|whatsapp image|screen ?shot|screengrab|scan|"
    r"image|picture|photo|pic|graphic|figure|banner|header|slide|untitled|unnamed|download|canva)"
    r"[\s_-]*(?:\(?\d[\d\s_.,:()at-]*)",
    re.I,
)
# Placeholders for a description.
_NONE = re.compile(
    r"(?:image|picture|photo|pic|graphic|infographic|chart|graph|diagram|logo|icon|banner|spacer|placeholder|"
    r"untitled(?: design)?(?: ?\(\d+\))?|unnamed|alt|alt text(?: (?:goes )?here)?|null|none|n/?a|tbc|todo|"
    r"delwedd|llun|صورة)[.…]?",
    re.I,
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that each description is neither a placeholder nor the name of a file."""
    hint = (
        "Say in one sentence what is important in the picture. "
        "If nothing is, write “decorative: true” instead of “alt”."
    )
    for image in issue.images:
        alt = image.alt.strip()
        if not alt:
            continue
        if _NONE.fullmatch(alt) or not re.search(r"[^\W_]", alt):
            yield Finding(image, f"{quoted(alt)} does not say what the picture shows.", hint)
        elif _FILE.fullmatch(alt) or _CAMERA.fullmatch(alt) or _is_own_name(alt, image.picture.src):
            yield Finding(image, f"The description of this picture is the name of a file: {quoted(alt)}.", hint)


def _is_own_name(alt: str, src: str) -> bool:
    """Check whether an alt is the name of its file, such as "clinic" or "cells-return", and not a name: "Zoe Marsh"."""
    if re.search(r"\s", alt):
        return False
    if "_" in alt or (alt.islower() and alt == PurePosixPath(src).stem):
        return True
    return bool(re.search(r"[-\d/]", alt)) and alt.casefold() in _names(PurePosixPath(src))


def _names(src: PurePosixPath) -> set[str]:
    return {name.casefold() for name in (src.stem, src.name, str(src.with_suffix("")))}
