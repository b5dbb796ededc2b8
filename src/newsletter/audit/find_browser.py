"""Finds an installed Chrome, Chromium or Edge, and the arguments to start it with."""

from __future__ import annotations

import os
import platform
import shutil
from pathlib import Path

from newsletter.problems import Location, Problems

_NAMES = (
    # Chromium without windows: the same engine, with about a fifth less processor time.
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_PATHS = {
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
_SWITCHED_OFF = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    # playwright's
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
_ARGUMENTS = (
    # Otherwise the browser would ask its maker's servers for updates and lists.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    # For each window the browser loads the list below its address bar, which costs four times as much as one of our
    # pages. The last such argument counts, so this one repeats what playwright switches off.
    "--disable-features=" + ",".join(_SWITCHED_OFF),
)
NO_BROWSER = "No Chromium, Chrome or Edge is installed, so the page cannot be tested in a browser."


def find_browser() -> str | None:
    """Return the path of an installed browser of the Chromium family, or None."""
    commands = (shutil.which(name) for name in _NAMES)
    paths = (path for path in _PATHS.get(platform.system(), ()) if Path(path).is_file())
    return next(filter(None, (*commands, *paths)), None)


def browser_arguments() -> list[str]:
    """Return the command-line arguments of the browser."""
    # The superuser, as in most containers, can start Chromium only without its sandbox.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*_ARGUMENTS, *(["--no-sandbox"] if is_root else [])]


def require_extra() -> None:
    """Check that the packages of the extra `audit` are installed.

    Raises:
        Problems: if one is missing.
    """
    try:
        import axe_playwright_python.base  # noqa: F401, PLC0415
        import playwright.async_api  # noqa: F401, PLC0415
    except ImportError:
        message = "Packages that `newsletter audit` needs are not installed."
        hint = "Type `pip install 'accessible-newsletter[audit]'`."
        raise Problems.one(Location("newsletter audit"), "browser", message, hint) from None


def browser_name(path: str) -> str:
    """Return the name of a browser from its path: Edge, Chromium or Chrome."""
    lower = path.lower()
    return next((name for part, name in (("edge", "Edge"), ("chromium", "Chromium")) if part in lower), "Chrome")
