"""The description of a picture begins with what it shows.

A screen reader says “image” by itself before it reads the description, so “image of” is heard twice, in each picture
anew. This is about English; what a drawing, chart or map is called may matter, and may be said.

Bad:
    - image:
        src: images/clinic.png
        alt: "A picture of a nurse and a man with a walking stick, who talk."

Good:
    - image:
        src: images/clinic.png
        alt: "A nurse and a man with a walking stick sit and talk."

W3C, Web Accessibility Tutorials, Images, Tips and Tricks; WCAG 2.2, 1.1.1 Non-text Content (A).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.written import WrittenIssue
from newsletter.rules import Finding, Fix, Path

SEVERITY = "warning"

_BEGINS = re.compile(
    r"\W*(?:(?:this|here) is )?(?:an? |the |this |our |stock |colou?r |black[- ]and[- ]white |close[- ]up )*"
    r"(?:image|picture|pic|photo|photograph|graphic|snapshot)"
    r"(?: of\b| with\b| that shows\b| which shows\b| showing\b| shows\b| depicting\b|:)",
    re.I,
)
# Without "Image of", the rest is the description, if it names things. "A photo of Zoë hangs here" is a sentence that
# would say something else, "Photo of him" would say too little, and "Photo: Ann Lee" may name who took it.
_SUPERFLUOUS = re.compile(
    r"\s*(?:(?:(?:this|here) is (?:an? |the )?|)(?:image|picture|photo|photograph) of"
    r"|an? (?:image|picture|photo|photograph) of(?= +(?:an?|the|two|three|four|five|some|many) [^\W\d_]+\.?\s*\Z))"
    r" +(?=[^\W_])(?!(?:the )?(?:day|week|month|season|year|decade|century|moment)\b)"
    r"(?!(?:(?:good|perfect) )?health\b|(?:an?|the) (?:image|picture|photo|photograph|pic|graphic|snapshot)\b)"
    r"(?!(?:me|you|him|her|it|us|them|mine|yours|hers|his|ours|theirs|\w+sel(?:f|ves)|one|this|that|these|those)\b)"
    r"(?!(?:how|what|when|where|which|who|whom|whose|why|whether|if|and|or|of)\b)",
    re.I,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|does|do|did|can|could|may|might|must|shall|should|will|would|"
    r"shows?|showed|hangs?|hung|appears?|comes?|came|goes|went|helps?|helped|makes?|made|means?|meant|wins?|won|"
    r"tells?|told|says?|said|gets?|got|gives?|gave|looks?|looked|becomes?|became)\b",
    re.I,
)


# Who took a picture, where it is from and who allows it is about the picture, not about what it shows; a second "photo
# of" is about another one. Whoever writes these has to word the rest themselves.
_ABOUT_IT = re.compile(
    r"\b(?:taken|by|from|courtesy|permission|licen[cs]ed?|credit(?:s|ed)?|copyright|(?:image|picture|photo|photograph|pic)"
    r"(?:s? of|:))|©|\(c\)",
    re.I,
)
_ARTICLE = re.compile(r"\W*(?:an?|the)\W*", re.I)


def check(issue: WrittenIssue, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the first words of each English description."""
    for image in issue.images:
        if not image.language.startswith("en"):
            continue
        if begins := _BEGINS.match(image.alt):
            rest = image.alt[begins.end() :].strip()
            hint = f"Begin with what is to be seen: “{rest[:1].upper()}{rest[1:40].rstrip()}{'…' * (len(rest) > 40)}”."
            message = f"The description begins “{begins[0].strip()}”, but screen readers say “image” by themselves."
            path = (*image.path, "alt")
            fix = _without(issue.source(path), path)
            yield Finding(image, message, hint if rest else "Write what is to be seen.", fix=fix)


def _without(alt: str, path: Path) -> Fix | None:
    begins = _SUPERFLUOUS.match(alt)
    if not begins:
        return None
    rest = alt[begins.end() :]
    # "By" and "from" also say where somebody sits; that alone is no reason to guess.
    if _ABOUT_IT.search(rest) or _ARTICLE.fullmatch(rest):
        return None
    first_sentence = re.split(r"[.!?](?:\s|\Z)", rest, maxsplit=1)[0]
    if _VERB.search(first_sentence):
        return None
    word = re.match(r"\w+", rest)
    first = rest[0]
    # "mRNA" and "pH" stay as they are.
    capital = first.upper() if word and word[0].islower() and len(first.upper()) == 1 else first
    start = len(alt) - len(alt.lstrip())
    return Fix(path, start, begins.end() + 1, capital)
