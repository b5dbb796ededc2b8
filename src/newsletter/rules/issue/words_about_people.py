"""Words about people do not make them victims of their illness, or the illness itself.

"Sufferers", "victims" and "wheelchair-bound" say that a life with an illness is only misery. Readers who have it stop
reading. A wheelchair is freedom, and nobody is "a diabetic" alone.

Bad:
    - text: |
        The hall is open to MS sufferers, the disabled and those who are wheelchair-bound.

Good:
    - text: |
        The hall is open to people with MS, to disabled people and to people who use a wheelchair.

GOV.UK, Inclusive language: words to use and avoid when writing about disability; Samaritans, media guidelines
("died by suicide"). The rule looks at English, and in German and French at words that tie people to a wheelchair. It
ignores quotations and stories in which somebody says "I".
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.any_case import AnyCase
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import is_own_story, own_english_prose, own_prose_in, without_speech
from newsletter.rules.issue._mistakes import Mistake, report

SEVERITY = "warning"
POLICIES = {"strict": {"severity": "error"}}

_ILLNESS = (
    r"(?:MS|ME|HIV|AIDS|MND|COPD|multiple sclerosis|cancer|strokes?|dementia|epilepsy|depression"
    r"|arthritis|asthma|diabetes|"
    r"polio|autism|migraines?|pain|[A-Z][a-z]+['’]s(?: disease)?|(?:the|this|that|an?"
    r"|their) (?:disease|illness|condition|stroke))"
)
_ONLY_ILL = "makes a person only ill."
_LABEL = "makes an illness or an impairment the whole of a person."
_ENTRIES = (
    Mistake(
        re.compile(r"(?<!-)\b(?:[\w'’-]{1,30} )?sufferers?\b", re.IGNORECASE),
        _ONLY_ILL,
        "Write “people with” and the name of the illness.",
    ),
    Mistake(
        re.compile(
            r"\b(?:people|persons?|patients?|adults|women|men|children|those|who|she|he|we|you"
            r"|they)(?: (?:also|all|both|who|often|still))?"
            r" (?P<verb>suffer(?:s|ed|ing)? (?:from|with))\b|\b(?:people|those|anyone|anybody|patients) suffering\b",
            re.IGNORECASE,
        ),
        _ONLY_ILL,
        "Write “have”, “has” or “live with”.",
    ),
    Mistake(
        re.compile(rf"\bvictims? of {_ILLNESS}|\b(?:MS|AIDS|HIV|[Cc]ancer|[Ss]troke|[Pp]olio|[Dd]ementia) victims?\b"),
        _ONLY_ILL,
        "Write “people with” and the name of the illness, or “people who have had a stroke”.",
    ),
    Mistake(
        re.compile(
            r"\b(?:afflicted (?:with|by)|plagued (?:with|by)|stricken (?:with|by)|struck down (?:with|by)"
            r"|crippled (?:with|by)|a cripple|cripples)\b",
            re.IGNORECASE,
        ),
        _ONLY_ILL,
        "Write “has” or “with”.",
    ),
    Mistake(
        re.compile(
            r"\b(?:wheelchair[- ]bound|(?:confined|bound|restricted) to (?:(?:an?|the|his|her"
            r"|their) )?(?:wheelchair|bed))\b",
            re.IGNORECASE,
        ),
        "says that a person is a prisoner.",
        "Write “uses a wheelchair”, or “stays in bed”.",
    ),
    Mistake(
        re.compile(
            r"\bthe (?:disabled|handicapped|mentally ill|elderly|infirm|deaf|blind|partially sighted|needy"
            r"|vulnerable|housebound|afflicted|less fortunate|less able|sick|paralysed|visually impaired"
            r"|hearing impaired|hard of hearing|learning disabled|mentally disabled|aged)"
            r"(?=[.,;:!?)]|$| (?:and|or|are|in|who|can|have|will|need|to|of|at|as|with)\b)",
            re.IGNORECASE,
        ),
        _LABEL,
        "Write “disabled people”, “older people”, “people who are blind” and so on.",
    ),
    Mistake(
        re.compile(
            rf"\b(?:(?:battl(?:es?|ed|ing)|(?:is|are|was|were|been) fighting) (?:with |against )?{_ILLNESS}"
            rf"|(?:lost|lose|losing) (?:his|her|their|a|the) (?:[a-z]+ )?(?:battle|fight) (?:with|against"
            rf"|to) {_ILLNESS})"
        ),
        "makes an illness a war, and those who die losers.",
        "Write “lives with” or “is treated for”, or “died from”.",
    ),
    Mistake(
        re.compile(r"\b(?:normal|healthy normal) (?:people|adults|children|men|women|readers)\b", re.IGNORECASE),
        "says that others are not normal.",
        "Say who is meant, such as “people without MS”.",
    ),
    Mistake(
        re.compile(r"\bspecial[- ]needs\b", re.IGNORECASE),
        _LABEL,
        "Say what the person needs, or write “disabled”.",
    ),
    Mistake(
        re.compile(
            r"\bdespite (?:her|his|their|having (?:an?|the)) (?:disabilit(?:y|ies)|illness|condition|wheelchair|MS)\b",
            re.IGNORECASE,
        ),
        "says that others expected less of a person.",
        "Say what the person does.",
    ),
    Mistake(
        re.compile(
            r"\b(?:brave|inspirational|inspiring|heroic|courageous|plucky) (?:disabled|deaf|blind|wheelchair|MS"
            r"|cancer)\b"
            r"|\b(?:brave|inspirational|inspiring|heroic|courageous) (?:fighters?|survivors?|heroes)\b"
            r"|\bheroic(?:ally)? battl",
            re.IGNORECASE,
        ),
        "makes a hero of a person who lives with something.",
        "Say what the person does.",
    ),
    Mistake(
        re.compile(
            r"\b(?:addicts|alcoholics(?! anonymous)|junkies|drug (?:abusers?|addicts?)|substance abusers?"
            r"|geriatrics(?! (?:ward|unit|department|clinic|team))|geriatric (?:patients?|people|women|men)"
            r"|cretins?|lunatics?|psychos?|loonies)\b",
            re.IGNORECASE,
        ),
        _LABEL,
        "Write “people with”, “people who use” or “older people”.",
    ),
    Mistake(
        re.compile(
            r"\b(?:high|low)[- ]functioning\b(?! (?:team|group|heart|system))|\bmental age of\b"
            r"|\bmind of a child\b",
            re.IGNORECASE,
        ),
        "measures a person.",
        "Say what the person can do, and needs help with.",
    ),
    Mistake(
        re.compile(
            r"\bnon[- ]?complian(?:t|ce)\b|\b(?:she|he|they|who|patients?|people) fail(?:s"
            r"|ed)? (?:to respond to )?(?:the|their|her|his|a"
            r"|both|all|other|first) (?:[a-z-]+ )?(?:drugs?|treatments?|therap(?:y|ies)|medicines?)\b",
            re.IGNORECASE,
        ),
        "blames a person for a treatment.",
        "Write that the treatment did not help, or that a person did not take it.",
    ),
    Mistake(
        re.compile(
            r"\b(?:differently[- ]abled|handi-?capable|physically challenged|mentally challenged)\b"
            r"|\bspecial (?:people|children|kids)(?= (?:like|with|who have)\b)",
            re.IGNORECASE,
        ),
        "talks around a disability.",
        "Write “disabled”, or what the person needs.",
    ),
    Mistake(
        re.compile(
            r"\b(?:mental(?:ly ill)? patients?|mental cases?|the insane(?=[.,;:!?)]|$| (?:and|or|are|in|who"
            r"|can)\b)|deranged|invalids|burdens? (?:on|to)"
            r" (?:the|their|her|his|our|your) (?:family|families|carers?|society|NHS|state))\b",
            re.IGNORECASE,
        ),
        "is an insult for many readers.",
        "Say it in other words, such as “people with a mental illness” or “people who need help”.",
    ),
    Mistake(
        re.compile(r"\bable[- ]bodied\b", re.IGNORECASE), "says that others have no body.", "Write “not disabled”."
    ),
    Mistake(
        re.compile(
            r"\b(?:(?:mentally )?handicapped|mental handicap|mentally (?:retarded|defective)|retarded|spastics?"
            r"|senile|demented|imbeciles?"
            r"|deaf[- ](?:and|or|&)[- ]dumb|dumb (?:and|or|&) deaf|deaf[- ]mutes?|midgets?)\b",
            re.IGNORECASE,
        ),
        "is an insult for many readers.",
        "Write “disabled”, “with a learning disability”, “deaf” or “of short stature”.",
    ),
    Mistake(
        re.compile(
            r"\b(?:epileptics|diabetics|schizophrenics|dyslexics|paraplegics|quadriplegics|tetraplegics|asthmatics|haemophiliacs|autistics|"
            r"an? (?:epileptic|diabetic|schizophrenic|paraplegic|quadriplegic|depressive|asthmatic"
            r"|invalid)(?=[.,;:!?)]|$| (?:who|and|or|is|in|can|will|may|has|needs|must|should|for|at|to)\b))",
            re.IGNORECASE,
        ),
        _LABEL,
        "Write “a person with”, or “people with”, and the name of the illness.",
    ),
    Mistake(
        re.compile(r"\b(?:commit(?:s|ted|ting)? suicide|(?:failed|successful) suicide)\b", re.IGNORECASE),
        "is a word for crimes or successes.",
        "Write “died by suicide”, or “tried to end their life”.",
    ),
)
_TIED = "says that a person is a prisoner."
_IN_OTHER_LANGUAGES = {
    "de": Mistake(
        re.compile(
            r"\b(?:an|ans) (?:(?:den|einen|ihren|seinen|das|ein|ihr|sein) )?(?:Rollstuhl|Bett) gefesselte?[mnrs]?\b"
            r"|\bgefesselt (?:an|ans) (?:(?:den|einen|ihren|seinen|das|ihr|sein) )?(?:Rollstuhl|Bett)\b",
            re.IGNORECASE,
        ),
        _TIED,
        "Write “benutzt einen Rollstuhl”, or “bleibt im Bett”.",
    ),
    "fr": Mistake(
        re.compile(
            r"\bclou[ée]e?s? (?:au|dans (?:un|le|son|leur)|sur (?:un|le|son|leur)|à (?:un|son|leur)) (?:fauteuil|lit)\b"
            r"|\bconfinée?s? (?:dans|à|en) (?:un |le |son |leur )?fauteuil\b",
            re.IGNORECASE,
        ),
        _TIED,
        "Write “utilise un fauteuil roulant”, or “reste au lit”.",
    ),
}
_QUICK_SEARCH = AnyCase(
    r"suffer|victim|afflict|stricken|struck|crippl|wheelchair|confined|bound|restricted|\bthe (?:dis"
    r"|hand|ment|eld|inf|deaf|bl|part)|"
    r"battl|fight|lost|lose|losing|plagued|normal|special.needs|spastic|senile|demented|imbecile|able.bodied"
    r"|despite|brave|inspir|hero|courageous|plucky|addict|alcoholic|junkie|abuser|geriatric|cretin|lunatic|psycho|loon|functioning"
    r"|mental age|mind of|complian|fail|dumb|\bthe (?:need|vuln|hous|hard)|handicap|retard|defective|deaf|midget"
    r"|ics\b|challenged|capable|abled|special (?:people|child|kids)|mental (?:pat|case)|mentally ill|insane|deranged"
    r"|invalids|burden|\bthe (?:aff|less|sick|para|visu|hear|learn|aged)"
    r"|\ban? (?:epi|dia|sch|para|qua|dep|ast|inv)|suicid"
)
"""Something that each mistake needs, and fast to search for."""


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report words that many people with an illness or a disability do not want to read about themselves."""
    for paragraph in own_english_prose(issue):
        if _QUICK_SEARCH.is_in(paragraph.words):
            words = without_speech(paragraph.words)
            if not is_own_story(paragraph, words):
                yield from report(_ENTRIES, paragraph, words)
    for language, mistake in _IN_OTHER_LANGUAGES.items():
        for paragraph in own_prose_in(issue, language):
            yield from report([mistake], paragraph, without_speech(paragraph.words))
