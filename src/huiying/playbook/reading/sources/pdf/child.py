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

TEXT, PATH = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
LINE_ENDS = frozenset("\r\n\ufffe")
APART = 1.6  # of a letter's height between two pieces: cells, not a blank
MOST_OBJECTS, MOST_RULES = 2_000, 600  # looked at on a page
THIN, SHORT = 3.0, 6.0  # points
LINES_OF_A_DRAWING = 50
FAR = 20_000.0  # points; the largest page that the format knows has 14,400

Segment = list[Any]  # text, left, right, y, size
Box = list[float]  # left, low, right, high


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
        return {"height": 842.0, "drawn": 1, "rules": [], "segments": []}
    try:
        place = _Place(page)
        rules, drawn = _drawn(page, place)
        upright = [rule for rule in rules if rule[2] - rule[0] < rule[3] - rule[1]]
        segments = _segments(page, place, upright)
        return {"height": place.height, "drawn": drawn, "rules": rules, "segments": segments}
    finally:
        pdfium.FPDF_ClosePage(page)


def _drawn(page: Any, place: "_Place") -> tuple[list[Box], int]:
    """The straight rules of a page, and how much else is drawn; letters drawn as lines are many lines."""
    count = min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)
    things = [pdfium.FPDFPage_GetObject(page, at) for at in range(count)]
    kinds = [pdfium.FPDFPageObj_GetType(thing) for thing in things]
    rules = [
        rule
        for thing, kind in zip(things, kinds, strict=True)
        if kind == PATH
        for rule in _rules(thing, place)
    ]
    others = sum(kind not in (TEXT, PATH) for kind in kinds)
    return rules[:MOST_RULES], others + kinds.count(PATH) // LINES_OF_A_DRAWING


def _rules(path: Any, place: "_Place") -> list[Box]:
    """A thin box is a rule; a box drawn around something has four."""
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(path, *map(ctypes.byref, edges)):
        return []
    left, low, right, high = place.seen(*(edge.value for edge in edges))
    if not _is_place(left, low, right, high):
        return []
    if min(right - left, high - low) < THIN:
        return [[left, low, right, high]] if max(right - left, high - low) > SHORT else []
    if not _is_outline(path):
        return []
    return [
        [left, low, left, high],
        [right, low, right, high],
        [left, low, right, low],
        [left, high, right, high],
    ]


def _is_outline(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    known = pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(known and stroke.value and pdfium.FPDFPath_CountSegments(path) <= 6)


class _Place:
    """Turns the places of the file into those on the page as it is seen, from its lower left corner."""

    def __init__(self, page: Any) -> None:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self._left, self._bottom, self._right, self._top = box.left, box.bottom, box.right, box.top
        self._turns = pdfium.FPDFPage_GetRotation(page)
        height = float(pdfium.FPDF_GetPageHeightF(page))
        self.height = height if _is_place(height) else FAR

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


def _segments(page: Any, place: _Place, upright: list[Box]) -> list[Segment]:
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return []
    try:
        return _letters(text, place, upright)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _letters(text: Any, place: _Place, upright: list[Box]) -> list[Segment]:
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
        if not _is_place(left, right, base, high - low):
            continue
        if letter == " ":  # most are made up by the library, without a true place
            if not ended:
                segments[-1][0] += letter
            continue
        if ended or not _follows(segments[-1], left, base, high - low, upright):
            segments.append(["", left, right, base, high - low])
        segments[-1][0] += letter
        segments[-1][2] = max(segments[-1][2], right)
        segments[-1][4] = max(segments[-1][4], high - low)  # a flat sign such as 一 may have a box as flat
        ended = False
    return [segment for segment in segments if segment[0].strip()]


def _is_place(*numbers: float) -> bool:
    """Whether these lie anywhere near a page; damaged files name places without end, and some that are no number."""
    return all(-FAR < number < FAR for number in numbers)


def _letter(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _follows(segment: Segment, left: float, base: float, size: float, upright: list[Box]) -> bool:
    most, gap = max(segment[4], size), left - segment[2]
    if abs(segment[3] - base) >= 0.5 * most or not -most < gap < APART * most:
        return False
    between = (segment[2] - 1, left + 1)
    return gap < 0.2 * most or not any(
        between[0] <= rule[0] <= between[1] and rule[1] <= base + size / 2 <= rule[3] for rule in upright
    )


if __name__ == "__main__":
    main()
