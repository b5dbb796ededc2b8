"""A picture has no more pixels and KB than it needs.

Large pictures cost money for people with little mobile data. With a slow connection, in hospitals and villages, the
place of the picture stays empty for a long time. The email is at most 600 pixels wide, so 1,200 are sharp on every
screen.

Bad:
    - image:
        src: images/straight-from-the-camera.jpg    # 4,000 pixels wide, 3 MB
        alt: "A nurse and a man with a walking stick sit and talk."

Good:
    - image:
        src: images/clinic.jpg    # 1,200 pixels wide, 120 KB
        alt: "A nurse and a man with a walking stick sit and talk."

W3C, Web Sustainability Guidelines, Take a More Sustainable Approach to Image Assets; the limits are our own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "warning"
OPTIONS = {"largest_kb": 200, "widest": 1200}


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the width in pixels and the size in KB of each picture."""
    for image in issue.images:
        where, size, width = issue.at(*image.path, "src"), len(image.picture.data) / 1000, image.picture.width
        if width > options["widest"]:
            hint = f"Save it {options['widest']:,} pixels wide: most programs for pictures can do that."
            yield Finding(where, f"The picture {quoted(image.picture.src)} is {width:,} pixels wide.", hint)
        elif size > options["largest_kb"]:
            hint = f"Save it as a JPEG of medium quality, so that it is {options['largest_kb']} KB or less."
            yield Finding(where, f"The picture {quoted(image.picture.src)} is {size:,.0f} KB.", hint)
