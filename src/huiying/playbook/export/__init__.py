"""A plan as a document people hand around: HTML, Word and PDF in the form of official documents (GB/T 9704-2012)."""

from huiying.playbook.export.written import FORMATS, CannotExport, export

__all__ = ["FORMATS", "CannotExport", "export"]
