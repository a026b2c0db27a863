"""What a web page did to a text is undone, each place is written down, and spans stay those of the raw file."""

from dataclasses import replace

import pytest

from huiying.playbook.reading import Reading, Source, read_source
from tests.playbook.reading.lines import clause_with, read, source_of

PLAN = "防雷预案\n一、目的\n为在雷雨时保护游客,制定本预案。\n二、处置措施\n广播通知游客进入室内。"
HEAD = "防雷预案.docxVIP\n\n  1. 1、本文档共3页,可阅读全部内容。\n  2. 2、本站不对文档的完整性做任何保证!\n查看更多\n\n"
TAIL = "\n\n文档评论(0)\n\n139****0000 + 关注\n实名认证\n文档贡献者\n\n教师\n\n1亿VIP精品文档\n\n相关文档"


def words(reading: Reading) -> str:
    """Everything that the reading keeps, as one string."""
    return repr(reading)


def test_what_the_site_put_before_and_behind_is_passed_over_and_the_numbers_of_the_lines_are_kept() -> None:
    plain, wrapped = read(PLAN), read(HEAD + PLAN + TAIL)
    assert [clause.text for clause in wrapped.clauses] == [clause.text for clause in plain.clauses]
    assert wrapped.title == plain.title == "防雷预案"
    assert set(wrapped.passed_over) == {1, 3, 4, 5, 13, 15, 16, 17, 19, 21, 23}
    assert not wrapped.truncated


def test_who_uploaded_the_file_is_stored_nowhere() -> None:
    kept = words(read(HEAD + PLAN + TAIL))
    assert "139" not in kept
    assert "教师" not in kept


def test_the_tail_with_hints_and_a_comment_form_is_passed_over() -> None:
    tail = "\n\n溫馨提示\n\n  • 1. 本站所有資源需要本地電腦安裝PDF閱讀器。\n\n\n評論\n\n0/150\n\n提交評論"
    reading = read(PLAN + tail)
    assert [clause.text for clause in reading.clauses] == [clause.text for clause in read(PLAN).clauses]


def test_a_hint_of_the_plan_itself_is_no_tail() -> None:
    reading = read(PLAN + "\n温馨提示\n雷雨天不要站在树下。\n远离水面。")
    assert clause_with(reading, "远离水面")
    assert clause_with(reading, "站在树下")


@pytest.mark.parametrize(
    ("line", "pages"),
    [
        ("已閱讀4頁,還剩11頁未讀, 繼續免費閱讀", "11"),
        ("已阅读2页，还剩6页未读", "6"),
        ("本文档共30页,可阅读前5页", "30"),
    ],
)
def test_how_many_pages_the_site_did_not_show_is_evidence(line: str, pages: str) -> None:
    reading = read(f"防雷预案_第1页\n{line}\n下载本文档\n\n{PLAN}")
    assert reading.truncated
    assert pages in reading.cut_off[0]


def test_pinyin_in_brackets_is_removed_and_numbers_and_words_in_brackets_stay() -> None:
    reading = read(
        "一、處置措施\n值班員應(yīng)通知場(chǎng/cháng)館,啟動預(yù)案(一級),撥打(119)並(book)記錄。"
    )
    assert reading.clauses[0].text == "值班员应通知场馆，启动预案（一级），拨打（119）并（book）记录。"
    assert {(repair.was, repair.now) for repair in reading.repairs if repair.rule == "pinyin"} == {
        ("應(yīng)", "應"),
        ("場(chǎng/cháng)", "場"),
        ("預(yù)", "預"),
    }


def test_pinyin_without_a_tone_is_removed_only_behind_a_chinese_character() -> None:
    reading = read("一、处置措施\n先扑灭明火的(de)余烬，再用 valve (de) 关闭。")
    assert reading.clauses[0].text == "先扑灭明火的余烬，再用 valve (de) 关闭。"


def test_words_broken_by_a_lost_byte_are_mended_where_the_document_itself_knows_them() -> None:
    text = "一、处置措施\n各组确保通道畅通。\n到场后確?,F(xiàn)場安全，再进行登记。現場人員確保通訊。"
    reading = read(text)
    assert "确保现场安全" in clause_with(reading, "再进行登记").text
    mended = [repair for repair in reading.repairs if repair.rule == "gbk-shift"]
    assert len(mended) == 1
    assert mended[0].line == 3
    assert "?,F" in mended[0].was


def test_a_question_mark_nobody_can_explain_is_reported_and_left_as_it_is() -> None:
    reading = read("一、处置措施\n携带急救?赶赴现场。")
    assert reading.clauses[0].text == "携带急救?赶赴现场。"
    assert [repair.rule for repair in reading.repairs] == ["garble"]
    assert reading.repairs[0].was == reading.repairs[0].now


def test_a_real_question_is_no_fault() -> None:
    assert read("一、培训\n培训内容：停电了怎么?先做什么?").repairs == ()


def test_half_width_punctuation_beside_chinese_is_widened_and_figures_keep_theirs() -> None:
    reading = read("一、处置措施\n值班时间:8:30-17:30,设备1,200台(含备用);见(一)。")
    assert reading.clauses[0].text.startswith("值班时间：8:30-17:30，设备1,200台（含备用）；见（一）。")


def test_traditional_text_is_read_in_simplified_and_kept_as_it_was_written() -> None:
    reading = read("一、處置措施\n值班員應當立即關閉電源，並向總務處報告。")
    clause = reading.clauses[0]
    assert clause.text == "值班员应当立即关闭电源，并向总务处报告。"
    assert clause.written == "值班員應當立即關閉電源，並向總務處報告。"
    assert [repair.rule for repair in reading.repairs] == ["traditional"]


def test_a_simplified_text_is_not_touched_by_the_other_script() -> None:
    clause = read("一、处置措施\n乾县供电局立即关闭电源。").clauses[0]
    assert clause.text == "乾县供电局立即关闭电源。"
    assert clause.written == ""


def test_signs_that_print_as_nothing_are_gone_and_a_bullet_of_a_word_processor_is_a_bullet() -> None:
    reading = read("一、处置措施\n\uf0b7 关闭\u200b燃气。\n\uf0b7 打开\ufeff窗户。")
    assert [clause.text for clause in reading.clauses] == ["关闭燃气。", "打开窗户。"]


def test_spans_count_the_characters_of_the_raw_text_through_every_repair() -> None:
    raw = f"{HEAD}防雷預(yù)案\n一、處(chǔ)置措施\n應(yīng)立\u200b即,關(guān)閉電源。再通知場館。{TAIL}"
    reading = read(raw)
    spans = [clause.span for clause in reading.clauses]
    assert [raw[start:end] for start, end in filter(None, spans)] == [
        "應(yīng)立\u200b即,關(guān)閉電源。",
        "再通知場館。",
    ]


def test_without_raw_places_there_are_lines_and_no_spans() -> None:
    lines = tuple(replace(line, start=None) for line in source_of(PLAN).lines)
    reading = read_source(Source("plan.docx", lines))
    assert [clause.span for clause in reading.clauses] == [None, None]
    assert [clause.lines for clause in reading.clauses] == [(3, 3), (5, 5)]
