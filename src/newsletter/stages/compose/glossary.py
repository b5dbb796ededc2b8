"""The words that an issue explains."""

import re

from newsletter.issue.brand import Brand
from newsletter.issue.fields import Markdown, Text
from newsletter.issue.model import Issue
from newsletter.issue.walk import iter_values


def glossary(issue: Issue, brand: Brand) -> dict[Text, Text]:
    """Return the explanations of the issue, and those of the brand whose term is in it, by term from A to Z."""
    words = "\n".join(value for _, value in iter_values(issue) if isinstance(value, Text | Markdown))
    used = {
        term: explanation
        for term, explanation in brand.glossary.items()
        if re.search(rf"(?<!\w){re.escape(term)}s?(?!\w)", words, re.IGNORECASE)
    }
    return dict(sorted({**used, **issue.glossary}.items(), key=lambda item: item[0].casefold()))
