"""The subject is short enough to be shown in full, and long enough to say something.

A phone shows about 40 characters of a subject, and a screen reader reads all of it before the next message. One or two
words, such as “Newsletter”, do not help readers to decide whether to open it today.

Bad:
    subject: "Newsletter"

Good:
    subject: "Stem cell hope for MS: new Swedish findings"

RFC 5322, section 2.1.1, asks for lines of up to 78 characters. EmailToolTester counted 48 characters of a subject in
Apple Mail on an iPhone 14, and advises at most 50. The minimum of 20 is our own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.rules.issue._capitals import visible_length

SEVERITY = "warning"
OPTIONS = {"shortest": 20, "longest": 50, "block_over": 78}
STRICTER_WHEN_HIGHER = ("shortest",)

_DENSE = ("zh", "ja", "ko")  # one character is a syllable or a word


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the number of characters that readers see."""
    where, count = issue.at("subject"), visible_length(issue.issue.subject)
    most = max(count, visible_length(issue.longest(("subject",))))
    has = f"has {most} characters" if most == count else f"can have {most} characters, with long words for its fields"
    if most > options["block_over"]:
        hint = f"Keep what is new, in {options['longest']} characters or fewer. The preheader has room for the rest."
        yield Finding(where, f"The subject {has}. Most inboxes will cut it off.", hint, "error")
    elif most > options["longest"]:
        hint = f"Shorten it to {options['longest']}, or begin with the main thing. The preheader has room for the rest."
        yield Finding(where, f"The subject {has}. Many phones will cut it off.", hint)
    elif count < options["shortest"] and issue.issue.language.split("-")[0] not in _DENSE:
        hint = f"Say what is new in this issue, in {options['shortest']} to {options['longest']} characters."
        yield Finding(where, f"The subject has only {count} characters, too few to say what is inside.", hint)
