"""The class names of templates as the email has them."""

from __future__ import annotations

import re

from newsletter.stages.slim.short_names import SHORT_NAMES

_SELECTOR = re.compile(r"""(?<=["'` ,])\.([a-z][a-z-]*)(?=["'` ,:])""")


def in_email(code: str) -> str:
    """Return JavaScript, or a selector, in which the classes of templates have their short names."""
    return _SELECTOR.sub(lambda match: f".{SHORT_NAMES.get(match[1], match[1])}", code)
