"""Recognises words of links that do not say where the link goes."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from newsletter.characters import quoted
from newsletter.check.issue_links import LinkRef
from newsletter.check.rule import Finding

_HINT = "Say where it goes, or what readers get there, such as “Read the trial's results”."
# Words that do not name what a link goes to ...
_SAYS_NOTHING = re.compile(
    "a|about|all|an|and|article|below|button|click|complete|continue|details|document|download|everything|file|find|for|"
    "from|full|further|go|here|i|in|info|information|it|kb|know|learn|like|link|list|mb|me|more|now|of|official|on|"
    "online|open|our|out|page|pdf|piece|please|post|press|read|reading|see|show|site|source|story|tap|tell|that|the|"
    "their|them|there|these|this|to|today|view|visit|want|web|webpage|website|whole|with|would|you|your"
)
# ... and words that say no more if "here" is among them: "Register here".
_OR_HERE = re.compile(
    "apply|ask|book|buy|call|come|contact|copy|donate|enrol|enter|follow|form|get|give|help|join|listen|order|pay|place|"
    "play|register|reply|respond|reserve|shop|sign|spot|start|subscribe|support|take|tickets?|up|us|vote|watch|write"
)
# "Our story" is a page, but "the story" could be any. "Visit our website" says what happens and whose it is.
_NAMES_A_PAGE = re.compile(r"\b(?:our|your) (?:article|piece|post|story)\b|^visit our (?:web)?site$")
_OTHER_LANGUAGES = re.compile(
    # Welsh, Arabic, German, French and Spanish
    "cliciwch yma|yma|darllen mwy|mwy|rhagor|mwy o wybodaeth|اضغط هنا|انقر هنا|هنا|اقرأ المزيد|المزيد|"
    "hier|hier klicken|klicken sie hier|mehr|mehr erfahren|mehr lesen|mehr informationen|weiterlesen|"
    "ici|cliquez ici|plus|en savoir plus|lire la suite|plus dinformations|aquí|haga clic aquí|leer más|más información"
)
# Not in quotation marks: there, the text is about these words.
_CLICK_HERE = re.compile(
    r"(?<![“\"‘'\w])(?:please )?(?:(?:see|look|go|enter|sign in) here\b(?!,)|(?:click|tap|press)(?: on)? (?:here"
    r"|this(?: link| button)?|the link|the button|below)\b)"
    r"(?:,? (?:to|and|for|if you want to|if you would like to) )?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(https?://|www\.)\S*|[\w-]+(\.[\w-]+)+(/\S*)?", re.IGNORECASE)


def unclear_links(links: Iterable[LinkRef]) -> Iterator[Finding]:
    """Report each of these links whose words do not say where it goes."""
    for link in links:
        words = re.sub(r"[^\w\s./:?=&%#-]", "", link.words.rstrip(".:…")).strip().casefold()
        if not words:
            yield Finding(link, "This link has no words.", "Say in the square brackets where it goes.")
        elif _ADDRESS.fullmatch(words):
            if not _is_own_email(link):
                hint = "Say in words what is there. Keep the address in the round brackets or after “url:”."
                yield Finding(link, f"The words of this link are an address: {quoted(link.words)}.", hint)
        elif _says_nothing(words):
            yield Finding(link, f"{quoted(link.words)} does not say where the link goes.", _HINT)
        elif click := _CLICK_HERE.search(link.words):
            rest = link.words[click.end() :].strip(" .!…:")
            hint = _HINT
            if click.start() == 0 and not _says_nothing(f"here {rest.casefold()}"):
                hint = f"Write only {quoted(rest[:1].upper() + rest[1:])}."
            yield Finding(link, f"“{click[0].strip()}” in a link does not say where it goes.", hint)


def _says_nothing(words: str) -> bool:
    """Check whether words, in lower case, name nothing that a link could go to."""
    if _OTHER_LANGUAGES.fullmatch(words):
        return True
    every = re.findall(r"[^\W\d]+", words)
    if not every or _NAMES_A_PAGE.search(words):
        return False
    return all(_SAYS_NOTHING.fullmatch(word) or ("here" in every and _OR_HERE.fullmatch(word)) for word in every)


def _is_own_email(link: LinkRef) -> bool:
    scheme, _, address = link.url.partition(":")
    return scheme.lower() == "mailto" and unquote(address.partition("?")[0]).casefold() == link.words.strip().casefold()
