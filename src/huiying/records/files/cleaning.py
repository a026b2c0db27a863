"""Looking at a file and taking out what tells on the person: place, camera, author, earlier versions."""

import threading
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings

from huiying.records.files import kinds
from huiying.records.files.kinds import ROWS, FileKind
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_, said

FIELD = "file"
DEFAULT_MEGABYTES = 10
AT_ONCE = 2  # a large picture takes some 200 MB while it is drawn anew
_turn = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file that may be kept. `cleaned`: nothing in it tells on the person any more, as far as a program can see."""

    kind: FileKind
    data: bytes
    cleaned: bool

    @property
    def media_type(self) -> str:
        """Its media type."""
        return self.kind.media_type

    @property
    def ending(self) -> str:
        """The ending that its neutral name gets."""
        return ROWS[self.kind].endings[0]


class Refused(Exception):
    """A file that is not kept; the text is the sentence for the person."""


# Imported where the first such file comes: the libraries are large, and most processes never need them.
CLEANERS = {
    FileKind.JPEG: "images",
    FileKind.PNG: "images",
    FileKind.WEBP: "images",
    FileKind.HEIC: "images",
    FileKind.PDF: "pdf",
    FileKind.DOCX: "office",
    FileKind.XLSX: "office",
    FileKind.TEXT: "plain",
}


def most_bytes() -> int:
    """How large one file may be, in bytes."""
    return int(settings.HUIYING.get("file_megabytes", DEFAULT_MEGABYTES)) * 1024 * 1024


def check(upload_name: str, data: bytes) -> Cleaned:
    """Look at an uploaded file by its content and clean it. Raises Incomplete (field "file") with one sentence.

    Pictures are drawn anew without place, time or camera; PDF and office files lose author, history and programs.
    What cannot be cleaned is kept as it came and marked so.
    """
    try:
        _check_size(data)
        kind = _kind_of(data)
        if not kinds.may_be_called(kind, upload_name):
            raise Refused(N_("文件的名称和内容对不上。请核对是不是选错了文件，或者重新保存以后再上传。"))
        return _cleaned(kind, data)
    except Refused as refused:
        sentence = refused.args[0]
        raise Incomplete(sentence, fields={FIELD: sentence}, rule="files.check") from None


def _check_size(data: bytes) -> None:
    if not data:
        raise Refused(N_("这个文件是空的。请核对以后重新选择。"))
    if len(data) > most_bytes():
        raise Refused(too_large())


def too_large() -> str:
    """The sentence for a file above the limit."""
    return said(N_("文件太大了。每个文件不超过 {megabytes} MB。"), megabytes=most_bytes() >> 20)


def _kind_of(data: bytes) -> FileKind:
    kind = kinds.kind_by_content(data)
    if kind is not None:
        return kind
    if data.startswith(b"PK"):
        return _loaded("office").kind_of_zip(data)  # type: ignore[no-any-return]
    reason = kinds.why_not_taken(data)
    if reason is None and _loaded("plain").is_text(data):
        return FileKind.TEXT
    raise Refused(reason or kinds.NOT_TAKEN)


def _cleaned(kind: FileKind, data: bytes) -> Cleaned:
    with _turn:
        return _loaded(CLEANERS[kind]).clean(kind, data)  # type: ignore[no-any-return]


def _loaded(module: str) -> Any:
    return import_module(f"huiying.records.files.{module}")
