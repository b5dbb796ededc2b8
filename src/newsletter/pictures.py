"""Pictures that an issue shows: found beside it, and known by what they are, not by their names.

imagesize enters through this module alone.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import imagesize

Kind = Literal["png", "jpeg", "gif"]

MAX_BYTES = 5_000_000
# The file formats that every mail client shows, by their first bytes. SVG is not among them.
_SIGNATURES: dict[bytes, Kind] = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
}


class UnusableError(ValueError):
    """A picture that cannot be sent: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True)
class Picture:
    """A picture file: `src` as the editor wrote it, its size in pixels and its bytes."""

    src: str
    kind: Kind
    width: int
    height: int
    data: bytes = field(repr=False)


def read_picture(src: str, folder: Path) -> Picture:
    """Read a picture.

    Args:
        src: its path, relative to the folder, with forward slashes.
        folder: the folder it has to stay in, links followed.

    Raises:
        UnusableError: when it is missing, elsewhere, too large, or not a PNG, JPEG or GIF.
    """
    if ":" in src or "\\" in src or src.startswith("/"):
        raise UnusableError(
            f"'{src}' is not a path beside the issue.",
            "Save the picture in the images folder and write, for example, images/clinic.jpg.",
        )
    home = folder.resolve()
    try:
        path = (home / src).resolve()
    except (OSError, RuntimeError):
        path = home.parent
    if not path.is_relative_to(home):
        raise UnusableError(
            f"The picture '{src}' lies outside the folder of this file.", "Copy it into the images folder."
        )
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError:
        raise UnusableError(
            f"There is no picture '{src}'.", f"Look at its name; it is sought beside {folder.name}/."
        ) from None
    if len(data) > MAX_BYTES:
        raise UnusableError(
            f"The picture '{src}' is larger than 5 MB.", "Make it smaller: 1,200 pixels wide is enough."
        )
    kind = next((kind for signature, kind in _SIGNATURES.items() if data.startswith(signature)), None)
    width, height = imagesize.get(io.BytesIO(data)) if kind else (-1, -1)
    if kind is None or width <= 0 or height <= 0:
        raise UnusableError(f"'{src}' is not a picture that mail clients show.", "Save it as PNG, JPEG or GIF.")
    return Picture(src, kind, int(width), int(height), data)
