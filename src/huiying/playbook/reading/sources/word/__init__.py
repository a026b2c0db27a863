"""Word files (.docx): paragraphs and tables in their order, with the numbers that Word draws before them."""

from huiying.playbook.reading.sources.word.body import source_of

__all__ = ["source_of"]
