"""Files on their way in: held in memory within bounds, never laid in the clear on a disk; and on their way out.

A view that takes files says so with `takes_files`; every other form is refused above its own size before it is read
(middleware.RefusalsMiddleware).
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.http import content_disposition_header

from huiying.records import files
from huiying.records.files import Cleaned, FileKind
from huiying.records.files.cleaning import too_large
from huiying.records.files.kinds import PICTURES
from huiying.records.models import StoredFile
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_

FIELD = "file"
FORM_BYTES = 5 * 1024 * 1024  # what a form may hold beside its files
TIMES_ONE = 3  # a request holds as much as a petition may: three times the size of one file
ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,.heic,.heif,.pdf,.docx,.xlsx,.txt"
NONE_CHOSEN = N_("请先选择要交的文件。")
TOO_MUCH_AT_ONCE = N_("这一次选的文件合起来太大了。请分几次交。")
V = TypeVar("V", bound=Callable[..., HttpResponse])


def takes_files(view: V) -> V:
    """Mark a view whose form holds files, so that it is read up to `most_in_a_request`."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def most_in_a_request() -> int:
    """The longest body that a form with files may have, in bytes."""
    return TIMES_ONE * files.most_bytes() + FORM_BYTES


def may_hold_files(request: HttpRequest) -> bool:
    """Whether the view behind this address takes files."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return False
    return bool(getattr(match.func, "takes_files", False))


class MemoryUploads(FileUploadHandler):
    """Holds files in memory, each to one byte above the limit and all together within the request's; the size stays true."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._held = 0
        self._content = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin the next file."""
        super().new_file(*args, **kwargs)
        self._content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, unless the file or the request has come to its limit already."""
        if start <= files.most_bytes() and self._held <= TIMES_ONE * files.most_bytes():
            self._content.write(raw_data)
            self._held += len(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        """The file with the size that was sent, whether all of it was kept or not."""
        self._content.seek(0)
        return InMemoryUploadedFile(
            self._content,
            self.field_name,
            self.file_name or "",
            self.content_type or "",
            file_size,
            self.charset,
        )


def checked(request: HttpRequest, field: str = FIELD) -> list[Cleaned]:
    """Every file of a form, looked at and cleaned. Raises Incomplete with one sentence for the first that is refused, or none."""
    given = request.FILES.getlist(field)
    if not given:
        raise Incomplete(NONE_CHOSEN, fields={FIELD: NONE_CHOSEN}, rule="uploads.none")
    return [_checked(upload) for upload in given]


def _checked(upload: "UploadedFile[Any]") -> Cleaned:
    data = upload.read()
    if upload.size != len(data):  # above a limit: the rest was never kept
        sentence = too_large() if (upload.size or 0) > files.most_bytes() else TOO_MUCH_AT_ONCE
        raise Incomplete(sentence, fields={FIELD: sentence}, rule="uploads.size")
    return files.check(upload.name or "", data)


def file_response(row: StoredFile) -> HttpResponse:
    """A kept file for whoever a gate gave it to: a picture may be shown, everything else is saved; nothing in it runs.

    Raises NotThere where it was erased or is damaged.
    """
    response = HttpResponse(files.open_file(row), content_type=FileKind(row.kind).media_type)
    shown = FileKind(row.kind) in PICTURES
    response["Content-Disposition"] = content_disposition_header(not shown, row.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


def shown_size(size: int) -> str:
    """A size as people read it: 830 KB, 2.4 MB."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"
