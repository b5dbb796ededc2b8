"""The small pictures beside the issues in the list: an issue's first picture, or a tile with its month."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from pathlib import Path

from newsletter.issue.brand import Brand
from newsletter.issue.local_files import UnusableError
from newsletter.issue.pictures import read_thumbnail
from newsletter.preview.issue_metadata import IssueMetadata

_WIDTH, _HEIGHT = 240, 180
"""In pixels: twice as large as it is shown, for screens with fine pixels."""
_PLAIN = ("#3F4B57", "#FFFFFF")
"""Background and words of a tile as long as the brand cannot be read."""


# As many as a long list has, of 10 KB each.
@lru_cache(maxsize=512)
def picture(src: str, folder: Path, _saved: object) -> bytes:
    """Return a picture as a small JPEG; empty if it cannot be used, which the check of its issue reports.

    Args:
        src: its path in the folder, as the editor wrote it.
        folder: the folder of the issues.
        _saved: what changes when the file is saved, so that it is read again.
    """
    try:
        return read_thumbnail(src, folder, _WIDTH, _HEIGHT)
    except UnusableError:
        return b""


def month_tile(metadata: IssueMetadata, brand: Brand | None) -> str:
    """Return an SVG picture in the brand's colour: the month and the year of an issue, or its initials."""
    background, words = (brand.colours.light.brand, brand.colours.light.on_brand) if brand else _PLAIN
    if metadata.day:
        large, small = f"{metadata.day:%b}", str(metadata.day.year)
    else:
        large, small = "".join(word[0] for word in (metadata.subject or metadata.title or "–").split()[:2]).upper(), ""
    text = 'text-anchor="middle" font-family="system-ui, sans-serif"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" fill="{words}">'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="{background}"/>'
        f'<text x="50%" y="{100 if small else 112}" font-size="64" font-weight="700" {text}>{escape(large)}</text>'
        f'<text x="50%" y="140" font-size="30" {text}>{small}</text></svg>'
    )
