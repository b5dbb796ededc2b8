"""Pictures as readers get them: without the place and the camera, the right way up, and in colours of a screen."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from newsletter.issue import picture_pixels
from newsletter.issue.local_files import UnusableError
from newsletter.issue.pictures import Picture, read_picture
from support.pictures import gif
from support.seeding import ROOT

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112
SECRET = b"Larkmoor 54.0N 2.5W"
XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"


def drawing(mode: str = "RGB", width: int = 40, height: int = 24) -> Image.Image:
    """Red, with a blue corner at the top left."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (0, 0, width // 2, height // 2))
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str, **how: Any) -> bytes:
    output = io.BytesIO()
    picture.save(output, kind, **how)
    return output.getvalue()


def exif(turned: int = 1, make: str = "Larkmoor camera") -> bytes:
    data = Image.Exif()
    data[ORIENTATION], data[MAKE] = turned, make
    data.get_ifd(GPS).update({1: "N", 2: (54.0, 3.0, 1.0), 3: "W", 4: (2.0, 30.0, 5.0)})
    return data.tobytes()


def segment(marker: int, content: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def read(data: bytes, folder: Path, name: str = "photo.jpg") -> Picture:
    (folder / name).write_bytes(data)
    picture = read_picture(name, folder)
    assert (folder / name).read_bytes() == data, "the editor's file must stay as it is"
    return picture


def opened(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.data))
    assert image.size == (picture.width, picture.height)
    image.load()
    return image


JPEG, PNG = saved(drawing(), "JPEG"), saved(drawing(), "PNG")
PRIVATE: dict[str, tuple[bytes, bytes]] = {
    # what is added, and the file without it
    "Exif with GPS": (saved(drawing(), "JPEG", exif=exif()), JPEG),
    "XMP": (JPEG[:20] + segment(0xE1, XMP) + JPEG[20:], JPEG),
    "IPTC": (JPEG[:20] + segment(0xED, b"Photoshop 3.0\0" + SECRET) + JPEG[20:], JPEG),
    "a comment": (JPEG[:20] + segment(0xFE, SECRET) + JPEG[20:], JPEG),
    "a smaller picture in it": (JPEG[:20] + segment(0xE0, b"JFXX\0\x10" + SECRET) + JPEG[20:], JPEG),
    "a second picture after it": (JPEG + JPEG[:20] + segment(0xE1, XMP) + JPEG[20:], JPEG),
    "a film after it": (JPEG + b"\0\0\0\x18ftypmp42" + SECRET, JPEG),
    "repeated FF": (JPEG[:20] + b"\xff\xff" + segment(0xFE, SECRET) + JPEG[20:], JPEG[:20] + b"\xff\xff" + JPEG[20:]),
    "Exif in a PNG": (PNG[:33] + chunk(b"eXIf", exif()[6:]) + PNG[33:], PNG),
    "words in a PNG": (PNG[:33] + chunk(b"tEXt", b"Author\0" + SECRET) + PNG[33:], PNG),
    "XMP in a PNG": (PNG[:33] + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET) + PNG[33:], PNG),
    "a program's own part": (PNG[:33] + chunk(b"prVt", SECRET) + PNG[33:], PNG),
    "what a cropped screenshot leaves": (PNG + chunk(b"IDAT", SECRET) + chunk(b"IEND", b""), PNG),
    "a comment in a GIF": (gif(3, 200, 1).replace(b"\0;", b"\0!\xfe\x13" + SECRET + b"\0;"), gif(3, 200, 1)),
    "XMP in a GIF": (
        gif(3, 200, 1).replace(b"!\xff\x0bNETSCAPE", b"!\xff\x0bXMP DataXMP\x13" + SECRET + b"\0!\xff\x0bNETSCAPE"),
        gif(3, 200, 1),
    ),
}


@pytest.mark.parametrize("what", PRIVATE)
def test_private_data_is_removed_and_the_pixels_keep_their_bytes(what: str, tmp_path: Path) -> None:
    data, public = PRIVATE[what]
    assert data != public
    assert read(data, tmp_path).data == public


@pytest.mark.parametrize("path", sorted((ROOT / "issues/images").glob("*.png")), ids=lambda path: path.name)
def test_shipped_pictures_keep_their_very_bytes(path: Path) -> None:
    assert read_picture(path.name, path.parent).data == path.read_bytes()


