"""The description of a picture says what it shows.

“Chart” or “Photo: Jane Doe” says that there is a picture, but not what others see in it. A chart, a map or a poster is
there for what is in it: its numbers, its way, its date. Who cannot see it needs them in words.

The rule looks for a single word, for “see the text below”, a list of keywords, the name of who made the picture, a
chart or poster without any number or quoted words, a map, plan, diagram or screenshot in fewer than `fewest_words`, and
an English description that stops in the middle. The number of months or years that a chart is about is no number of it.
A table, a chart, figures or events directly before or after a picture say the numbers, too.

Bad:
    - image:
        src: images/visits.png
        alt: "Bar chart of our helpline calls"

Good:
    - image:
        src: images/visits.png
        alt: "Bar chart: calls to our helpline rose from 310 in May to 520 in June."

WCAG 2.2, 1.1.1 Non-text Content (A); W3C, Web Accessibility Tutorials, Images, Complex Images.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import ImageRef, IssueText
from newsletter.check.rule import Finding
from newsletter.english import with_article
from newsletter.rules.issue._descriptions import Description, descriptions, is_credit
from newsletter.words import words

SEVERITY = "warning"
OPTIONS = {"fewest_words": 10}
STRICTER_WHEN_HIGHER = ("fewest_words",)


def _begins_with(kinds: str) -> re.Pattern[str]:
    return re.compile(
        r"\W{0,20}(?:(?:an?|the|this|our|eine?|die|das|der|une?|le|la|les|una|el|y) |l['’])?(?:[^\W\d]{1,40}[ -])?"
        # "A map of the hall", but not "A map lies on the table" or "A chart on the wall".
        rf"(?P<kind>{kinds})\b(?=\W*\Z|[:,;.(]| ?[–—-] | (?:of|for|with|from|to|that|which|showing|shows?|about|"
        r"on (?!(?:an?|the|our|my|his|her|their|its|top|display|show|each|every|one|both|some|two|three|four)\b)"
        r"|explaining|"
        r"comparing|von|der|des|zu|zum|zur|mit|für|über|de|du|des|d['’]|à|au|aux|sur|pour|con|para|sobre|o|yn)(?:\b|(?<=['’])))",
        re.IGNORECASE,
    )


_NEEDS_NUMBERS = _begins_with(
    r"chart|graph|infographic|poster|flyer|leaflet|timetable|schedule|timeline|calendar|programme|agenda|"
    r"price ?list|menu|invitation|statistics|advert|notice|letter|table(?= showing| of (?:opening|visiting|times"
    r"|hours|results|prices|dates|figures|numbers|doses))|"
    r"(?:data|results?|price|dose) table|"
    r"diagramm|schaubild|infografik|plakat|graphique|infographie|affiche|gráfic[oa]|infografía|cartel|siart|ffeithlun"
)
_NEEDS_ITS_WORDS = _begins_with(
    r"quote|quotation|tweet|social media post|recipe(?: card)?|meme|headline|voucher|coupon|certificate"
    r"|speech bubble|cartoon strip"
)
_ANYBODY = re.compile(
    r"(?:(?:our|the|an?|some|many|several|two|three|four|five|happy|smiling|lovely|diverse|young|older|old"
    r"|disabled|(?:a )?"
    r"(?:group|couple) of) ){0,3}"
    r"(?:people|persons?|team|staff|group|crowd|faces|volunteers|members|colleagues|patients|m[ae]n|wom[ae]n|child(?:ren)?|kids"
    r"|famil(?:y|ies)|couples?|friends|lady|ladies|adults|students|girls?|boys?|models?)[.!]?",
    re.IGNORECASE,
)
"""Who could be anybody, and does nothing."""
_NEEDS_WORDS = _begins_with(
    r"map|organigram|organi[sz]ation(?:al)? chart|family tree|(?:floor|site|seating|street) ?plan|diagram"
    r"|flow ?chart|screenshot|screen ?grab|stadtplan|lageplan|anfahrtsplan|organigramm|organigramme|"
    r"landkarte|bildschirmfoto|plan d['’]accès|plan(?= d(?:e|u|es)\b)|carte|capture d['’]écran|mapa"
    r"|captura de pantalla|sgrinlun"
)
_IN_WORDS = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety|hundred|thousand|million|half|third|quarter|twice|double[ds]?|noon|midday|midnight|all(?!"
    r" (?:the|about|of|you|our)\b)|none|no"
)
# A year alone says nothing of what is in a chart or on a poster.
_NUMBER = re.compile(rf"(?!(?:19|20)\d\d\b)\b\d|\b(?:{_IN_WORDS})\b", re.IGNORECASE)
# How many months a chart is about is no number of what it counts.
_PERIOD = re.compile(
    rf"\b(?:(?:in|of|for|from|during|over|across) (?:(?:each|all|every one) of )?the (?:(?:last|past|first|next"
    rf"|previous) )?"
    rf"|(?:during|over|across) )(?:\d{{1,3}}|{_IN_WORDS}) (?:days|weeks|months|quarters|seasons|years|decades)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"«„‘'](?=\w)[^“”\"«»„\s]{1,80}\s[^“”\"«»„]{0,400}[”\"»’']")
_DATA = {"table", "chart", "figures", "events"}
_BLOCKS_OF_PEOPLE = {"person", "contact", "sponsor"}
"""Blocks in which the name of somebody can be enough."""
_WITHOUT_SPACES = {"zh", "ja", "th", "lo", "km", "my", "yue"}
"""Languages in which a sentence looks like one word."""

_SEPARATOR = re.compile(r"[,;|•·]")
_END = re.compile(r"[.!?,;](?:\s|$)")
# Four names of things, and no word that says what they do, where or with what.
_LIST_OF_NOUNS = re.compile(
    r"(?:(?!(?:and|or|with|the|an?|of|in|on|at|is|are|to|by|from|for|over|under|near|up|down|who|that|as|her|his|their|its|our|my"
    r"|no|not|two|three|four|asleep|alone|away|home)\b)[a-z]{2,20}(?<!ing)(?<!s)(?<!ed)(?<!ly)(?:\s|$)){4,10}"
)
_HASHTAGS = re.compile(r"(?:#\w+[\s,;]*){2,}")
_JOINS = re.compile(r"\b(?:and|or|with|the|an?|of|in|on|at|is|are|to|et|und|y|a|ac|gyda|mit|avec|con)\b", re.IGNORECASE)
_POINTER = re.compile(
    r"(?:please |for [\w ]{1,40} )?(?:see|read|look at|refer to|as in|described in|explained in) (?:[\w']+ ){0,3}?"
    r"(?:text|captions?|articles?|words|details?|story|descriptions?|information"
    r"|below|above|beside|opposite|link|website)"
    r"(?: (?:below|above|beside|opposite|here|in|this|the|it|an?|its|picture|image|email|for|of|full|further"
    r"|longer|text|details?"
    r"|more|descriptions?|information|explanations?)){0,8}\W*",
    re.IGNORECASE,
)
"""A pointer to words that are somewhere else."""
_DESCRIBED_ELSEWHERE = re.compile(
    r"(?:as )?(?:described|explained|mentioned|listed|detailed|discussed) (?:\w+ ){0,3}(?:above|below|beside"
    r"|opposite|text|captions?"
    r"|articles?)\W*"
    r"|(?:the |a )?(?:full )?(?:text|captions?|article|words|paragraph|description) (?:above |below |beside )?"
    r"(?:says?|describes?|explains?|is|are|has) [^.]{0,60}(?:picture|image|photo|shows?|below|above"
    r"|beside|text)\b[^.]{0,20}\W*"
    r"|same as (?:above|below|before|the captions?)\W*",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"\b(?:click|tap|press|double[- ]click)(?: here| on (?:it|this|the (?:picture|image|photo)))? "
    r"(?:to (?:enlarge|zoom|open|view|see|read|expand|download|watch|play)|for)\b",
    re.IGNORECASE,
)
_THING_WITH_WORDS = re.compile(
    r"(?:(?:an?|the|our|this) )?(?:(?:front|back|new|latest) )?(?:cover|front page|title page|page|slide"
    r"|signature|stamp|badge)"
    r"(?: (?:of|from) (?:our|the|this|an?|your) [\w'’]+(?: [\w'’]+){0,2})?\W*",
    re.IGNORECASE,
)
"""A thing with words on it, and none of them."""
_SAYS_NOTHING = re.compile(
    r"(?:picture|image|photo(?:graph)?|figure|slide) (?:no\.? )?\d{1,3}(?: (?:of|from) \d{1,3})?\W*"
    r"|(?:(?:an?|the|this) )?(?:image|picture|photo(?:graph)?|illustration|graphic) (?:(?:that|which) )?"
    r"(?:illustrates|illustrating|accompanies|accompanying|goes with|to go with|for) "
    r"(?:the|this|our|an?) (?:article|story|text|newsletter|page|section|news)\W*",
    re.IGNORECASE,
)
"""That there is a picture, and not what it shows."""
_SHOWS_THE_WAY = re.compile(
    r"(?:shows?|showing|of|with) (?:the way|the route|how to|where|directions)\b", re.IGNORECASE
)
_DIRECTIONS = re.compile(
    r"\b(?:left|right|north|south|east|west|minutes?|metres|yards|miles?|opposite|beside|next to|behind|between|past"
    r"|turn|corner|along|across|cross|over|follow|in front)\b|\d",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"\s(?:an?|the|of|with|and|or|but|while|who|which|whose|because|(?:at|by|for|from|in|into|near|on|to|as|is|are|his|her|its|my|our"
    r"|that|their)(?=\W*(?:…|\.\.)))(?:…|[.,;:\s])*\Z"
)
"""The end of a description that was cut off: a word that another one follows."""
_FEWEST_KEYWORDS = 4
_HINT = "Say in one sentence what is important in the picture."


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check what each description says."""
    for item in descriptions(issue):
        alt = item.alt.strip()
        if is_credit(alt):
            hint = f"{_HINT} Who made it belongs in “credit”." if item.image else _HINT
            message = f"{quoted(alt)} says who made the picture, and not what it shows."
            yield Finding(item.where, message, hint, severity="error")
        elif item.image and not _is_name(item) and _is_one_word(item):
            yield Finding(item.where, f"One word, {quoted(alt)}, does not say what the picture shows.", _HINT)
        elif item.image and not _is_name(item) and _ANYBODY.fullmatch(alt):
            message = f"{quoted(alt)} could be any picture of people."
            yield Finding(item.where, message, f"{_HINT} Say who they are, or what they do.")
        elif item.language.startswith("en") and (end := _STOPS.search(alt)):
            message = f"This description stops in the middle, at “{end[0].strip()}”."
            yield Finding(item.where, message, "Finish the sentence.", severity="error")
        elif _is_repeated(alt):
            yield Finding(item.where, "This description says the same several times.", "Say it once.")
        elif _is_keywords(alt):
            yield Finding(item.where, "This description is a list of keywords.", _HINT)
        elif _THING_WITH_WORDS.fullmatch(alt) or _SAYS_NOTHING.fullmatch(alt):
            yield Finding(item.where, f"{quoted(alt)} does not say what is on it.", _HINT)
        elif click := _INSTRUCTION.search(_QUOTED.sub("", alt)):
            message = f"“{click[0]}” is nothing that the picture shows, and a reader may not be able to do it."
            yield Finding(item.where, message, _HINT)
        elif _POINTER.fullmatch(alt) or _DESCRIBED_ELSEWHERE.fullmatch(alt):
            yield Finding(item.where, f"{quoted(alt)} does not say what the picture shows.", _HINT, severity="error")
        elif item.image and (empty := _empty_kind(alt, item.image, issue, options["fewest_words"])):
            kind, what = empty
            message = f"This description says that there is {with_article(kind)}, and not what is in it."
            hint = f"Say the {what} that matter, here or in a table or text beside it."
            yield Finding(item.where, message, hint)


