"""Word files: what a reader sees on the page becomes lines, the numbers that Word draws among it."""

import pytest

from huiying.playbook.reading import sources
from huiying.playbook.reading.parts import Source
from tests.playbook.reading.documents import (
    PACKAGE,
    RELATIONS,
    W,
    docx,
    level,
    numbering,
    paragraph,
    run,
    table,
)

CHINESE_LIST = (
    level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
)


def read(body: str, **parts: str) -> Source:
    return sources.source_of(docx(body, **parts), "预案.docx")


def texts(body: str, **parts: str) -> list[str]:
    return [line.text for line in read(body, **parts).lines]


def rules(source: Source) -> list[tuple[str, int]]:
    return [(repair.rule, repair.line) for repair in source.repairs]


def test_paragraphs_and_tables_come_in_the_order_of_the_document_each_row_a_line() -> None:
    body = (
        paragraph("分级如下：")
        + table(("级别", "条件"), ("一级", "有人死亡"))
        + paragraph()
        + paragraph("以上为准。")
    )

    assert texts(body) == ["分级如下：", "级别\t条件", "一级\t有人死亡", "以上为准。"]
    assert [line.number for line in read(body).lines] == [1, 2, 3, 4]


def test_the_numbers_that_word_draws_are_put_into_the_text() -> None:
    body = (
        paragraph("总则", number=(1, 0))
        + paragraph("目的", number=(1, 1))
        + paragraph("依据", number=(1, 1))
        + paragraph("法律", number=(1, 2))
        + paragraph("组织", number=(1, 0))
        + paragraph("组长", number=(1, 1))
    )

    assert texts(body, lists=numbering(CHINESE_LIST)) == [
        "一、总则", "（一）目的", "（二）依据", "1. 法律", "二、组织", "（一）组长",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "drawn", "third"),
    [
        ("chineseCountingThousand", "第%1章", "第三章 正文"),
        ("chineseLegalSimplified", "%1、", "叁、正文"),
        ("ideographTraditional", "%1．", "丙．正文"),
        ("decimalEnclosedCircleChinese", "%1", "③ 正文"),
        ("decimalFullWidth", "（%1）", "（３）正文"),
        ("decimalZero", "%1", "03 正文"),
        ("upperRoman", "%1.", "III. 正文"),
        ("lowerLetter", "%1)", "c)正文"),
        ("bullet", "\uf0b7", "• 正文"),
        ("none", "", "正文"),
    ],
)
def test_every_way_of_counting_is_written_as_word_writes_it(count: str, drawn: str, third: str) -> None:
    body = paragraph("正文", number=(1, 0)) * 3

    assert texts(body, lists=numbering(level(0, count, drawn)))[2] == third


def test_levels_below_show_the_numbers_above_them() -> None:
    lists = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    body = (
        paragraph("总则", number=(1, 0)) + paragraph("目的", number=(1, 1)) + paragraph("依据", number=(1, 1))
    )

    assert texts(body, lists=numbering(lists)) == ["一、总则", "1.1 目的", "1.2 依据"]


def test_a_list_that_begins_anew_counts_from_there_and_one_that_does_not_goes_on() -> None:
    uses = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    body = "".join(paragraph("项", number=(number, 0)) for number in (1, 1, 2, 3, 3))

    assert texts(body, lists=numbering(level(0, "decimal", "%1、"), uses)) == [
        "1、项",
        "2、项",
        "3、项",
        "1、项",
        "2、项",
    ]


def test_a_level_that_never_restarts_counts_through_its_chapters() -> None:
    lists = level(0, "chineseCounting", "第%1章") + level(
        1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>'
    )
    body = "".join(paragraph("文", number=(1, at)) for at in (0, 1, 1, 0, 1))

    assert texts(body, lists=numbering(lists)) == [
        "第一章 文",
        "第一条 文",
        "第二条 文",
        "第二章 文",
        "第三条 文",
    ]


def test_a_style_brings_its_number_and_a_paragraph_may_refuse_it() -> None:
    styles = (("h", "heading 1", '<w:numPr><w:numId w:val="1"/></w:numPr>', ""), ("under", "小节", "", "h"))
    plain = (
        '<w:p><w:pPr><w:pStyle w:val="h"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
        + run("附件")
        + "</w:p>"
    )
    body = paragraph("总则", style="h") + paragraph("组织", style="under") + plain

    found = read(body, styles=styles, lists=numbering(level(0, "chineseCounting", "%1、")))  # type: ignore[arg-type]

    assert [line.text for line in found.lines] == ["一、总则", "二、组织", "附件"]
    assert [line.heading for line in found.lines] == [1, 1, 1]


def test_an_empty_numbered_paragraph_counts_as_it_does_on_the_page() -> None:
    body = paragraph("甲", number=(1, 0)) + paragraph(number=(1, 0)) + paragraph("乙", number=(1, 0))

    assert texts(body, lists=numbering(level(0, "decimal", "%1、"))) == ["1、甲", "3、乙"]


