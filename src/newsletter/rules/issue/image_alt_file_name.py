"""The description of a picture is words, and not the name of its file.

“Page Banner dot J P G” or “I M G underscore 1 2 3 4” is what a screen reader then says, and what stands in the place
of the picture when a mail program does not load it.

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

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "error"

# Up to five words, then an ending: a longer sentence may speak of a file.
_FILE = re.compile(r"\S+(?:\s+\S+){0,4}\.(?:jpe?g|png|gif|svg|webp|bmp|tiff?|heic|avif|psd|pdf|ai|eps)", re.I)
# What cameras, phones and programs call their pictures.
_CAMERA = re.compile(
    r"(?:img|dscn?|dscf|dcim|pxl|gopr|mvi|pict|p|imgp|sam|wp|fb[ _-]img|whatsapp image|screen ?shot|screengrab|scan|"
    r"image|picture|photo|pic|graphic|figure|banner|header|slide|untitled|unnamed|download|canva)"
    r"[\s_-]*(?:\(?\d[\d\s_.,:()at-]*)",
    re.I,
)
# What stands for a description that nobody wrote.
_NONE = re.compile(
    r"(?:image|picture|photo|pic|graphic|infographic|chart|graph|diagram|logo|icon|banner|spacer|placeholder|"
    r"untitled(?: design)?(?: ?\(\d+\))?|unnamed|alt|alt text(?: (?:goes )?here)?|null|none|n/?a|tbc|todo|"
    r"delwedd|llun|صورة)[.…]?",
    re.I,
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at each description."""
    hint = (
        "Write in one sentence what matters in the picture, or, if nothing does, 'decorative: true' instead of 'alt'."
    )
    for image in issue.images:
        alt = image.alt.strip()
        if not alt:
            continue
        if _NONE.fullmatch(alt) or not re.search(r"[^\W_]", alt):
            yield Finding(image, f"“{alt}” does not say what the picture shows.", hint)
        elif _FILE.fullmatch(alt) or _CAMERA.fullmatch(alt) or _is_own_name(alt, image.picture.src):
            yield Finding(image, f"The description of this picture is the name of a file: “{alt}”.", hint)


def _is_own_name(alt: str, src: str) -> bool:
    """Whether it is its file's name as only a file is called: "clinic" or "cells-return", and not "Zoe Marsh"."""
    if re.search(r"\s", alt):
        return False
    if "_" in alt or (alt.islower() and alt == PurePosixPath(src).stem):
        return True
    return bool(re.search(r"[-\d/]", alt)) and alt.casefold() in _names(PurePosixPath(src))


def _names(src: PurePosixPath) -> set[str]:
    return {name.casefold() for name in (src.stem, src.name, str(src.with_suffix("")))}
