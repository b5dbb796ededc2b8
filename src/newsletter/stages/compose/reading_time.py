"""The length of an issue, for readers who have to save their strength."""

import math
import re

from newsletter.issue.fields import Markdown, Text
from newsletter.issue.model import Issue
from newsletter.issue.walk import iter_values

# For reading aloud in English (Brysbaert 2019, doi 10.1016/j.jml.2019.104047: 183, and 238 for silent reading). Many of
# these readers listen, and the time should be enough for everybody.
WORDS_A_MINUTE = 183


def words(issue: Issue) -> int:
    """Return the number of words in the welcome, the articles and the issue's own glossary."""
    texts = (value for path, value in iter_values(issue) if isinstance(value, Text | Markdown) and path[0] in _READ)
    return sum(len(re.findall(r"\w+(?:['’.,:-]\w+)*", text)) for text in texts)


def minutes(issue: Issue) -> int:
    """Return the minutes that it takes to read an issue, at least 1."""
    return max(1, math.ceil(words(issue) / WORDS_A_MINUTE))


_READ = ("title", "welcome", "articles", "glossary")
