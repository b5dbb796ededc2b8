"""The words in a picture are in its article as text, too.

Nobody can enlarge, translate, copy or hear the words in a picture. If the picture is not loaded, they are not there.

The audit reads the pictures of the issue with Tesseract, if it is installed with the language of the article: on Debian
and Ubuntu, the packages are tesseract-ocr and, for Welsh, tesseract-ocr-cym. Nothing leaves your computer. The rule
looks for each word of which Tesseract is sure in the description, the caption and the text of the article. A few words
may be missing, such as those on a sign in a photo.

Bad:
    - image:
        src: images/open-day.png    # a poster with the date, the place and the programme
        alt: "Poster of our open day in Saltby on 4 June"

Good:
    - image:
        src: images/open-day.png
        alt: "Poster of our open day in Saltby on 4 June"
        caption: "In Saltby Hall, 2pm to 5pm, with cakes, music and stalls. Entry is free. Call 01632 960190."

WCAG 2.2, 1.4.5 Images of Text (AA) and 1.1.1 Non-text Content (A).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation
from newsletter.audit.read_words import read_words
from newsletter.characters import quoted
from newsletter.check.rule import Finding

SEVERITY = "error"
IN_STATES = ("light",)  # the pictures are the same in the others
OPTIONS = {"most_missing": 5}

_WORD = re.compile(r"\w+")
_SHORTEST = 3  # letters: of shorter words, Tesseract sees many that are none
_MISSING_SHARE = 1 / 3  # of the words in the picture: a few are read wrongly
_EXAMPLES = 5


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Read the words in each picture, and look for them in its article."""
    issue = page.locator.issue
    for image in issue.images:
        read = read_words(image.picture.data, image.language)
        in_picture = dict.fromkeys(word for text in read for word in _WORD.findall(text) if _counts(word))
        texts = (item.text for item in issue.paragraphs() if item.path[:2] == image.path[:2])
        in_article = {word.casefold() for text in texts for word in _WORD.findall(text)}
        missing = [word for word in in_picture if word.casefold() not in in_article]
        if len(missing) > options["most_missing"] and len(missing) > _MISSING_SHARE * len(in_picture):
            name, examples = quoted(image.picture.src), " ".join(missing[:_EXAMPLES])
            message = (
                f"Of {len(in_picture)} words in the picture {name}, {len(missing)} are nowhere in its article, such as "
                f"“{examples}”."
            )
            hint = "Write them as text, in the article or the caption."
            yield Finding(image, message, hint)


def _counts(word: str) -> bool:
    return len(word) >= _SHORTEST or word.isdecimal()
