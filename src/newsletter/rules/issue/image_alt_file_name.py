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
from newsletter.rules.issue._descriptions import FILE_NAME, descriptions

SEVERITY = "error"

# Up to five words, then a file extension: a longer sentence may mention a file.
# Names that cameras, phones and programs give to pictures.
_CAMERA = re.compile(
    r"(?:img|dscn?|dscf|dcim|pxl|gopr|mvi|pict|p|imgp|sam|wp|fb[ _-]img|whatsapp image|screen ?shot|screengrab|scan|"
    r"image|picture|photo|pic|graphic|fig(?:ure|\.)?|chart|graph|map|diagram|banner|header|slide|untitled|unnamed|download|"
    r"canva|shutterstock|i?stock(?:photo)?|getty(?: ?images)?|adobe ?stock|pexels|unsplash|pixabay|depositphotos"
    r"|freepik"
    r"|dreamstime|alamy|copy of|final|version|v)"
    r"[\s_-]*(?:\(?\d[\d\s_.,:()at-]*+)(?:[\s_-]*(?:final|copy|edit(?:ed)?|cropp?(?:ed)?|version|new|print|web|large|small|v\d{1,2})"
    r"(?:[\s_-]*\(?\d{1,4}\)?)?)*"
    # What programs add: "zoe portrait 300x200", "hall copy 2", "fair_final_v2".
    r"|[\w -]{1,80}[ _-]\d{3,5}x\d{3,5}(?:px)?|[\w-]{1,80}[_-](?:final|copy|edit(?:ed)?|v\d{1,2}|web|large|small)",
    re.I,
)
# Placeholders for a description.
_NONE = re.compile(
    r"(?:(?:an? |the )?(?:image|picture|photo|pic|graphic|infographic|chart|graph|diagram|icon|banner|spacer"
    r"|placeholder)|(?:an? |the |our )?(?:QR|bar|square|Aztec|data ?matrix|2-?D)[ -]?code|scan me|"
    r"untitled(?: design)?(?: ?\(\d+\))?|unnamed|alt|alt text(?: (?:goes )?here)?|null|none|n/?a|tbc|todo|"
    r"placeholder(?: image| picture| text)?|decorative|thumbnail|illustration|"
    r"(?:please )?(?:add|insert|enter|write|type|describe)(?: in)?(?: an?| the| your| this| here)?"
    r" (?:alt(?:ernative)?(?: text)?|description|image|"
    r"picture|photo|caption)(?: description| text)?(?: here| for .{1,40}| of .{1,40})?|"
    r"(?:image|picture|photo|alt|alternative|decorative) (?:description|text|caption|title|placeholder|element|line)|"
    r"(?:scan|use) (?:this|the|our) (?:QR[ -]?)?code(?: (?:to|for|with) \w+(?: \w+){0,4})?|"
    r"(?:stock|header|hero|banner|cover|title|main|featured?|decorative|sample) (?:image|photo|picture|graphic)|"
    r"(?:please )?(?:click|tap)(?: here| (?:on )?(?:the |this )?(?:image|picture|photo|graphic|chart|map|poster|link))?"
    r"(?: (?:to|for) \w+(?: \w+){0,3})?|delwedd|llun|صورة)[.…]?",
    re.I,
)
_LOGO = re.compile(
    r"(?:(?:our|the|an?|your|this|company|charity|organi[sz]ation|trust|group|brand|website|site|main|header|footer|new|"
    r"official|colou?r|sponsor|partner|notre|le|unser|das|ein|nuestro|el)(?:['’]s)? ){0,3}"
    r"logo(?:type)?(?: (?:image|picture|graphic|of (?:the |our |a )?(?:charity|company|organi[sz]ation)))?[.…]?",
    re.I,
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that each description is neither a placeholder nor the name of a file."""
    hint = (
        "Say in one sentence what is important in the picture. "
        "If nothing is, write “decorative: true” instead of “alt”."
    )
    for item in descriptions(issue):
        alt = item.alt.strip()
        if _LOGO.fullmatch(alt):
            whose = "Write whose logo it is: the name of the organisation."
            yield Finding(item.where, f"{quoted(alt)} does not say whose logo the picture shows.", whose)
        elif _NONE.fullmatch(alt) or not re.search(r"[^\W_]", alt):
            yield Finding(item.where, f"{quoted(alt)} does not say what the picture shows.", hint)
        elif FILE_NAME.fullmatch(alt) or _CAMERA.fullmatch(alt) or _is_own_name(alt, item.src):
            yield Finding(item.where, f"The description of this picture is the name of a file: {quoted(alt)}.", hint)


def _is_own_name(alt: str, src: str) -> bool:
    """Check whether an alt is the name of its file, such as "clinic" or "cells-return", and not a name: "Zoe Marsh"."""
    if re.search(r"\s", alt):
        return False
    if "_" in alt or (alt.islower() and alt == PurePosixPath(src).stem):
        return True
    return bool(re.search(r"[-\d/]", alt)) and alt.casefold() in _names(PurePosixPath(src))


def _names(src: PurePosixPath) -> set[str]:
    return {name.casefold() for name in (src.stem, src.name, str(src.with_suffix("")))}
