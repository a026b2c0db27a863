"""What a file is by its first bytes, whatever its name says; what is no table is refused in one sentence."""

import io
import zipfile
from enum import Enum, auto

from huiying.petitions.importing.refusing import FileRefused
from huiying.rules.words import N_


class Kind(Enum):
    """The two kinds of tables that are read."""

    TEXT = auto()
    WORKBOOK = auto()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LOOKED_AT = 4096

EMPTY = N_("文件是空的。")
OLD = N_("这是旧式的 .xls 表格。请在表格软件里打开，另存为 .xlsx 或 CSV，再上传。")
LOCKED = N_("这个表格设了打开密码，读不了。请去掉密码后另存一份再上传。")
BROKEN = N_("表格文件不完整或已损坏，读不了。请重新导出一份再上传。")
NO_TABLE = N_("这不是表格文件。请上传 .xlsx 或 CSV 文件。")
WEB_PAGE = N_(
    "这是网页，不是表格（有的系统导出的 .xls 其实是网页）。请在表格软件里打开，另存为 .xlsx 再上传。"
)
OTHER_BOOK = N_("这种表格格式读不了。请在表格软件里打开，另存为 .xlsx 或 CSV，再上传。")

_NO_TABLES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
    b"BM",
    b"MZ",
    b"\x7fELF",
)
_MARKED = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(content: bytes) -> Kind:
    """Tell a workbook from a text table. Raises FileRefused for everything else."""
    head = content[:LOOKED_AT]
    if not head.strip():
        raise FileRefused(EMPTY)
    if head.startswith(b"PK"):
        return _packed(content)
    if head.startswith(OLE):
        raise FileRefused(LOCKED if ENCRYPTED in content else OLD)
    if head.startswith(_NO_TABLES) or (b"\0" in head and not head.startswith(_MARKED)):
        raise FileRefused(NO_TABLE)
    if (
        head.lstrip(b"\xef\xbb\xbf \t\r\n")
        .lower()
        .startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta"))
    ):
        raise FileRefused(WEB_PAGE)
    return Kind.TEXT


def _packed(content: bytes) -> Kind:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise FileRefused(BROKEN) from None
    if "xl/workbook.xml" in names:
        return Kind.WORKBOOK
    raise FileRefused(OTHER_BOOK if names & {"xl/workbook.bin", "content.xml"} else NO_TABLE)
