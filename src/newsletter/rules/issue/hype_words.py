"""News about health raises no false hope.

People who read "cure", "breakthrough" or "miracle" would give anything for it. A study almost never shows so much,
and the next issue has to take the words back.

Bad:
    - text: |
        Scientists hail a breakthrough that could cure MS.

Good:
    - text: |
        The study found fewer relapses in people who had the new drug. It does not cure MS.

Science Media Centre, 10 best practice guidelines for reporting science and health stories: nothing is called a cure
that is not one, and nobody over-claims. The other words are our own. The rule looks at English only.
Sentences that deny a cure ("there is no cure", "a cure is years away") or hope for one ("until we find a cure") are
fine, and so are names ("Breakthrough T1D"). People are cured of an infection or a fear, and ham is cured in salt.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import english, text_before

SEVERITY = "warning"
SECTOR = "health"
OPTIONS: dict[str, list[str]] = {"allowed": []}
EXCEPTIONS = ("allowed",)
POLICIES = {"strict": {"severity": "error"}}

_LASTING_ILLNESS = (
    r"(?:MS|ME|MND|ALS|HIV|multiple sclerosis|motor neurone disease|dementia|arthritis|diabetes|epilepsy|autism|asthma|"
    r"depression|migraines?|fibromyalgia|lupus|psoriasis|endometriosis|tinnitus|Crohn['’]?s|strokes?|(?:Alzheimer|Parkinson|Huntington)['’]?s?)"
)
"""Illnesses that nobody can cure."""
_ILLNESS = rf"(?:{_LASTING_ILLNESS}|cancer)\b"
_HYPE = re.compile(
    r"\b(?:cures?|cured|curing|breakthroughs?|miracles?|miraculous(?:ly)?|wonder[- ](?:drugs?|cures?|pills?)|"
    r"game[- ]chang(?:ers?|ing)|ground-?breaking|revolutionary|revolutionis(?:e[sd]?|ing)|(?:magic|silver) bullets?|"
    r"holy grail|life[- ]changing(?= (?:new )?(?:drugs?|treatments?|therap(?:y|ies)|pills?|medicines?|trials?"
    r"|stud(?:y|ies)|results?))|"
    r"beat (?:MS|cancer|dementia|MND) (?:for ever|forever|for good)|(?:the )?end of (?:MS|cancer|dementia"
    r"|MND) is (?:near|in sight)|(?:the )?key to (?:end|beat|defeat|stopp)ing "
    + _ILLNESS
    + r"|wip(?:es?|ed|ing) out "
    + _ILLNESS
    + r"|(?:make|get)s? (?:\w+ )?(?:people |patients )?walk(?:ing)? again"
    r"|(?:crack(?:s|ed)?|revers(?:es|ed?)|defeat(?:s|ed)?|conquer(?:s|ed)?|eradicat(?:es|ed?)|banish(?:es|ed)?"
    r"|vanquish(?:es|ed)?) " + _ILLNESS + r"|(?:a |an )?100\s?(?:%|per ?cent) (?:effective|successful|success|safe)"
    r"|(?:drugs?|treatments?|medicines?|therap(?:y|ies)|pills?|jabs?|diets?) (?:(?:that|which) )?(?:has|have"
    r"|with) (?:absolutely )?(?:no|zero) side[- ]effects"
    r"|(?:is|are|be|drugs?|treatments?|diets?|pills?) guaranteed to (?:work|help|heal|relieve|stop|end|improve)"
    r"|(?:results?|success|relief) (?:is|are )?\s?guaranteed"
    r"|(?:say|said|wave) goodbye to (?:MS|pain|fatigue|" + _ILLNESS + r")|melts? (?:the |your )?pain away"
    r"|(?:clos(?:e|es|ing) in on|herald(?:s|ed)?|spell(?:s|ed)?|signal(?:s|led)?) the end of "
    + _ILLNESS
    + r"|will (?:completely |totally )?(?:change|transform) your (?:whole )?life"
    r"|you(?:['’]ll| will) never (?:again )?(?:feel|have|be|get|need|worry about|know) (?:\w+ ){1,3}?again"
    r"|(?:doctors|scientists|experts|specialists|researchers|neurologists) (?:(?:are|were|have been|has) )?(?:left )?"
    r"(?:(?:stunned|amazed|astonished|baffled|speechless)(?=[.!]| (?:by|at) (?:this|these|the|an?)\b(?: \w+){0,4} "
    r"(?:drugs?|remed(?:y|ies)|treatments?|cures?|diets?|pills?|therap(?:y|ies)|jabs?|results?)\b)|hate (?:this"
    r"|it|her|him)\b)"
    r"|works? for (?:everyone|everybody|every (?:patient|person)|all patients)"
    r"|(?:one|this) (?:weird|simple|little|easy|secret) trick"
    r"|(?:amazing|incredible|astonishing|astounding|sensational|unbelievable) (?:new )?(?:drugs?|treatments?"
    r"|remed(?:y|ies)"
    r"|pills?|diets?|therap(?:y|ies)|results?|medicines?|supplements?|jabs?)"
    r"|(?:instant|total|complete|permanent) (?:pain )?relief"
    r"|(?:heal|cure|banish|erase)(?:s|ed)? (?:your|the|all) (?:pain|fatigue|symptoms)"
    r"|(?:lose|drop|shed) (?:up to )?\d+ ?(?:kg|kilos?|lbs?|pounds|stone) in (?:just |only )?\d+ (?:days|weeks)"
    r"|ends " + _ILLNESS + r")(?!\w)",
    re.IGNORECASE,
)
_IN_HYPE = (
    "cur",
    "break",
    "mirac",
    "wonder",
    "game",
    "revolution",
    "bullet",
    "grail",
    "life",
    "beat",
    "end of",
    "key to",
    "wip",
    "walk",
    "crack",
    "revers",
    "defeat",
    "conquer",
    "eradicat",
    "banish",
    "vanquish",
    "100",
    "side effects",
    "side-effects",
    "guaranteed",
    "goodbye",
    "melt",
    "the end of",
    "your life",
    "your whole life",
    "again",
    "stunned",
    "amaz",
    "astonish",
    "baffled",
    "speechless",
    "hate",
    "for every",
    "for all",
    "trick",
    "incredible",
    "astound",
    "sensational",
    "unbelievable",
    "relief",
    "heal",
    "erase",
    "lose ",
    "drop ",
    "shed ",
    "ends ",
)
"""One of these is in each of the words above, and fast to search for."""
_FOOD = r"(?:ham|meats?|fish|bacon|sausages?|salmon|pork|beef|olives)"
_OTHER_SENSE = re.compile(
    # "Breakthrough pain" is a medical term, and ham is cured.
    rf"\s+(?:(?:pain|seizures?|bleeding|cases?|symptoms|{_FOOD})\b"
    r"|(?:in|with|over) (?:[a-z]+ )?(?:salt|brine|smoke|sugar)\b"
    r"|(?:(?!and |or )[\w'’]+ ){0,3}?(?:infections?|colds?|coughs?"
    r"|hiccups|headaches?|malaria|pneumonia|scurvy|boredom|shyness"
    r"|hepatitis C)\b"
    # Somebody was cured of a fear or of cancer. Nobody is cured of MS.
    rf"|(?:(?:you|me|him|her|them|us) )?of (?!(?:(?:the|my|your|her|his|their|our) )?{_ILLNESS})"
    r"|(?<=cured )of (?:(?:my|her|his|their) )?cancer\b)",
    re.IGNORECASE,
)
_MATERIAL_BEFORE = re.compile(
    rf"\b(?:{_FOOD}|leather|tobacco)(?: (?:(?:that |which )?(?:is|are|was|were|has been)|that we))? $"
    r"|\b(?:concrete|resin|glue|cement|varnish|epoxy)\b",
    re.IGNORECASE,
)
"""Words before “cured” about food or materials, which are cured to keep them or to make them hard."""
_NEGATION_BEFORE = re.compile(
    r"(?:\b(?:no|not|never|none|nobody|nothing|few|without|nor|neither|hardly|cannot|isn['’]t|rather than|instead of|"
    r"beyond|yet|wrong to|too (?:early|soon)|far from|beware|avoid|wary|sceptical|myths?|lies?|untrue|so-called"
    r"|scams?|fake|false)\b"
    r"|n['’]t\b)(?:\W+\w+){0,7}\W*$",
    re.IGNORECASE,
)
_NEGATION_AFTER = re.compile(
    r"^\W*(?:\w+\W+){0,3}?(?:(?:is|are|was|were|remains?|may be|seems?)\W+(?:\w+\W+){0,2}?"
    r"(?:not|no|far|years|decades|unlikely|impossible|unknown|a (?:long way|myth|dream|hope|lie|scam))"
    r"|(?:has|have|had)\W+(?:not|never|yet)"
    r"|isn['’]t|aren['’]t|does not exist)\b",
    re.IGNORECASE,
)
_HOPE_BEFORE = re.compile(
    r"\b(?:find|finding|search(?:ing)?|look(?:ing)?|hunt|quest|wait(?:ing)?|hope[ds]?|hoping"
    r"|wish(?:es)?|dreams?|world (?:where|in which|without)|pray|longs?|needs?|one day|research (?:into|on)"
    r"|towards?|until|closer to|"
    r"(?:claims?|promis\w+|offers?) (?:of|to))\b(?:\W+\w+){0,4}\W*$",
    re.IGNORECASE,
)
_HOPEFUL_WORDS = ("cur", "breakthrough", "wip", "key", "the key", "revers", "defeat", "conquer", "eradicat", "crack")
"""Words that can be about a hope."""
_CHARACTERS_BEFORE = 60
_LOWER_CASE_WORD = re.compile(r"\b[a-z]{4,}")
_NAME_GOES_ON = re.compile(r" (?!(?:Cure|Diet|Drug|Jab|Pill|Therapy|Treatment|Vaccine)s?\b)[A-Z0-9]")
_NAME_BEFORE = re.compile(
    r"\b(?:called|named|film|book|song|play|charity|band)(?: is)?(?: called)? [“\"‘']?(?:[Tt]he |An? )?[“\"‘']?$"
)
_TITLE = re.compile(
    r"(?: (?:on|of|for|in|at|to|and|the|a)){1,3} [A-Z0-9][^.!?\n]{0,80}\b(?:film|book|novel|song|play|musical|show"
    r"|band)\b"
)
_PRIZE = re.compile(r" (?:prize|award|fund|trust|charity|foundation|campaign|appeal|trial|study)\b", re.IGNORECASE)
_TITLE_BY = re.compile(r"[^“”\"\n]{0,80}[”\"],? by [A-Z]")
"""The rest of a title in quotation marks, and who wrote it."""
_NAMES_AFTER = (_NAME_GOES_ON, _PRIZE, _TITLE, _TITLE_BY)
_AFTER_SMALL = re.compile(r"(?<![.!?:“\"] )\b[a-z]{1,20} $")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report words that promise too much."""
    allowed = {word.lower() for word in options["allowed"]}
    for paragraph in english(issue):
        low = paragraph.words.lower()
        if not any(word in low for word in _IN_HYPE):
            continue
        for match in _HYPE.finditer(paragraph.words):
            if match[0].lower() in allowed or _OTHER_SENSE.match(paragraph.words, match.end()):
                continue
            before = re.split(r"[.!?;:\n]\s", text_before(paragraph.words, match.start()))[-1]
            if match[0].lower().startswith("cur") and _MATERIAL_BEFORE.search(before):
                continue
            after = re.split(r"[.!\n]", paragraph.words[match.end() :][:500])[0]
            if _NEGATION_BEFORE.search(before) or _NEGATION_AFTER.search(after) or "?" in after:
                continue
            is_hope = match[0].lower().startswith(_HOPEFUL_WORDS)
            can_be_name = is_hope or match[0].lower().startswith("miracle")
            if (is_hope and _HOPE_BEFORE.search(before)) or (can_be_name and _is_name(paragraph.words, match)):
                continue
            message = f"“{match[0]}” promises more than a study can show."
            hint = "Give the result in numbers: how many people, and how much better than without it."
            yield Finding(paragraph.at(match.start()), message, hint)


def _is_name(words: str, match: re.Match[str]) -> bool:
    """Check whether a word is a part of a name, such as Breakthrough T1D or the Cure Fund."""
    if not match[0][0].isupper() or match[0].isupper() or not _LOWER_CASE_WORD.search(words):
        return False  # in a line in capitals, or with a capital for each word, they say nothing
    after = next(filter(None, (name.match(words, match.end()) for name in _NAMES_AFTER)), None)
    before = words[max(0, match.start() - _CHARACTERS_BEFORE) : match.start()]
    return bool(after or _AFTER_SMALL.search(before) or _NAME_BEFORE.search(before))