def _is_name(item: Description) -> bool:
    """Check whether a picture is one of somebody or of an organisation, for which a name may be enough."""
    return "logo" in item.src.casefold() or bool(item.image and _BLOCKS_OF_PEOPLE & set(map(str, item.image.path)))


def _is_one_word(item: Description) -> bool:
    return len(words(item.alt)) == 1 and item.language.split("-")[0] not in _WITHOUT_SPACES


def _is_repeated(alt: str) -> bool:
    parts = [part.strip().casefold() for part in _END.split(alt) if part.strip()]
    return len(parts) > 1 and len(set(parts)) == 1


def _is_keywords(alt: str) -> bool:
    if _HASHTAGS.fullmatch(alt) or _LIST_OF_NOUNS.fullmatch(alt):
        return True
    parts = [part.strip() for part in _SEPARATOR.split(alt) if part.strip()]
    fewest = _FEWEST_KEYWORDS - any(sign in alt for sign in "|;•·")
    if len(parts) < fewest or _JOINS.search(alt) or any(len(words(part)) > 2 for part in parts):
        return False
    # Names of people in a photo.
    return not all(part[0].isupper() for part in parts)


def _empty_kind(alt: str, image: ImageRef, issue: IssueText, fewest: int) -> tuple[str, str] | None:
    """Return the kind of a picture, and what its description has to say of it; None if it says something."""
    if match := _NEEDS_NUMBERS.match(alt):
        rest = _PERIOD.sub("", f"{alt[match.end() :]}\n{image.caption}")
        says = _NUMBER.search(rest) or _QUOTED.search(rest) or _DATA & set(_blocks_beside(image, issue))
        return None if says else (match["kind"].lower(), "numbers or dates")
    if match := _NEEDS_ITS_WORDS.match(alt):
        rest = f"{alt[match.end() :]}\n{image.caption}"
        return None if _QUOTED.search(rest) or ":" in rest else (match["kind"].lower(), "words")
    if match := _NEEDS_WORDS.match(alt):
        names_a_way = _SHOWS_THE_WAY.search(alt) and not _DIRECTIONS.search(f"{alt}\n{image.caption}")
        if names_a_way or len(words(alt)) < fewest:
            return match["kind"].lower(), "way or the parts"
    return None


def _blocks_beside(image: ImageRef, issue: IssueText) -> list[str]:
    """Return the names of the blocks directly before and after a picture."""
    if image.path[0] != "articles":
        return []
    content = issue.issue.articles[int(image.path[1])].content
    if "content" not in image.path:
        return [block.kind for block in content[:1]]
    position = int(image.path[image.path.index("content") + 1])
    return [block.kind for block in [*content[max(position - 1, 0) : position], *content[position + 1 : position + 2]]]
