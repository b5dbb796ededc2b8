"""An invitation to a place says how to get in, and when.

Readers with a wheelchair, with fatigue or without hearing cannot set off before they know about steps, toilets, seats
and a hearing loop. Who has to ask each time stays at home.

Bad:
    - events:
        items:
          - title: "Winter tea"
            date: 2027-01-12
            place: "Saltby Hall"

Good:
    - events:
        items:
          - title: "Winter tea"
            date: 2027-01-12
            time: 2.30pm to 4pm
            place: "Saltby Hall"
            access: "Step-free, with a hearing loop and an accessible toilet"

NHS England, Accessible Information Standard; Equality Act 2010, section 20. If a text, or another event at the
same place, says something about access, an event with a time need not say it again. In a text, the rule looks for
sentences that invite to a building, at a day or a time. It looks at English only, and only at news of health: a library
need not say each time how to get into it.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import own_english_prose
from newsletter.issue.event import Event

SEVERITY = "warning"
SECTOR = "health"

_NO_PLACE = re.compile(
    r"\b(?:online|on line|zoom|teams|skype|phone|telephone|video|webinar|livestream|live stream|facebook|youtube"
    r"|radio|TV|"
    r"by post|at home|your (?:own )?(?:home|sofa|armchair)|anywhere|to be (?:confirmed|announced)|tb[ac])\b",
    re.IGNORECASE,
)
_ACCESS = re.compile(
    r"\b(?:step[- ]free|wheelchairs?|accessib\w+|hearing loop|level access|ramps?|blue badge|no steps|flat paths?)\b",
    re.IGNORECASE,
)
_INVITATION = re.compile(
    r"\b(?:come (?:to|along|and)|join us|see you|meet us|(?:all|everybody|everyone) (?:is |are )?welcome"
    r"|you(?:['’]re| are) (?:all )?(?:welcome|invited)|drop in|pop in"
    r"|(?:meetings?|groups?|class(?:es)?|courses?|workshops?|talks?|events?|part(?:y|ies)|lunch(?:es)?"
    r"|coffee mornings?|sessions?"
    r"|fairs?|concerts?|choirs?|AGM) (?:is|are|will be|takes? place|meets?|runs?))\b",
    re.IGNORECASE,
)
_BUILDING = re.compile(
    r"\b(?:\d{1,4}[a-z]? (?:[A-Z][\w'’-]{1,30} ){1,3}(?:Street|Road|Lane|Avenue|Square|Terrace|Crescent)"
    r"|(?:at|in|to) (?:the|our) (?:(?:old|new|local|village|town|church|parish|community|school|scout|sports"
    r"|leisure|civic"
    r"|concert|memorial) )+(?:hall|centre|club|library|rooms?|hut)\b"
    r"|(?:at|in|to) (?:the |our )?(?:[A-Z][\w'’.-]{0,30} ){0,4}"
    r"(?:Hall|Guildhall|Hospital|Stadium|Pavilion|Cathedral|Mosque|Temple|Synagogue|University|Cinema|Library|Centre|Church|Chapel|School|College|Theatre|Museum|Gallery|Hotel|Pub|Café|Club|House|Institute))\b"
)
_MOMENT = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d{1,2}(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May"
    r"|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\d\s?[ap]m)"
)
_NO_TIME = ("when it begins", "Add “time:”, such as “2.30pm to 4pm”.")
_NO_ACCESS = (
    "how to get in",
    "Add “access:”, such as “Step-free, with a hearing loop and an accessible toilet”, or what is not there.",
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report events at a place about which nothing says whether a reader can come."""
    events = [(path, event) for path, event in issue.models if isinstance(event, Event)]
    text_says_access = any(
        _ACCESS.search(paragraph.words) for paragraph in issue.paragraphs() if paragraph.kind != "access"
    )
    described = {_name(event.place) for _, event in events if event.place and event.access}
    for path, event in events:
        if not event.place or not issue.language(path).startswith("en") or _NO_PLACE.search(event.place):
            continue
        says_access = bool(event.access) or text_says_access or (bool(event.time) and _name(event.place) in described)
        has_day = isinstance(event.date, datetime.date) and not event.until
        # If the text speaks of the access once, it may speak of the time, too.
        says_time = bool(event.time) or not has_day or text_says_access
        missing = [_NO_TIME] * (not says_time) + [_NO_ACCESS] * (not says_access)
        if missing:
            message = f"This event does not say {', or '.join(what for what, _ in missing)}."
            yield Finding(issue.at(*path), message, " ".join(hint for _, hint in missing))
    for paragraph in () if text_says_access or described else own_english_prose(issue):
        for sentence in paragraph.sentences:
            if _is_invitation(sentence.words):
                message = "This invitation does not say how to get in."
                hint = "Add whether there are steps, a hearing loop and an accessible toilet, or what is not there."
                yield Finding(sentence, message, hint)


def _name(place: str) -> str:
    """Return the name of a place without its street: “Larkmoor Hall, 1 Quay Street” is the same as “Larkmoor Hall”."""
    return place.partition(",")[0].strip().casefold().removeprefix("the ")


def _is_invitation(sentence: str) -> bool:
    """Check whether a sentence invites to a building, at a day or a time."""
    patterns = (_INVITATION, _BUILDING, _MOMENT)
    return all(pattern.search(sentence) for pattern in patterns) and not _NO_PLACE.search(sentence)
