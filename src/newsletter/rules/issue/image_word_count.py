"""Words in a picture are in its description or caption, too.

Nobody can enlarge, translate, copy or hear the words in a picture. On a phone they are often too small to read, and
without pictures they are not there. So they have to be in the email as text.

`newsletter check` does not read a picture. It counts shapes that look like letters in rows, and divides them by five,
the letters of a usual word. It compares that number with the words of the description and the caption. If Tesseract is
installed, `newsletter audit` reads the words (the rule `words-only-in-image`).

Bad:
    - image:
        src: images/open-day.png    # a poster with the date, the place and the programme
        alt: "Open day in Saltby"

Good:
    - image:
        src: images/open-day.png
        alt: "Poster: open day in Saltby Hall on Saturday 4 June, 2pm to 5pm."
        caption: "With cakes, music and stalls. Entry is free. Call 01632 960190 to find out more."

WCAG 2.2, 1.1.1 Non-text Content (A).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.issue.picture_contents import contents
from newsletter.words import words

SEVERITY = "warning"
OPTIONS = {"most_words": 8}

_SHARE = 0.6  # of the words that there seem to be, because the number is only an estimate


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare the number of words that there seem to be in each picture with those about it."""
    for image in issue.images:
        number = contents(image.picture.data, image.picture.format).words
        described = len(words(f"{image.alt}\n{image.caption}"))
        if image.alt and number > options["most_words"] and described < _SHARE * number:
            name = quoted(image.picture.src)
            message = (
                f"There seem to be about {number} words in the picture {name}, but its description and caption have "
                f"{described}."
            )
            hint = "Write them as text, in the article or the caption. If all of them are there already, allow this."
            yield Finding(image, message, hint)
