"""Word and Excel files written anew: no author, no company, no place in pictures, nothing fetched, nothing that runs.

An office file is a zip of XML. It is read part by part within bounds and written into a fresh zip, so nothing that
stood between, before or behind the parts comes along.
"""

import re
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from huiying.records.files import segments
from huiying.records.files.cleaning import Cleaned, Refused
from huiying.records.files.kinds import ARCHIVE, FileKind
from huiying.rules.words import N_

MOST_PARTS = 3_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_OF_ONE = 50 * 1024 * 1024
CHUNK = 64 * 1024
YEAR_ONE = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name
CONTENT_TYPES = "[Content_Types].xml"
MAIN_PARTS = (
    (re.compile(r"word/document\d*\.xml"), FileKind.DOCX),
    (re.compile(r"xl/workbook\d*\.xml"), FileKind.XLSX),
)

MACROS = N_("这个文档里带有宏程序，为了安全不能接收。请另存为不带宏的 docx、xlsx 或 PDF。")
EMBEDDED = N_("这个文档里嵌有别的程序文件，为了安全不能接收。请把它们去掉，或者另存为 PDF。")
BOMB = N_("这个文档解开以后太大，不能接收。请把要紧的内容另存为 PDF 再上传。")
DAMAGED = N_("这个文档打不开，可能没有保存完整。请重新保存以后再上传。")
LOCKED = N_("这个文档设有密码，不能接收。请去掉密码再上传。")

RUNS = re.compile(r"vbaProject|vbaData|/activeX/|/macrosheets/|customUI", re.IGNORECASE)
HIDES = re.compile(
    r"/embeddings/[^/]*\.bin$"
    r"|\.(exe|dll|com|scr|msi|lnk|hta|jar|js|vbs|ps1|cmd|bat|chm|swf|s?html?|mht(ml)?|docm|dotm|xls[bm]|xl[ta]m|pp[ts]m)$",
    re.IGNORECASE,
)
# The printer's name and its settings; Excel does without.
PRINTER = re.compile(r"/printerSettings/", re.IGNORECASE)
# A tag ends before the next one begins, and nothing is tried twice: a few kilobytes of half tags once took hours.
_TAG = rb"\b(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+>"
RELATION = re.compile(rb"<(?:[\w.-]{1,40}+:)?Relationship" + _TAG)
PAGE_SETUP = re.compile(rb"<(?:[\w.-]{1,40}+:)?pageSetup" + _TAG)
ATTRIBUTE = re.compile(rb"(?<![\w:.-])([\w:.-]++)\s*+=\s*+(\"[^\"<]*+\"|'[^'<]*+')")
# Forms of a company's own system may hold who wrote and who was asked.
WRITER_IN_FORM = re.compile(rb"DisplayName|UserInfo|Author|Company|Manager|creator", re.IGNORECASE)
PICTURE = re.compile(r"/media/[^/]*\.(jpe?g|png)$", re.IGNORECASE)
# Pictures that this program cannot clean in place, and whole documents inside the document.
UNSEEN = re.compile(
    r"(/media/[^/]*\.(?!jpe?g$|png$)\w+|/embeddings/.*|^docProps/(?!core|app|custom|thumbnail).*)$",
    re.IGNORECASE,
)

CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
CUSTOM = APP.replace(b"extended-properties", b"custom-properties")
REPLACED = {"docProps/core.xml": CORE, "docProps/app.xml": APP, "docProps/custom.xml": CUSTOM}

WRITERS = re.compile(rb'(\bw\d*:(?:author|initials|userId|providerId)=)(?:"[^"]*"|\'[^\']*\')')
COMMENTERS = re.compile(rb"(<(?:[\w.-]{1,40}+:)?author(?:\s[^<>]*+)?>)[^<]*+(</)")
PERSONS = re.compile(rb'(\b(?:displayName|userId|userName|lastModifiedBy|creator)=)(?:"[^"]*"|\'[^\']*\')')
# Office writes UTF-8 without a DOCTYPE; in anything else these patterns would find nothing.
FOREIGN = re.compile(
    rb"\0|<!DOCTYPE|^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"'](?!utf-8[\"']|us-ascii[\"'])", re.IGNORECASE
)


