"""Reading the formats that plans come in: a file becomes its lines, told by its content and never by its name.

`source_of` takes the bytes, `source_from` a path. Both give a `Source`, or raise CannotRead with one sentence and a
remedy; time and memory are bounded whatever the file holds.
"""

from collections.abc import Callable
from pathlib import Path

from huiying.playbook.reading.parts import Source
from huiying.playbook.reading.sources import (
    encodings,
    formats,
    limits,
    markdown,
    pdf,
    plain,
    refusing,
    webpage,
    word,
)
from huiying.playbook.reading.sources.formats import Format
from huiying.playbook.reading.sources.language import check_chinese
from huiying.playbook.reading.sources.limits import MOST_BYTES

__all__ = ["MOST_BYTES", "check_chinese", "source_from", "source_of"]

READERS: dict[Format, Callable[[bytes, str], Source]] = {
    Format.ZIP: word.source_of,
    Format.PDF: pdf.source_of,
}


def source_of(content: bytes, name: str) -> Source:
    """The lines of a document in Chinese; `name` is only passed on. Raises CannotRead."""
    if not content:
        raise refusing.empty()
    if len(content) > limits.MOST_BYTES:
        raise refusing.too_large()
    form = formats.format_of(content)
    source = _of_text(content, name) if form is None else READERS[form](content, name)
    check_chinese(source)
    return source


def source_from(path: Path) -> Source:
    """The lines of a file on disk, of which never more than the limit is read. Raises CannotRead, OSError."""
    with path.open("rb") as file:
        return source_of(file.read(limits.MOST_BYTES + 1), path.name)


def _of_text(content: bytes, name: str) -> Source:
    text = encodings.decoded(content).text
    formats.check_markup(text)
    if webpage.is_page(text):
        return webpage.source_of(text, name)
    if len(text) > limits.MOST_CHARACTERS:
        raise refusing.too_long()
    if markdown.is_markdown(text):
        return markdown.source_of(text, name)
    if webpage.is_fragment(text):
        return webpage.source_of(text, name)
    return plain.source_of(text, name)
