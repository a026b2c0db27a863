"""A text table as rows of cells: encoding and separator found, each row with the line it begins on."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from huiying.petitions.importing.refusing import FileRefused
from huiying.rules.words import N_, said

DELIMITERS = (",", "\t", ";", "|")
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
GUESSES = ("utf-8", "gb18030")  # in this order: Chinese in gb18030 is hardly ever valid UTF-8
# The reader's own limit would stop at an unclosed quote with a riddle; so the row is read and named as too long.
FIELD_MAX = 64 * 1024 * 1024
HEAD = 64 * 1024  # characters that are enough to tell the separator

STRANGE = N_("文件的文字编码认不出来（不是 UTF-8，也不是 GB 18030）。请另存为 UTF-8 的 CSV 再上传。")
BREAKS_OFF = N_("文件在第 {line} 行之后读不下去，可能少了一个引号。")


def encoding_of(content: bytes) -> str:
    """The first encoding in which every byte makes sense: by its mark, else UTF-8, else GB 18030."""
    marked = [name for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)]
    for name in marked or GUESSES:
        try:
            content.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    raise FileRefused(STRANGE)


def delimiter_of(text: str, weight: Callable[[Sequence[str]], int]) -> str:
    """The separator that gives the rows at the head the most headings we understand, then the most columns."""
    head = text[:HEAD].splitlines(keepends=True)[:10]

    def worth(mark: str) -> tuple[int, int]:
        rows = list(csv.reader(head, delimiter=mark))
        widths = sorted(map(len, filter(None, rows)))
        return max(map(weight, rows), default=0), widths[len(widths) // 2] if widths else 0

    return max(DELIMITERS, key=worth)


def rows_of(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins on; quoted cells may hold line breaks. Raises FileRefused."""
    before = csv.field_size_limit(FIELD_MAX)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        line = 1
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise FileRefused(said(BREAKS_OFF, line=reader.line_num)) from None
    finally:
        csv.field_size_limit(before)
