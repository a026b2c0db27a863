"""Pictures drawn anew: only the pixels go over, turned the right way up; place, camera, previews and the rest stay.

Whatever was hidden before, behind or inside the picture's data is gone with it, so a file that is two things at once
comes out as one.
"""

from io import BytesIO

import pillow_heif
from PIL import Image, ImageOps

from huiying.records.files.cleaning import Cleaned, Refused
from huiying.records.files.kinds import FileKind
from huiying.rules.words import N_

MOST_PIXELS = 64_000_000  # above the common telephones' largest picture; 192 MB while it is drawn
LONGEST_SIDE = 6000
JPEG_QUALITY = 88
FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP", FileKind.HEIC: "HEIF"}
TOO_MANY_PIXELS = N_("这张图片的尺寸太大了。请截图或者缩小以后再上传。")
DAMAGED = N_("这张图片打不开，可能没有保存完整。请重新拍照或者截图以后再上传。")

pillow_heif.register_heif_opener()


def clean(kind: FileKind, data: bytes) -> Cleaned:
    """The picture drawn anew as PNG (was PNG, or see-through) or JPEG. Raises Refused: too large, or cannot be opened."""
    try:
        with Image.open(BytesIO(data), formats=[FORMATS[kind]]) as picture:
            _check_size(picture)
            return _written(kind, _drawn(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(TOO_MANY_PIXELS) from None
    except Refused:
        raise
    except Exception:  # noqa: BLE001  (a decoder may throw anything at a file that was made to break it)
        raise Refused(DAMAGED) from None


def _check_size(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise Refused(TOO_MANY_PIXELS)


def _drawn(picture: Image.Image) -> Image.Image:
    """The pixels alone, on a fresh canvas."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    seen_through = upright.has_transparency_data
    plain = upright.convert("RGBA" if seen_through else "L" if upright.mode in ("1", "L") else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    return fresh


def _written(kind: FileKind, picture: Image.Image) -> Cleaned:
    out = BytesIO()
    if kind is FileKind.PNG or picture.mode == "RGBA":
        picture.save(out, "PNG")
        return Cleaned(FileKind.PNG, out.getvalue(), cleaned=True)
    picture.save(out, "JPEG", quality=JPEG_QUALITY)
    return Cleaned(FileKind.JPEG, out.getvalue(), cleaned=True)