def test_the_depth_of_a_heading_comes_from_its_style_or_from_the_paragraph_itself() -> None:
    own = '<w:p><w:pPr><w:outlineLvl w:val="3"/></w:pPr>' + run("第四层") + "</w:p>"
    body = (
        paragraph("章", style="1") + paragraph("节", style="2") + paragraph("自定", style="mine")
        + paragraph("深", style="deep") + own + paragraph("正文")
    )  # fmt: skip

    assert [line.heading for line in read(body).lines] == [1, 2, 1, 3, 4, 0]


def test_deletions_stay_out_and_insertions_come_in() -> None:
    tracked = (
        '<w:del w:id="1">' + '<w:r><w:delText>旧的措辞</w:delText></w:r></w:del><w:ins w:id="2">' + run("新的措辞")
        + "</w:ins><w:moveFrom>" + run("搬走的话") + "</w:moveFrom>"
    )  # fmt: skip
    found = read(paragraph("采用", inner=tracked))

    assert [line.text for line in found.lines] == ["采用新的措辞"]
    assert ("deleted-text-left-out", 1) in rules(found)


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    ended = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("立即报告") + "</w:p>"

    assert texts(ended + paragraph("街道值班室。")) == ["立即报告街道值班室。"]


def test_a_deleted_row_of_a_table_stays_out() -> None:
    gone = (
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc>"
        + paragraph("旧")
        + "</w:tc><w:tc>"
        + paragraph("行")
        + "</w:tc></w:tr>"
    )

    assert texts(table(("级别", "条件")).replace("</w:tbl>", gone + "</w:tbl>")) == ["级别\t条件"]


def test_boxes_notes_hidden_words_and_the_table_of_contents_stay_out_and_are_named() -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        + paragraph("流程图一步") + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
        + paragraph("流程图一步") + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )  # fmt: skip
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    found = read(
        paragraph("总则\t1", style="toc1") + paragraph("正文", inner=box + note + run("批注", "<w:vanish/>"))
    )

    assert [line.text for line in found.lines] == ["正文"]
    assert sorted(repair.rule for repair in found.repairs) == [
        "contents-left-out", "hidden-text-left-out", "note-left-out", "text-box-left-out",
    ]  # fmt: skip
    assert [repair.was for repair in found.repairs if repair.rule == "text-box-left-out"] == ["流程图一步"]


def test_a_line_end_within_a_paragraph_ends_the_line_but_not_a_heading() -> None:
    broken = "<w:r><w:br/></w:r>" + run("副组长：副主任")

    assert texts(paragraph("组长：主任", inner=broken)) == ["组长：主任", "副组长：副主任"]
    assert texts(paragraph("街道", style="1", inner="<w:r><w:br/></w:r>" + run("应急预案"))) == [
        "街道应急预案"
    ]


def test_words_in_links_controls_fields_and_over_readings_are_read() -> None:
    inner = (
        "<w:hyperlink>" + run("见办法") + "</w:hyperlink><w:sdt><w:sdtContent>" + run("（试行）") + "</w:sdtContent></w:sdt>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:ruby><w:rt>" + run("xìn") + "</w:rt><w:rubyBase>" + run("信")
        + "</w:rubyBase></w:ruby></w:r>"
    )  # fmt: skip

    assert texts(paragraph("依据", inner=inner)) == ["依据见办法（试行）信"]


def test_a_table_of_one_cell_is_a_frame_and_its_paragraphs_are_lines() -> None:
    frame = (
        "<w:tbl><w:tr><w:tc>" + paragraph("总则", style="1") + paragraph("目的。") + "</w:tc></w:tr></w:tbl>"
    )

    assert [(line.text, line.heading) for line in read(frame).lines] == [("总则", 1), ("目的。", 0)]


def test_a_table_within_a_cell_is_read_in_its_row() -> None:
    inner = table(("电话", "地址"))
    outer = f"<w:tbl><w:tr><w:tc>{paragraph('联络')}</w:tc><w:tc>{inner}{paragraph()}</w:tc></w:tr></w:tbl>"

    assert texts(outer) == ["联络\t电话 地址"]


def test_the_strict_form_of_the_format_is_read_the_same() -> None:
    strict = docx(paragraph("总则", style="1"))
    body = paragraph("总则", style="1")
    document = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{body}</w:body></w:document>'

    found = sources.source_of(docx("", word__document_dot_xml=document.encode()), "x")

    assert found.lines == sources.source_of(strict, "x").lines


def test_the_document_may_bear_another_name_in_the_package() -> None:
    relations = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" Type="{RELATIONS}/officeDocument" '
        'Target="/word/document2.xml"/></Relationships>'
    )
    document = f'<w:document xmlns:w="{W}"><w:body>{paragraph("第二份正文")}</w:body></w:document>'
    parts = {"_rels___dot_rels": relations.encode(), "word__document2_dot_xml": document.encode()}

    found = sources.source_of(docx(paragraph("第一份"), **parts), "x")  # type: ignore[arg-type]

    assert [line.text for line in found.lines] == ["第二份正文"]
