"""A link goes to a page, and not to a mail system that checks links.

Outlook, Proofpoint and others replace the links in an email that arrives. Whoever copies one from there passes on an
address that nobody can read, that may stop working, and that can hold their own email address.

Bad:
    - text: |
        [See the guide](https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.org%2Fguide).

Good:
    - text: |
        [See the guide](https://www.example.org/guide).

Microsoft, Safe Links (https://learn.microsoft.com/en-us/defender-office-365/safe-links-about).
"""

import base64
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.issue.links import address_problem
from newsletter.rules.issue._addresses import addresses

SEVERITY = "error"

# Hosts, and the parameter of their addresses that is the page's own address. Without one, only they know the page.
_WRAPPERS = (
    (r"(?:.*\.)?safelinks\.protection\.(?:outlook|office365)\.(?:com|us)", "url"),
    (r"urldefense\.proofpoint\.com", "u"),
    (r"urldefense\.(?:com|us)", ""),
    (r"(?:www\.)?google\.[a-z.]{2,6}", "q"),
    (r"lm?\.(?:facebook|instagram)\.com", "u"),
    (r"linkprotect\.cudasvc\.com", "a"),
    (r"secure-web\.cisco\.com", ""),
    (r"(?:.*\.)?protection\.sophos\.com", "u"),
    (r"(?:.*\.)?mimecast(?:protect)?\.com", ""),
    (r"clicktime\.symantec\.com", "u"),
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for the hosts of mail systems, and for the page's own address in each of their addresses."""
    for address in addresses(issue):
        host = (urlsplit(address.link.url).hostname or "").lower()
        parameter = next((name for pattern, name in _WRAPPERS if re.fullmatch(pattern, host)), None)
        if parameter is None or ("google." in host and urlsplit(address.link.url).path != "/url"):
            continue
        page = _page(address.link.url, host, parameter)
        message = f"This link goes to {host}, which only passes readers on."
        hint = f"Write “{page}”." if page else "Open it in your browser, and copy the address of the page from there."
        yield Finding(address.where, message, hint, fix=address.fix(page))


def _page(url: str, host: str, parameter: str) -> str | None:
    """Return the address of the page itself; None if it cannot be read from this one."""
    parts = urlsplit(url)
    values = parse_qs(parts.query)
    page = next(iter(values.get(parameter, values.get("url", []))), "")
    if host == "urldefense.proofpoint.com" and "/v2/" in parts.path:
        page = unquote(page.replace("-", "%").replace("_", "/"))
    elif host.startswith("urldefense."):
        inner = re.search(r"/v3/__([^*]*?)__;", url)
        page = re.sub(r"^(https?):/(?=[^/])", r"\1://", inner[1]) if inner else ""
    elif host == "secure-web.cisco.com":
        page = unquote(parts.path.rpartition("/")[2])
    elif host.endswith("protection.sophos.com"):
        page = _decoded(page)
    return page if page.startswith("http") and address_problem(page) is None else None


def _decoded(text: str) -> str:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError:
        return ""