def kind_of_zip(data: bytes) -> FileKind:
    """Whether a zip is a Word or an Excel file. Raises Refused for any other archive, and for one with programs."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        raise Refused(DAMAGED) from None
    kind = next((kind for part, kind in MAIN_PARTS if any(map(part.fullmatch, names))), None)
    if kind is None or CONTENT_TYPES not in names:
        raise Refused(ARCHIVE)
    return kind


def clean(kind: FileKind, data: bytes) -> Cleaned:
    """The document written anew; not `cleaned` where it holds a part that this program cannot look into. Raises Refused."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check(entries)
            parts = {entry.filename: _read(archive, entry) for entry in entries if _is_kept(entry)}
    except (BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError, EOFError, zlib.error):
        raise Refused(DAMAGED) from None
    if b"macroEnabled" in parts[CONTENT_TYPES]:
        raise Refused(MACROS)
    whole = not any(UNSEEN.search(name) for name in parts)
    for name, content in parts.items():
        try:
            parts[name] = _part(name, content)
        except segments.NotWhole:
            whole = False
    return Cleaned(kind, _zipped(parts), cleaned=whole)


def _check(entries: list[ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(LOCKED)
    if any(RUNS.search(name) for name in names):
        raise Refused(MACROS)
    if any(HIDES.search(name) for name in names):
        raise Refused(EMBEDDED)
    if len(names) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Refused(BOMB)
    if len(set(names)) != len(names) or any(
        name.startswith("/") or ".." in name.split("/") for name in names
    ):
        raise Refused(DAMAGED)


def _is_kept(entry: ZipInfo) -> bool:
    return not entry.is_dir() and not PRINTER.search(entry.filename)


def _read(archive: ZipFile, entry: ZipInfo) -> bytes:
    """One part, never more than it says of itself: a size that lies is a bomb."""
    most = min(entry.file_size, MOST_OF_ONE)
    with archive.open(entry) as part:
        content = part.read(most + 1)
    if len(content) > most:
        raise Refused(BOMB)
    return content


def _part(name: str, content: bytes) -> bytes:
    """One part without what tells. Raises NotWhole for what it cannot be taken out of."""
    if name.startswith("customXml/") and WRITER_IN_FORM.search(content):
        raise segments.NotWhole
    if name in REPLACED:
        return REPLACED[name]
    if name.startswith("docProps/thumbnail"):
        return b""
    if PICTURE.search(name):
        return segments.clean_picture(content)
    if name.lower().endswith((".rels", ".xml")) and FOREIGN.search(content):
        raise Refused(DAMAGED)
    if name.lower().endswith(".rels"):
        return RELATION.sub(_nowhere, content)
    if name.lower().endswith(".xml"):
        return _anonymous(name, content)
    return content


def _nowhere(found: re.Match[bytes]) -> bytes:
    """A reference outwards that is followed without a click fetches nothing any more; links for people stay."""
    tag = found.group(0)
    said = {name: value[1:-1] for name, value in ATTRIBUTE.findall(tag)}
    kind = said.get(b"Type", b"")
    if kind.endswith(b"/printerSettings"):
        return b""
    if said.get(b"TargetMode", b"Internal") == b"Internal" or kind.endswith(b"/hyperlink"):
        return tag
    return ATTRIBUTE.sub(lambda each: b'Target="about:blank"' if each[1] == b"Target" else each[0], tag)


def _without_printer(found: re.Match[bytes]) -> bytes:
    return ATTRIBUTE.sub(lambda each: b"" if each[1] == b"r:id" else each[0], found.group(0))


def _anonymous(name: str, content: bytes) -> bytes:
    content = PAGE_SETUP.sub(_without_printer, WRITERS.sub(rb'\1""', content))
    if "comments" in name:
        content = COMMENTERS.sub(rb"\1\2", content)
    if "person" in name or "people" in name or "workbook" in name or "revision" in name:
        content = PERSONS.sub(rb'\1""', content)
    return content


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            fresh = ZipInfo(name, date_time=YEAR_ONE)
            fresh.compress_type = ZIP_DEFLATED
            archive.writestr(fresh, content)
    return out.getvalue()
