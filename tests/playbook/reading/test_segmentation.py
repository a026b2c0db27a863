"""Headings, items and sentences are told apart by their ordinals, their place and their words."""

import pytest

from huiying.playbook.reading.parts import ReadKind
from tests.playbook.reading.lines import clause_with, read


def path_of(text: str, words: str) -> tuple[str, ...]:
    return clause_with(read(text), words).path


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一、预警", "二、处置措施"),
        ("（一）预警", "（二）处置措施"),
        ("(一)预警", "(二)处置措施"),
        ("1.预警", "2.处置措施"),
        ("1、预警", "2、处置措施"),
        ("1 预警", "2 处置措施"),
        ("1.1 预警", "1.2 处置措施"),
        ("1.1预警", "1.2处置措施"),
        ("（1）预警", "（2）处置措施"),
        ("１．预警", "２．处置措施"),
        ("第一章 预警", "第二章 处置措施"),
        ("第一节　预警", "第二节　处置措施"),
        ("① 预警", "② 处置措施"),
        ("# 预警", "# 处置措施"),
        ("## 3.1 预警", "## 3.2 处置措施"),
        ("监测预警", "处置措施"),
        ("预警：", "处置措施："),
    ],
)
def test_every_way_of_numbering_makes_headings(first: str, second: str) -> None:
    reading = read(f"{first}\n瞭望员发现烟柱后报警。\n{second}\n护林员带队打出隔离带。")
    assert [clause.kind for clause in reading.clauses] == [ReadKind.WARNING, ReadKind.STEP]
    assert all(
        clause.path[-1] in title for clause, title in zip(reading.clauses, (first, second), strict=True)
    )


def test_deeper_numbers_stand_inside_and_a_higher_one_closes_them() -> None:
    text = (
        "一、处置措施\n（一）停电\n1.白天\n（1）关闭电梯。\n2.夜间\n（1）打开应急灯。\n"
        "（二）停水\n（1）启用水箱。\n二、演练\n每年一次。"
    )
    assert path_of(text, "关闭电梯") == ("处置措施", "停电", "白天")
    assert path_of(text, "打开应急灯") == ("处置措施", "停电", "夜间")
    assert path_of(text, "启用水箱") == ("处置措施", "停水")
    assert path_of(text, "每年一次") == ("演练",)


def test_items_without_a_title_are_clauses_of_their_heading() -> None:
    text = "一、处置措施\n1.关闭阀门。\n2.打开窗户。\n3.撤到室外"
    assert [clause.path for clause in read(text).clauses] == [("处置措施",)] * 3
    assert [clause.numbered for clause in read(text).clauses] == ["1.", "2.", "3."]


def test_numbers_that_begin_anew_under_an_unnumbered_heading_stand_under_it() -> None:
    text = (
        "一、保障措施\n1.配备担架2副。\n2.储备药品。\n特殊情形的补充条款：\n"
        "1.夜间\n-条款：夜间由值班医生带班。\n2.节假日\n-条款：节假日双人值班。"
    )
    assert path_of(text, "带班") == ("特殊情形的补充条款", "夜间")
    assert clause_with(read(text), "双人值班").kind is ReadKind.SPECIAL


def test_a_word_that_looks_like_an_ordinal_is_none() -> None:
    text = "防疫预案一、信息发布发布应遵循统一、及时、准确的要求。二、处置措施疾控中心采样。"
    reading = read(text)
    assert clause_with(reading, "统一、及时、准确")
    assert [clause.path for clause in reading.clauses] == [("信息发布",), ("处置措施",)]


@pytest.mark.parametrize(
    "words",
    ["24小时内到岗。", "2023年起每年检修。", "3.5米以上的货车绕行。", "1亿元专款。", "10.2吨以上限行。"],
)
def test_a_figure_at_the_head_of_a_line_is_no_ordinal(words: str) -> None:
    assert read(f"一、处置措施\n{words}").clauses[0].text == words


