"""Which addresses an email may link to."""

import re
from urllib.parse import urlsplit

from newsletter.characters import UNPRINTABLE, quoted

# What copying leaves inside an address: a soft hyphen, spaces of no width, marks of direction.
_UNSEEN = f"{UNPRINTABLE}|[\u00ad\u200b\u200e\u200f\u2060]"
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
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for one that no computer has
    except ValueError:
        return f"{quoted(url)} is not a whole address.", "Copy it again from the browser's address bar."
    if re.search(r"\s", url):
        hint = "Write it without." if parts.scheme == "tel" else "Write %20 for a space inside an address."
        return f"The address {quoted(url)} holds a space.", hint
    if re.search(_UNSEEN, url):
        return "The address holds a character that nobody can see.", "Copy it again from the browser's address bar."
    match parts.scheme:
        case "https" | "http":
            return _no_website(parts.netloc, url)
        case "mailto":
            if not re.fullmatch(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+", parts.path):
                return f"{quoted(url)} is not a whole email address.", "Write it as mailto:name@example.org."
        case "tel":
            if not re.fullmatch(r"\+?[\d().-]*\d[\d().-]*", parts.path, re.ASCII) or parts.query or parts.fragment:
                return f"{quoted(url)} is not a phone number.", "Write it as tel:+441632960000: digits, and no spaces."
        case "":
            return f"The address {quoted(url)} does not say what kind it is.", _suggestion(url)
        case scheme:
            return f"A link cannot begin with “{scheme}:”.", _USE
    return None


def _no_website(host: str, url: str) -> tuple[str, str] | None:
    if "@" in host:
        return f"{quoted(url)} holds a user's name.", "Delete what stands between // and @, and the @."
    if not re.fullmatch(r"[^\s<>\"'`\\^{|}%]+\.[^\s<>\"'`\\^{|}%.]+\.?(:\d+)?", host):
        return f"{quoted(url)} names no website.", "Copy the whole address from the browser's address bar."
    return None


def _suggestion(url: str) -> str:
    if re.fullmatch(r"[\w.+-]+@[\w-]+\.[\w.-]+", url):
        return f"Did you mean “mailto:{url}”?"
    if re.match(r"(//)?[\w-]+(\.[\w-]+)+(/|$)", url):
        return f"Did you mean “https://{url.removeprefix('//')}”?"
    return _USE
