"""The target of each link inside the page has an empty anchor with a name.

Gmail in a browser, Outlook for Windows and Yahoo jump only to an anchor with a name. In these, a link to an id does
nothing, and nobody learns that it should have led to an article.

Bad:
    <h2 id="article-1">{{ article.title }}</h2>

Good:
    <h2 id="article-1"><a name="article-1"></a>{{ article.title }}</h2>

Source: Can I email, “Local anchors”, https://www.caniemail.com/features/html-anchor-links/.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding

SEVERITY = "warning"


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each target of a link that has only an id."""
    links = [link.get("href") for link in page.find("a") if not link.is_hidden]
    targets = {unquote(address[1:]) for address in links if address.startswith("#")}
    named = {anchor.get("name") for anchor in page.find("a")}
    for node in page.with_attribute("id"):
        name = node.get("id")
        if name in targets - named:
            message = f"Gmail, Outlook and Yahoo do not jump to “{name}”, because it is only an id."
            yield Finding(node, message, f'Write <a name="{name}"></a> at the beginning of the element.')
