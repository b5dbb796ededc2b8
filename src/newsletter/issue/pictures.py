"""Read the pictures of an issue. Their bytes decide what they are, and not their names.

Only this module imports imagesize.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal

import imagesize

from newsletter.characters import quoted
from newsletter.english import nearest

ImageFormat = Literal["png", "jpeg", "gif"]

MAX_BYTES = 5_000_000
# The file formats that every mail app shows, by their first bytes. SVG is not one of them.
_SIGNATURES: dict[bytes, ImageFormat] = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
}
# The bytes before the pixels, and those after them, at the end of the picture.
_ENDS: dict[ImageFormat, tuple[bytes, bytes]] = {
    "png": (b"IDAT", b"IEND\xae\x42\x60\x82"),
    "jpeg": (b"\xff\xda", b"\xff\xd9"),
    "gif": (b"GIF8", b"\x00;"),
}


class UnusableError(ValueError):
    """A picture that cannot be sent: the problem and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True)
class Picture:
    """A picture file: `src` as the editor wrote it, its size in pixels and its bytes."""

    src: str
    format: ImageFormat
    width: int
    height: int
    data: bytes = field(repr=False)


def read_picture(src: str, folder: Path) -> Picture:
    """Read a picture.

    Args:
        src: its path, relative to the folder, with forward slashes.
        folder: the folder that it must be in, after links are followed.

    Raises:
        UnusableError: if it is missing, elsewhere, too large, or not a PNG, JPEG or GIF.
    """
    if ":" in src or "\\" in src or src.startswith("/"):
        raise UnusableError(
            f"{quoted(src)} is not the path of a picture next to this file.",
            "Save the picture in the images folder. Then write, for example, images/clinic.jpg.",
        )
    home = folder.resolve()
    try:
        path = (home / src).resolve()
    except (OSError, RuntimeError):
        path = home.parent  # a link that leads to itself
    if not path.is_relative_to(home):
        raise UnusableError(
            f"The picture {quoted(src)} is not in the folder of this file.",
            f"Copy it into the images folder in “{folder.name}”. Then write, for example, images/clinic.jpg.",
        )
    try:
        if not path.is_file():
            raise FileNotFoundError  # opening a named pipe would never end
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError:
        raise UnusableError(f"There is no picture {quoted(src)}.", _where_to_look(src, home)) from None
    if len(data) > MAX_BYTES:
        raise UnusableError(
            f"The picture {quoted(src)} is larger than 5 MB.", "Make it smaller: 1,200 pixels wide is enough."
        )
    kind = next((kind for signature, kind in _SIGNATURES.items() if data.startswith(signature)), None)
    if kind is None:
        raise UnusableError(f"{quoted(src)} is not a picture that mail apps show.", "Save it as PNG, JPEG or GIF.")
    try:
        width, height = imagesize.get(io.BytesIO(data))
    except ValueError:  # imagesize before 2.0
        width, height = -1, -1
    pixels, end = _ENDS[kind]
    if width <= 0 or height <= 0 or data.rfind(end) <= data.rfind(pixels):
        raise UnusableError(f"The picture {quoted(src)} is damaged: a part of it is missing.", "Copy or save it again.")
    return Picture(src, kind, int(width), int(height), data)


def _where_to_look(src: str, home: Path) -> str:
    names = {path.stem: path.name for path in sorted(home.glob("images/*")) if path.is_file()}
    if stem := nearest(PurePosixPath(src).stem, names):
        return f"Did you mean “images/{names[stem]}”?"
    return f"Save it in the images folder in “{home.name}”. Check its name, and its capital letters."
