"""Draws pictures for tests: those that move, and those that say something."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import segno
import zxingcpp
from PIL import Image, ImageDraw, ImageFont, ImageOps


def draw_picture(kind: Mapping[str, Any]) -> bytes:
    """Draw the picture that a fault asks for: `colours` that follow each other, a `code`, `lines`, or else a GIF."""
    if "lines" in kind:
        return poster(**kind)
    if "code" in kind:
        return other_code(**kind) if "kind" in kind else qr_code(**kind)
    return moving(**kind) if "colours" in kind else gif(**kind)


def poster(
    lines: Sequence[str],
    letters: int = 40,
    size: tuple[int, int] = (1104, 700),
    ink: str = "black",
    card: str = "white",
) -> bytes:
    """Return a PNG with lines of words, in text of this height in pixels."""
    picture = Image.new("RGB", size, card)
    ImageDraw.Draw(picture).multiline_text((40, 40), "\n".join(lines), fill=ink, font=ImageFont.load_default(letters))
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def qr_code(code: str, dark: str = "black", light: str | None = "white", width: int = 0) -> bytes:
    """Return a PNG with a QR code, in a photo if that has a width. Without a light colour, it is transparent."""
    stream = io.BytesIO()
    segno.make(code).save(stream, kind="png", scale=4, border=4, dark=dark, light=light)
    if not width:
        return stream.getvalue()
    photo = Image.effect_noise((width, width * 2 // 3), 60).convert("RGB")
    photo.paste(Image.open(stream).convert("RGB").rotate(8, fillcolor="white", expand=True), (width // 2, width // 4))
    stream = io.BytesIO()
    photo.save(stream, "PNG")
    return stream.getvalue()


def other_code(code: str, kind: str) -> bytes:
    """Return a PNG with a code of another kind, by its name in ZXing, such as "Aztec"."""
    barcode = zxingcpp.create_barcode(code, getattr(zxingcpp.BarcodeFormat, kind))
    stream = io.BytesIO()
    Image.fromarray(zxingcpp.write_barcode_to_image(barcode, scale=6)).save(stream, "PNG")
    return stream.getvalue()


def gif(
    frames: int, milliseconds: int, repeats: int | None = None, width: int = 8, *, transparent: bool = False
) -> bytes:
    """Return a GIF; `repeats` is what the file says: None for once, 0 for ever, n for n times more.

    A transparent one is black, with nothing around it.
    """
    pictures = [Image.new("RGB", (width, 8), (index * 20, 90, 200 - index * 20)) for index in range(frames)]
    if transparent:
        pictures = [ImageOps.expand(Image.new("RGBA", (width, 8), "black"), width) for _ in pictures]
    return _saved(pictures, "GIF", milliseconds, repeats)


def moving(  # noqa: PLR0913 - each is a key of a fault
    colours: Sequence[str],
    milliseconds: int | Sequence[int],
    repeats: int | None = 0,
    *,
    kind: str = "GIF",
    part: float = 1,
    size: tuple[int, int] = (200, 100),
) -> bytes:
    """Return a GIF or an animated PNG whose colours follow each other in a part of its width, beside grey.

    A colour can be transparent, such as "#00000000". `repeats` is as in `gif`.
    """
    pictures = [Image.new("RGBA", size, "#888888") for _ in colours]
    for picture, colour in zip(pictures, colours, strict=True):
        picture.paste(Image.new("RGBA", (round(size[0] * part), size[1]), colour))
    return _saved(pictures, kind, milliseconds, repeats)


def _saved(pictures: Sequence[Image.Image], kind: str, milliseconds: Any, repeats: int | None) -> bytes:
    """Save the frames of a picture. A PNG counts its rounds: the first one, too."""
    stream, how = io.BytesIO(), dict[str, Any]()
    if kind == "GIF":
        how |= {"optimize": False} | ({} if repeats is None else {"loop": repeats})
    else:
        how |= {"loop": 1 if repeats is None else repeats and repeats + 1}
    pictures[0].save(stream, kind, save_all=True, append_images=pictures[1:], duration=milliseconds, **how)
    return stream.getvalue()
