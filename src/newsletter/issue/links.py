"""The addresses that an email may link to."""

import re
from urllib.parse import urlsplit

from newsletter.characters import UNPRINTABLE, quoted

# Characters that copying can add to an address: a soft hyphen, zero-width spaces, direction marks.
_INVISIBLE = f"{UNPRINTABLE}|[\u00ad\u200b\u200e\u200f\u2060]"
_USE = "Links begin with https://, mailto: or tel:."


def unsuitable(url: str) -> tuple[str, str] | None:
    """Find the problem with an address that an email cannot link to.

    Args:
        url: the address as the editor wrote it.

    Returns:
        The problem and what to do; None if there is no problem.
    """
    if not url:
        return "This link has no address.", _USE
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for a port that cannot exist
    except ValueError:
        return f"{quoted(url)} is not a whole address.", "Copy it again from the browser's address bar."
    if re.search(r"\s", url):
        hint = "Write it without spaces." if parts.scheme == "tel" else "Write %20 instead of each space."
        return f"The address {quoted(url)} has a space in it.", hint
    if re.search(_INVISIBLE, url):
        return "The address has an invisible character in it.", "Copy it again from the browser's address bar."
    match parts.scheme:
        case "https" | "http":
            return _no_website(parts.netloc, url)
        case "mailto":
            if not re.fullmatch(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+", parts.path):
                return f"{quoted(url)} is not a whole email address.", "Write it as mailto:name@example.org."
        case "tel":
            if not re.fullmatch(r"\+?[\d().-]*\d[\d().-]*", parts.path, re.ASCII) or parts.query or parts.fragment:
                return f"{quoted(url)} is not a phone number.", "Write it as tel:+441632960000, without spaces."
        case "":
            return f"The address {quoted(url)} does not begin with https://, mailto: or tel:.", _suggestion(url)
        case scheme:
            return f"A link cannot begin with “{scheme}:”.", _USE
    return None


def _no_website(host: str, url: str) -> tuple[str, str] | None:
    if "@" in host:
        return f"{quoted(url)} has a user name in it.", "Delete the text between // and @, and the @."
    if not re.fullmatch(r"[^\s<>\"'`\\^{|}%]+\.[^\s<>\"'`\\^{|}%.]+\.?(:\d+)?", host):
        return (
            f"{quoted(url)} is not the address of a website.",
            "Copy the whole address from the browser's address bar.",
        )
    return None


def _suggestion(url: str) -> str:
    if re.fullmatch(r"[\w.+-]+@[\w-]+\.[\w.-]+", url):
        return f"Did you mean “mailto:{url}”?"
    if re.match(r"(//)?[\w-]+(\.[\w-]+)+(/|$)", url):
        return f"Did you mean “https://{url.removeprefix('//')}”?"
    return _USE
