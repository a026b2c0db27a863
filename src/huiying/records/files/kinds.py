"""What a file is, by its first bytes and never by its name; what is not in the table is not taken."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from huiying.rules.words import N_


class FileKind(StrEnum):
    """The kinds of file that are kept."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    TEXT = "text"

    @property
    def label(self) -> str:
        """The Chinese word for this kind."""
        return ROWS[self].label

    @property
    def media_type(self) -> str:
        """The media type it is sent with."""
        return ROWS[self].media_type


@dataclass(frozen=True, slots=True)
class Row:
    """One kind: its word, its media type, the endings its name may have (the first is the one we give)."""

    label: str
    media_type: str
    endings: tuple[str, ...]


ROWS = {
    FileKind.JPEG: Row(N_("照片"), "image/jpeg", ("jpg", "jpeg", "jpe", "jfif")),
    FileKind.PNG: Row(N_("图片"), "image/png", ("png",)),
    FileKind.WEBP: Row(N_("网页图片"), "image/webp", ("webp",)),
    FileKind.HEIC: Row(N_("手机照片"), "image/heic", ("heic", "heif")),
    FileKind.PDF: Row(N_("PDF 文件"), "application/pdf", ("pdf",)),
    FileKind.DOCX: Row(
        N_("Word 文档"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ("docx",),
    ),
    FileKind.XLSX: Row(
        N_("Excel 表格"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)
    ),
    FileKind.TEXT: Row(N_("文字文件"), "text/plain", ("txt",)),
}
PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.HEIC})

# Sentences for what is not taken: each says what to do instead.
NOT_TAKEN = N_(
    "这种文件收不了。请换成照片（JPG、PNG、HEIC）、PDF、Word（docx）、Excel（xlsx）或文字（txt）。"
)
PROGRAM = N_("这是可以运行的程序或网页，为了安全不能接收。请只上传照片或文档。")
ARCHIVE = N_("压缩包收不了，因为看不到里面是什么。请解压以后，把里面的文件一个一个上传。")
OLD_OFFICE = N_("旧格式的文档收不了。请打开它，另存为 docx、xlsx 或 PDF，再上传。")
OTHER_PICTURE = N_("这种图片格式收不了。请另存为 JPG 或 PNG，再上传。")
SOUND = N_("录音和录像还收不了。请在内容里写明有录音或录像，办理人员会同您联系怎样提交。")
VECTOR = N_("SVG 图片里可以藏有程序，不能接收。请截图或者另存为 PNG，再上传。")

HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
Test = Callable[[bytes], bool]


def _starts(*marks: bytes) -> Test:
    return lambda head: head.startswith(marks)


def _riff(form: bytes) -> Test:
    return lambda head: head.startswith(b"RIFF") and head[8:12] == form


def _heic(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS


# Read from the top; the first that fits decides.
SIGNATURES: tuple[tuple[Test, FileKind], ...] = (
    (_starts(b"\xff\xd8\xff"), FileKind.JPEG),
    (_starts(b"\x89PNG\r\n\x1a\n"), FileKind.PNG),
    (_riff(b"WEBP"), FileKind.WEBP),
    (_heic, FileKind.HEIC),
    (_starts(b"%PDF-"), FileKind.PDF),
)
REFUSED: tuple[tuple[Test, str], ...] = (
    (
        _starts(
            b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!", b"dex\n"
        ),
        PROGRAM,
    ),
    (_starts(b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"), ARCHIVE),
    (_starts(b"\xd0\xcf\x11\xe0"), OLD_OFFICE),
    (_starts(b"{\\rtf"), OLD_OFFICE),
    (_starts(b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0", b"8BPS"), OTHER_PICTURE),
    (
        _starts(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"#!AMR"),
        SOUND,
    ),
    (_starts(b"RIFF"), SOUND),
    (lambda head: head[4:8] == b"ftyp", SOUND),
)


def kind_by_content(data: bytes) -> FileKind | None:
    """The kind that the first bytes name, pictures and PDF; None for a zip, a text and everything else."""
    head = data[:16]
    return next((kind for fits, kind in SIGNATURES if fits(head)), None)


def why_not_taken(data: bytes) -> str | None:
    """The sentence for a kind of file that is known and not taken; None for what is not known here."""
    head = data[:16]
    # "#!AMR" is a recording, any other "#!" a script.
    if head.startswith(b"#!AMR"):
        return SOUND
    return next((sentence for fits, sentence in REFUSED if fits(head)), None) or _why_no_markup(data)


def _why_no_markup(data: bytes) -> str | None:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start.startswith(b"<"):
        return None
    return VECTOR if b"<svg" in data[:4096].lower() else PROGRAM


def may_be_called(kind: FileKind, upload_name: str) -> bool:
    """Whether a file of this kind may bear that name; pictures pass for one another, a name without ending passes.

    Phones and chat programs rename pictures freely; all of them are drawn anew, so it does no harm.
    """
    name = upload_name.replace("\\", "/").rpartition("/")[2].strip().rstrip(".")
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem:
        return True
    allowed = PICTURES if kind in PICTURES else {kind}
    return any(ending.lower() in ROWS[each].endings for each in allowed)
