"""Which addresses an email may link to."""

import re
from urllib.parse import urlsplit

_USE = "Links begin with https://, mailto: or tel:."


def unsuitable(url: str) -> tuple[str, str] | None:
    """Say why an address cannot be linked to.

    Args:
        url: as the editor wrote it.

    Returns:
        What is wrong and what to do, or None when nothing is.
    """
    if not url:
        return "This link has no address.", _USE
    if re.search(r"\s", url):
        return f"The address '{url}' holds a space.", "Write %20 for a space inside an address."
    try:
        parts = urlsplit(url)
    except ValueError:
        return f"'{url}' is not a whole address.", "Copy it again from the browser's address bar."
    match parts.scheme.lower():
        case "https" | "http":
            if not parts.hostname or not re.fullmatch(
                r"[^\s<>\"'`\\^{|}%@]+\.[^\s<>\"'`\\^{|}%@.]+\.?(:\d+)?", parts.netloc
            ):
                return f"'{url}' names no website.", "Copy the whole address from the browser's address bar."
        case "mailto":
            if not re.fullmatch(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+", parts.path):
                return f"'{url}' is not a whole email address.", "Write it as mailto:name@example.org."
        case "tel":
            if not re.fullmatch(r"\+?[\d().-]*\d[\d().-]*", parts.path) or parts.query or parts.fragment:
                return f"'{url}' is not a phone number.", "Write it as tel:+441632960000, digits only."
        case "":
            return f"The address '{url}' does not say where it is.", _USE
        case scheme:
            return f"A link cannot begin with '{scheme}:'.", _USE
    return None
