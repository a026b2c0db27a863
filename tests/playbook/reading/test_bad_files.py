"""Files that cannot be read: one sentence and a remedy each, soon and in little memory; never an error of the program."""

import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from huiying.playbook.reading import sources
from huiying.playbook.reading.parts import CannotRead
from huiying.playbook.reading.sources import limits
from huiying.playbook.reading.sources.pdf import child
from tests.playbook.reading.documents import (
    PICTURE,
    docx,
    level,
    numbering,
    paragraph,
    pdf,
    pdf_of_forms,
    set_text,
    table,
    zipped,
)

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PLAN = "一、总则\n为及时答复群众反映的问题，制定本预案。\n"
LOCKED = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
    + "11" * 32
    + "> /U <"
    + "22" * 32
    + "> >> /ID [<01> <01>]"
)
MACRO_TYPES = (
    b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "ccc"><!ENTITY d "&b;&b;&b;">]><a>&d;</a>'


def compound(stream: str) -> bytes:
    return COMPOUND + stream.encode("utf-16-le") + bytes(100)


def refusal(content: bytes) -> CannotRead:
    with pytest.raises(CannotRead) as refused:
        sources.source_of(content, "预案.docx")
    return refused.value


BAD = {
    "empty": (b"", "plan-file-empty", "空"),
    "blanks": (b" \n\n ", "plan-file-without-text", "没有文字"),
    "old Word": (compound("WordDocument"), "plan-file-other-format", ".doc"),
    "old WPS": (compound("WpsContent") + compound("WordDocument"), "plan-file-other-format", ".wps"),
    "old slides": (compound("PowerPoint Document"), "plan-file-other-format", "幻灯片"),
    "old sheets": (compound("Workbook"), "plan-file-other-format", "电子表格"),
    "locked Word": (compound("EncryptedPackage"), "plan-file-locked", "密码"),
    "RTF": (b"{\\rtf1\\ansi }", "plan-file-other-format", "RTF"),
    "OFD": (zipped({"OFD.xml": b"<a/>", "Doc_0/Document.xml": b""}), "plan-file-other-format", "OFD"),
    "ODT": (zipped({"mimetype": b"x", "content.xml": b"<a/>"}), "plan-file-other-format", "ODF"),
    "sheets": (zipped({"xl/workbook.xml": b"<a/>"}), "plan-file-other-format", "电子表格"),
    "slides": (zipped({"ppt/presentation.xml": b"<a/>"}), "plan-file-other-format", "幻灯片"),
    "archive": (zipped({"预案.docx": docx(paragraph("正文"))}), "plan-file-other-format", "压缩包"),
    "rar": (b"Rar!\x1a\x07\x00" + bytes(50), "plan-file-other-format", "压缩包"),
    "macros by part": (docx(paragraph("正文"), word__vbaProject_dot_bin=b"x"), "plan-file-macros", "宏"),
    "macros by type": (
        zipped({"[Content_Types].xml": MACRO_TYPES, "word/document.xml": b"<a/>"}),
        "plan-file-macros",
        "宏",
    ),
    "cut Word": (docx(paragraph("正文"))[:400], "plan-file-damaged", "打不开"),
    "Word without its document": (zipped({"[Content_Types].xml": b"<Types/>"}), "plan-file-damaged", "打不开"),
    "Word with a broken document": (docx("<w:p>"), "plan-file-damaged", "打不开"),
    "Word with entities": (docx("", word__document_dot_xml=ENTITIES), "plan-file-damaged", "打不开"),
    "Word of pictures": (docx(paragraph(inner="<w:r><w:drawing/></w:r>")), "plan-file-without-text", "没有文字"),
    "scanned PDF": (pdf(PICTURE, PICTURE), "plan-file-scanned", "扫描件"),
    "scanned PDF with page numbers": (
        pdf(*(PICTURE + set_text((290, 30, str(at))) for at in range(1, 5))),
        "plan-file-scanned",
        "扫描件",
    ),
    "blank PDF": (pdf(b""), "plan-file-without-text", "没有文字"),
    "locked PDF": (pdf(set_text((72, 700, "正文")), more=LOCKED), "plan-file-locked", "密码"),
    "damaged PDF": (b"%PDF-1.7\n" + b"x" * 500, "plan-file-damaged", "打不开"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(100), "plan-file-other-format", "图片"),
    "JPEG": (b"\xff\xd8\xff\xe0" + bytes(100), "plan-file-other-format", "图片"),
    "HEIC": (b"\0\0\0\x18ftypheic" + bytes(100), "plan-file-other-format", "图片"),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "plan-file-other-format", "图片"),
    "program": (b"MZ\x90\0" + bytes(100), "plan-file-other-format", "程序"),
    "film": (b"\0\0\0\x18ftypisom" + bytes(100), "plan-file-other-format", "录像"),
    "Word XML": (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><a/>", "plan-file-other-format", "XML"),
    "mail page": (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n", "plan-file-other-format", "mht"),
    "noise": (random.Random(1).randbytes(3000), "plan-file-unknown", "认不出"),
    "empty bytes": (bytes(3000), "plan-file-unknown", "认不出"),
    "other letters": ("Überprüfung à côté".encode("latin-1"), "plan-file-garbled", "乱码"),
    "English": (b"Emergency plan of the street", "plan-file-not-chinese", "不是中文"),
    "page without words": (b"<!doctype html><script>alert(1)</script>", "plan-file-without-text", "没有文字"),
    "page without end": (b"<!doctype html>" + b"<div>" * 100_000, "plan-file-damaged", "打不开"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_cannot_be_read_is_refused_with_its_sentence_and_a_remedy(what: str) -> None:
    content, rule, word = BAD[what]

    refused = refusal(content)

    assert (refused.rule, word in refused.message) == (rule, True), refused.message
    assert refused.message.endswith("。") and refused.message.count("。") == 1
    assert refused.remedy.endswith("。")


def test_a_file_is_known_by_its_content_whatever_it_is_called() -> None:
    assert sources.source_of(docx(paragraph("正文")), "预案.txt").lines[0].text == "正文"
    assert sources.source_of(PLAN.encode(), "预案.docx").lines[0].text == "一、总则"


def test_a_file_on_disk_is_read_and_one_above_the_limit_only_up_to_it(tmp_path: Path) -> None:
    good, huge = tmp_path / "预案.txt", tmp_path / "大.pdf"
    good.write_text(PLAN, encoding="utf-8")
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)  # a hole: it takes no room on disk
    began = time.process_time()

    assert sources.source_from(good).name == "预案.txt"
    with pytest.raises(CannotRead) as refused:
        sources.source_from(huge)

    assert refused.value.rule == "plan-file-too-large"
    assert time.process_time() - began < 1


def too_many(line: str) -> bytes:
    return (line * (limits.MOST_LINES + 1)).encode()


ENDLESS: dict[str, tuple[Callable[[], bytes], str]] = {
    "parts": (
        lambda: zipped({f"word/{at}.xml": b"" for at in range(limits.MOST_PARTS + 1)}),
        "plan-file-swollen",
    ),
    "document": (
        lambda: docx("", word__document_dot_xml=bytes(limits.MOST_OF_ONE_PART + 1)),
        "plan-file-swollen",
    ),
    "styles": (
        lambda: docx("", word__styles_dot_xml=bytes(limits.MOST_OF_SIDE_PART + 1)),
        "plan-file-swollen",
    ),
    "unpacked": (lambda: docx("", word__x_dot_bin=bytes(limits.MOST_UNPACKED + 1)), "plan-file-swollen"),
    "paragraphs": (
        lambda: docx("<w:p><w:r><w:t>字</w:t></w:r></w:p>" * (limits.MOST_LINES + 1)),
        "plan-file-too-long",
    ),
    "pieces": (lambda: docx("<w:p>" + "<w:r/>" * (limits.MOST_PIECES + 1) + "</w:p>"), "plan-file-too-long"),
    "lines": (lambda: too_many("字\n"), "plan-file-too-long"),
    "headings": (lambda: too_many("# 题\n"), "plan-file-too-long"),
    "blocks": (lambda: b"<!doctype html>" + too_many("<p>字"), "plan-file-too-long"),
    "characters": (lambda: "字".encode() * (limits.MOST_CHARACTERS + 1), "plan-file-too-long"),
    "pages": (lambda: pdf(*[b""] * (limits.MOST_PAGES + 1)), "plan-file-too-long"),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", ENDLESS)
def test_what_swells_or_goes_on_and_on_is_refused_soon(what: str) -> None:
    made, rule = ENDLESS[what]
    content = made()
    began = time.process_time()

    assert refusal(content).rule == rule
    assert time.process_time() - began < 5


@pytest.mark.slow
def test_a_size_that_lies_does_not_help_a_bomb() -> None:
    bomb = bytearray(docx("", word__document_dot_xml=bytes(limits.MOST_OF_ONE_PART + 1)))
    size = (limits.MOST_OF_ONE_PART + 1).to_bytes(4, "little")
    lying = bytes(bomb).replace(size, (100).to_bytes(4, "little"))

    assert lying != bytes(bomb)
    assert refusal(lying).rule in {"plan-file-damaged", "plan-file-swollen"}


def test_a_pdf_that_swells_brings_down_its_own_process_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PDF_MEMORY", 256 * 1024 * 1024)  # as it stands, only sooner

    assert refusal(pdf_of_forms(9, 10)).rule == "plan-file-swollen"
    assert sources.source_of(pdf(set_text((72, 700, PLAN[:4]))), "x").lines[0].text == PLAN[:4]


@pytest.mark.slow
@pytest.mark.parametrize("mark", ["[", "**a ", "[a](", "`a``b", ">", "- ", "<a ", "|a", "![["])
def test_marks_without_end_do_not_hold_the_reader_up(mark: str) -> None:
    began = time.process_time()

    sources.source_of(
        ("# 应急预案正文\n\n" + mark * 150_000 + "\n" + "为及时答复群众" * 60_000).encode(), "x"
    )

    assert time.process_time() - began < 4


SMALL_DOCX = docx(
    paragraph("总则", style="1", number=(1, 0))
    + paragraph("目的", number=(1, 1))
    + table(("级别", "条件"), ("一", "二")),
    lists=numbering(level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2")),
)
SMALL_PDF = pdf(set_text((72, 700, "一、总则"), (72, 680, "为及时答复群众反映的问题")) + PICTURE)
SMALL_PAGE = f"<!doctype html><body><h1>预案</h1><ol><li value=3>组长</ol><table><tr><td>一<td>二</table>{PLAN}".encode()
SMALL_MARKDOWN = f"# 预案\n\n| a | b |\n|---|---|\n| 一 | 二 |\n\n1. 接报\n\n```\n{PLAN}```\n".encode()


def damaged(content: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, doubled, put in or cut out."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 12, 40))):
        at = chance.randrange(len(changed))
        end = at + chance.randrange(1, 24)
        changed[at:end] = chance.choice(
            (b"", chance.randbytes(3), changed[at:end] * 2, bytes([changed[at] ^ 16]))
        )
        changed = changed or bytearray(b"x")
    return bytes(changed)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(
    "content", [SMALL_DOCX, SMALL_PAGE, SMALL_MARKDOWN, PLAN.encode("gb18030"), PLAN.encode("utf-16")]
)
def test_damaged_bytes_give_lines_or_a_refusal_and_nothing_else(content: bytes, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        _read_or_refused(damaged(content, chance))


def test_a_damaged_pdf_gives_lines_or_a_refusal_and_nothing_else() -> None:
    chance = random.Random(5)
    for _ in range(3):
        _read_or_refused(damaged(SMALL_PDF, chance))


@pytest.mark.parametrize("place", ["1e38", "-1e38", "1e-38", "99999999999999999999", "nan"])
def test_letters_and_rules_at_impossible_places_do_no_harm(place: str) -> None:
    drawing = (
        f"BT /F1 14 Tf {place} 0 0 {place} {place} {place} Tm <4e00> Tj ET {place} 0 m {place} {place} l S "
        f"0 {place} {place} 9 re S\n"
    )

    found = sources.source_of(pdf(drawing.encode() + set_text((72, 700, "一、总则的正文内容"))), "x")

    assert found.lines[-1].text.endswith("一、总则的正文内容")


def test_what_the_reading_process_answers_of_damaged_pdf_files_can_always_be_written_down() -> None:
    """The same function as in the process, called here, because a process for each takes a quarter of a second."""
    chance = random.Random(6)
    for _ in range(120):
        answer = json.loads(
            json.dumps(child.read(damaged(SMALL_PDF, chance), limits.MOST_PAGES, limits.MOST_CHARACTERS))
        )
        assert set(answer) in ({"why"}, {"pages"})


def _read_or_refused(content: bytes) -> None:
    try:
        assert sources.source_of(content, "x").lines
    except CannotRead as refused:
        assert refused.message and refused.remedy
