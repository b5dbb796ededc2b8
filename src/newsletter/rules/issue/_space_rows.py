"""Finds rows of no-break spaces and of other wide spaces, which no browser makes one."""

import re

_SPACE = "[\u00a0\u1680\u2000-\u2009\u202f\u205f\u3000]"
SPACE_ROW = re.compile(f"{_SPACE}(?: ?{_SPACE}){{2,}}")
"""Three or more. MJML has a hair space (U+200A) of its own in what it leaves empty."""
