"""What a clause is: by its label, by its heading, and by its own words where the heading leaves it open."""

import pytest

from huiying.playbook.reading.parts import ReadKind as K
from tests.playbook.reading.lines import clause_with, read

HEADINGS = [
    (K.PURPOSE, "编制目的 预案目标 背景和意义"),
    (K.SCOPE, "适用范围 适用对象"),
    (K.PRINCIPLE, "工作原则 基本原则 指导思想 总体要求"),
    (K.LEGAL_BASIS, "编制依据 法律依据"),
    (K.DEFINITION, "名词术语 术语和定义 名词解释"),
    (K.RISK, "风险分析 风险评估 危险源辨识 隐患排查 事故特征"),
    (K.WARNING, "监测 预警机制 监测与预警 预警发布 预测预警 预防措施"),
    (K.WATCH, "应急值守 值班安排"),
    (K.LEVEL, "响应分级 事件分级 预警级别 分级标准"),
    (K.INCIDENT_TYPE, "事件分类 事故类型 灾害种类"),
    (K.REPORTING, "信息报告 事故报告 信息报送 报告程序 信息上报 接报"),
    (K.INFORMATION, "信息发布 新闻发布 信息公开 媒体沟通"),
    (
        K.STEP,
        "应急处置 先期处置 响应启动 指挥协调 处置措施 现场处置 人员疏散 扩大应急 响应程序 抢险救援 医疗救治 应急联动",
    ),
    (K.END_CRITERION, "应急结束 响应终止 响应结束 应急解除 终止条件"),
    (K.AFTERCARE, "善后处置 恢复重建 后期恢复 善后安置 整改落实 灾后恢复"),
    (K.EVALUATION, "总结评估 调查评估 事后总结 效果评估 调查与评估 评估机制"),
    (
        K.RESOURCE,
        "物资保障 应急队伍 通信保障 交通运输保障 医疗卫生保障 装备 治安保障 技术支撑 避难场所 人力资源",
    ),
    (K.FUNDS, "资金保障 经费保障 财力支持"),
    (K.TRAINING, "培训 宣传教育 宣传培训"),
    (K.DRILL, "应急演练 预案演练 演习计划"),
    (K.ACCOUNTABILITY, "责任追究 奖惩 责任与奖惩 表彰奖励"),
    (K.REVISION, "预案修订 更新"),
    (K.SPECIAL, "特殊情形 补充条款"),
    (K.DUTY, "职责分工 主要职责 办公室职责"),
    (K.OTHER, "附件 联系方式 预案解释 预案体系 实施时间 通讯录"),
]


@pytest.mark.parametrize(
    ("kind", "title"), [(kind, title) for kind, titles in HEADINGS for title in titles.split()]
)
def test_a_heading_gives_its_kind_to_a_sentence_that_says_nothing_of_its_own(kind: K, title: str) -> None:
    reading = read(f"一、{title}\n纸飞机落在操场的东边。\n二、其他\n略。")
    assert reading.clauses[0].kind is kind
    assert not reading.clauses[0].is_guess or kind in {K.LEVEL, K.LEGAL_BASIS}


LABELS = [
    (K.ROLE, "组长：分管副区长"),
    (K.ROLE, "副总指挥：应急局局长"),
    (K.ROLE, "成员单位：住建局、城管局"),
    (K.DUTY, "主要职责：掌握灾情，调派车辆。"),
    (K.DUTY, "职责是看管仓库。"),
    (K.LEVEL, "红色预警：六小时内雨量将超过一百毫米。"),
    (K.LEVEL, "Ⅱ级响应：两个镇停水。"),
    (K.LEVEL, "较大事件：三人以上受伤。"),
]


@pytest.mark.parametrize(("kind", "line"), LABELS)
def test_a_label_says_what_the_line_is(kind: K, line: str) -> None:
    heading = "预警和响应分级" if kind is K.LEVEL else "组织机构"
    clause = clause_with(read(f"一、{heading}\n{line}"), line[:4])
    assert clause.kind is kind
    assert clause.confidence >= 0.9


