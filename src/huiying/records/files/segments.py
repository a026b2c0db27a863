"""Pictures inside other files, cleaned without drawing them anew: the parts that tell are cut out, the pixels stay."""

import struct
from collections.abc import Iterator

# JPEG: APP14 says how colours are meant and must stay; every other application part and every comment goes.
JPEG_START, JPEG_SCAN = b"\xff\xd8", 0xDA
JPEG_TELLING = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"sBIT"}
)


class NotWhole(ValueError):
    """The bytes are not a picture of this sort from end to end."""


def clean_picture(data: bytes) -> bytes:
    """A JPEG or PNG without notes, place or camera. Raises NotWhole for anything else."""
    if data.startswith(JPEG_START):
        return b"".join(_jpeg(data))
    if data.startswith(PNG_START):
        return PNG_START + b"".join(_png(data))
    raise NotWhole


def _jpeg(data: bytes) -> Iterator[bytes]:
    """The parts before the first scan, chosen; from there on to the last end mark, as it is."""
    yield JPEG_START
    at = 2
    while True:
        if at + 4 > len(data) or data[at] != 0xFF:
            raise NotWhole
        mark = data[at + 1]
        if mark == JPEG_SCAN:
            break
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        if length < 2:
            raise NotWhole
        if mark not in JPEG_TELLING:
            yield data[at : at + 2 + length]
        at += 2 + length
    yield _scans(data[at:])


def _scans(rest: bytes) -> bytes:
    """The scans, ending at the first end mark: what some programs hang behind it does not come along."""
    end = rest.find(b"\xff\xd9")
    if end < 0:
        raise NotWhole
    return rest[: end + 2]


def _png(data: bytes) -> Iterator[bytes]:
    at = len(PNG_START)
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name, whole = data[at + 4 : at + 8], data[at : at + 12 + length]
        if len(whole) != 12 + length:
            raise NotWhole
        if name in PNG_KEPT:
            yield whole
        if name == b"IEND":
            return
        at += 12 + length
    raise NotWhole
