"""`python -m bench.plan_reader.speed`: how long a plan of 100 pages takes, file by file format, and a small PDF.

The documents are made here, in our own words. Processor time of this process, and of the one that reads a PDF, in
seconds; the least of several runs, because what else the machine does only adds.
"""

import argparse
import importlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.figures import Figure, table
from huiying.playbook.reading.sources import source_of
from tests.playbook.reading.documents import docx, level, numbering, paragraph, pdf, run, set_text
from tests.playbook.reading.documents import table as word_table

PAGES = 100
PARAGRAPHS = 28  # on a page of A4 as government documents are set: 22 rows, a few of them whole paragraphs
TO_SOURCE, READ_WHOLE = 1.0, 2.0
SENTENCE = "街道在接到群众反映以后应当先登记，再告知办理时限，并且逐项作出书面答复。"
LISTS = (
    level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
)


def main() -> int:
    """Make the documents, read them, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    print(table({f"{PAGES} pages": figures(runs)}))
    return 0


def figures(runs: int) -> list[Figure]:
    """Each format to its lines; a Word file also to its clauses, where the reader is there."""
    found = [
        Figure(
            "playbook",
            f"{name} to lines",
            _least(lambda c=content: source_of(c, "x"), runs),
            "s",
            most,
        )
        for name, content, most in documents()
    ]
    reader = getattr(importlib.import_module("huiying.playbook.reading"), "read_file", None)
    if reader is not None:
        found.append(Figure("playbook", "Word read whole", _whole(reader, runs), "s", READ_WHOLE))
    return found


def documents() -> list[tuple[str, bytes, float | None]]:
    """The same plan in every format, with the time its lines may take."""
    text = "\n".join(f"{at}、{SENTENCE * 3}" for at in range(PAGES * PARAGRAPHS))
    page = "<!doctype html><body>" + "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return [
        ("Word", word(), TO_SOURCE),
        ("PDF", pdf(*[_pdf_page(at) for at in range(PAGES)]), None),
        ("web page", page.encode(), TO_SOURCE),
        ("Markdown", ("# 预案\n\n" + text).encode(), TO_SOURCE),
        ("text in GB 18030", text.encode("gb18030"), TO_SOURCE),
    ]


def word() -> bytes:
    """Numbered headings and items, paragraphs in several runs as Word leaves them, a table on every page."""
    return docx("".join(_word_page(at) for at in range(PAGES)), lists=numbering(LISTS))


def _word_page(at: int) -> str:
    pieces = "".join(
        run(SENTENCE[cut : cut + 7], "<w:b/><w:sz w:val='32'/>") for cut in range(0, len(SENTENCE), 7)
    )
    body = [
        paragraph(f"第{at}部分的安排", style="1", number=(1, 0)),
        paragraph("接待和登记", style="2", number=(1, 1)),
    ]
    body += [paragraph(SENTENCE, number=(1, 2), inner=pieces) for _ in range(PARAGRAPHS - 6)]
    return "".join(body) + word_table(
        ("职务", "职责"), ("组长", SENTENCE), ("副组长", SENTENCE), ("成员", SENTENCE)
    )


def _pdf_page(at: int) -> bytes:
    rows = [
        (72.0 if row % 3 else 100.0, 780.0 - 30 * row, SENTENCE[: 32 if row % 3 else 30]) for row in range(24)
    ]
    return set_text(*rows, (290.0, 30.0, str(at + 1)))


def _whole(reader: Callable[[Path], object], runs: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.docx"
        path.write_bytes(word())
        return _least(lambda: reader(path), runs)


def _least(work: Callable[[], object], runs: int) -> float:
    return min(_processor_time(work) for _ in range(runs))


def _processor_time(work: Callable[[], object]) -> float:
    before = _spent()
    work()
    return _spent() - before


def _spent() -> float:
    """Processor time of this process and of those it waited for."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


if __name__ == "__main__":
    sys.exit(main())
