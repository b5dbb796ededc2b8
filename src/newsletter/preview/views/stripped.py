"""What is left of the email where a mail program takes the most away."""

from __future__ import annotations

from collections.abc import Mapping

from newsletter.preview.security import EMAIL_SANDBOX
from newsletter.preview.shown import Shown

TITLE = "Stripped"

_CLIENTS = (
    (
        "stripped",
        "Inline styles left",
        "Style sheets, classes, ids, ARIA, comments and the elements of HTML 5 are gone.",
    ),
    (
        "bare",
        "No styles at all",
        "The styles and sizes within the elements are gone as well: only the HTML itself is left.",
    ),
)


def context(shown: Shown, query: Mapping[str, str]) -> dict[str, object]:
    """Give what can be chosen, and the address of the framed page beside the view's own."""
    chosen = next((item for item in _CLIENTS if item[0] == query.get("client")), _CLIENTS[0])
    return {
        "choices": [(words, f"stripped?client={name}", name == chosen[0]) for name, words, _ in _CLIENTS],
        "note": chosen[2],
        "look": chosen[1],
        "page": (page := f"page?client={chosen[0]}"),
        # Another address after each build, so that the frame is loaded anew.
        "frame": f"{page}&v={shown.built.timestamp() * 1000:.0f}" if shown.built else page,
        "sandbox": EMAIL_SANDBOX,
    }
