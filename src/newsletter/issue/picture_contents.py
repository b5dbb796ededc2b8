"""What a picture says to those who see it: the codes that a phone can scan, and how many words there seem to be.

Codes are read by ZXing-C++ (https://github.com/zxing-cpp/zxing-cpp).
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import NamedTuple

from PIL import Image

from newsletter.issue.picture_letters import count_letters
from newsletter.issue.picture_pixels import READERS
from newsletter.issue.picture_segments import PictureFormat

# Enough for a code that somebody can scan from a phone's photo of a poster, and quick.
_LARGEST = (2400, 2400)
_LETTERS_IN_A_WORD = 5  # of English, without those that touch


class PictureContents(NamedTuple):
    """What a picture says: the text of each code that a phone reads, and how many words there seem to be in it."""

    codes: tuple[str, ...]
    words: int


# The preview checks an issue again at each save, with the same pictures.
@lru_cache(maxsize=64)
def contents(data: bytes, kind: PictureFormat) -> PictureContents:
    """Read what a picture says, from its pixels. Of a moving picture, only the first frame is read.

    Args:
        data: the file, which can be opened.
        kind: its format.
    """
    image = READERS[kind](io.BytesIO(data))
    image.draft("L", _LARGEST)  # a JPEG is read much faster at a part of its size
    views = _views(image)
    codes = dict.fromkeys(code for view in views for code in _codes(view))
    return PictureContents(tuple(codes), max(map(count_letters, views)) // _LETTERS_IN_A_WORD)


def _views(image: Image.Image) -> list[Image.Image]:
    """Return a picture without colours; if one can see through it, on white and on black."""
    if image.has_transparency_data:
        pixels = image.convert("RGBA")
        cards = (Image.new("RGBA", pixels.size, card) for card in ("white", "black"))
        views = [Image.alpha_composite(card, pixels).convert("L") for card in cards]
    else:
        views = [image.convert("L")]
    for view in views:
        view.thumbnail(_LARGEST)
    return views


def _codes(view: Image.Image) -> list[str]:
    import zxingcpp  # noqa: PLC0415 - it takes 50 ms, and many issues have no pictures

    kinds = zxingcpp.BarcodeFormat
    # The codes of two dimensions: the bars of one can be in the stripes of a shirt.
    square = [kinds.QRCode, kinds.MicroQRCode, kinds.Aztec, kinds.DataMatrix]
    return [code.text for code in zxingcpp.read_barcodes(view, formats=zxingcpp.BarcodeFormats(square))]
