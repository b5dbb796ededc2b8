"""An address has an & and not the code of one.

In a file of web pages, &amp; is the code of an &. An issue is no web page: here it would become a part of the address,
and the page would not get the part after it.

Bad:
    - button: {text: "Book a place", url: "https://www.example.org/book?day=3&amp;town=Larkmoor"}

Good:
    - button: {text: "Book a place", url: "https://www.example.org/book?day=3&town=Larkmoor"}

The rule is our own.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.rules.issue._addresses import addresses

SEVERITY = "error"

_CODE = re.compile(r"&(?:amp|#0*38|#[xX]0*26);", re.IGNORECASE)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for the codes of & in addresses. In a text, Markdown has read them already."""
    for address in addresses(issue):
        if code := _CODE.search(address.link.url):
            better = _CODE.sub("&", address.link.url)
            message = f"This address has “{code[0]}” in it, which is the code of an & in web pages."
            yield Finding(address.where, message, f"Write “{better}”.", fix=address.fix(better))
    for node in issue.brand_texts:
        if re.match(r"https?:", node.text, re.IGNORECASE) and (code := _CODE.search(node.text)):
            message = f"This address has “{code[0]}” in it, which is the code of an & in web pages."
            yield Finding(node, message, f"Write “{_CODE.sub('&', node.text)}”.")
