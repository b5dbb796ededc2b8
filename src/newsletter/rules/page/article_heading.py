"""Each article begins with an h2 that is its title.

People look for the articles in the list of headings. A bold paragraph that only looks like a title is not in that list.

Bad:
    <p style="font-size:26px;font-weight:bold">{{ article.title }}</p>

Good:
    <h2 id="article-{{ number }}">{{ article.title }}</h2>

WCAG 2.2, 1.3.1 Info and Relationships (A) and 2.4.6 Headings and Labels (AA).
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding, Located

SEVERITY = "error"
IN_WEB_VERSION = True

_HINT = 'Write <h2 id="article-{{ number }}">{{ article.title }}</h2> at the top of article.mjml.'


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that each article has an h2 with its title."""
    headings = [node for node in page.find("h2") if not node.is_silent]
    places = {node.path: node.location for node in reversed(page.nodes) if node.path}
    for number, article in enumerate(page.edition.issue.articles):
        path = ("articles", number)
        own = [node for node in headings if node.path and node.path[:2] == path]
        if article.title is None:  # the title of the issue is its heading
            continue
        title = _comparable(html.unescape(re.sub(r"<[^<>]+>", "", article.title.__html__())))
        if not own:
            yield Finding(
                Located(places.get(path, page.root.location), path), "An article has no h2 with its title.", _HINT
            )
        elif title not in (_comparable(node.all_text) for node in own):
            yield Finding(own[0], "The h2 of an article is not its title.", _HINT)


def _comparable(words: str) -> str:
    """Return words with single spaces and with each accent in one character with its letter."""
    return unicodedata.normalize("NFC", " ".join(words.split()))
