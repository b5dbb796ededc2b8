"""A real mail app for the tests: Thunderbird, on a screen that nobody sees, and what it shows of a message.

It runs with a home, a profile and a screen of its own, and can reach nobody: each connection is sent to a port of this
computer at which nothing listens.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PIL import Image, ImageGrab

from support.programs import require, running, screen

PROGRAMS = ("thunderbird", "Xvfb", "xdotool", "tesseract")
WIDTH = 800
"""The width of the window, in px."""
_STRIP = 1_500
"""Height of a picture that is read at once, in px."""
PATIENCE = 240
"""Seconds until the message must be seen, on a computer that has much else to do."""

_NOWHERE = 9
"""The port of the discard service, which nobody runs."""
_PREFERENCES: dict[str, bool | int | str] = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": _NOWHERE,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": _NOWHERE,
    "network.dns.disabled": True,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "extensions.update.enabled": False,
    # No welcome, no wizard for a first account, no request to be the usual mail app or for a donation.
    "mailnews.start_page.enabled": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.spotlight.firstRunDone": True,
    "mail.shell.checkDefaultClient": False,
    "mail.rights.version": 1,
    "app.donation.eoy.version.viewed": 999,
    # The HTML part as it is, in light colours; pictures from elsewhere stay blocked, as they are by default.
    "mailnews.display.html_as": 0,
    "mailnews.display.prefer_plaintext": False,
    "extensions.activeThemeID": "thunderbird-compact-light@mozilla.org",
    "layout.css.prefers-color-scheme.content-override": 1,
}

Value = TypeVar("Value")


def require_programs() -> None:
    """Skip the test where a program is missing; fail if NEWSLETTER_REQUIRE_ALL=1."""
    require(PROGRAMS, "no message is opened in Thunderbird")


def picture_of_window(
    message: bytes, subject: str, height: int, shows_message: Callable[[Image.Image], bool], folder: Path
) -> Image.Image:
    """Open a message and return the picture of its window.

    Args:
        message: the bytes of an .eml file.
        subject: the message's, by which its window is known.
        height: the window's, in px. Thunderbird draws no more than 16,384.
        shows_message: whether a picture of the window shows the message, and not only what is around it.
        folder: an empty one.
    """
    file, profile, home = folder / "message.eml", folder / "profile", folder / "home"
    file.write_bytes(message)
    profile.mkdir()
    home.mkdir()
    preferences = (f'user_pref("{name}", {json.dumps(value)});\n' for name, value in _PREFERENCES.items())
    (profile / "user.js").write_text("".join(preferences), encoding="utf-8")
    with screen(WIDTH, height) as display:
        environment = {
            "PATH": os.environ["PATH"],
            "DISPLAY": display,
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "GDK_BACKEND": "x11",
            "NO_AT_BRIDGE": "1",
            "MOZ_CRASHREPORTER_DISABLE": "1",
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        }
        arguments = ["thunderbird", "--no-remote", "--profile", str(profile), "-file", str(file)]
        with running(arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as client:
            return _window(client, environment, subject, height, shows_message)


def _window(
    client: subprocess.Popen[bytes],
    environment: dict[str, str],
    subject: str,
    height: int,
    shows_message: Callable[[Image.Image], bool],
) -> Image.Image:
    def call(*arguments: str) -> str:
        return subprocess.run(
            ["xdotool", *arguments], env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        ).stdout.strip()

    def opened() -> str | None:
        assert client.poll() is None, f"Thunderbird ended with {client.returncode} before it showed a window"
        windows = call("search", "--onlyvisible", "--name", ".").split()
        return next((window for window in windows if call("getwindowname", window).startswith(subject)), None)

    def grabbed() -> Image.Image:
        return ImageGrab.grab(xdisplay=environment["DISPLAY"]).convert("RGB")

    before = grabbed()

    def same_picture_twice() -> Image.Image | None:
        nonlocal before
        now, last = grabbed(), before
        before = now
        return now if now.tobytes() == last.tobytes() and shows_message(now) else None

    window = _soon(opened, "its window")
    call("windowmove", window, "0", "0", "windowsize", window, str(WIDTH), str(height), "windowraise", window)
    return _soon(same_picture_twice, "the message")


def _soon(look: Callable[[], Value | None], what: str) -> Value:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        value = look()
        if value is not None:
            return value
        time.sleep(0.5)
    raise AssertionError(f"Thunderbird has not shown {what} within {PATIENCE} seconds")


def read_by_ocr(picture: Image.Image, folder: Path) -> list[str]:
    """Return the lines of text that can be read in a picture, from top to bottom."""
    return [line for strip in _strips(picture) for line in _read(strip, folder)]


def _strips(picture: Image.Image) -> Iterator[Image.Image]:
    """Cut a picture between lines: of a very long column the reader takes lines apart."""
    top = 0
    while top < picture.height:
        bottom = min(top + _STRIP, picture.height)
        rows = (row for row in range(bottom, top + _STRIP // 2, -1) if _is_blank(picture, row))
        bottom = picture.height if bottom == picture.height else next(rows, bottom)
        yield picture.crop((0, top, picture.width, bottom))
        top = bottom


def _is_blank(picture: Image.Image, row: int) -> bool:
    # Backgrounds and lines change a few times in a row, letters many times.
    return picture.crop((0, row - 2, picture.width, row + 2)).getcolors(6) is not None


def _read(picture: Image.Image, folder: Path) -> list[str]:
    picture.save(folder / "picture.png")
    table = subprocess.run(
        # As one column of text; the table has a row for each word.
        ["tesseract", str(folder / "picture.png"), "-", "-l", "eng", "--psm", "4", "tsv"],
        # Its threads are slower than one alone where the computer has few processors.
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        capture_output=True,
        check=True,
    ).stdout.decode()
    lines: dict[tuple[str, ...], list[str]] = {}
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["text"].strip():
            place = row["page_num"], row["block_num"], row["par_num"], row["line_num"]
            lines.setdefault(place, []).append(row["text"])
    return [" ".join(words) for words in lines.values()]
