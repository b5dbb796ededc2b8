"""Words are those that people say, not those of officials.

"Utilise", "prior to" and "in the event that" say no more than "use", "before" and "if", and take longer to read. People
with aphasia, and people who learned English late, may not know them. Nobody says them aloud to a friend.

Bad:
    - text: |
        Please do not hesitate to contact us prior to the event in order to facilitate parking.

Good:
    - text: |
        Call us before the event, and we will help you to park.

GOV.UK style guide, Words to avoid (https://www.gov.uk/guidance/style-guide/a-to-z#words-to-avoid); Plain English
Campaign, The A to Z of alternative words. The rule looks at English only. It knows only words that are hardly ever
needed: "deliver" or "key" can be about parcels and doors.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.any_case import AnyCase
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import own_english_prose, without_speech

SEVERITY = "warning"
OPTIONS: dict[str, list[str]] = {"allowed": []}
EXCEPTIONS = ("allowed",)

_WORDS = {
    r"utili[sz](?:e[sd]?|ing|ation)": "use",
    r"facilitat(?:e[sd]?|ing|ion)": "help, lead, or what somebody does",
    r"in order to": "to",
    r"prior to": "before",
    r"subsequent(?:ly)? to": "after",
    r"commenc(?:e[sd]?|ing|ement)": "start",
    r"leverag(?:e[sd]?|ing) (?:our|the|your|their|its)": "use",
    r"stakeholders?": "the people that you mean, such as “patients and nurses”",
    r"going forwards?|moving forwards?": "from now on, or nothing",
    r"one[- ]stop shops?": "one place",
    r"incentivis(?:e[sd]?|ing)": "encourage",
    r"impact(?:s|ed|ing) (?:up)?on|impacted": "affect, change",
    r"in the event (?:of|that)": "if",
    r"at this (?:moment|point) in time": "now",
    r"with (?:regards?|respect|reference) to|in respect of|pertaining to": "about",
    r"endeavou?r(?:s|ed|ing)? to": "try to",
    r"ascertain(?:s|ed|ing)?": "find out",
    r"hereby|herewith|aforementioned|aforesaid|there(?:in|of|by)|hereinafter|henceforth|forthwith|notwithstanding": (
        "an everyday word, or nothing"
    ),
    r"empower(?:ed|ing|ment|s)?": "what people can do now",
    r"streamlin(?:e[sd]?|ing)": "make simpler",
    r"disseminat(?:e[sd]?|ing|ion)": "share, send",
    r"remuneration": "pay",
    r"in lieu of": "instead of",
    r"per annum": "a year",
    r"per (?:capita|diem)": "for each person, or a day",
    r"(?:up)?on receipt(?: of)?": "when you get",
    r"in receipt of": "get, have",
    r"(?<!missing )(?<!displaced )persons(?! unknown)": "people",
    r"terminat(?:e[sd]?|ing) (?:the|your|our|this|all)": "end, stop",
    r"purchas(?:e[sd]?|ing)": "buy",
    r"approximately": "about",
    r"notif(?:y|ies|ied|ying)": "tell",
    r"regret to (?:inform|advise|announce)": "are sorry to say",
    r"enquire within": "ask us",
    r"pro[- ]?formas?": "form",
    r"(?:please|kindly) be (?:(?:advised|informed)(?: that)?|aware that)|it should be noted that|please note"
    r" that": "nothing: begin with what follows",
    r"should you (?:wish|require|need|have)": "if you want, if you need, if you have",
    r"(?:please )?do(?: not|n['’]t) hesitate to": "nothing: write “please call”",
    r"service users?": "the people who use it, such as “patients”",
    r"deliverables?|learnings|synerg(?:y|ies)|paradigms?|game plan": "what you mean, in everyday words",
    r"(?:deliver|drive|foster|tackle|promote|unlock)(?:s|ed|ing)? (?:outcomes|improvements?|change"
    r"|innovation|excellence|"
    r"engagement|inclusion|inequalit(?:y|ies)|growth|collaboration|value|priorities)": "what somebody does",
    r"key (?:priorities|stakeholders|objectives|outcomes|messages)": "what is important, and why",
    r"pursuant to|in accordance with": "as the law or the rule says, under",
    r"in excess of": "more than",
    r"due to the fact that|in view of the fact that|owing to the fact that": "because",
    r"for the purposes? of": "to, for",
    r"in conjunction with": "with",
    r"on an? (?:daily|weekly|monthly|yearly|annual|regular) basis": "every day, every week, often",
    r"a (?:significant|substantial) (?:number|proportion) of": "the number, or many",
    r"in close proximity to|in the vicinity of": "near",
    r"with a view to|with the aim of": "to",
    r"undertak(?:e|es|ing) (?:an? )?(?:review|assessment|consultation|activit(?:y|ies)|visits?"
    r"|training)": "the verb alone, such as “review”",
    r"expedit(?:e[sd]?|ing)": "speed up",
    r"in (?:relation|regard) to": "about",
    r"enquire as to": "ask",
    r"(?:please )?find (?:enclosed|attached)|enclosed please find": "here is, with this email",
    r"in due course|in the near future|in the fullness of time": "when, such as “by May”",
    r"kindly (?:complete|return|note|refrain|forward|submit|ensure|confirm|reply|respond)": "please",
    r"at your earliest convenience": "soon, or by when",
    r"co-?produc(?:tion|ed?|ing) (?:with|of|the|our|this|services?|group|approach|process|work)|co-?production": (
        "planning or making it together"
    ),
    r"liais(?:e[sd]?|ing|on) (?:with|between)": "talk with, work with",
    r"subject to (?:availability|approval|change|confirmation|demand)": "if there is room, if it is agreed",
    r"(?:are|is|will be) required to": "must, have to",
    r"failure to (?:do so|comply|return|complete|attend|respond|notify|provide)": "if you do not",
    r"in terms of": "about, for",
    r"reach(?:ed|ing)? out to": "ask, call, write to",
    r"upon (?:arrival|request|completion|application|entry|departure)": "when you, after you",
    r"proceed to (?:the |our |reception|desk|entrance)": "go to",
    r"with (?:immediate effect|effect from)": "from now on, from",
    r"in a timely (?:manner|fashion)": "soon, in time",
    r"by (?:means|virtue) of": "by, because of",
    r"for the duration of": "during",
    r"in the absence of": "without",
    r"in the first instance": "first",
    r"irrespective of": "whatever, even if",
    r"commensurate with|cognisant of|mindful of the fact": "that fits, aware",
    r"(?:is|are|was|were) deemed": "is thought",
    r"(?:where|if|when|as) applicable": "if this is about you",
    r"necessitat(?:e[sd]?|ing)": "need",
    r"residing (?:in|at|with)": "live",
    r"rectif(?:y|ies|ied|ying)": "correct",
    r"erroneous(?:ly)?": "wrong",
    r"discontinu(?:e[sd]?|ing|ation)": "stop, end",
    r"despatch(?:ed|es|ing)?": "send",
    r"remittances?": "payment",
    r"whereby|thereafter|heretofore|inasmuch as|insofar as|viz": "an everyday word, such as “by which” or “then”",
    r"whilst|amongst": "while, among",
    r"attendees?": "people who come",
    r"signpost(?:s|ed|ing)? (?:you|people|members|patients|them|to)": "tell somebody where to find help",
    r"ring-?fenc(?:e[sd]?|ing)": "keep for",
    r"drill(?:s|ed|ing)? down": "look at more closely",
    r"deep dives?": "a close look",
    r"touch base": "talk",
    r"circle back": "come back to it",
    r"low[- ]hanging fruit": "what is easy",
    r"robust (?:process(?:es)?|systems?|plans?|approach|governance|framework)": "what makes it good",
    r"hereunder|hereto|thereto|thereon|vis[- ]à[- ]vis|inter alia|ex gratia|ipso facto": (
        "an everyday word, or nothing"
    ),
    r"until such time as|at such time as": "until, when",
    r"(?:am|is|are|be) (?:not )?in a position to": "can, cannot",
    r"(?:mak(?:e|es|ing)|submit(?:s|ted|ting)?) an application (?:for|to)": "apply",
    r"avail (?:yourself|yourselves|themselves) of": "use",
    r"affords? (?:you |us |them )?(?:the|an) opportunit(?:y|ies)": "let, allow",
    r"(?:give|given|giving) consideration to": "think about",
    r"has the capacity to|have the capacity to": "can",
    r"for the reason that|on the grounds that": "because",
    r"(?:is|are|am) of the (?:opinion|view) that": "think",
    r"on (?:numerous|a number of) occasions": "often",
    r"ameliorat(?:e[sd]?|ing)|alleviat(?:e[sd]?|ing)": "make better, ease",
    r"obviat(?:e[sd]?|ing)|preclud(?:e[sd]?|ing)": "prevent, rule out",
    r"stipulat(?:e[sd]?|ing|ions?)": "say, or what somebody asks for",
    r"supersed(?:e[sd]?|ing)": "replace",
    r"perus(?:e[sd]?|ing|al)": "read",
    r"apprais(?:e[sd]?|ing) (?:you|us|them) of|appris(?:e[sd]?|ing)": "tell",
    r"furnish(?:ed|es|ing)? (?:us|you|them|the office) with": "give",
    r"procur(?:e[sd]?|ing)": "buy, get",
    r"desirous of": "want",
    r"elucidat(?:e[sd]?|ing)": "explain",
    r"promulgat(?:e[sd]?|ing)": "make known",
    r"acquiesc(?:e[sd]?|ing)|acced(?:e[sd]?|ing) to": "agree",
    r"expiration": "end",
    r"render(?:s|ed|ing)? (?:assistance|services?)": "help",
    r"as per": "as, as in",
    r"in the (?:amount|sum) of": "of",
    r"effectuat(?:e[sd]?|ing)|operationalis(?:e[sd]?|ing)|actioned|cascad(?:e|ed|ing) (?:information"
    r"|the message)": "do, send",
}
"""Officials' words, and what people say."""
_ANY_WORD = AnyCase(rf"\b(?:{'|'.join(_WORDS)})\b")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report officials' words."""
    allowed = {word.lower() for word in options["allowed"]}
    for paragraph in own_english_prose(issue):
        for match in _ANY_WORD.finditer(without_speech(paragraph.words)):
            if match[0].lower() not in allowed:
                better = next(say for pattern, say in _WORDS.items() if re.fullmatch(pattern, match[0], re.IGNORECASE))
                message = f"“{match[0]}” is a word of officials."
                yield Finding(paragraph.at(match.start()), message, f"Say it as you would to a friend: {better}.")
