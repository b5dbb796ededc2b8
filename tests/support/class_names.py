"""The class names of templates, and those that the email has."""

from __future__ import annotations

import re
from dataclasses import replace

from newsletter.edition import Edition, InlinedPage
from newsletter.stages.slim.short_names import SHORT_NAMES

_SELECTOR = re.compile(r"""(?<=["'` ,])\.([a-z][a-z-]*)(?=["'` ,:])""")


def in_email(code: str) -> str:
    """Return JavaScript, or a selector, in which the classes of templates have their short names."""
    return _SELECTOR.sub(lambda match: f".{SHORT_NAMES.get(match[1], match[1])}", code)


def with_long_names(edition: Edition) -> Edition:
    """Return an edition whose page has the class names of the templates, for measurements that look at them."""
    return replace(edition, inlined=InlinedPage(edition.inlined.with_marks, edition.inlined.sources))
