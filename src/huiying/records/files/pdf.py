"""PDF files written anew without author, history, programs or attached files."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import settings as qpdf

from huiying.records.files import segments
from huiying.records.files.cleaning import Cleaned, Refused
from huiying.records.files.kinds import FileKind
from huiying.rules.words import N_

MEMORY = 64 * 1024 * 1024
MOST_OBJECTS = 200_000
MOST_PAGES = 2_000
DEEPEST = 40
# Who made it and when; what runs by itself; what hides inside.
TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/Author", "/Creator", "/Producer")
RUNNING = (
    "/AA",
    "/OpenAction",
    "/JavaScript",
    "/JS",
    "/EmbeddedFiles",
    "/XFA",
    "/RichMedia",
    "/AF",
    "/Collection",
)
RUNNING_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/GoToE", "/GoToR"}
NOTES = {"/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Ink", "/Stamp", "/Popup",
         "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Caret", "/FileAttachment"}  # fmt: skip
ATTACHED = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
PHOTOGRAPHS = {"/DCTDecode", "/JPXDecode"}
DAMAGED = N_("这个 PDF 打不开，可能没有保存完整。请重新保存以后再上传。")
TOO_MUCH = N_("这个 PDF 页数太多或者结构太复杂。请拆开，或者把要紧的几页另存以后再上传。")

# Set once for the process: a few kilobytes can otherwise unpack to more than the machine holds.
qpdf.set_qpdf_limits(
    doc_max_warnings=200,
    flate_max_memory=MEMORY,
    png_max_memory=MEMORY,
    run_length_max_memory=MEMORY,
    tiff_max_memory=MEMORY,
    dct_max_memory=MEMORY,
)


def clean(kind: FileKind, data: bytes) -> Cleaned:
    """The PDF written anew: its present pages and nothing of earlier versions. Raises Refused.

    A signature in it does not survive; a file that asks for a password is kept as it came.
    """
    try:
        with pikepdf.open(BytesIO(data)) as document:
            if document.is_encrypted:
                return Cleaned(kind, data, cleaned=False)
            whole = _stripped(document)
            return Cleaned(kind, _written(document), cleaned=whole)
    except pikepdf.PasswordError:
        return Cleaned(kind, data, cleaned=False)
    except Refused:
        raise
    except Exception:  # noqa: BLE001  (a reader may throw anything at a file that was made to break it)
        raise Refused(DAMAGED) from None


def _stripped(document: pikepdf.Pdf) -> bool:
    """Take out what tells and what runs; False where a picture stays that cannot be cleaned here."""
    if len(document.objects) > MOST_OBJECTS or len(document.pages) > MOST_PAGES:
        raise Refused(TOO_MUCH)
    whole = True
    for part in _parts(document):
        _strip(part)
        whole = _photograph_cleaned(part) and whole
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    return whole


def _written(document: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    document.save(
        out,
        deterministic_id=True,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        fix_metadata_version=False,
    )
    return out.getvalue()


def _parts(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the document, those that lie inside others included. Raises Refused where it goes too deep."""
    budget = MOST_OBJECTS * 2
    waiting = [(thing, 0) for thing in document.objects]
    while waiting:
        thing, depth = waiting.pop()
        budget -= 1
        if budget < 0 or depth > DEEPEST:
            raise Refused(TOO_MUCH)
        inner = list(_inside(thing))
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            yield thing
        waiting += [(each, depth + 1) for each in inner if not _is_indirect(each)]


def _inside(thing: Any) -> Iterator[Any]:
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield from (thing[key] for key in list(thing.keys()) if key != "/Parent")
    elif isinstance(thing, pikepdf.Array):
        yield from list(thing)


def _is_indirect(thing: Any) -> bool:
    return bool(getattr(thing, "is_indirect", False))


def _strip(part: Any) -> None:
    kind = str(part.get("/Subtype", ""))
    for key in (*TELLING, *RUNNING):
        if key in part:
            del part[key]
    if str(part.get("/S", "")) in RUNNING_ACTIONS:
        for key in set(part.keys()) - {"/Type", "/S", "/Next"}:
            del part[key]
        part["/S"] = pikepdf.Name("/Named")
        part["/N"] = pikepdf.Name("/FirstPage")
    if kind in NOTES and "/T" in part:
        del part["/T"]  # of a note: who wrote it
    if kind in ATTACHED:
        for key in ("/FS", "/Movie", "/Sound", "/RichMediaContent", "/A"):
            if key in part:
                del part[key]
    if str(part.get("/Type", "")) == "/Filespec" and "/EF" in part:
        del part["/EF"]


def _photograph_cleaned(part: Any) -> bool:
    """Cut place and camera out of a photograph inside, often the telephone's own file; False where that is not possible."""
    filters = _filters(part) if isinstance(part, pikepdf.Stream) else []
    if not PHOTOGRAPHS.intersection(filters):
        return True
    if filters != ["/DCTDecode"]:
        return False
    raw = part.read_raw_bytes()
    try:
        clean = segments.clean_picture(raw)
    except segments.NotWhole:
        return False
    if clean != raw:
        part.write(clean, filter=pikepdf.Name("/DCTDecode"), decode_parms=part.get("/DecodeParms"))
    return True


def _filters(part: Any) -> list[str]:
    named = part.get("/Filter")
    if isinstance(named, pikepdf.Array):
        return [str(each) for each in list(named)]
    return [str(named)] if named is not None else []
