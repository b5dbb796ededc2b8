"""Knows which part of a template is read: what is between tags, and the descriptions of pictures."""

import re

_IN_TAG = re.compile(r"<[^<>]*\Z")
_IN_DESCRIPTION = re.compile(r"\balt=(?:\"[^\"<>]*|'[^'<>]*)\Z")


def is_for_readers(before: str) -> bool:
    """Check whether a value is printed as words or in a description, and not into another attribute.

    Args:
        before: the template before the value, at least from the beginning of its tag.
    """
    return not _IN_TAG.search(before) or _IN_DESCRIPTION.search(before) is not None
