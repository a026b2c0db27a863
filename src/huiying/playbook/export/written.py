"""`export`: one plan in one of the forms."""

from collections.abc import Callable

from huiying.playbook.document import PlanDocument
from huiying.rules.refusals import Refusal


class CannotExport(Refusal):
    """The plan cannot be written in this form here: why, and what to do."""


def export(doc: PlanDocument, form: str) -> bytes:
    """The plan as "html", "docx" or "pdf". Raises CannotExport for another form, or where what it needs is not installed."""
    if form not in FORMATS:
        raise CannotExport(
            f"不能导出“{form[:10]}”。", rule="plan-export", remedy=f"请用下列之一：{'、'.join(FORMATS)}。"
        )
    return _WRITERS[form](doc)


def _html(doc: PlanDocument) -> bytes:
    from huiying.playbook.export.webpage import as_html

    return as_html(doc).encode()


def _docx(doc: PlanDocument) -> bytes:
    from huiying.playbook.export.word import as_docx

    return as_docx(doc)


def _pdf(doc: PlanDocument) -> bytes:
    from huiying.playbook.export.pdf import as_pdf

    return as_pdf(doc)


_WRITERS: dict[str, Callable[[PlanDocument], bytes]] = {"html": _html, "docx": _docx, "pdf": _pdf}
FORMATS = tuple(_WRITERS)