@pytest.mark.parametrize("words", ["按照第三条规定办理", "依据附件1和附件2办理", "见（一）项"])
def test_a_reference_inside_a_sentence_does_not_cut_it(words: str) -> None:
    text = f"应急预案一、总则（一）目的为保护工人，{words}，制定本预案。（二）适用范围适用于本矿。"
    assert words in clause_with(read(text), "制定本预案").text


def test_headings_that_run_into_their_text_are_cut_by_their_words() -> None:
    text = (
        "山火预案一、组织机构（一）领导小组组长：场长副组长：副场长成员：各班班长主要职责：决定增援。"
        "二、应急处置（一）扑救扑救队赶到火线。（二）信息报告发现火情后，护林员应当立即报告。"
    )
    reading = read(text)
    assert [clause.text for clause in reading.clauses[:4]] == [
        "组长：场长",
        "副组长：副场长",
        "成员：各班班长",
        "主要职责：决定增援。",
    ]
    assert clause_with(reading, "扑救队赶到火线").path == ("应急处置", "扑救")
    assert clause_with(reading, "护林员应当").path == ("应急处置", "信息报告")


def test_a_title_that_the_sentence_takes_up_again_is_found_by_the_repetition() -> None:
    text = "水厂预案一、处置措施1.加氯加氯车间停机检修。2.配水配水泵房切换管线。二、演练每年一次。"
    assert path_of(text, "车间停机检修") == ("处置措施", "加氯")
    assert path_of(text, "切换管线") == ("处置措施", "配水")


def test_a_sentence_is_a_clause_and_its_ordinal_belongs_to_the_first() -> None:
    reading = read("一、处置措施\n（1）关闭电源。打开排烟窗！人员撤到广场。")
    assert [(clause.numbered, clause.text) for clause in reading.clauses] == [
        ("（1）", "关闭电源。"),
        ("", "打开排烟窗！"),
        ("", "人员撤到广场。"),
    ]


def test_commas_and_semicolons_do_not_divide_a_sentence() -> None:
    assert len(read("一、处置措施\n先断电，再断气；最后清点人数。").clauses) == 1


def test_several_posts_in_one_sentence_are_several_roles() -> None:
    reading = read("一、组织机构\n成立抗旱小组，由镇长任组长，副镇长任副组长，水利站和农技站为成员。")
    assert [clause.kind for clause in reading.clauses] == [
        ReadKind.TEAM,
        ReadKind.ROLE,
        ReadKind.ROLE,
        ReadKind.ROLE,
    ]


def test_several_units_with_a_duty_each_are_several_duties() -> None:
    reading = read("一、职责分工\n公安局负责封路；卫健局负责救治；民政局负责安置。")
    assert [clause.text for clause in reading.clauses] == [
        "公安局负责封路；",
        "卫健局负责救治；",
        "民政局负责安置。",
    ]


def test_a_short_name_before_a_sentence_belongs_to_it() -> None:
    reading = read("一、预警\n（1）预警发布。气象台确认后发布。")
    assert [(clause.title, clause.text) for clause in reading.clauses] == [
        ("预警发布", "预警发布。气象台确认后发布。")
    ]


def test_words_that_only_announce_a_list_are_no_clause_and_are_named() -> None:
    reading = read("一、处置措施\n具体步骤如下：\n关闭电源。\n打开窗户。")
    assert [clause.text for clause in reading.clauses] == ["关闭电源。", "打开窗户。"]
    assert [part.why for part in reading.left_out] == ["announcement"]


def test_words_before_a_list_that_say_who_does_what_are_a_clause() -> None:
    reading = read("一、处置措施\n值班长应组织人员做好以下工作：\n关闭电源。")
    assert [clause.text for clause in reading.clauses] == ["值班长应组织人员做好以下工作：", "关闭电源。"]


def test_a_list_of_bare_names_is_no_row_of_headings() -> None:
    reading = read("一、预案文档\n预案文档包括：\n风险分析\n组织机构\n处置流程\n二、演练\n每年一次。")
    assert [clause.text for clause in reading.clauses] == ["风险分析", "组织机构", "处置流程", "每年一次。"]


