"""Is it a plan, is it whole, and what does it lack?"""

import pytest

from huiying.playbook.reading import CannotRead, Reading, check_is_plan
from tests.playbook.reading.invented import PLANS
from tests.playbook.reading.lines import read

SHORT = "防滑预案\n一、目的\n为在结冰时不摔伤人，制定本预案。\n二、处置措施\n1.保洁员撒盐。\n2.保安放置警示牌"


def plan(name: str) -> str:
    title, rows = PLANS[name]
    return "\n".join([title, *(line for _, line in rows)])


def missing(reading: Reading) -> set[str]:
    return {each.part for each in reading.missing}


REGULATION = "锅炉安全管理办法\n第一章 总则\n" + "\n".join(
    f"第{number}条 {words}"
    for number, words in zip(
        "一二三四五六七八",
        [
            "为加强锅炉安全管理，制定本办法。",
            "本办法适用于本市行政区域内的锅炉。",
            "使用单位应当办理登记。",
            "登记证应当悬挂在显著位置。",
            "检验机构应当按期检验。",
            "违反本办法的，处以罚款。",
            "本办法由市场监管局负责解释。",
            "本办法自印发之日起施行。",
        ],
        strict=True,
    )
)
NEWS = (
    "本市举行樱花节\n昨天上午，第十届樱花节在人民公园开幕。\n数千名市民到场赏花，孩子们在草地上放风筝。\n"
    "园方介绍，今年的花期比往年早了五天。\n花期预计持续到月底。"
)
STORY = (
    "雪夜\n那年冬天，雪下得很大。\n他推开门，看见桌上放着一封信。\n信上只有一行字。\n他把灯吹灭，坐了很久。"
)
MINUTES = "会议纪要\n会议听取了上半年工作汇报。\n会议认为，各项指标完成较好。\n会议要求，下半年继续努力。"


@pytest.mark.parametrize(
    "text", [REGULATION, NEWS, STORY, MINUTES], ids=["regulation", "news", "story", "minutes"]
)
def test_what_is_no_plan_is_refused_with_one_sentence_and_what_to_do(text: str) -> None:
    with pytest.raises(CannotRead) as refusal:
        check_is_plan(read(text))
    assert refusal.value.message.endswith("。")
    assert refusal.value.message.count("。") == 1
    assert refusal.value.remedy
    assert not read(text).is_plan


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_of_any_office_is_one(name: str) -> None:
    check_is_plan(read(plan(name)))


def test_a_thin_plan_is_a_plan() -> None:
    check_is_plan(read(SHORT))
    check_is_plan(read("停电处置方案\n一、处置措施\n电工合上备用电源。\n保安疏散人员。\n物业通知住户。"))


def test_a_plan_in_articles_is_a_plan_and_a_law_on_plans_is_none() -> None:
    check_is_plan(read(plan("articles")))
    law = REGULATION.replace("锅炉安全", "应急预案").replace("锅炉", "应急预案")
    with pytest.raises(CannotRead):
        check_is_plan(read(law))


def test_a_whole_plan_is_not_said_to_be_cut_off() -> None:
    assert not read(plan("fire")).truncated


@pytest.mark.parametrize("end", ["3.值班员打开", "3.值班员打开大门，", "3.准备的物品有：", "3.值班员打开（"])
def test_a_last_sentence_that_nobody_finished_is_evidence(end: str) -> None:
    reading = read(f"防滑预案\n一、处置措施\n1.保洁员撒盐。\n2.保安放置警示牌。\n{end}")
    assert reading.truncated
    assert "没有写完" in reading.cut_off[0]
    assert any(end.lstrip("3.") in clause.text for clause in reading.clauses) or reading.left_out


@pytest.mark.parametrize("end", ["3", "3.", "3、", "（三）", "三、"])
def test_an_ordinal_with_nothing_behind_it_is_evidence_and_no_clause(end: str) -> None:
    reading = read(f"防滑预案一、处置措施（一）保洁员撒盐。（二）保安放置警示牌。{end}")
    assert "只有序号" in reading.cut_off[0]
    assert reading.clauses[-1].text == "保安放置警示牌。"


def test_a_text_that_begins_amid_its_numbers_is_cut_off_too() -> None:
    reading = read("三、处置措施\n保洁员撒盐。\n四、演练\n每年一次。")
    assert "开头" in reading.cut_off[0]


def test_a_list_without_full_stops_is_not_said_to_be_cut_off() -> None:
    assert not read("防滑预案\n一、物资\n1.融雪盐\n2.铁锹\n3.防滑垫").truncated


def test_a_signature_with_its_date_ends_a_whole_plan() -> None:
    assert not read("防滑预案\n一、处置措施\n保洁员撒盐。\n保安放牌。\n物业管理中心\n2024年12月1日").truncated


def test_nothing_is_added_to_what_was_cut_off() -> None:
    text = "防滑预案\n一、处置措施\n1.保洁员撒盐。\n2.保安"
    assert [clause.text for clause in read(text).clauses] == ["保洁员撒盐。", "保安"]


def test_each_part_that_is_missing_is_named_with_the_article_that_asks_for_it() -> None:
    reading = read(SHORT)
    assert {
        "组织指挥体系与职责",
        "预防与预警",
        "应急保障措施",
        "事后恢复措施",
        "报告时限",
        "响应分级与启动条件",
        "联络表",
        "救济途径",
    } <= missing(reading)
    assert "处置程序" not in missing(reading)
    assert all(each.practice for each in reading.missing)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("组织指挥体系与职责", "九、组织机构\n组长：物业经理\n职责：统一指挥。"),
        ("预防与预警", "九、预警\n保安每晚看温度计。"),
        ("应急保障措施", "九、物资保障\n仓库存盐10袋。"),
        ("事后恢复措施", "九、善后处置\n清理积水。"),
        ("响应分级与启动条件", "九、响应分级\n一级：全区结冰。"),
        ("报告时限", "九、信息报告\n保安在30分钟内向经理报告。"),
        ("响应结束条件", "九、响应终止\n路面无冰后结束响应。"),
        ("编制依据", "九、编制依据\n《物业管理条例》。"),
        ("联络表", "九、附件\n值班电话：8888。"),
        ("演练安排", "九、演练\n每年一次。"),
        ("预案评估与修订", "九、预案修订\n每年修订。"),
        ("救济途径", "九、其他\n对处理不服的，可以申请行政复议。"),
        ("个人信息保护", "九、其他\n不得泄露伤者个人信息。"),
        ("审批、备案信息", "九、附则\n本预案报街道备案。"),
    ],
)
def test_a_part_that_is_there_is_not_missed(part: str, words: str) -> None:
    assert part in missing(read(SHORT))
    assert part not in missing(read(f"{SHORT}。\n{words}"))
