"""PDF files with text: rows read in a process of its own, put together to the paragraphs they were broken from."""

from huiying.playbook.reading.parts import Source
from huiying.playbook.reading.sources import refusing
from huiying.playbook.reading.sources.gathering import Gathered
from huiying.playbook.reading.sources.pdf import asking, paragraphs
from huiying.playbook.reading.sources.pdf.rows import Page

PICTURE_PAGE = "page-without-text"
FEW_LETTERS = 12  # a page with fewer, and a picture on it, is a scan with a stamp or a page number
__all__ = ["source_of"]


def source_of(data: bytes, name: str) -> Source:
    """The paragraphs of a PDF. Raises CannotRead: scanned, damaged, locked, too many pages, too much in it."""
    pages = asking.pages_of(data)
    body = paragraphs.without_edges(pages)
    _check_text(body)
    gathered, pictures = Gathered(), [page.number for page in body if not page.rows and page.drawn]
    for number, text in paragraphs.joined(body):
        _note(gathered, [picture for picture in pictures if picture < number])
        pictures = [picture for picture in pictures if picture > number]
        gathered.add(text)
    _note(gathered, pictures)
    return gathered.source(name)


def _note(gathered: Gathered, pictures: list[int]) -> None:
    """Say where pages that are pictures stand: at the line that follows them, or behind the last."""
    for page in pictures:
        gathered.note(PICTURE_PAGE, f"P{page}")


def _check_text(pages: list[Page]) -> None:
    """A few words on a page that is otherwise a picture are no text."""
    if not any(page.rows for page in pages):
        raise refusing.scanned() if any(page.drawn for page in pages) else refusing.without_text()
    pictures = sum(_is_picture(page) for page in pages)
    if pictures * 5 >= len(pages) * 4:
        raise refusing.scanned()


def _is_picture(page: Page) -> bool:
    return page.drawn > 0 and sum(len(row.text) for row in page.rows) < FEW_LETTERS
