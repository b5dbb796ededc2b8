"""A link is a few words or a picture, not a whole card.

A screen reader says all words of a link in one breath: heading, paragraph and list, without their structure. A list of
links shows all of it as one line. A finger that only wants to scroll opens it, and nobody can select its words.

Bad:
    <a href="{{ item.link.url }}"><h3>{{ item.title }}</h3><p>{{ item.text }}</p></a>

Good:
    <h3>{{ item.title }}</h3><p>{{ item.text }}</p><p><a href="{{ item.link.url }}">{{ item.link.text }}</a></p>

WCAG 2.2, 2.4.4 Link Purpose (In Context) (A); Adrian Roselli, Block Links Are a Pain (2020). How many words a link may
have is our own limit, for links that no editor wrote.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding
from newsletter.dom.tree import PHRASING
from newsletter.english import count

SEVERITY = "error"
IN_WEB_VERSION = True
OPTIONS = {"most_words": 20}


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report links with a heading, a paragraph or another block in them, and with many words."""
    texts = {" ".join(link.words.split()) for link in page.issue.links}
    titles = {article.article.title for article in page.issue.articles}
    for node in page.find("a"):
        if "href" not in node.attributes:
            continue
        hint = "Let the link begin and end around the few words that say where it goes."
        blocks = [part.tag for part in node.walk() if part.tag not in PHRASING and part.tag not in ("img", "svg")]
        if blocks:
            tags = ", ".join(f"<{tag}>" for tag in dict.fromkeys(blocks))
            yield Finding(node, f"A link goes around {tags}: all of it is heard as one link.", hint)
        elif node.all_text not in titles and node.all_text not in texts:
            words = len(node.all_text.split())
            if words > options["most_words"]:
                yield Finding(node, f"A link has {count(words, 'word')}: all of it is heard as one link.", hint)
