"""Markdown: the file's own lines and places, without the marks."""

from huiying.playbook.reading import sources
from huiying.playbook.reading.parts import Source


def read(text: str) -> Source:
    return sources.source_of(text.encode(), "预案.txt")


def shown(text: str) -> list[tuple[int, str, int]]:
    return [(line.number, line.text, line.heading) for line in read(text).lines if line.text]


def test_headings_give_depth_and_lines_keep_the_numbers_of_the_file() -> None:
    text = "# 应急预案\n\n为及时**答复**群众，\n制定本预案。\n\n## 组织体系 ##\n"

    assert shown(text) == [
        (1, "应急预案", 1),
        (3, "为及时答复群众，", 0),
        (4, "制定本预案。", 0),
        (6, "组织体系", 2),
    ]


def test_every_line_knows_where_its_words_begin_in_the_raw_text() -> None:
    text = "# 应急预案\r\n\r\n- 组长：主任\r\n\r\n  > 引文\r\n**第一条**　说明\r\n"

    for line in read(text).lines:
        if line.text:
            assert text[line.start :].startswith(line.text[:2])


def test_items_keep_their_markers() -> None:
    text = "# 步骤\n\n1. 接报\n2. 登记\n   - 姓名\n   - 诉求\n\n3) 告知\n* 其他\n"

    assert [text for _, text, _ in shown(text)][1:] == [
        "1. 接报",
        "2. 登记",
        "- 姓名",
        "- 诉求",
        "3) 告知",
        "* 其他",
    ]


def test_rows_of_a_table_are_lines_without_the_ruler() -> None:
    text = "# 分级\n\n| 级别 | 条件 |\n|---|:-:|\n| 一级 | 有人**死亡** |\n"

    assert shown(text)[1:] == [(3, "级别\t条件", 0), (5, "一级\t有人死亡", 0)]


def test_bold_beside_chinese_marks_is_freed_of_its_stars() -> None:
    assert shown("# 题\n**注意：**先见面后登记。")[1] == (2, "注意：先见面后登记。", 0)


def test_links_code_breaks_and_html_give_their_words() -> None:
    text = "# 题\n\n见[办法](http://example.org/a)和`预案`。\\\n下一行\n\n<div align='center'>盖章</div>\n\n```\n流程\n```\n"

    assert [text for _, text, _ in shown(text)][1:] == ["见办法和预案。", "下一行", "盖章", "流程"]


def test_an_indented_paragraph_is_text_and_a_note_in_brackets_too() -> None:
    assert [text for _, text, _ in shown("# 题\n\n    为及时答复群众。\n\n[说明]: 本预案试行。\n")][1:] == [
        "为及时答复群众。", "[说明]: 本预案试行。",
    ]  # fmt: skip


def test_a_ruler_under_a_sentence_makes_no_heading_of_it() -> None:
    assert shown("# 题\n\n为及时答复群众。\n---\n\n总则\n---\n")[1:] == [
        (3, "为及时答复群众。", 0),
        (6, "总则", 2),
    ]


def test_the_notes_of_the_editor_before_the_text_are_left_out() -> None:
    assert shown("---\ntitle: 预案\ndate: 2026-01-01\n---\n# 应急预案\n正文") == [
        (5, "应急预案", 1),
        (6, "正文", 0),
    ]


def test_plain_text_without_marks_is_left_as_it_stands() -> None:
    text = "一、总则\n1. 接报\n- 登记\n    缩进的段落\n"

    assert [text for _, text, _ in shown(text)] == ["一、总则", "1. 接报", "- 登记", "    缩进的段落"]