OPEN = [
    ("总则", "本预案适用于全区供水事故。", K.SCOPE),
    ("总则", "为保证居民用水，制定本预案。", K.PURPOSE),
    ("总则", "坚持先生活、后生产的原则。", K.PRINCIPLE),
    ("保障措施", "区财政安排专项资金。", K.FUNDS),
    ("保障措施", "水务集团储备水车十辆。", K.RESOURCE),
    ("保障措施", "每年对抢修工人开展培训。", K.TRAINING),
    ("保障措施", "对延误抢修的，追究责任。", K.ACCOUNTABILITY),
    ("后期处置", "修复爆裂的管道。", K.AFTERCARE),
    ("后期处置", "水务局总结抢修经过，写出评估报告。", K.EVALUATION),
    ("后期处置", "根据结果修订本预案。", K.REVISION),
    ("附则", "本预案由区水务局负责解释。", K.OTHER),
    ("附则", "本预案自发布之日起施行。", K.OTHER),
    ("附则", "本预案每三年评估一次，适时修订。", K.REVISION),
    ("培训与演练", "每半年组织一次抢修演练。", K.DRILL),
    ("培训与演练", "新工人上岗前进行培训。", K.TRAINING),
    ("组织机构", "设立供水事故指挥部，由区长牵头。", K.TEAM),
    ("组织机构", "指挥长由分管副区长担任。", K.ROLE),
    ("组织机构", "水务集团负责抢修。", K.DUTY),
    ("监测与预警", "调度中心实行24小时值班制度。", K.WATCH),
    ("监测与预警", "预警信号分为红、橙、黄三级。", K.LEVEL),
    ("处置措施", "处置工作分为关阀、抢修、冲洗三个阶段。", K.PHASE),
    ("处置措施", "水质合格后，由指挥长决定终止应急响应。", K.END_CRITERION),
    ("处置措施", "现场由抢修队长任总指挥。", K.ROLE),
    ("处置措施", "执行《冬季防冻专项预案》。", K.OTHER),
    ("编制依据", "《城市供水条例》（2023年5月1日起施行）。", K.LEGAL_BASIS),
]


@pytest.mark.parametrize(("heading", "line", "kind"), OPEN)
def test_where_the_heading_holds_several_things_the_words_decide(heading: str, line: str, kind: K) -> None:
    assert read(f"一、{heading}\n{line}\n二、其他\n略。").clauses[0].kind is kind


def test_steps_of_a_stage_stay_steps_though_the_stage_bears_another_name() -> None:
    text = "一、处置流程\n（一）后勤保障\n后勤科送去饮水和雨具。\n（二）事后总结\n各组写出经过。"
    assert [clause.kind for clause in read(text).clauses] == [K.STEP, K.STEP]


def test_steps_for_a_type_of_incident_stand_under_that_type() -> None:
    reading = read("一、处置措施\n1.瓦斯爆炸事故：\n（1）切断全矿电源。\n2.透水事故：\n（1）启动排水泵。")
    assert [(heading.text, heading.kind) for heading in reading.headings[1:]] == [
        ("瓦斯爆炸事故：", K.INCIDENT_TYPE),
        ("透水事故：", K.INCIDENT_TYPE),
    ]
    assert [clause.kind for clause in reading.clauses] == [K.STEP, K.STEP]


def test_incidents_listed_by_the_scope_are_types() -> None:
    reading = read("一、适用范围\n本预案适用于下列事件：\n1.桥梁垮塌\n2.隧道火灾\n二、预警\n巡查员每日巡桥。")
    assert [clause.kind for clause in reading.clauses] == [
        K.SCOPE,
        K.INCIDENT_TYPE,
        K.INCIDENT_TYPE,
        K.WARNING,
    ]


def test_everything_inside_a_special_case_is_special() -> None:
    reading = read("一、特殊情形\n1.夜间停电\n-问题：看不清通道。\n-解决办法：打开应急灯，组长：值班员。")
    assert {clause.kind for clause in reading.clauses} == {K.SPECIAL}


def test_a_clause_without_any_heading_is_a_guess() -> None:
    reading = read("泵房值班员关闭进水阀。\n检修班到场抢修。\n居民到临时供水点取水。")
    assert all(clause.is_guess for clause in reading.clauses)


def test_the_news_before_a_plan_is_no_step() -> None:
    reading = read("本台消息，市政府昨日公布了一份文件。\n一、适用范围\n适用于全市桥梁。")
    assert reading.clauses[0].kind is K.OTHER


def test_names_of_persons_are_not_kept_beside_their_post() -> None:
    reading = read(
        "一、领导小组\n组长：王建国 镇长\n副组长：李梅（副镇长）\n成员：派出所所长、赵云、卫生院院长"
    )
    kept = " ".join(clause.text + clause.written + clause.title for clause in reading.clauses)
    assert not any(name in kept for name in ("王建国", "李梅", "赵云"))
    assert [post in kept for post in ("镇长", "副镇长", "派出所所长", "卫生院院长")] == [True] * 4
    assert all(clause.is_guess for clause in reading.clauses)


def test_a_line_with_nothing_but_a_name_stays_and_is_a_guess() -> None:
    clause = read("一、领导小组\n组长：王建国").clauses[0]
    assert clause.text == "组长：王建国"
    assert clause.is_guess
