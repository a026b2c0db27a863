"""Figures, laws and levels inside a clause: read where the words give one, never guessed."""

from datetime import date, timedelta

import pytest

from huiying.playbook.kinds import PostKind, ReportKind, ResponseLevel, TeamKind
from huiying.playbook.reading import facts


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("接报后30分钟内到场", timedelta(minutes=30)),
        ("应在1小时内报告", timedelta(hours=1)),
        ("两个小时内上报", timedelta(hours=2)),
        ("半小时内赶到", timedelta(minutes=30)),
        ("二十四小时之内发布", timedelta(hours=24)),
        ("十五日内提交报告", timedelta(days=15)),
        ("30天以内完成", timedelta(days=30)),
        ("10分钟内集合，1小时内出发", None),
        ("20个工作日内备案", None),
        ("立即赶到", None),
        ("24小时值班", None),
    ],
)
def test_the_one_time_limit_of_a_sentence(text: str, limit: timedelta | None) -> None:
    assert facts.limit_of(text) == limit


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("每年组织一次演练", 12),
        ("每半年至少演练一次", 6),
        ("每季度开展一次", 3),
        ("每两年组织一次", 24),
        ("每3年评估一次", 36),
        ("每年所有人员", None),
        ("定期演练", None),
    ],
)
def test_how_often_something_is_owed(text: str, months: int | None) -> None:
    assert facts.months_of(text) == months


def test_things_with_their_number_and_unit() -> None:
    found = [
        (each.name, each.count, each.unit)
        for each in facts.quantities_of("帐篷20顶、担架（折叠）4副，对讲机：8部")
    ]
    assert found == [("帐篷", 20, "顶"), ("担架", 4, "副"), ("对讲机", 8, "部")]


def test_laws_with_the_day_they_came_into_force_where_it_stands_there() -> None:
    text = "《消防法》（2021年4月29日起施行）、《安全生产法》和《气象灾害防御条例》（国务院令第570号）"
    assert list(facts.laws_of(text)) == [
        ("消防法", date(2021, 4, 29)),
        ("安全生产法", None),
        ("气象灾害防御条例", None),
    ]


def test_a_day_that_is_none_is_no_day() -> None:
    assert list(facts.laws_of("《消防法》（2021年2月30日起施行）")) == [("消防法", None)]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Ⅰ级响应：", ResponseLevel.I),
        ("I级响应：", ResponseLevel.I),
        ("二级：", ResponseLevel.II),
        ("III级预警", ResponseLevel.III),
        ("4级：", ResponseLevel.IV),
        ("红色预警：", ResponseLevel.I),
        ("蓝色预警：", ResponseLevel.IV),
        ("特别重大事件：", ResponseLevel.I),
        ("较大事故：", ResponseLevel.III),
        ("预警分为四级", None),
        ("甲等：", None),
    ],
)
def test_the_level_that_a_clause_names(text: str, level: ResponseLevel | None) -> None:
    assert facts.level_of(text) is level


def test_posts_teams_and_reports_are_known_by_their_words() -> None:
    assert facts.post_kind_of("组长", "领导小组") is PostKind.LEADING_GROUP
    assert facts.post_kind_of("", "新闻宣传组") is PostKind.PRESS_OFFICER
    assert facts.post_kind_of("", "后勤保障组") is PostKind.LOGISTICS
    assert facts.post_kind_of("成员", "抢险组") is PostKind.OFFICER
    assert facts.team_kind_of("抗旱指挥部") is TeamKind.HEADQUARTERS
    assert facts.team_kind_of("领导小组办公室") is TeamKind.LEADING_GROUP
    assert facts.team_kind_of("医疗组") is TeamKind.WORKING_GROUP
    assert facts.report_kind_of("1小时内报告") is ReportKind.FIRST
    assert facts.report_kind_of("每2小时续报一次") is ReportKind.FOLLOW_UP
    assert facts.report_kind_of("处置结束后提交终报") is ReportKind.FINAL
    assert facts.report_kind_of("通知家长") is None
