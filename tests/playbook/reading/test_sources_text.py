"""Plain text: the encoding told by evidence, every line in its place, odd characters put right and named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiying.playbook.reading import sources
from huiying.playbook.reading.parts import CannotRead, Line, Repair, Source
from huiying.playbook.reading.sources import language, plain

SIMPLIFIED = "一、总则\n为及时答复群众反映的问题，制定本预案。\n组长：街道主任\n"
TRADITIONAL = "一、總則\n為及時答覆群眾反映的問題，制定本預案。\n組長：街道主任\n"


def read(content: bytes) -> Source:
    return sources.source_of(content, "预案.txt")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]
)
def test_simplified_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    found = read(SIMPLIFIED.encode(encoding))

    assert [line.text for line in found.lines] == SIMPLIFIED.splitlines()
    assert found.repairs == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "big5", "cp950", "gb18030"])
def test_traditional_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert [line.text for line in read(TRADITIONAL.encode(encoding)).lines] == TRADITIONAL.splitlines()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_every_line_end_parts_lines_and_each_knows_where_it_begins(end: str) -> None:
    text = end.join(["一、总则", "", "为及时答复群众。"])

    assert [(line.number, line.start, line.text) for line in read(text.encode()).lines] == [
        (1, 0, "一、总则"),
        (2, 4 + len(end), ""),
        (3, 4 + 2 * len(end), "为及时答复群众。"),
    ]


@given(st.text(alphabet="字a \n\r\t", max_size=60))
def test_the_lines_of_any_text_are_pieces_of_it_in_order(text: str) -> None:
    found = list(plain.raw_lines(text))

    assert all(text[start : start + len(line)] == line for start, line in found)
    assert "".join(line for _, line in found) == text.replace("\n", "").replace("\r", "")


def test_odd_blanks_become_plain_ones_in_their_place() -> None:
    assert read("组长\u00a0主任\u2003一名".encode()).lines[0].text == "组长 主任 一名"


def test_invisible_characters_fall_out_and_are_named() -> None:
    found = read("为及时\u200b答复\x07群众".encode())

    assert found.lines[0].text == "为及时答复群众"
    assert found.repairs == (Repair("invisible-characters", 1, "U+200B U+0007", ""),)


def test_radicals_become_the_characters_they_look_like() -> None:
    found = read("⼀、⻅面和⽇期".encode())

    assert found.lines[0].text == "一、见面和日期"
    assert found.repairs == (Repair("radicals-for-characters", 1, "⼀⻅⽇", "一见日"),)


def test_private_signs_become_bullets_or_are_named_as_they_stand() -> None:
    found = read("\uf0b7接报\n登记\ue123入册".encode())

    assert [line.text for line in found.lines] == ["•接报", "登记\ue123入册"]
    assert [(repair.rule, repair.line) for repair in found.repairs] == [("private-bullets", 1), ("garble", 2)]


def test_one_broken_byte_in_a_long_text_is_named_and_the_rest_is_read() -> None:
    content = bytearray((SIMPLIFIED * 5).encode())
    content[30] = 0xFF

    found = read(bytes(content))

    assert len(found.lines) == 15
    assert [repair.rule for repair in found.repairs] == ["garble"]


def test_a_text_cut_within_its_last_character_is_read() -> None:
    assert read(SIMPLIFIED.encode()[:-2]).lines[0].text == "一、总则"


PARAGRAPH = "街道在接到群众反映以后，应当先登记，再告知办理时限，并且逐项作出书面答复；不属于本街道的事项，应当说明由谁办理。"


def broken(text: str, width: int) -> str:
    return "\n".join(
        line[at : at + width] for line in text.split("\n") for at in range(0, len(line) or 1, width)
    )


def test_paragraphs_that_were_broken_into_rows_are_put_together_under_their_first_number() -> None:
    text = "\n".join(["一、接待", *[f"（{at}）{PARAGRAPH * 2}" for at in "一二三四五"]])

    found = read(broken(text, 30).encode())

    assert [line.text for line in found.lines if line.text] == text.split("\n")
    assert [line.number for line in found.lines] == list(range(1, len(found.lines) + 1))
    assert [(repair.rule, repair.line) for repair in found.repairs] == [("rows-joined", 2)]


def test_indented_paragraphs_that_were_broken_begin_anew_at_their_indent() -> None:
    text = "\n".join(f"　　{PARAGRAPH * 2}" for _ in range(6))

    assert [line.text for line in read(broken(text, 30).encode()).lines if line.text] == text.split("\n")


@pytest.mark.parametrize(
    "lines",
    [
        [PARAGRAPH[: 10 + 3 * at] for at in range(14)],
        ["值班电话 0000-000000 联系人 主任办公室 地址 一号楼一层"] * 20,
        [PARAGRAPH] * 20,
        [PARAGRAPH * 4] * 20,
    ],
    ids=["rows of all widths", "a list of contacts", "whole sentences", "long paragraphs"],
)
def test_lines_that_were_not_broken_stay_as_they_are(lines: list[str]) -> None:
    assert [line.text for line in read("\n".join(lines).encode()).lines] == lines


def test_a_whole_plan_on_one_line_is_read() -> None:
    assert len(read(("群众反映的问题" * 30_000).encode()).lines[0].text) == 210_000


@pytest.mark.parametrize(
    "text",
    [
        "总则 General provisions: this plan applies to the street and its residents committees.",
        "一、组织机构 EOC (emergency operations centre)\n",
        "（一）ISO 22320 应急管理",
    ],
)
def test_a_gloss_in_another_language_does_no_harm(text: str) -> None:
    read((SIMPLIFIED + text).encode())


@pytest.mark.parametrize(
    "text",
    [
        "Emergency plan. The command post is opened within thirty minutes of the report; names: 李.",
        "この計画は住民の苦情に迅速に対応するために作成されたものであり、担当者は直ちに報告する。",
        "이 계획은 주민의 불만에 신속하게 대응하기 위하여 작성되었다.",
        "План действий при обращениях граждан.",
        "1 2 3 4 5",
    ],
)
def test_another_language_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(CannotRead) as refused:
        language.check_chinese(Source("x", (Line(1, text),)))

    assert refused.value.rule == "plan-file-not-chinese"
    assert refused.value.remedy
