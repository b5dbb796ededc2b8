"""Which browser is installed: any Chrome, Chromium or Edge, found by itself; and what it is started with."""

from __future__ import annotations

import os
import platform
import shutil
from pathlib import Path

from newsletter.problems import Location, Problems

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_PLACES = {
    "Darwin": (
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "Windows": tuple(
        str(Path(os.environ[root], *parts))
        for root in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        if root in os.environ
        for parts in (
            ("Chromium", "Application", "chrome.exe"),
            ("Google", "Chrome", "Application", "chrome.exe"),
            ("Microsoft", "Edge", "Application", "msedge.exe"),
        )
    ),
}
_ARGUMENTS = (
    # A browser asks its maker's servers for updates and lists; these pages contact nobody.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
NONE_FOUND = "No Chromium, Chrome or Edge is installed, so the page is not looked at in a browser."


def find_browser() -> str | None:
    """Give the path of an installed browser of the Chromium family, or None."""
    found = (shutil.which(name) for name in _NAMES)
    places = (place for place in _PLACES.get(platform.system(), ()) if Path(place).is_file())
    return next(filter(None, (*found, *places)), None)


def arguments() -> list[str]:
    """Give what the browser is started with."""
    # For the superuser, as in most containers, Chromium starts only without its sandbox.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*_ARGUMENTS, *(["--no-sandbox"] if is_root else [])]


def require_extra() -> None:
    """See to it that what drives the browser and reads its pictures is installed.

    Raises:
        Problems: when it is not.
    """
    try:
        import axe_playwright_python.base  # noqa: F401, PLC0415 - an extra: a message, not a traceback
        import PIL  # noqa: F401, PLC0415 - see pixels.py
        import playwright.async_api  # noqa: F401, PLC0415
    except ImportError:
        message = "What drives the browser is not installed."
        hint = "Install it with: pip install 'accessible-newsletter[audit]'"
        raise Problems.one(Location("newsletter audit"), "browser", message, hint) from None


def name_of(path: str) -> str:
    """Give a browser its usual name."""
    written = path.lower()
    return next((name for part, name in (("edge", "Edge"), ("chromium", "Chromium")) if part in written), "Chrome")
