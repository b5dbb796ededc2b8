"""How long an issue is, for readers who have to portion their strength."""

import math
import re

from newsletter.issue.fields import Markdown, Text
from newsletter.issue.model import Issue
from newsletter.issue.walk import iter_values

# Reading aloud, in English (Brysbaert 2019, doi 10.1016/j.jml.2019.104047, gives 183 against 238 in silence): many of
# these readers listen, and none should be hurried by the figure.
WORDS_A_MINUTE = 183


def words(issue: Issue) -> int:
    """Count the words of the welcome, the articles and the issue's own glossary."""
    texts = (value for path, value in iter_values(issue) if isinstance(value, Text | Markdown) and path[0] in _READ)
    return sum(len(re.findall(r"\w+(?:['’.,:-]\w+)*", text)) for text in texts)


def minutes(issue: Issue) -> int:
    """Give the minutes that reading it takes, at least 1."""
    return max(1, math.ceil(words(issue) / WORDS_A_MINUTE))


_READ = ("title", "welcome", "articles", "glossary")
