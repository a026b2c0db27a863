"""The zip that a Word file is: told from other zips, opened within bounds, its parts parsed without entities."""

import posixpath
import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from lxml import etree  # type: ignore[import-untyped]

from huiying.playbook.reading.parts import CannotRead
from huiying.playbook.reading.sources import formats, limits, refusing
from huiying.rules.words import N_

WORD = N_("Word 文件")
CONTENT_TYPES = "[Content_Types].xml"
MACROS = re.compile(r"vbaProject|vbaData|macroEnabled", re.IGNORECASE)
# The first name that is there tells which other zip it is.
OTHERS: tuple[tuple[str, str, str], ...] = (
    (r"xl/workbook.*", formats.SHEETS, formats.TO_WORD),
    (r"ppt/presentation.*", formats.SLIDES, formats.TO_WORD),
    (r"OFD\.xml", N_("这是 OFD 版式文件，不能直接读取。"), refusing.SAVE_AS_DOCX),
    (r"META-INF/container\.xml", N_("这是电子书（EPUB），不能读取。"), formats.TO_WORD),
    (r"content\.xml", N_("这是 ODF 文件（如 .odt），不能直接读取。"), refusing.SAVE_AS_DOCX),
    (r"META-INF/MANIFEST\.MF|AndroidManifest\.xml", formats.PROGRAM, refusing.TAKE_TEXT),
)
BROKEN = (
    BadZipFile,
    LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    KeyError,
    RuntimeError,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
# Office writes neither; what does, wants the reader to fetch or to swell. Also in UTF-16.
ENTITIES = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")


class Package:
    """An opened Word file. Raises CannotRead for any other zip, and for what unpacks to too much."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(data))
            entries = self._zip.infolist()
        except BROKEN:
            raise refusing.damaged(N_("文件")) from None
        self._entries = {entry.filename: entry for entry in entries}
        _check_bounds(entries)
        _check_other_zips(list(self._entries))
        self.main = self._main_part()
        self._check_word()

    def main_tree(self) -> etree._Element:
        """The document itself."""
        return self._tree(self.main, limits.MOST_OF_ONE_PART)

    def side_tree(self, kind: str) -> etree._Element | None:
        """A part that the document refers to by its kind (styles, numbering), None where there is none."""
        name = self._targets(_relations_of(self.main)).get(TYPES + kind)
        path = (
            posixpath.normpath(posixpath.join(posixpath.dirname(self.main), name)).lstrip("/") if name else ""
        )
        return self._tree(path, limits.MOST_OF_SIDE_PART) if path in self._entries else None

    def _main_part(self) -> str:
        name = self._targets("_rels/.rels").get(TYPES + "officeDocument", "word/document.xml").lstrip("/")
        if name not in self._entries:
            has_word = (
                any(each.startswith("word/") for each in self._entries) or CONTENT_TYPES in self._entries
            )
            raise refusing.damaged(WORD) if has_word else refusing.other(formats.ARCHIVE, formats.UNPACK)
        return name

    def _check_word(self) -> None:
        if any(entry.flag_bits & 1 for entry in self._entries.values()):
            raise refusing.locked(WORD)
        types = (
            self._bytes(CONTENT_TYPES, limits.MOST_OF_SIDE_PART) if CONTENT_TYPES in self._entries else b""
        )
        if MACROS.search(types.decode("latin-1")) or any(map(MACROS.search, self._entries)):
            raise refusing.with_macros()

    def _targets(self, name: str) -> dict[str, str]:
        """The parts that one part refers to, by kind; the first of each."""
        if name not in self._entries:
            return {}
        found: dict[str, str] = {}
        for relation in self._tree(name, limits.MOST_OF_SIDE_PART).iter(RELATION):
            if relation.get("TargetMode") != "External":
                found.setdefault(relation.get("Type") or "", relation.get("Target") or "")
        return found

    def _tree(self, name: str, most: int) -> etree._Element:
        content = self._bytes(name, most)
        if ENTITIES.search(content):
            raise refusing.damaged(WORD)
        for strict, usual in STRICT:
            content = content.replace(strict, usual)
        try:
            return etree.fromstring(content, _parser())
        except (etree.LxmlError, ValueError):
            raise refusing.damaged(WORD) from None

    def _bytes(self, name: str, most: int) -> bytes:
        """One part, never more than the bound: a size that lies is a bomb."""
        if self._entries[name].flag_bits & 1:
            raise refusing.locked(WORD)
        try:
            with self._zip.open(self._entries[name]) as part:
                content = part.read(most + 1)
        except BROKEN:
            raise refusing.damaged(WORD) from None
        if len(content) > most:
            raise refusing.swollen()
        return content


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _check_bounds(entries: list[ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.MOST_PARTS or unpacked > limits.MOST_UNPACKED:
        raise refusing.swollen()


def _check_other_zips(names: list[str]) -> None:
    for pattern, sentence, remedy in OTHERS:
        if any(re.fullmatch(pattern, name) for name in names):
            raise _refused_zip(sentence, remedy)


def _refused_zip(sentence: str, remedy: str) -> CannotRead:
    return refusing.other(sentence, remedy)


def _relations_of(name: str) -> str:
    folder, _, last = name.rpartition("/")
    return f"{folder}/_rels/{last}.rels".lstrip("/")
