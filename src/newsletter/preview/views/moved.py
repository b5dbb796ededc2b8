"""Where the addresses of earlier versions lead, so that bookmarks and notes stay good."""

from collections.abc import Sequence

from newsletter.preview.views.controls import address

_NEW_NAMES = {"screen-reader": "listening"}
_DEVICES = {"320": "phone"}
"""The device for each `width`. The other widths were those of a desktop."""


def new_address(view: str, query: Sequence[tuple[str, str]]) -> str:
    """Return the new address of a view with its query, relative to the issue; "" if the address is not an old one.

    Args:
        view: the last part of the path.
        query: the names and values of the query. What is not about the old name or the width stays.
    """
    rest = [(name, value) for name, value in query if name != "width"]
    if view not in _NEW_NAMES and rest == [*query]:
        return ""
    devices = [("device", _DEVICES[value]) for name, value in query if name == "width" and value in _DEVICES]
    return address(_NEW_NAMES.get(view, view), dict(devices + rest))