@pytest.mark.parametrize(
    "data",
    [
        JPEG,
        saved(drawing(), "JPEG", progressive=True),
        saved(drawing("L"), "JPEG"),
        saved(drawing(), "JPEG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()),
        saved(drawing(), "JPEG", restart_marker_blocks=1),
        PNG,
        saved(drawing("P"), "PNG", transparency=0),
        saved(drawing("RGBA"), "PNG", dpi=(144, 144)),
        saved(drawing("1"), "PNG"),
        saved(drawing(), "PNG", save_all=True, append_images=[drawing().rotate(180)]),  # animated
        gif(1, 100),
        gif(5, 300, 2),
        saved(drawing("P"), "GIF", transparency=0),
    ],
)
def test_pictures_without_anything_private_keep_their_very_bytes(data: bytes, tmp_path: Path) -> None:
    assert read(data, tmp_path).data == data


# What turns a picture so that its orientation in Exif turns it back.
ORIENTATIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photo_is_turned_upright(turned: int, kind: str, tmp_path: Path) -> None:
    """The same picture, saved in each of the eight ways in which a camera can be held."""
    camera_picture = drawing().transpose(ORIENTATIONS[turned]) if turned > 1 else drawing()
    picture = read(saved(camera_picture, kind, exif=exif(turned)), tmp_path)
    image = opened(picture).convert("RGB")
    assert image.size == (40, 24)
    corners = [image.getpixel(place) for place in ((3, 3), (36, 3), (3, 20), (36, 20))]
    reds = [colour[0] > 128 for colour in corners if isinstance(colour, tuple)]
    assert reds == [False, True, True, True]
    assert not opened(picture).getexif()
    assert b"Larkmoor" not in picture.data


def test_a_turned_photo_keeps_its_colours_and_its_quality(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    noise = Image.effect_noise((300, 200), 60).convert("RGB")
    data = saved(noise, "JPEG", quality=50, icc_profile=profile, exif=exif(6))
    picture = read(data, tmp_path)
    assert opened(picture).info["icc_profile"] == profile
    assert (picture.width, picture.height) == (200, 300)
    assert len(picture.data) == pytest.approx(len(data), rel=0.1)


def test_a_turned_png_keeps_what_is_transparent(tmp_path: Path) -> None:
    source = Image.new("RGBA", (20, 10), (0, 0, 0, 0))
    source.putpixel((0, 0), (255, 0, 0, 255))
    image = opened(read(saved(source, "PNG", exif=exif(6)), tmp_path))
    assert (image.size, image.getpixel((9, 0)), image.getpixel((0, 0))) == ((10, 20), (255, 0, 0, 255), (0, 0, 0, 0))


@pytest.mark.parametrize("profile", [None, b"not a profile", "srgb"])
@pytest.mark.parametrize("turned", [1, 6])
def test_colours_of_a_printer_become_those_of_a_screen(turned: int, profile: Any, tmp_path: Path) -> None:
    if profile == "srgb":  # of the wrong kind
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    cyan = Image.new("CMYK", (30, 20), (255, 0, 0, 0))
    image = opened(read(saved(cyan, "JPEG", icc_profile=profile, exif=exif(turned)), tmp_path))
    assert (image.mode, image.size) == ("RGB", (30, 20) if turned == 1 else (20, 30))
    red, green, blue = image.getpixel((5, 5))  # type: ignore[misc]
    assert red < 40 and green > 200 and blue > 200
    assert "icc_profile" not in image.info and "adobe" not in image.info


def test_the_same_photo_gives_the_same_bytes(tmp_path: Path) -> None:
    data = saved(drawing("CMYK"), "JPEG", exif=exif(3))
    first = read(data, tmp_path)
    picture_pixels.prepare_picture.cache_clear()
    assert read(data, tmp_path) == first


@pytest.mark.parametrize(
    "broken",
    [
        b"Exif\0\0",
        b"Exif\0\0MM",
        b"Exif\0\0II*\0\xff\xff\xff\xff",
        b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\0",
        exif(9),
        exif(0),
    ],
)
def test_damaged_exif_data_is_removed_and_turns_nothing(broken: bytes, tmp_path: Path) -> None:
    assert read(JPEG[:20] + segment(0xE1, broken) + JPEG[20:], tmp_path).data == JPEG


FTYP = b"\0\0\0\x20ftyp"
OTHER_KINDS: dict[bytes, str] = {
    FTYP + b"heic\0\0\0\0mif1heic": "a HEIC picture",
    FTYP + b"mif1\0\0\0\0mif1heic": "a HEIC picture",
    FTYP + b"avif\0\0\0\0avifmif1miaf": "an AVIF picture",
    FTYP + b"mif1\0\0\0\0mif1avif": "an AVIF picture",
    FTYP + b"mp42\0\0\0\0isom": "a video",
    saved(drawing(), "WEBP"): "a WebP picture",
    saved(drawing(), "TIFF"): "a TIFF picture",
    saved(drawing(), "BMP"): "a BMP picture",
    saved(drawing(), "ICO"): "an icon",
    saved(drawing(), "PDF"): "a PDF document",
    b"8BPS\0\1": "a Photoshop file",
    b"PK\3\4\x14\0": "a zip file",
    b"\xff\x0a\xfa\x7f": "a JPEG XL picture",
    b"<svg xmlns='http://www.w3.org/2000/svg'></svg>": "an SVG picture",
    b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a plan -->\n<svg></svg>': "an SVG picture",
    b"\n<!DOCTYPE html>\n<html><svg></svg></html>": "a web page",
    b"": "is empty",
    b"BMW and other cars": "not a picture that mail apps show",
    b"Some words": "not a picture that mail apps show",
}


@pytest.mark.parametrize("data", OTHER_KINDS, ids=lambda data: OTHER_KINDS[data])
def test_another_kind_of_file_is_called_by_its_real_name(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match=OTHER_KINDS[data]) as error:
        read(data, tmp_path)
    assert error.value.hint


def test_a_picture_that_moves_in_no_way_that_programs_know_is_damaged(tmp_path: Path) -> None:
    frames = chunk(b"acTL", struct.pack(">II", 0, 0))
    with pytest.raises(UnusableError, match="is damaged"):
        read(PNG[:33] + frames + PNG[33:], tmp_path)


def test_a_picture_whose_pixels_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    for width, height in ((60_000, 60_000), (7_800, 7_800), (2**31 - 1, 2**31 - 1)):
        header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        pixels = chunk(b"IDAT", zlib.compress(b"\0" * 1_000)) + chunk(b"IEND", b"")
        with pytest.raises(UnusableError, match="more than 60 million pixels"):
            read(PNG[:8] + header + pixels, tmp_path)


def test_a_picture_of_more_than_5_mb_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="larger than 5 MB") as error:
        read(JPEG + bytes(5_000_000), tmp_path)
    assert "change its width to 1,200 pixels" in error.value.hint and "save this copy" in error.value.hint


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    good=st.sampled_from([JPEG, PNG, gif(3, 100, 1), PRIVATE["Exif with GPS"][0], PRIVATE["Exif in a PNG"][0]]),
    edits=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=3)), min_size=1, max_size=4),
)
def test_damaged_pictures_are_problems(good: bytes, edits: list[tuple[float, bytes]], tmp_path: Path) -> None:
    for place, new in edits:
        at = int(place * len(good))
        good = good[:at] + new + good[at + max(1, len(new)) :]
    try:
        opened(read(good, tmp_path))
    except UnusableError as error:
        assert error.message and error.hint


@pytest.mark.parametrize(
    ("src", "hint_name"),
    [("Exif.JPG", "exif.jpg"), ("exif.jpeg", "exif.jpg"), ("exif.PNG", "exif.png"), ("exfi.jpg", "exif.jpg")],
)
def test_of_files_with_the_same_name_the_one_with_the_nearest_ending_is_offered(
    src: str, hint_name: str, tmp_path: Path
) -> None:
    (tmp_path / "images").mkdir()
    for name in ("exif.gif", "exif.jpg", "exif.png", "other.jpeg"):
        (tmp_path / "images" / name).touch()
    with pytest.raises(UnusableError) as error:
        read_picture(f"images/{src}", tmp_path)
    assert error.value.hint == f"Did you mean “images/{hint_name}”?"
