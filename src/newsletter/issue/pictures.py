"""Read the pictures of an issue. Their bytes decide what they are, and not their names."""

from __future__ import annotations

import os.path
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from newsletter.characters import quoted
from newsletter.english import nearest
from newsletter.issue.picture_parts import SIGNATURES, PictureFormat
from newsletter.issue.picture_pixels import MAX_PIXELS, DamagedError, TooManyPixelsError, make_ready

MAX_BYTES = 5_000_000

_SAVE_AS = "Open it in a program for images, and save it from there as a JPEG or PNG. A new name alone changes nothing."
_SMALLER = (
    "Open it in a program for images, change its width to 1,200 pixels, which is enough, and save this copy as a JPEG "
    "in the images folder."
)
# Other kinds of file, by their first bytes: what they are, and what to do.
_OTHER_KINDS: tuple[tuple[re.Pattern[bytes], str, str], ...] = tuple(
    (re.compile(beginning, re.DOTALL | re.IGNORECASE), what, hint)
    for beginning, what, hint in (
        (rb".{4}ftyp(?:.{4})*?avi[fs]", "an AVIF picture", _SAVE_AS),
        (rb".{4}ftyp(?:.{4})*?(?:hei[cmsx]|hev[cmx]|mif1|msf1)", "a HEIC picture, as iPhones take them", _SAVE_AS),
        (rb".{4}ftyp", "a video", "Save one picture of it as a JPEG or PNG, and link to the video."),
        (rb"RIFF.{4}WEBP", "a WebP picture", _SAVE_AS),
        (rb"II[*+]\0|MM\0[*+]", "a TIFF picture, or a camera's raw one", _SAVE_AS),
        (rb"BM.{4}\0\0\0\0", "a BMP picture", _SAVE_AS),
        (rb"\0\0[\x01\x02]\0", "an icon", _SAVE_AS),
        (rb"\0\0\0\x0cJXL |\xff\x0a", "a JPEG XL picture", _SAVE_AS),
        (rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51", "a JPEG 2000 picture", _SAVE_AS),
        (rb"8BPS", "a Photoshop file", _SAVE_AS),
        (rb"%PDF-", "a PDF document", _SAVE_AS),
        (
            rb"PK\x03\x04",
            "a zip file or an Office document",
            "Take the picture out of it, and save it as a JPEG or PNG.",
        ),
        (
            rb"(?:\xef\xbb\xbf)?\s*+<(?:!doctype )?html",
            "a web page",
            "Save the picture itself, not a page that shows it.",
        ),
        (rb"(?:\xef\xbb\xbf)?\s*+<(?:.*?<)?svg", "an SVG picture", _SAVE_AS),
    )
)
_BEGINNING = 1_000
"""The number of bytes that say what a file is."""


class UnusableError(ValueError):
    """A picture that cannot be sent: the problem and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True)
class Picture:
    """A picture that is ready for readers (see `picture_pixels`): its bytes, and its size in pixels.

    `src` is its path as the editor wrote it, and `name` the same from the folder, without any `.` and `..`.
    """

    src: str
    name: str
    format: PictureFormat
    width: int
    height: int
    data: bytes = field(repr=False)


def read_picture(src: str, folder: Path) -> Picture:
    """Read a picture.

    Args:
        src: its path, relative to the folder, with forward slashes.
        folder: the folder that it must be in, after links are followed.

    Raises:
        UnusableError: if it is missing, elsewhere, too large, damaged, or not a PNG, JPEG or GIF.
    """
    if ":" in src or "\\" in src or src.startswith("/"):
        raise UnusableError(
            f"{quoted(src)} is not the path of a picture next to this file.",
            "Save the picture in the images folder. Then write, for example, images/clinic.jpg.",
        )
    home = folder.resolve()
    named = Path(os.path.normpath(home / src))
    try:
        path = (home / src).resolve()
    except (OSError, RuntimeError):
        path = home.parent  # a link that leads to itself
    if not (path.is_relative_to(home) and named.is_relative_to(home)):
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
        raise UnusableError(f"The picture {quoted(src)} is larger than 5 MB.", _SMALLER)
    kind = next((kind for signature, kind in SIGNATURES.items() if data.startswith(signature)), None)
    if kind is None:
        raise _other_kind(src, data[:_BEGINNING])
    try:
        ready = make_ready(data, kind)
    except DamagedError:
        raise UnusableError(f"The picture {quoted(src)} is damaged.", "Copy it again, or save it again.") from None
    except TooManyPixelsError:
        raise UnusableError(
            f"The picture {quoted(src)} has more than {MAX_PIXELS // 1_000_000} million pixels.",
            _SMALLER,
        ) from None
    return Picture(src, named.relative_to(home).as_posix(), kind, ready.width, ready.height, ready.data)


def _other_kind(src: str, beginning: bytes) -> UnusableError:
    if not beginning:
        return UnusableError(f"The file {quoted(src)} is empty.", "Copy the picture again, or save it again.")
    for pattern, what, hint in _OTHER_KINDS:
        if pattern.match(beginning):
            return UnusableError(f"{quoted(src)} is {what}. Mail apps do not show it.", hint)
    return UnusableError(f"{quoted(src)} is not a picture that mail apps show.", "Save it as PNG, JPEG or GIF.")


def _where_to_look(src: str, home: Path) -> str:
    names = {path.stem: path.name for path in sorted(home.glob("images/*")) if path.is_file()}
    stored = next((name for name in names.values() if _same_letters(name, PurePosixPath(src).name)), None)
    if stored:
        plain = "".join(filter(str.isascii, unicodedata.normalize("NFD", stored)))
        return (
            f"The name of “images/{stored}” looks the same, but its accents are stored in another way. "
            f"Rename the file without accents, such as images/{plain}."
        )
    if stem := nearest(PurePosixPath(src).stem, names):
        return f"Did you mean “images/{names[stem]}”?"
    return f"Save it in the images folder in “{home.name}”. Check its name, and its capital letters."


def _same_letters(name: str, other: str) -> bool:
    return unicodedata.normalize("NFC", name) == unicodedata.normalize("NFC", other)
