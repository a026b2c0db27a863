"""PDF files: rows broken by the page become paragraphs again; what repeats on every page is dropped."""

import pytest

from huiying.playbook.reading import sources
from huiying.playbook.reading.sources.pdf import paragraphs
from huiying.playbook.reading.sources.pdf.rows import Page, Row
from tests.playbook.reading.documents import PICTURE, pdf, set_text

FULL = (
    "街道在接到群众反映以后应当先登记再告知办理时限并且逐项作出书面的"  # 32 letters of 14 points: a full row
)
LEFT, INDENT = 72.0, 100.0


def texts(*pages: bytes) -> list[str]:
    return [line.text for line in sources.source_of(pdf(*pages), "预案.pdf").lines]


def test_rows_broken_by_the_page_width_become_one_paragraph() -> None:
    page = set_text(
        (LEFT, 700, "一、总则"),
        (INDENT, 680, FULL[:30]),
        (LEFT, 660, FULL),
        (LEFT, 640, "答复。"),
        (INDENT, 620, "另一段。"),
    )

    assert texts(page) == ["一、总则", FULL[:30] + FULL + "答复。", "另一段。"]


def test_a_paragraph_goes_on_over_the_page_and_its_number_and_running_title_are_dropped() -> None:
    def page(number: int, *rows: tuple[float, float, str]) -> bytes:
        return set_text((200, 810, "某街道应急预案"), *rows, (280, 30, f"— {number} —"))

    first = page(1, (INDENT, 100, FULL[:30]), (LEFT, 80, FULL))
    second = page(2, (LEFT, 700, "答复。"), (INDENT, 680, "二、组织"))
    third = page(3, (LEFT, 700, "三、保障"))

    assert texts(first, second, third) == [FULL[:30] + FULL + "答复。", "二、组织", "三、保障"]


def test_an_item_never_becomes_the_rest_of_the_row_above() -> None:
    page = set_text(
        (LEFT, 700, FULL), (LEFT, 680, "（一）接报。"), (LEFT, 660, "1.登记。"), (LEFT, 640, "第二条 告知。")
    )

    assert texts(page) == [FULL, "（一）接报。", "1.登记。", "第二条 告知。"]


def test_cells_that_stand_apart_in_a_row_are_parted_by_a_tab() -> None:
    page = set_text((LEFT, 700, "级别"), (200, 700, "条件"), (LEFT, 680, "一级"), (200, 680, "有人死亡"))

    assert texts(page) == ["级别\t条件", "一级\t有人死亡"]


def test_rows_written_in_no_order_are_read_from_the_top() -> None:
    heights = [660, 700, 640, 720, 680, 600, 620, 580]
    page = set_text(*((LEFT, y, f"第{(720 - y) // 20 + 1}行的内容。") for y in heights))

    assert texts(page) == [f"第{at}行的内容。" for at in range(1, 9)]


def test_a_page_that_is_a_picture_is_named_where_the_text_goes_on() -> None:
    found = sources.source_of(
        pdf(
            set_text((LEFT, 700, "一、总则的正文内容在这里")),
            PICTURE,
            set_text((LEFT, 700, "二、组织体系和职责分工")),
        ),
        "x",
    )

    assert [line.text for line in found.lines] == ["一、总则的正文内容在这里", "二、组织体系和职责分工"]
    assert [(repair.rule, repair.line, repair.was) for repair in found.repairs] == [
        ("page-without-text", 2, "P2")
    ]


def test_latin_words_keep_a_blank_where_their_row_was_broken() -> None:
    row = Row("Incident command", 72, 500, 700, 14)
    pages = [Page(1, 842, (row, Row("system 现场指挥", 72, 300, 680, 14), Row("三", 72, 500, 660, 14)))]

    assert next(text for _, text in paragraphs.joined(pages)) == "Incident command system 现场指挥"


def test_a_last_page_that_is_a_picture_is_named_behind_the_text() -> None:
    found = sources.source_of(pdf(set_text((LEFT, 700, "一、总则的正文内容在这里")), PICTURE), "x")

    assert [(repair.rule, repair.line, repair.was) for repair in found.repairs] == [
        ("page-without-text", 2, "P2")
    ]


@pytest.mark.parametrize("text", ["1", "- 12 -", "第 3 页", "第3页 共9页", "3/9", "— 4 —", "IV"])
def test_page_numbers_of_every_form_are_dropped_at_the_edge_and_kept_within(text: str) -> None:
    page = Page(
        1, 842, (Row("正文", 72, 500, 700, 14), Row(text, 290, 310, 400, 14), Row(text, 290, 310, 30, 10))
    )

    assert [row.y for row in paragraphs.without_edges([page])[0].rows] == [700, 400]


RULES = b"".join(f"{x} 600 m {x} 700 l S\n".encode() for x in (70, 170, 320)) + b"".join(
    f"70 {y} m 320 {y} l S\n".encode() for y in (600, 660, 700)
)


def test_a_table_drawn_with_rules_is_read_cell_by_cell_whatever_runs_over_several_rows() -> None:
    page = RULES + set_text(
        (72, 740, "一、分级标准"),
        (80, 680, "级别"), (180, 680, "条件"),
        (80, 640, "一级"), (180, 640, "有人死亡或者多人"), (180, 620, "重伤"),
        (72, 560, "二、联络"),
    )  # fmt: skip

    assert texts(page) == ["一、分级标准", "级别\t条件", "一级\t有人死亡或者多人重伤", "二、联络"]


def test_a_frame_around_the_page_is_no_table() -> None:
    page = b"20 20 555 800 re S\n" + set_text((LEFT, 700, "一、总则"), (LEFT, 680, "二、组织"))

    assert texts(page) == ["一、总则", "二、组织"]


def test_cells_parted_only_by_a_rule_are_parted_by_a_tab() -> None:
    narrow = b"".join(f"{x} 600 m {x} 700 l S\n".encode() for x in (70, 103, 320))
    level = b"".join(f"70 {y} m 320 {y} l S\n".encode() for y in (600, 700))

    assert texts(narrow + level + set_text((72, 640, "组长"), (106, 640, "街道主任和书记"))) == [
        "组长\t街道主任和书记"
    ]


@pytest.mark.parametrize(("turn", "matrix"), [(90, "0 1 -1 0"), (270, "0 -1 1 0"), (180, "-1 0 0 -1")])
def test_a_page_that_lies_on_its_side_is_read_as_it_is_seen(turn: int, matrix: str) -> None:
    rows = (
        [(100, 100, "一、总则"), (130, 100, "二、组织")]
        if turn == 90
        else [(400, 700, "一、总则"), (370, 700, "二、组织")]
    )
    if turn == 180:
        rows = [(400, 100, "一、总则"), (400, 130, "二、组织")]
    drawn = "".join(
        f"BT /F1 14 Tf {matrix} {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, text in rows
    )
    turned = pdf(drawn.encode()).replace(b"/Parent 2 0 R /M", f"/Rotate {turn} /M".encode())

    assert [line.text for line in sources.source_of(turned, "x").lines] == ["一、总则", "二、组织"]