def test_a_table_is_read_row_by_row_under_its_first_row() -> None:
    reading = read(
        "一、应急物资\n名称\t数量\t地点\n铁锹\t40把\t仓库\n雨衣\t60件\t值班室\n二、演练\n每年一次。"
    )
    rows = [clause for clause in reading.clauses if clause.kind is ReadKind.RESOURCE]
    assert [row.text for row in rows] == ["铁锹\t40把\t仓库", "雨衣\t60件\t值班室"]
    assert rows[0].path == ("应急物资", "名称 数量 地点")
    assert path_of("一、应急物资\n名称\t数量\n铁锹\t40把\n二、演练\n每年一次。", "每年一次") == ("演练",)


SLIDES = (
    "校车事故预案汇报人：2022-03-01编制目的组织机构处置措施培训演练目录"
    "编制目的01为保护乘车学生，制定本预案。目的说明"
    "组织机构02输入标题02010403成立校车安全小组，由副校长任组长。"
    "处置措施03先救人。02报警随车老师拨打122。01停车司机靠边停车，打开双闪。030201"
    "培训演练04ABCD每学期组织一次逃生演练。VS"
)


def test_slides_are_read_in_the_order_of_the_file_and_never_more_than_guessed() -> None:
    reading = read(SLIDES)
    assert [clause.path[0] for clause in reading.clauses] == [
        "编制目的",
        "组织机构",
        "组织机构",
        "处置措施",
        "处置措施",
        "处置措施",
        "培训演练",
    ]
    assert all(clause.confidence < 0.6 and clause.is_guess for clause in reading.clauses)
    assert [clause.text for clause in reading.clauses[4:6]] == [
        "报警随车老师拨打122。",
        "停车司机靠边停车，打开双闪。",
    ]


def test_the_contents_and_placeholders_of_slides_are_left_out_and_named() -> None:
    reading = read(SLIDES)
    assert [part.why for part in reading.left_out].count("filler") >= 3
    assert reading.left_out[0].why == "contents"
    assert "ABCD" not in "".join(clause.text for clause in reading.clauses)


CONTENTS = "防冻预案\n目  录\n一、总则……………1\n二、处置措施……………2\n三、演练……………9\n"
BODY = "一、总则\n为防止管道冻裂，制定本预案。\n二、处置措施\n值班员打开伴热。\n三、演练\n每年一次。"


@pytest.mark.parametrize(
    "contents",
    [
        CONTENTS,
        CONTENTS.replace("……………", "\t"),
        CONTENTS.replace("……………", "........ "),
        "防冻预案\n目录\n一、总则\n二、处置措施\n三、演练\n",
        "防冻预案\n目录\n一、总则 1\n二、处置措施 2\n三、演练 9\n",
    ],
)
def test_a_table_of_contents_is_no_part_of_the_plan(contents: str) -> None:
    reading = read(contents + BODY)
    assert [clause.text for clause in reading.clauses] == [
        "为防止管道冻裂，制定本预案。",
        "值班员打开伴热。",
        "每年一次。",
    ]
    assert [heading.text for heading in reading.headings] == ["防冻预案", "总则", "处置措施", "演练"]
    assert not reading.truncated


@pytest.mark.parametrize("page", ["- 3 -", "— 3 —", "第3页", "第 3 页 共 9 页", "3/9"])
def test_a_page_number_is_no_clause_and_makes_no_heading_of_the_line_before(page: str) -> None:
    reading = read(f"一、处置措施\n1.打开伴热\n2.放空余水\n{page}\n3.包裹阀门\n二、演练\n每年一次。")
    assert [clause.text for clause in reading.clauses] == ["打开伴热", "放空余水", "包裹阀门", "每年一次。"]
    assert [part.why for part in reading.left_out] == ["filler"]


def test_a_line_that_heads_every_page_is_passed_over() -> None:
    pages = "\n".join(f"值班员巡查第{n}号井。\n- {n} -\n某水厂防冻预案" for n in range(1, 7))
    reading = read(f"一、处置措施\n{pages}\n二、演练\n每年一次。")
    assert len(reading.clauses) == 7
    assert all(clause.path == ("处置措施",) for clause in reading.clauses[:6])
