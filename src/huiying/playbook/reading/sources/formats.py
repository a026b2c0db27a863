"""What a file is, by its content and never by its name; what is known and not read is refused with its own sentence."""

import re
from collections.abc import Callable
from enum import StrEnum

from huiying.playbook.reading.sources import refusing
from huiying.rules.words import N_


class Format(StrEnum):
    """The formats that are read from bytes; anything else may still be a text."""

    ZIP = "zip"
    PDF = "pdf"


Test = Callable[[bytes], bool]
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF_MARK = b"%PDF-"
PDF_MARK_WITHIN = 1024  # readers allow that much before it


def _starts(*marks: bytes) -> Test:
    return lambda data: data.startswith(marks)


def _compound(*streams: str) -> Test:
    names = [stream.encode("utf-16-le") for stream in streams]
    return lambda data: data.startswith(COMPOUND) and any(name in data for name in names)


def _brand(*brands: bytes) -> Test:
    return lambda data: data[4:8] == b"ftyp" and (not brands or data[8:12] in brands)


def _mail_page(data: bytes) -> bool:
    return re.match(rb"\s*(?:From:|MIME-Version:)", data[:200], re.IGNORECASE) is not None and (
        b"multipart/related" in data[:2000].lower()
    )


OLD_WORD = N_("这是旧版 Word 文件（.doc），不能直接读取。")
OLD_WPS = N_("这是 WPS 的旧格式文件（.wps），不能直接读取。")
SLIDES = N_("这是幻灯片（PPT），不能读取。")
SHEETS = N_("这是电子表格（Excel），不能读取。")
PICTURE = N_("这是一张图片，里面没有可以读取的文字。")
TO_WORD = N_("请把预案正文复制到 Word 文档里，保存为 docx，再来读取。")
PROGRAM = N_("这是可以运行的程序，不是文档。")
ARCHIVE = N_("这是压缩包，看不到里面是什么。")
UNPACK = N_("请先解压，再选里面的那一份预案文件。")
RECORDING = N_("这是录音或录像，不是文档。")

# Read from the top; the first that fits decides.
REFUSED: tuple[tuple[Test, str, str], ...] = (
    (_compound("WpsContent", "WPSDocument"), OLD_WPS, refusing.SAVE_AS_DOCX),
    (_compound("WordDocument"), OLD_WORD, refusing.SAVE_AS_DOCX),
    (_compound("PowerPoint Document"), SLIDES, TO_WORD),
    (_compound("Workbook", "Book"), SHEETS, TO_WORD),
    (
        _starts(COMPOUND),
        N_("这是旧版办公软件的文件（如 .doc、.wps、.xls、.ppt），不能直接读取。"),
        refusing.SAVE_AS_DOCX,
    ),
    (_starts(b"{\\rtf"), N_("这是 RTF 文件，不能直接读取。"), refusing.SAVE_AS_DOCX),
    (_mail_page, N_("这是单个文件的网页存档（.mht），不能直接读取。"), refusing.SAVE_AS_DOCX),
    (
        _starts(
            b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0", b"8BPS"
        ),
        PICTURE,
        refusing.RECOGNISE,
    ),
    (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", PICTURE, refusing.RECOGNISE),
    (_brand(b"heic", b"heix", b"heim", b"heis", b"mif1", b"avif"), PICTURE, refusing.RECOGNISE),
    (
        _starts(b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"dex\n"),
        PROGRAM,
        refusing.TAKE_TEXT,
    ),
    (
        _starts(b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"),
        ARCHIVE,
        UNPACK,
    ),
    (
        _starts(
            b"ID3",
            b"\xff\xfb",
            b"\xff\xf3",
            b"\xff\xf1",
            b"OggS",
            b"fLaC",
            b"\x1aE\xdf\xa3",
            b"#!AMR",
            b"RIFF",
        ),
        RECORDING,
        refusing.TAKE_TEXT,
    ),
    (_brand(), RECORDING, refusing.TAKE_TEXT),
    (_starts(b"SQLite format 3\0"), N_("这是数据库文件，不是文档。"), refusing.TAKE_TEXT),
)


def format_of(data: bytes) -> Format | None:
    """The format that the bytes show, None for what may be a text. Raises CannotRead for what is known and not read."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return Format.ZIP
    if data.startswith(COMPOUND) and "EncryptedPackage".encode("utf-16-le") in data:
        raise refusing.locked(N_("办公文档"))
    for fits, sentence, remedy in REFUSED:
        if fits(data):
            raise refusing.other(sentence, remedy)
    if PDF_MARK in data[:PDF_MARK_WITHIN]:
        return Format.PDF
    return None


MARKUP: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(r"<\?mso-application\s|<w:wordDocument\b|<pkg:package\b"),
        N_("这是 Word 的 XML 文件，不能直接读取。"),
        refusing.SAVE_AS_DOCX,
    ),
    (re.compile(r"<svg[\s>]"), PICTURE, refusing.RECOGNISE),
)
MARKUP_WITHIN = 2_000


def check_markup(text: str) -> None:
    """Raises CannotRead for a text that is a document in some other markup."""
    head = text[:MARKUP_WITHIN].lstrip()
    if not head.startswith("<") or re.search(r"<html\b", head, re.IGNORECASE):
        return
    for pattern, sentence, remedy in MARKUP:
        if pattern.search(head):
            raise refusing.other(sentence, remedy)
    if re.match(r"<\?xml\b", head):
        raise refusing.other(N_("这是 XML 数据文件，不是文档。"), refusing.TAKE_TEXT)
