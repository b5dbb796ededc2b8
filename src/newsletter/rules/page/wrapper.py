"""The whole email is one article with a name, and has no landmarks of a web page.

Web mail shows the email inside its own page, which already has a main part, a banner and a footer. With
`role="article"` and a name, a screen reader says where the email begins and ends. A second `main` confuses people.

Bad:
    <body><main>...</main></body>

Good:
    <div role="article" aria-label="{{ issue.subject }}">...</div>

WCAG 2.2, 1.3.1 Info and Relationships (A); Good Email Code, Email Template and ARIA landmarks in Email.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding
from newsletter.rules.page._roles import KNOWN_ROLES, LANDMARK_TAGS, landmark

SEVERITY = "error"


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check for the frame and its name, and for landmarks and unknown roles."""
    frames = [node for body in page.find("body") for node in body.children if node.get("role") == "article"]
    if not frames:
        hint = 'Keep the <div role="article"> that MJML writes around the mj-body.'
        yield Finding(page.root, "The email is not framed as one article.", hint)
    for frame in frames:
        if not frame.get("aria-label").strip() and not frame.get("aria-labelledby").strip():
            hint = "Write <mj-title>{{ issue.subject }}</mj-title> in head.mjml: MJML uses it as the aria-label."
            yield Finding(frame, "The frame of the email has no name.", hint)
    for node in page.nodes:
        if "role" not in node.attributes and node.tag not in LANDMARK_TAGS:
            continue
        if name := landmark(node):
            message = f"<{node.tag}> is a landmark of a web page ({name}), which an email should not have."
            yield Finding(node, message, f"Write a <div> instead of <{node.tag}>, without that role.")
        elif unknown := set(node.get("role").lower().split()) - KNOWN_ROLES:
            message = f"Screen readers do not know the role “{' '.join(sorted(unknown))}”."
            yield Finding(node, message, "Remove the role: words and headings say more.")
