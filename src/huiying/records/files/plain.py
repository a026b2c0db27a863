"""Plain text: kept when it is nothing but text, in UTF-8."""

import codecs

from huiying.records.files.cleaning import Cleaned
from huiying.records.files.kinds import FileKind

# Tab, line feed, carriage return; nothing else below the blank belongs in a text.
CONTROLS = {chr(code) for code in range(32)} - {"\t", "\n", "\r"}


def is_text(data: bytes) -> bool:
    """Whether the bytes are a text in UTF-8 or GB 18030, without control characters."""
    return _read(data) is not None


def clean(kind: FileKind, data: bytes) -> Cleaned:
    """The same text in UTF-8."""
    return Cleaned(kind, (_read(data) or "").encode("utf-8"), cleaned=True)


def _read(data: bytes) -> str | None:
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.removeprefix(codecs.BOM_UTF8).decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if CONTROLS.isdisjoint(text) else None
    return None
