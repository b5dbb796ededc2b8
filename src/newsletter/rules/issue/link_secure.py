"""A link to a website begins with https.

Without the s, others in a café or a hospital can see what people read and type on the page. Browsers call such a page
not secure, and people who are anxious or new to the web give up there.

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

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "warning"


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each link whose address begins with http:."""
    for link in issue.links:
        if not link.url.lower().startswith("http:"):
            continue
        secure = "https" + link.url[4:]
        hint = f"Try {secure} in your browser. If it opens, write that; if not, ask the people who run the website."
        yield Finding(link, f"The link {quoted(link.words)} goes to a page that is not secure: {link.url}.", hint)
