"""The segments of a picture file, and the same file without those that are private.

Photos carry the place where they were taken, the time, the camera and its owner, and comments. None of that changes how
they look, so a file is cut into its segments, and those are left out. The pixels keep their very bytes, which no
program that saves a JPEG again can promise.

The formats: JPEG (ITU-T T.81, annex B), PNG (https://www.w3.org/TR/png-3/#5DataRep) and GIF89a.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Literal, NamedTuple

PictureFormat = Literal["png", "jpeg", "gif"]

SIGNATURES: dict[bytes, PictureFormat] = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
}
"""The first bytes of the formats that every mail app shows."""

_LAST_BYTES: dict[PictureFormat, bytes] = {"png": b"IEND", "jpeg": b"\xd9", "gif": b";"}

GIF_IMAGE, GIF_TIMING, GIF_APPLICATION, _GIF_COMMENT = b",", b"!\xf9", b"!\xff", b"!\xfe"
GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""The applications whose segment says how often a GIF moves."""

PNG_MOVES, PNG_FRAME = b"acTL", b"fcTL"

# Of the segments of applications: size in print, colours, and whether the colours are those of a printer.
_JPEG_VISUAL = {b"\xe0": b"JFIF\0", b"\xe2": b"ICC_PROFILE\0", b"\xee": b"Adobe"}
_JPEG_APPLICATIONS = frozenset(bytes([marker]) for marker in range(0xE0, 0xF0))
_JPEG_COMMENT = b"\xfe"
# In pixels, a zero or a number from D0 to D7 comes after FF; it can also be repeated.
_JPEG_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# Of the chunks that a program may ignore: those that say how the pixels look, or how they move.
_PNG_VISUAL = frozenset(b"tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split())
_EXIF_IN_JPEG = b"Exif\0\0"
_ORIENTATION = 0x0112


class Segment(NamedTuple):
    """A segment of JPEG, a chunk of PNG or a block of GIF: what it is, where its content begins, and all its bytes."""

    name: bytes
    start: int
    data: bytes

    @property
    def content(self) -> bytes:
        """The bytes without the segment's own head."""
        return self.data[self.start :]


def segments(data: bytes, kind: PictureFormat) -> Iterator[Segment]:
    """Return the segments of a picture file up to its end mark, or up to where it is cut off or damaged."""
    return {"png": _png, "jpeg": _jpeg, "gif": _gif}[kind](data)


def is_whole(segments_of_file: list[Segment], kind: PictureFormat) -> bool:
    """Check that the segments of a file are all there."""
    return bool(segments_of_file) and segments_of_file[-1].name == _LAST_BYTES[kind]


def is_private(segment: Segment, kind: PictureFormat) -> bool:
    """Check whether a segment says something about a picture that does not change how it looks."""
    if kind == "jpeg":
        prefix = _JPEG_VISUAL.get(segment.name)
        is_about = segment.name in _JPEG_APPLICATIONS and not (prefix and segment.content.startswith(prefix))
        return is_about or segment.name == _JPEG_COMMENT
    if kind == "png":
        return segment.name[:1].islower() and segment.name not in _PNG_VISUAL
    return segment.name == _GIF_COMMENT or (segment.name == GIF_APPLICATION and segment.content[1:12] not in GIF_LOOPS)


def orientation(segments_of_file: list[Segment]) -> int:
    """Return how the picture has to be turned, as Exif counts it: 1 (not at all) to 8."""
    for segment in segments_of_file:
        if segment.name == b"eXIf":
            return _orientation(segment.content)
        if segment.name == b"\xe1" and segment.content.startswith(_EXIF_IN_JPEG):
            return _orientation(segment.content.removeprefix(_EXIF_IN_JPEG))
    return 1


def _orientation(exif: bytes) -> int:
    """Read the orientation from Exif data: a TIFF header and a list of numbered values."""
    order = ">" if exif.startswith(b"MM") else "<"
    try:
        (first,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, first)
        for place in range(first + 2, first + 2 + 12 * count, 12):
            number, value = struct.unpack_from(f"{order}H6xH", exif, place)
            if number == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:  # cut off
        pass
    return 1


def _png(data: bytes) -> Iterator[Segment]:
    yield Segment(b"", 0, data[:8])
    at, name = 8, b""
    while name != b"IEND" and at < len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        if end > len(data):
            return
        name = data[at + 4 : at + 8]
        yield Segment(name, 8, data[at:end])
        at = end


def _jpeg(data: bytes) -> Iterator[Segment]:
    yield Segment(b"", 0, data[:2])
    at, name = 2, b""
    while name != b"\xd9" and data[at : at + 1] == b"\xff":
        name = data[at + 1 : at + 2]
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if name == b"\xff":  # FF may be repeated before a marker
            end = at + 1
        elif name == b"\xd9":
            end = at + 2
        elif name == b"\xda":  # the pixels
            marker = _JPEG_MARKER.search(data, end)
            end = marker.start() if marker else len(data)
        if end > len(data):
            return
        yield Segment(name, 4, data[at:end])
        at = end


def _gif(data: bytes) -> Iterator[Segment]:
    at = 13 + _colours(data[10:11])
    yield Segment(b"", 0, data[:at])
    name = b""
    while name != b";" and at < len(data):
        name, start = data[at : at + 1], 1
        if name == b"!":
            name, start = data[at : at + 2], 2
            end = _after_blocks(data, at + 2)
        elif name == GIF_IMAGE:
            # Position and size, a colour table and the size of a code; then the pixels.
            end = _after_blocks(data, at + 11 + _colours(data[at + 9 : at + 10]))
        else:
            end = at + 1
        if end > len(data) or name[:1] not in b"!,;":
            return
        yield Segment(name, start, data[at:end])
        at = end


def _colours(flags: bytes) -> int:
    """Return the size in bytes of a colour table, from its flags byte."""
    return 3 * 2 ** ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    """Return the offset after a row of blocks. Each begins with its length, and an empty one ends the row."""
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1
