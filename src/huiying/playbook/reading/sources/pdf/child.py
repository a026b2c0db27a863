"""Run as a program of its own: a PDF on standard input, its letters and their places on standard output, as JSON.

The PDF library is written in C++ and meets files that were made to break it. Here it may take only so much time and
memory, and what it brings down is this process alone. Nothing of the program is imported, so it starts quickly.
"""

import ctypes
import json
import resource
import sys
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

TEXT_OBJECT = pdfium.FPDF_PAGEOBJ_TEXT
LINE_ENDS = frozenset("\r\n\ufffe")
APART = 1.6  # of a letter's height between two pieces: cells, not a blank
MOST_OBJECTS = 2_000  # counted on a page; it only matters that there are some

Segment = list[Any]  # text, left, right, y, size


def main() -> None:
    """Bound this process, read, answer."""
    seconds, memory, most_pages, most_letters = map(int, sys.argv[1:5])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer = read(sys.stdin.buffer.read(), most_pages, most_letters)
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def read(data: bytes, most_pages: int, most_letters: int) -> dict[str, Any]:
    """The pages, or in one word why not."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        return {"why": "locked" if locked else "damaged"}
    count = pdfium.FPDF_GetPageCount(document)
    if count > most_pages:
        return {"why": "pages"}
    if count < 1:
        return {"why": "damaged"}
    return _pages(document, count, most_letters)


def _pages(document: Any, count: int, most_letters: int) -> dict[str, Any]:
    pages, letters = [], 0
    for index in range(count):
        page = _page(document, index)
        letters += sum(len(segment[0]) for segment in page["segments"])
        if letters > most_letters:
            return {"why": "letters"}
        pages.append(page)
    return {"pages": pages}


def _page(document: Any, index: int) -> dict[str, Any]:
    """One page; one that cannot be opened counts as drawn and empty."""
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return {"height": 842.0, "drawn": 1, "segments": []}
    try:
        place = _Place(page)
        return {"height": place.height, "drawn": _drawn(page), "segments": _segments(page, place)}
    finally:
        pdfium.FPDF_ClosePage(page)


def _drawn(page: Any) -> int:
    count = min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)
    kinds = (pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, at)) for at in range(count))
    return sum(kind != TEXT_OBJECT for kind in kinds)


class _Place:
    """Turns the places of the file into those on the page as it is seen, from its lower left corner."""

    def __init__(self, page: Any) -> None:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self._left, self._bottom, self._right, self._top = box.left, box.bottom, box.right, box.top
        self._turns = pdfium.FPDFPage_GetRotation(page)
        self.height = float(pdfium.FPDF_GetPageHeightF(page))

    def seen(self, left: float, low: float, right: float, high: float) -> tuple[float, float, float, float]:
        """Left, lower, right and upper edge of a letter."""
        left, right = left - self._left, right - self._left
        low, high = low - self._bottom, high - self._bottom
        width, height = self._right - self._left, self._top - self._bottom
        if self._turns == 1:
            return low, width - right, high, width - left
        if self._turns == 2:
            return width - right, height - high, width - left, height - low
        if self._turns == 3:
            return height - high, left, height - low, right
        return left, low, right, high


def _segments(page: Any, place: _Place) -> list[Segment]:
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return []
    try:
        return _letters(text, place)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _letters(text: Any, place: _Place) -> list[Segment]:
    """Letters put together while they follow one another on a line."""
    segments: list[Segment] = []
    box, x, y, ended = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double(), True
    for index in range(pdfium.FPDFText_CountChars(text)):
        letter = _letter(pdfium.FPDFText_GetUnicode(text, index))
        if letter in LINE_ENDS:
            ended = True
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        left, low, right, high = place.seen(box.left, box.bottom, box.right, box.top)
        base = place.seen(x.value, y.value, x.value, y.value)[1]
        if letter == " ":  # most are made up by the library, without a true place
            if not ended:
                segments[-1][0] += letter
            continue
        if ended or not _follows(segments[-1], left, base, high - low):
            segments.append(["", left, right, base, high - low])
        segments[-1][0] += letter
        segments[-1][2] = max(segments[-1][2], right)
        segments[-1][4] = max(segments[-1][4], high - low)  # a flat sign such as 一 may have a box as flat
        ended = False
    return [segment for segment in segments if segment[0].strip()]


def _letter(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _follows(segment: Segment, left: float, base: float, size: float) -> bool:
    most = max(segment[4], size)
    return bool(abs(segment[3] - base) < 0.5 * most and -most < left - segment[2] < APART * most)


if __name__ == "__main__":
    main()
