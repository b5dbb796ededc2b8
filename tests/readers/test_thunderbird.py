"""Each shipped .eml as Thunderbird shows it: a real mail client opens it, and what is on its screen is read."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from PIL import Image, ImageColor

from newsletter.edition import Edition
from newsletter.edition_kinds import EditionKind
from newsletter.simulations.screen_reader import utterances
from support.thunderbird import WIDTH, picture_of_window, read_by_ocr, require_programs

pytestmark = pytest.mark.slow

WHOLE, TOP = 16_000, 4_000
"""Height of a window that holds a whole issue, and of one that holds its first part, in px."""
HEAD = 400
"""Down to here Thunderbird shows the message's header, in px."""
FRAME = 600
"""The width of an issue in a window that is wide enough, in px."""
ALIKE = 0.8
"""How much of a heading has to be read: 1 would be every letter, and the reader errs now and then."""


def test_thunderbird_shows_the_issue(edition: Edition, tmp_path: Path) -> None:
    require_programs()
    window = opened_page(edition, WHOLE, tmp_path)
    lines = read_by_ocr(window, tmp_path)
    headings, expected = headings_and_words(edition)
    assert len(headings) > 10
    assert unread(headings, lines) == []
    assert share(expected, words(" ".join(lines))) > 0.9


def test_thunderbird_shows_the_large_print_edition(
    edition: Edition, every_edition: dict[str, dict[EditionKind, Edition]], tmp_path: Path
) -> None:
    require_programs()
    large = every_edition[edition.issue.slug]["large-print"]
    window = opened_page(large, TOP, tmp_path)
    lines = read_by_ocr(window, tmp_path)
    headings, expected = headings_and_words(large)
    assert unread(headings[:3], lines) == []
    assert share(expected[:150], words(" ".join(lines))) > 0.9


def test_thunderbird_shows_the_text_only_edition(
    edition: Edition, every_edition: dict[str, dict[EditionKind, Edition]], tmp_path: Path
) -> None:
    require_programs()
    text_only = every_edition[edition.issue.slug]["text-only"]

    def has_letters(window: Image.Image) -> bool:
        below = window.crop((0, HEAD, WIDTH, window.height))
        return len(below.getcolors(below.width * below.height) or ()) > 20

    window = picture_of_window(text_only.message, edition.issue.subject, TOP, has_letters, tmp_path)
    assert window.size == (WIDTH, TOP)
    read = words(" ".join(read_by_ocr(window, tmp_path)))
    assert share(words(text_only.text)[:150], read) > 0.9


def opened_page(edition: Edition, height: int, folder: Path) -> Image.Image:
    """Open an edition that has a page; check that its colours and its width are the brand's."""
    colours = edition.brand.colours.light
    band, page = rgb(colours.masthead), rgb(colours.page)
    window = picture_of_window(
        edition.message, edition.issue.subject, height, lambda picture: band in shades(picture), folder
    )
    assert window.size == (WIDTH, height)
    kinds = shades(window)
    assert len(kinds) > 100, "letters have soft edges, in many shades"
    assert kinds[page] > WIDTH * height / 10
    assert {rgb(colours.card), rgb(colours.panel), rgb(colours.accent)} <= set(kinds)
    assert widest(window, band) == FRAME
    return window


def headings_and_words(edition: Edition) -> tuple[list[str], list[str]]:
    """Return the headings and the words that tesseract's English letters can read; Arabic they cannot."""
    spoken = [item for item in utterances(edition.reading, edition.issue.language) if item.language != "ar"]
    headings = [item.words for item in spoken if item.role == "heading"]
    return headings, words(" ".join(item.words for item in spoken))


def shades(picture: Image.Image) -> dict[object, int]:
    """Return how many pixels have each colour."""
    return {colour: count for count, colour in picture.getcolors(picture.width * picture.height) or ()}


def rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


def widest(picture: Image.Image, colour: tuple[int, int, int]) -> int:
    """Return the number of pixels of this colour in the row that has most of them."""
    raw, most = bytes(colour), 0
    for top in range(picture.height):
        row = picture.crop((0, top, picture.width, top + 1)).tobytes()
        if raw in row:
            most = max(most, sum(row[at : at + 3] == raw for at in range(0, len(row), 3)))
    return most


def unread(headings: list[str], lines: list[str]) -> list[str]:
    """Return the headings that are not in the lines, each after the one before; a heading has up to three lines."""
    at, missing = 0, []
    for heading in headings:
        for start in range(at, len(lines)):
            joined = (" ".join(lines[start : start + length]) for length in (1, 2, 3))
            if any(alike(heading, line) >= ALIKE for line in joined):
                at = start + 1
                break
        else:
            missing.append(heading)
    return missing


def alike(one: str, other: str) -> float:
    return SequenceMatcher(None, " ".join(words(one)), " ".join(words(other)), autojunk=False).ratio()


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def share(expected: list[str], read: list[str]) -> float:
    """Return the share of the expected words that were read, in their order: 1 for all."""
    blocks = SequenceMatcher(None, expected, read, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(expected)


def test_a_heading_is_missed_when_it_is_not_there_or_not_in_its_place() -> None:
    lines = ["File Edit View", "Neuro Nevvs, Sept 2023", "In this issue", "How safe", "was it?", "About this ernail"]
    headings = ["Neuro News, Sept 2023", "In this issue", "How safe was it?", "About this email"]
    assert unread(headings, lines) == []
    assert unread(headings, lines[:3] + lines[5:]) == ["How safe was it?"]
    assert unread(headings, [*lines[2:], lines[1]]) != []
