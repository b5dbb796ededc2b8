"""A picture is no larger than it is shown.

Large pictures cost people with little data their money, and people in hospitals and villages their patience: the place
of the picture stays empty. The column of the email is at most 600 pixels wide, so 1,200 are sharp on every screen.

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

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "warning"
OPTIONS = {"largest_kb": 200, "widest": 1200}


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the bytes and the pixels of each picture."""
    for image in issue.images:
        where, size, width = issue.at(*image.path, "src"), len(image.picture.data) / 1000, image.picture.width
        if width > options["widest"]:
            hint = f"Save it {options['widest']:,} pixels wide: any program that shows pictures can do that."
            yield Finding(where, f"The picture {image.picture.src} is {width:,} pixels wide.", hint)
        elif size > options["largest_kb"]:
            hint = f"Save a photo as JPEG of medium quality, so that it has {options['largest_kb']} KB or fewer."
            yield Finding(where, f"The picture {image.picture.src} has {size:,.0f} KB.", hint)
