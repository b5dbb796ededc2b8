"""Make a picture file ready for readers: without private parts, the right way up, in colours of a screen.

A picture that needs none of this keeps its very bytes.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from functools import lru_cache
from typing import Any, NamedTuple

from PIL import Image, ImageCms, ImageDraw, ImageOps
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile, get_sampling
from PIL.PngImagePlugin import PngImageFile

from newsletter.issue.picture_segments import PictureFormat, is_private, is_whole, orientation, segments

MAX_PIXELS = 60_000_000
"""More than a phone's camera has. A file of a few KB can say that it has a million times as many."""

# By their class, because `Image.open` also asks other formats, and warns or fails by limits of its own.
READERS: dict[PictureFormat, type[ImageFile]] = {"png": PngImageFile, "jpeg": JpegImageFile, "gif": GifImageFile}

# What Pillow raises for a damaged file, and what it warns of.
DAMAGED = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, struct.error, zlib.error, UserWarning)

# How to turn the pixels for each orientation in Exif (CIPA DC-008, "Orientation").
_TURN_OF_ORIENTATION = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class DamagedError(Exception):
    """A picture file that programs cannot open."""


class TooManyPixelsError(Exception):
    """A picture whose pixels would fill the memory."""


class ReadyPicture(NamedTuple):
    """A picture file that is ready for readers, and its size in pixels."""

    data: bytes
    width: int
    height: int


# The preview builds an issue again at each save, with the same pictures.
@lru_cache(maxsize=32)
def prepare_picture(data: bytes, kind: PictureFormat) -> ReadyPicture:
    """Return a picture without private parts, turned as it should be seen, and in sRGB instead of CMYK.

    Args:
        data: the file as the editor saved it.
        kind: its format.

    Raises:
        DamagedError: if it cannot be opened.
        TooManyPixelsError: if it has more than `MAX_PIXELS`.
    """
    segments_of_file = list(segments(data, kind))
    if not is_whole(segments_of_file, kind):
        raise DamagedError
    public = b"".join(segment.data for segment in segments_of_file if not is_private(segment, kind))
    try:
        with warnings.catch_warnings(category=UserWarning, action="error"):
            image = READERS[kind](io.BytesIO(public))
            if image.width * image.height > MAX_PIXELS:
                raise TooManyPixelsError
            image.load()
            turn = _TURN_OF_ORIENTATION.get(orientation(segments_of_file))
            if turn is not None or image.mode == "CMYK":
                public = _saved_again(image, turn, kind)
                image = READERS[kind](io.BytesIO(public))
    except DAMAGED as error:
        raise DamagedError from error
    return ReadyPicture(public, image.width, image.height)


def thumbnail(data: bytes, kind: PictureFormat, width: int, height: int) -> bytes:
    """Return the middle of a picture, as large as a small box, as a JPEG. What is transparent becomes white.

    Args:
        data: the file as the editor saved it.
        kind: its format.
        width: of the box, in pixels.
        height: of the box, in pixels.

    Raises:
        DamagedError: if it cannot be opened.
        TooManyPixelsError: if it has more than `MAX_PIXELS`.
    """
    try:
        with warnings.catch_warnings(category=UserWarning, action="error"):
            image = READERS[kind](io.BytesIO(data))
            if image.width * image.height > MAX_PIXELS:
                raise TooManyPixelsError
            image.draft("RGB", (2 * width, 2 * height))  # a JPEG is read much faster at a part of its size
            pixels = ImageOps.fit(ImageOps.exif_transpose(image).convert("RGBA"), (width, height))
    except DAMAGED as error:
        raise DamagedError from error
    small = Image.new("RGB", pixels.size, "white")
    small.paste(pixels, mask=pixels)
    output = io.BytesIO()
    small.save(output, "jpeg", quality=85)
    return output.getvalue()


@lru_cache(maxsize=8)
def landscape(light: str, dark: str) -> bytes:
    """Return a PNG of hills under a sun in two colours, instead of a picture that does not exist.

    Args:
        light: the colour of the sky, such as "#E3F0EC".
        dark: the colour of the hills.
    """
    image = Image.new("RGB", (1200, 800), light)
    draw = ImageDraw.Draw(image)
    draw.ellipse((820, 130, 980, 290), fill=dark)
    draw.ellipse((-300, 480, 900, 1500), fill=dark)
    draw.ellipse((500, 600, 1700, 1400), fill=dark, outline=light, width=12)
    output = io.BytesIO()
    image.save(output, "png", optimize=True)
    return output.getvalue()


def _saved_again(image: ImageFile, turn: Image.Transpose | None, kind: PictureFormat) -> bytes:
    pixels: Image.Image = image if turn is None else image.transpose(turn)
    how: dict[str, Any] = {"icc_profile": image.info.get("icc_profile")}
    if image.mode == "CMYK":
        pixels, how = _in_srgb(pixels, how["icc_profile"]), {"quality": 90}
    elif isinstance(image, JpegImageFile):  # as good and as large as it was
        how |= {"qtables": image.quantization, "subsampling": get_sampling(image)}
    output = io.BytesIO()
    pixels.save(output, kind, optimize=True, **how)
    return output.getvalue()


def _in_srgb(pixels: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert colours of a printer to those of a screen, by the printer's profile if there is one."""
    if profile:
        try:
            printer = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(pixels, printer, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):  # damaged, or the profile of something else
            pass
        else:
            assert converted is not None
            return converted
    return pixels.convert("RGB")
