"""The description of a picture begins with what it shows.

A screen reader says “image” by itself before it reads the description, so listeners hear “image” twice, for each
picture. The rule looks at English, and at “Bild von einem …” and “Image d’une …”. “Drawing of”, “chart of” or “map of”
is fine, because it can matter.

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

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.problems import Fix
from newsletter.rules.issue._descriptions import is_credit
from newsletter.source.nodes import KeyPath

SEVERITY = "warning"

_BEGINS = re.compile(
    r"\W*(?:(?:this|here) is )?(?:an? |the |this |our |stock |colou?r |black[- ]and[- ]white |close[- ]up )*"
    r"(?:image|picture|pic|photo|photograph|graphic|snapshot)"
    r"(?: of\b| with\b| that shows\b| which shows\b| showing\b| shows\b| depicting\b|:)"
    r"|\W*in (?:this|the) (?:image|picture|pic|photo|photograph),?(?= )(?:,? (?:you can see|we see|there (?:is|are)))?"
    r"|\W*here (?:you|we) (?:can )?see\b|\W*(?:you|we) (?:can )?see here\b"
    r"|\W*pictured(?: here)?(?: (?:is|are)\b|:)",
    re.I,
)
# Not "Photo de famille", "Bild von Picasso" or "Bild der Woche".
_IN_OTHER_LANGUAGES = {
    "de": re.compile(
        r"(?<!\W)\W*+(?:(?:ein|das|dieses) )?(?:Bild|Foto|Fotografie) (?:von (?:(?=(?:eine[mr]|de[mnr]|zwei|drei|vier"
        r"|mehreren|vielen)\b)"
        r")|(?=eine[rs] )|mit (?=eine[mr] )|,? auf dem )",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"(?<!\W)\W*+(?:(?:une?|cette|l['’]) ?)?(?:image|photo|photographie) (?:(?:qui montre|montrant|représentant) "
        r"|d(?=['’](?:une?|hommes?|enfants?)\b)|de (?=(?:la|l['’]|deux|trois|quatre|plusieurs|nos|notre)\b)"
        r"|des (?=\w+s\b))",
        re.IGNORECASE,
    ),
}
# Without "Image of", the rest is a description, if it names things. But "A photo of Zoë hangs here" is a sentence that
# would change its meaning. So the rest has to be a thing alone, or a thing and what it does, wears or has.
_SUPERFLUOUS = re.compile(
    r"\s*(?:(?:(?:this|here) is (?:an? |the )?|)(?:image|picture|photo|photograph) of"
    r"|an? (?:image|picture|photo|photograph) of(?= +(?:an?|the|two|three|four|five|some|many)(?: [^\W_][\w’'-]*){1,3}?"
    r"(?:\.?\s*\Z| (?:[a-z]+ing|held|worn|carried|dressed|surrounded|with|who)\b)))"
    r" +(?=[^\W_])(?!(?:an?|the) (?:image|picture|photo|photograph|pic|graphic|snapshot)\b)",
    re.I,
)
# "Photo of him" would say too little, and "Picture of health" means something else.
_TOO_LITTLE = re.compile(
    r"(?:the )?(?:day|week|month|season|year|decade|century|moment)\b|(?:(?:good|perfect) )?health\b|"
    r"(?:me|you|him|her|it|us|them|mine|yours|hers|his|ours|theirs|\w+sel(?:f|ves)|one|this|that|these|those)\b|"
    r"(?:how|what|when|where|which|who|whom|whose|why|whether|if|and|or|of)\b",
    re.I,
)
_VERB = re.compile(
    r"(?<!\bwho )(?<!\bthat )(?<!\bwhich )"
    r"\b(?:is|are|was|were|be|been|has|have|had|does|do|did|can|could|may|might|must|"
    r"shall|should|will|would|shows?|showed|hangs?|hung|appears?|comes?|came|goes|went|helps?|helped|makes?|made|means?|"
    r"meant|wins?|won|tells?|told|says?|said|gets?|got|gives?|gave|looks?|looked|becomes?|became|reminds?|reminded|"
    r"inspires?|inspired|brings?|brought|stands?|stood|sits?|sat|smiles?|smiled|fills?|filled|begins?|began)\b",
    re.I,
)
# Who took a picture, where it is from and who allows it is about the picture, not about what it shows. A second "photo
# of" is about another picture. Editors have to reword these themselves.
_ABOUT_IT = re.compile(
    r"\b(?:taken|by|from|courtesy|permission|licen[cs]ed?|credit(?:s|ed)?|copyright|(?:image|picture|photo|photograph|pic)"
    r"(?:s? of|:))|©|\(c\)",
    re.I,
)
# "A phone held by a man" does not say who took the picture.
_HELD_BY = re.compile(r"\b(?:held|worn|carried|pushed|pulled|led|guided|helped|surrounded|followed|watched) by\b", re.I)
_ARTICLE = re.compile(r"\W*(?:an?|the)\W*", re.I)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the first words of each description."""
    for image in issue.images:
        pattern = _IN_OTHER_LANGUAGES.get(image.language.partition("-")[0])
        if pattern and not is_credit(image.alt) and (begins := pattern.match(image.alt)):
            message = f"The description begins with “{begins[0].strip()}”, but screen readers already say “image”."
            yield Finding(image, message, "Begin with what the picture shows.")
        if not image.language.startswith("en") or is_credit(image.alt):
            continue
        if begins := _BEGINS.match(image.alt):
            rest = image.alt[begins.end() :].strip()
            hint = "Say what the picture shows, in words that are clear on their own."
            if rest and not _TOO_LITTLE.match(rest):
                hint = f"Begin with what the picture shows: {quoted(rest[:1].upper() + rest[1:])}."
            message = f"The description begins with “{begins[0].strip()}”, but screen readers already say “image”."
            path = (*image.path, "alt")
            fix = _without(issue.source(path), path)
            yield Finding(image, message, hint, fix=fix)


def _without(alt: str, path: KeyPath) -> Fix | None:
    begins = _SUPERFLUOUS.match(alt)
    if not begins:
        return None
    rest = alt[begins.end() :]
    # "By" and "from" can also say where somebody sits, so this does not guess.
    if _TOO_LITTLE.match(rest) or _ABOUT_IT.search(_HELD_BY.sub("", rest)) or _ARTICLE.fullmatch(rest):
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
