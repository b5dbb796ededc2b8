"""A risk that is said to rise or fall is given in numbers of people, too.

"Doubles the risk" can mean from 1 to 2 in 10, or from 1 to 2 in a million. Readers who hear only the first part are
frightened, or stop a treatment that helps them.

Bad:
    - text: |
        The drug cuts the risk of a relapse by half.

Good:
    - text: |
        With the drug, 10 in 100 people had a relapse in a year. Without it, 20 in 100 did.

Science Media Centre, 10 best practice guidelines for reporting science and health stories: "state the absolute risk
whenever possible"; NHS digital service manual, Numbers; Office for Statistics Regulation. The rule looks at English
only.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.any_case import AnyCase
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import own_english_prose, without_speech

SEVERITY = "warning"
SECTOR = "health"
POLICIES = {"strict": {"severity": "error"}}

_RISK = r"(?:risks?|chances?|odds|likelihood|danger|rates?|number|relapses?|cases|deaths?|falls|infections)"
_RISKS = r"(?:risks?|chances?|odds|likelihood|danger|relapses?|deaths?|infections|strokes|heart attacks)"
_SHARE = r"(?:\d[\d.,]{0,5}\s?(?:%|per ?cent)|half|a (?:third|quarter|fifth)|two[- ]thirds|three[- ]quarters)"
_EVENTS = (
    r"(?:relapses?|attacks?|falls|infections|deaths|strokes|seizures|fits|flare-ups|migraines|headaches|fractures|admissions"
    r"|(?:hospital )?(?:stays|visits|admissions))"
)
_FOLD = r"(?:(?:two|three|four|five|six|seven|eight|nine|ten)-?|\d{1,3}[- ]?)fold"
_RELATIVE = AnyCase(
    rf"\b(?:(?:doubl|tripl|trebl|quadrupl|halv)(?:e[sd]?|ing) (?:the|your|their|our|a person['’]s"
    rf"|people['’]s)(?: \w+)? {_RISK}"
    rf"|(?:cut|cuts|cutting|reduc(?:e[sd]?|ing)|lower(?:s|ed|ing)?|rais(?:e[sd]?|ing)|increas(?:e[sd]?"
    rf"|ing)|slash(?:es|ed)?) "
    rf"(?:the |your |their |our )?(?:\w+ ){{0,2}}{_RISK}(?: of [\w' -]{{1,40}}?)? by (?:up to |about "
    rf"|almost |nearly |over |more than )?{_SHARE}"
    rf"|{_SHARE} (?:more|less) likely|{_SHARE} (?:higher|lower|greater|smaller|increased|reduced) {_RISK}"
    rf"|(?:twice|three times|four times|five times|ten times|\d{{1,3}} times) (?:as|more) likely"
    rf"|(?:half|a third) as likely"
    rf"|(?:twice|(?:two|three|four|five|ten|\d{{1,3}}) (?:times|x)) (?:as|more) (?:effective|dangerous|deadly"
    rf"|risky|safe)"
    rf"|\b{_RISKS}(?: of [\w' -]{{1,40}}?)? (?:has |have |had |was |were |are |is )?(?:more than |nearly |almost )?"
    rf"(?:doubled|halved|tripled|trebled|quadrupled)"
    rf"|\b(?:risks?|chances?|odds)(?: of [\w'-]{{1,20}})? (?:is|was|are|were) (?:about |almost |nearly |over )?"
    rf"{_SHARE} (?:higher|lower|greater|smaller)"
    rf"|\b(?:risks?|chances?|odds|deaths?|relapses?|infections?) (?:of [\w'-]{{1,20}} )?"
    rf"(?:is |are |was |were )?(?:cut|reduced|lowered|raised|increased) by (?:about |almost |nearly |over )?{_SHARE}"
    rf"|\b(?:{_RISKS}|rates?|[Ff]alls)(?: of (?:an? |the )?[\w'-]{{1,20}})? (?:fell|falls|rose|rises"
    rf"|dropp?e?[sd]|went (?:up|down)) "
    rf"by (?:about |almost |nearly |over |more than )?{_SHARE}"
    rf"|\b(?:risks?|chances?|odds|rates?) (?:is|was|are|were) (?:\d{{1,3}}|two|three|four|five"
    rf"|ten) times (?:as high|higher|lower|greater|larger)"
    rf"|\b{_FOLD} (?:increase|rise|reduction|fall|drop) in (?:the |your |their )?(?:\w+ )?{_RISK}"
    rf"|\b{_FOLD} (?:higher|lower|greater|increased|reduced) {_RISK}"
    rf"|\b{_RISK}(?: of [\w'-]{{1,20}})? (?:\w+ ){{1,3}}{_FOLD}\b"
    rf"|\b{_SHARE} (?:fewer|more) {_EVENTS}"
    rf"|\b(?:half|twice|three times|four times) as many {_EVENTS}"
    rf"|\b(?:cut|cuts|cutting|reduc(?:e[sd]?|ing)|slash(?:es|ed)?|increas(?:e[sd]?|ing)) (?:the (?:number|rate) of )?"
    rf"{_EVENTS} by (?:up to |about |almost |nearly |over |more than )?{_SHARE}"
    rf"|\b(?:halv|doubl|tripl)(?:e[sd]?|ing) (?:the (?:number|rate) of )?{_EVENTS}"
    r"|\b(?:odds|hazard|rate|risk) ratios?\b"
    rf"|\b(?:rais|increas|reduc|lower|cut|multipl)\w* (?:the |your |their |our )?{_RISK}(?: of [\w'-]{{1,20}})?"
    rf" {_FOLD}\b)"
)
_ABSOLUTE = re.compile(
    r"(?<![\w.,])(?:\d[\d.,]{0,9}|one|two|three|four|five|six|seven|eight|nine|ten) (?:\w+ )?(?:in"
    r"|out of)(?: every)? (?:a )?(?:\d|ten\b|hundred\b|thousand\b|million\b)"
    r"|\bfrom (?:about )?\d[\d.,]{0,5}(?:%| per ?cent)? to \d",
    re.IGNORECASE,
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report relative risks in articles without an absolute one."""
    absolute = {article.path for article in issue.articles if _ABSOLUTE.search(issue.words_of(article))}
    for paragraph in own_english_prose(issue):
        if paragraph.path[:2] in absolute or _ABSOLUTE.search(paragraph.words):
            continue
        for match in _RELATIVE.finditer(without_speech(paragraph.words)):
            message = f"“{match[0]}” does not say how large the risk is."
            hint = "Give both numbers of people, such as “20 in 100 people without it, and 10 in 100 with it”."
            yield Finding(paragraph.at(match.start()), message, hint)
