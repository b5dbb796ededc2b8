"""Everyday English words that editors write in capitals for emphasis, and that are not abbreviations."""

import re

_EMPHASIS = """
    all always and any are before after both but can cannot do don every free how if is must never new no not now one
    only or so stop still the to very we who why will yes you your
"""
_EVERYDAY = """
    about again ago also another answer answers april around ask attention august autumn away back bad beautiful
    because been begin below best better big black blue book booked bottom box break brilliant bring buy call called
    cancelled care careful caution chance change changed christmas city click close closed closes closing club coffee
    cold come coming congratulations contents could danger date dates day days deadline december did different
    difficult doctor done door dose down draft drink dry each early easter easy eat email end ends enjoy enough enter
    event events everybody everyone everything exactly exciting exit experience extra fair family february fill final
    finally find fire first five follow food for forget form four friday friend friends from full fun get gift give
    given go going gone good great green group had half hall happy hard has have hear heavy hello help her here his
    holiday home hope hospital hot hour hours house huge hurry immediately important in included into issue january
    join july june just keep know large last late latest learn least leave left less let life lift lifts limited link
    listen little live local long look looking lost lots love low lunch made make many march may maybe me meet meeting
    meetings member members message minute minutes miss missed moment monday money month monthly months more morning
    most move much music my name need needed news newsletter next night nine nobody normal note notes nothing notice
    november number nurse nurses october of off offer on once open opening opens our out over own page part party
    people person phone photo place places play please post postponed press price prize problem put question questions
    quick quickly quiet quiz read reading ready really red register remember reminder reply rest ring risk room rota
    safe safety sale same saturday save say second see seen send september seven shop short should show simple sit six
    sleep slow small smile some somebody something soon sorry special spring stand start starts stay stories story
    strong such summary summer sunday support survey take talk tax tea team tell ten test text than thank thanks that
    their them then there these they thing things think this those three through thursday ticket tickets time times
    tired today together told tomorrow tonight too top travel try tuesday turn twice two under unless until up update
    updated updates urgent urgently use vote wait walk want warm warning was watch water way wednesday week weekend
    weekly weeks welcome well were what when where which white win winner winter with without work working world
    worried worth would write wrong yellow yesterday yoga young
"""

EMPHASIS = frozenset(_EMPHASIS.upper().split())
"""Words in capitals that stress one thing, as in "Do NOT stop your tablets"."""
WORDS = frozenset(_EVERYDAY.upper().split())
"""Other everyday words, without those that are also names of organisations or treatments, such as NICE."""

# The names of "the HOPE trial" and "the WALK study" are also words.
_NAME = re.compile(
    r"\s+(?:trials?|stud(?:y|ies)|projects?|campaigns?|scales?|programmes?|scheme|registry|network|charity|foundation)\b"
)
_ROW = re.compile(r"(?<![\w'’/-])[A-Z]{2,}(?:\s[A-Z]{2,})*(?![\w-])")


def rows(words: str) -> list[tuple[int, str]]:
    """Return the offset and the text of each row of words in capitals that has an everyday word in it."""
    return [
        (match.start(), match[0])
        for match in _ROW.finditer(words)
        if WORDS & set(match[0].split()) and not _NAME.match(words, match.end())
    ]
