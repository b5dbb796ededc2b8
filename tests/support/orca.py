"""A real screen reader for the tests: Orca, which reads a page in Chromium on a screen that nobody sees."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from newsletter.audit.find_browser import browser_arguments
from newsletter.simulations.screen_reader import Utterance
from support.programs import require, running, screen

PROGRAMS = ("orca", "/usr/bin/python3", "/usr/libexec/at-spi-bus-launcher", "dbus-run-session", "Xvfb", "chromium")
PATIENCE = 240
"""Seconds until everything must have been read, on a computer that has much else to do."""
_READER = Path(__file__).with_name("orca_reader.py")

_ANNOUNCEMENTS: Mapping[str, str] = {
    r"(heading level \d|link|image)": r"\1",
    r"table with (\d+ rows?) (\d+ columns?)": r"table, \2, \1",
    r"Description list with (\d+) terms?": r"list of terms, \1 items",
    r"description term": "term",
    r"description value": "definition",
    r"block quote": "quote",
    r"leaving blockquote\.": "end of quote",
    r"(List with \d+ items?|leaving (list|table)\.|caption|(row|column) header)": "",
}
"""What Orca announces (regular expressions), and the same in the words of the Listening view; empty if not compared.

Orca leaves out where some lists begin and where some lists and tables end, depending on the line before. It says that a
cell is a header where the view says the row and the column.
"""
_NOT_COMPARED = re.compile(r"\d+|bullet|list, .*|end of (list|table)|row .*|column .*|in .*")
"""What the view announces and Orca does not: its marks of lists are words, and a language is another voice."""


def require_orca() -> None:
    """Skip the test where a program is missing; fail if NEWSLETTER_REQUIRE_ALL=1."""
    require(PROGRAMS, "no screen reader reads the emails")


def read_by_orca(page: str, title: str, folder: Path) -> list[str]:
    """Return all that Orca says of a page, in order.

    Args:
        page: HTML that loads nothing.
        title: its title.
        folder: an empty one.
    """
    file, result, home = folder / "page.html", folder / "said.json", folder / "home"
    file.write_text(page, encoding="utf-8")
    home.mkdir(mode=0o700)
    browser = ["chromium", *browser_arguments(), "--force-renderer-accessibility", "--disable-gpu"]
    browser += ["--password-store=basic", f"--user-data-dir={home / 'chromium'}", "--no-default-browser-check"]
    # Isolated: it knows Debian's modules and none of ours.
    reader = ["/usr/bin/python3", "-I", str(_READER), str(file), title, str(home / "orca"), str(result)]
    with screen(1000, 800) as display, (folder / "log.txt").open("w") as log:
        environment = {
            "PATH": os.environ["PATH"],
            "DISPLAY": display,
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home),
            "LANG": "C.UTF-8",
            "GSETTINGS_BACKEND": "memory",
            "GNOME_ACCESSIBILITY": "1",
        }
        session = ["dbus-run-session", "--", *reader, *browser]
        with running(session, env=environment, stdout=log, stderr=subprocess.STDOUT) as process:
            process.wait(PATIENCE)
    assert result.exists(), (folder / "log.txt").read_text(encoding="utf-8")
    return [str(text) for text in json.loads(result.read_text(encoding="utf-8"))]


def words_of_orca(texts_of_orca: Iterable[str]) -> list[str]:
    """Return the words of the page in what Orca said, with the numbers of lists."""
    texts = list(texts_of_orca)
    # It says the caption of a table as the name of the table, and again where it is.
    twice = {
        at - 1 for at, text in enumerate(texts) if text.startswith("table with ") and texts[at - 1] == texts[at + 1]
    }
    spoken = (text for at, text in enumerate(texts) if at not in twice and _announcement(text) is None)
    return re.findall(r"\w+", " ".join(spoken))


def words_of_view(utterances: Iterable[Utterance]) -> list[str]:
    """Return the words of the page in the Listening view, with the numbers of lists."""
    parts = ([*filter(str.isdigit, one.announced), one.words] for one in utterances)
    return re.findall(r"\w+", " ".join(word for part in parts for word in part))


def announced_by_orca(texts: Iterable[str]) -> list[str]:
    """Return what Orca announced, in the words of the Listening view."""
    return [*filter(None, map(_announcement, texts))]


def announced_by_view(utterances: Iterable[Utterance]) -> list[str]:
    """Return what the Listening view announces and Orca does, too."""
    return [each for one in utterances for each in one.announced if not _NOT_COMPARED.fullmatch(each)]


def _announcement(text: str) -> str | None:
    matches = ((match, words) for pattern, words in _ANNOUNCEMENTS.items() if (match := re.fullmatch(pattern, text)))
    return next((match.expand(words) for match, words in matches), None)
