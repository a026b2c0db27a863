"""The first sheet of an .xlsx workbook as rows of text. What is inside is measured before it is believed.

A workbook is a packed folder: a few kilobytes may unpack to gigabytes, and one cell at the far corner makes a reader
lay out the whole rectangle. So its parts are unpacked here under a limit, their cells are counted, and the reader is
handed only what was counted.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from huiying.petitions.importing.kinds import BROKEN, LOCKED
from huiying.petitions.importing.refusing import FileRefused
from huiying.petitions.importing.times import SERIAL_ZERO
from huiying.rules.words import N_, said

UNPACKED_MAX = 256 * 1024 * 1024
PARTS_MAX = 2_000
CELLS_MAX = 8_000_000
COLUMNS_MAX = 256
STEP = 1024 * 1024

TOO_LARGE = N_("表格展开后太大（超过 {megabytes} MB）。请拆成几个文件，或另存为 CSV。")
TOO_WIDE = N_("表格里有内容的范围太大（超过 {columns} 列或 {cells} 格）。请删掉远处多余的行列，再另存一份。")
NO_SHEET = N_("表格里没有有内容的工作表。")

_NEEDED = re.compile(r"(xl/.*|_rels/.*|\[Content_Types\])\.?(xml|rels)?", re.IGNORECASE)
_LEFT_OUT = re.compile(
    r"xl/(media|drawings|embeddings|charts|printerSettings|theme|externalLinks)/", re.IGNORECASE
)
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d+)["']""")

Cell = int | float | str | bool | time | date | datetime | timedelta


def rows_of(content: bytes, *, rows_max: int) -> Iterator[tuple[int, list[str]]]:
    """Every row of the first visible sheet that holds something, with its number. Raises FileRefused."""
    sheet = _sheet(_repacked(content, rows_max))
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield number, [written(cell) for cell in cells]


def written(cell: Cell) -> str:
    """A cell as text: dates as they are written, whole numbers without a point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, timedelta):
        return f"{SERIAL_ZERO + cell:%Y-%m-%d %H:%M:%S}"
    return str(cell)


def _sheet(content: bytes) -> CalamineSheet:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [meta.name for meta in book.sheets_metadata if meta.visible == SheetVisibleEnum.Visible]
        for name in shown or book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height:
                return sheet
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001  (a panic in the reader is no Exception)
        raise FileRefused(BROKEN) from None
    raise FileRefused(NO_SHEET)


def _repacked(content: bytes, rows_max: int) -> bytes:
    """The same workbook with only the parts that hold cells, each read in full and within the limits."""
    out = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as packed,
            zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as kept,
        ):
            for name, part in _parts(packed):
                _measure(part, rows_max)
                kept.writestr(name, part)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError):
        raise FileRefused(BROKEN) from None
    except Exception as wrong:
        if isinstance(wrong, FileRefused):
            raise
        raise FileRefused(BROKEN) from None  # zlib.error and whatever else a damaged stream throws
    return out.getvalue()


def _parts(packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    inside = [part for part in packed.infolist() if _is_needed(part.filename)]
    if len(inside) > PARTS_MAX or len({part.filename for part in inside}) < len(inside):
        raise FileRefused(BROKEN)
    if any(part.flag_bits & 1 for part in inside):
        raise FileRefused(LOCKED)
    left = UNPACKED_MAX
    if sum(part.file_size for part in inside) > left:
        raise _too_large()
    for part in inside:
        whole = _unpacked(packed, part, left)
        left -= len(whole)
        yield part.filename, whole


def _is_needed(name: str) -> bool:
    return bool(_NEEDED.fullmatch(name)) and not _LEFT_OUT.match(name)


def _unpacked(packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    """One part, read to its end in steps; what it says about its own size is not relied on."""
    pieces, size = [], 0
    with packed.open(part) as stream:
        while piece := stream.read(STEP):
            size += len(piece)
            if size > left:
                raise _too_large()
            pieces.append(piece)
    return b"".join(pieces)


def _measure(part: bytes, rows_max: int) -> None:
    """Raise FileRefused where the cells of a sheet would span too wide a rectangle."""
    if b"sheetData" not in part:
        return
    letters: set[bytes] = set()
    last = 0
    for place in _PLACE.finditer(part):
        letters.add(place[1])
        last = max(last, int(place[2][:12]))
    width = max((_column(name) for name in letters), default=0)
    if last > 2 * rows_max or width > COLUMNS_MAX or max(last * width, part.count(b"<v")) > CELLS_MAX:
        raise FileRefused(said(TOO_WIDE, columns=COLUMNS_MAX, cells=CELLS_MAX))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:6].upper():
        number = number * 26 + letter - 64
    return number


def _too_large() -> FileRefused:
    return FileRefused(said(TOO_LARGE, megabytes=UNPACKED_MAX >> 20))
