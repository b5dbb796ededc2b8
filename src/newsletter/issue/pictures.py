"""Read the pictures of an issue. Their bytes decide what they are, and not their names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from newsletter.characters import quoted
from newsletter.issue.local_files import LocalFile, UnusableError, read_local_file
from newsletter.issue.picture_pixels import MAX_PIXELS, DamagedError, TooManyPixelsError, prepare_picture, thumbnail
from newsletter.issue.picture_segments import SIGNATURES, PictureFormat

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
_BYTES_OF_SIGNATURE = 1_000
"""The number of bytes that say what a file is."""
_PICTURE = LocalFile("picture", "images", "clinic.jpg", 5, _SMALLER)


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
    name, data, kind = _read(src, folder)
    try:
        ready = prepare_picture(data, kind)
    except DamagedError:
        raise UnusableError(f"The picture {quoted(src)} is damaged.", "Copy it again, or save it again.") from None
    except TooManyPixelsError:
        raise UnusableError(
            f"The picture {quoted(src)} has more than {MAX_PIXELS // 1_000_000} million pixels.",
            _SMALLER,
        ) from None
    return Picture(src, name, kind, ready.width, ready.height, ready.data)


def read_thumbnail(src: str, folder: Path, width: int, height: int) -> bytes:
    """Read a picture for a list: its middle, as a JPEG that is as large as a small box (see `read_picture`).

    Args:
        src: its path, relative to the folder, with forward slashes.
        folder: the folder that it must be in.
        width: that of the box, in pixels.
        height: that of the box, in pixels.

    Raises:
        UnusableError: as `read_picture` does.
    """
    _, data, kind = _read(src, folder)
    try:
        return thumbnail(data, kind, width, height)
    except (DamagedError, TooManyPixelsError):
        raise UnusableError(f"The picture {quoted(src)} is damaged or too large.", _SMALLER) from None


def _read(src: str, folder: Path) -> tuple[str, bytes, PictureFormat]:
    name, data = read_local_file(src, folder, _PICTURE)
    kind = next((kind for signature, kind in SIGNATURES.items() if data.startswith(signature)), None)
    if kind is None:
        raise _other_kind(src, data[:_BYTES_OF_SIGNATURE])
    return name, data, kind


def _other_kind(src: str, beginning: bytes) -> UnusableError:
    if not beginning:
        return UnusableError(f"The file {quoted(src)} is empty.", "Copy the picture again, or save it again.")
    for pattern, what, hint in _OTHER_KINDS:
        if pattern.match(beginning):
            return UnusableError(f"{quoted(src)} is {what}. Mail apps do not show it.", hint)
    return UnusableError(f"{quoted(src)} is not a picture that mail apps show.", "Save it as PNG, JPEG or GIF.")
