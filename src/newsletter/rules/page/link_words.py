"""A template's own links say where they go.

Many people who listen to a page go from link to link, and hear only the words of each: "here, here, read more". The
rule `link-text` is the same for editors' links; this rule is for links in templates.

Bad:
    <a href="{{ brand.privacy_url }}">Click here</a>

Good:
    <a href="{{ brand.privacy_url }}">How we use your details</a>

WCAG 2.2, 2.4.4 Link Purpose (In Context) (A) and 2.4.9 Link Purpose (Link Only) (AAA).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from newsletter.characters import quoted
from newsletter.check.issue_links import LinkRef
from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.issue.address_fields import Url
from newsletter.rules.issue._link_words import unclear_links

SEVERITY = "error"
IN_WEB_VERSION = True

_HINT = "Say between <a> and </a> what readers get there, such as “How we use your details”."
_SITE = re.compile(r"\b(?:web|website|site|browser)\b", re.IGNORECASE)


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check each link that no editor wrote by the rule for editors."""
    brand = page.edition.brand
    titles = {article.article.title for article in page.issue.articles}
    sites = (brand.website, brand.web_version_url)
    for node in page.find("a"):
        address, words = node.get("href"), node.all_text
        if words in titles or not words or not address or node.is_silent or address.lower().startswith("tel:"):
            continue
        if address in sites and _SITE.search(words):
            continue  # "Our website" says where it goes
        problems = list(unclear_links([_link(node, page)]))
        if problems and not any(unquote(link.url) == unquote(address) for link in page.issue.links):
            yield Finding(node, f"{quoted(words)} does not say where the link goes.", _HINT)


def _link(node: PageElement, page: ParsedPage) -> LinkRef:
    path = node.path or ()
    return LinkRef(node.all_text, Url(node.get("href")), node.location, path, page.issue.language(path), node.location)
