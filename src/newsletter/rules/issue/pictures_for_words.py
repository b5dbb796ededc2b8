"""An issue says in words what it has to say, and not in pictures alone.

An email that is one large picture says nothing to people who listen, who enlarge the text, whose mail app loads no
pictures or whose data is nearly used up. “See below.” does not change that, and nor does a description: it is too short
for all that a picture of a page says.

The rule compares the room that the pictures take on a computer with the room of the words, about 2,000 pixels each. The
words of descriptions do not count, and nor do the subject, the preheader and the title. The pictures may take ten times
the room of the words. If they seem to have words in them, they may take four times.

Bad:
    articles:
      - title: "Our newsletter"
        summary: "See below."
        image: {src: images/page.png, alt: "Our newsletter."}

Good:
    articles:
      - title: "Our open day is on 4 June"
        summary: "Come to Saltby Hall from 2pm to 5pm. There are cakes, music and stalls, and entry is free."
        image: {src: images/hall.png, alt: "Saltby Hall, with flags above the door."}

WCAG 2.2, 1.1.1 Non-text Content (A); the limits are our own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.displayed_pictures import displayed_pictures
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.issue.picture_contents import contents
from newsletter.words import words

SEVERITY = "error"
OPTIONS = {"most_times": 10.0, "most_times_with_words": 4.0}

_PIXELS_OF_A_WORD = 2_000  # in text of 18 pixels, with its part of the line's height
_FEWEST_WORDS = 8  # in a picture, as the rule image-word-count counts them
_NOT_COUNTED = {"alt", "credit", "glossary"}
_OF_THE_ISSUE = {"subject", "preheader", "title"}


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare the room of all pictures with the room of all words."""
    pictures = [item for item in displayed_pictures(issue) if item.is_of_issue]
    if not pictures:
        return
    counted = [
        item.words for item in issue.paragraphs() if item.kind not in _NOT_COUNTED and item.path[0] not in _OF_THE_ISSUE
    ]
    number = len(words("\n".join(counted)))
    times = sum(item.width * item.height for item in pictures) / (max(number, 1) * _PIXELS_OF_A_WORD)
    if times <= options["most_times_with_words"]:
        return
    with_words = any(contents(item.picture.data, item.picture.format).words > _FEWEST_WORDS for item in pictures)
    if times > options["most_times_with_words" if with_words else "most_times"]:
        largest = max(pictures, key=lambda item: item.width * item.height)
        message = (
            f"The pictures of this issue take {times:.0f} times the room of its words, of which there are {number}."
        )
        hint = "Write as text what the pictures say: nobody can hear, enlarge or translate the words in a picture."
        yield Finding(largest.where, message, hint)
