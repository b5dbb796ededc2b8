"""A link to a website begins with https.

What is read or typed on a page without the s can be read on its way by others: in a café, in a hospital. Browsers call
such a page not secure, and people who are anxious, or new to the web, give up there.

Bad:
    - text: |
        You can [ask to join the trial](http://trial.example.org/).

Good:
    - text: |
        You can [ask to join the trial](https://trial.example.org/).

National Cyber Security Centre (UK), Serve websites over HTTPS (always)
(https://www.ncsc.gov.uk/blog-post/serve-websites-over-https-always).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "warning"


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at how each address begins."""
    for link in issue.links:
        if not link.url.lower().startswith("http:"):
            continue
        secure = "https" + link.url[4:]
        hint = f"Try {secure} in your browser, and write that. If it does not open, ask who runs the website."
        yield Finding(link, f"The link “{link.words}” leads to a page that is not secure: {link.url}.", hint)
