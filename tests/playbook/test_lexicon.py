"""What no plan may order: each thing is named with its alternative, and forbidding it is no fault."""

import pytest
from opencc import OpenCC

from huiying.playbook.checker import may_promulgate
from huiying.playbook.checks_parts import _CROWD, _RIGHTS, _STABILITY
from huiying.playbook.folding import folded
from huiying.playbook.lexicon import FORBIDDEN, orders
from tests.playbook.small import findings

ORDERED = [
    ("forbidden-restraint", "在路口拦截上访群众。"),
    ("forbidden-restraint", "做好现场稳控工作。"),
    ("forbidden-restraint", "把来访人员带离现场。"),
    ("forbidden-restraint", "派人接返，并劝 返滞留者。"),
    ("forbidden-petition-ban", "严禁群众越级上访。"),
    ("forbidden-petition-ban", "防止发生群体性上访。"),
    ("forbidden-petition-ban", "活动期间不得集体走访。"),
    ("forbidden-petition-limit", "活动期间暂停群众来访接待。"),
    ("forbidden-petition-limit", "确保信访量下降。"),
    ("forbidden-roster", "登记参与者的姓名和住址。"),
    ("forbidden-roster", "建立参与人员名单。"),
    ("forbidden-roster", "查清挑头的人。"),
    ("forbidden-watching", "监测重点网站的言论。"),
    ("forbidden-watching", "掌握来访人的思想动态。"),
    ("forbidden-watching", "开展舆情监测。"),
    ("forbidden-watching", "预测可能发生的集访。"),
    ("forbidden-identity-check", "查验在场人员身份证。"),
    ("forbidden-identity-check", "用人脸识别找人。"),
    ("forbidden-silencing", "及时删除不实帖子。"),
    ("forbidden-silencing", "加强舆论引导。"),
    ("forbidden-silencing", "组织跟帖。"),
    ("forbidden-unmasking", "追查匿名反映的来源。"),
    ("forbidden-unmasking", "核实举报人身份。"),
    ("forbidden-labelling", "对重点人员逐一落实责任。"),
    ("forbidden-labelling", "给信访人评分。"),
    ("forbidden-labelling", "处置个体极端行为。"),
    ("discouraged-calming", "稳定来访群众的情绪。"),
    ("discouraged-calming", "缓解住户的情绪。"),
    ("forbidden-restraint", "处置过激的上访群众。"),
    ("forbidden-petition-limit", "降低集访对机关正常办公的影响。"),
    ("forbidden-unmasking", "利用技术手段查明信件来源。"),
    ("forbidden-watching", "机制包括监测、筛选和回复。"),
    ("discouraged-guards", "落实现场安保措施。"),
    ("discouraged-control", "迅速控制现场局面。"),
    ("forbidden-petition-ban", "防范大规模集访。"),
    ("forbidden-petition-limit", "会议期间对信访工作从严管控。"),
    ("forbidden-roster", "报告中写明涉事人员。"),
    ("forbidden-watching", "在社交媒体上安排巡查。"),
    ("forbidden-silencing", "及时处置负面舆论。"),
    ("forbidden-unmasking", "甄别匿名来信的真实身份。"),
    ("forbidden-petition-as-incident", "多人集访干扰单位正常秩序的，按本预案处置。"),
    ("forbidden-petition-as-risk", "业主静坐示威。"),
    ("forbidden-petition-warning", "出现上访苗头即发布上访预警。"),
    ("forbidden-attitude", "汇总各户对补偿方案的态度。"),
    ("forbidden-lookup", "调取上访人的家庭情况。"),
    ("forbidden-police-content", "派出所所长任副组长。"),
    ("forbidden-dispute-screening", "节前开展矛盾纠纷大排查。"),
    ("forbidden-striking", "严惩借机煽动的人。"),
    ("forbidden-area-control", "对敏感部位实行封控。"),
    ("forbidden-quiet-end", "网上热度回落后结束响应。"),
    ("forbidden-blame", "致使矛盾激化的，对负责人予以处分。"),
    ("forbidden-attention-level", "受到全省关注的为一级。"),
    ("forbidden-leak", "将控告信转给被控告单位。"),
    ("forbidden-real-drill", "向居民推送演练短信。"),
    ("forbidden-restraint", "对越级上访的人予以训诫。"),
    ("forbidden-restraint", "收缴上访材料和横幅。"),
    ("forbidden-restraint", "约谈信访人家属。"),
    ("forbidden-petition-limit", "活动期间不接受信访登记。"),
    ("forbidden-petition-limit", "集体访一律不予受理。"),
    ("forbidden-petition-limit", "来访须提前三天预约，未预约的不予接待。"),
    ("forbidden-petition-limit", "节日期间来访一律安排到节后处理。"),
    ("forbidden-petition-limit", "缩短群众接待时间。"),
    ("forbidden-petition-limit", "请来访人签订息访承诺书。"),
    ("forbidden-petition-limit", "暂停\u00ad接\u2063待\ufe0f来访群众。"),
    ("forbidden-roster", "拍照留存参与人员。"),
    ("forbidden-roster", "对多次来访的人员列入重访名单。"),
    ("forbidden-roster", "核查来访人是否曾经上访。"),
    ("forbidden-leak", "将来访人员的诉求通报其所在单位。"),
    ("discouraged-presumption", "这些活动背后有策划。"),
    ("discouraged-image", "树立政府良好形象。"),
    ("discouraged-rumour", "谣言扩散。"),
    ("discouraged-guards", "抽调民警维护现场秩序。"),
    ("discouraged-press-favour", "争取各家媒体的理解。"),
]

HARMLESS = [
    "不拦截、不劝返来访的人。",
    "不得登记参与者的身份。",
    "任何级别都不得暂停接待。",
    "不查验身份证，不做人脸识别。",
    "不得打击报复信访人。",
    "严禁阻拦上访群众。",
    "值班人员名单每月更新。",
    "群众诉求台账按期公布。",
    "疏散群众到安全处，控制火势。",
    "统计现场人员需要的饮水和药品。",
    "核实信息来源后发布。",
    "不以信访量下降为目标。",
    "公开更正自己的错误。",
    "请医护照看受伤的人。",
    "跟踪督办逾期的职责。",
    "特殊群体优先接待。",
    "影响只分四类，单位的形象不在其中。",
    "不评单位形象，不看信访量排名。",
    "引导大家到安全处。",
    "了解信访人的诉求，逐条记下。",
    "危险得到控制后解除措施。",
    "公安等单位只接收场地、交通和安全简报。",
    "发现隐患立即排除。",
    "网络中断时用纸登记。",
    "掌握各单位的逾期职责。",
    "有组织地疏散到安全处。",
    "学生处处长主持座谈，有利害关系的人回避。",
    "不因事情被公开而追究责任。",
    "把举报材料转交没有利害关系的单位。",
    "防止再次发生同样的问题。",
    "完善气象、水文和地质灾害监测网络。",
    "灾害可能导致平常的信访渠道中断。",
    "语言不通可能影响信访事项的沟通。",
    "应急处置、舆论回应各有专人。",
    "控制火势和泄漏。",
    "暴雨预警发布后检查排水。",
    "按伤害和答复的紧急程度分级。",
    "不要求来访的人签息访承诺书。",
    "未预约的来访照常接待。",
    "不得缩短接待时间。",
    "把办理结果告知信访人。",
    "超过五人走访的，请推选代表。",
    "不得训诫、不得约谈来访人。",
]

BY_ID = {thing.id: thing for thing in FORBIDDEN}


@pytest.mark.parametrize(("thing", "sentence"), ORDERED)
def test_what_must_not_be_ordered_is_named(thing, sentence):
    assert orders(BY_ID[thing], sentence)


@pytest.mark.parametrize("sentence", HARMLESS)
def test_harmless_and_protecting_sentences_are_left_alone(sentence):
    assert [thing.id for thing in FORBIDDEN if orders(thing, sentence)] == []


def test_every_forbidden_thing_is_shown_and_has_an_alternative():
    assert {thing for thing, _ in ORDERED} == set(BY_ID)
    assert {thing.id for thing in FORBIDDEN if thing.whole} == {"forbidden-blame"}
    assert all(thing.instead for thing in FORBIDDEN)


@pytest.mark.parametrize(
    "sentence", ["不得不登记参与者的姓名。", "不得漏掉参与人员名单。", "不得迟疑，立即驱散。"]
)
def test_words_that_only_look_like_a_prohibition_excuse_nothing(sentence):
    assert any(orders(thing, sentence) for thing in FORBIDDEN)


def test_a_forbidding_clause_does_not_excuse_the_sentence_after_it():
    assert orders(BY_ID["forbidden-restraint"], "不得收费，拦截上访群众。")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: 会商", "title: 稳控来访群众"),
        ("备好饮水和遮阳。", "登记参与者的姓名。"),
        ("{id: after-1, text: 回访受影响的人。}", "{id: after-1, text: '把上访人员\n\n    带离'}"),
        ("title: 饮用水", "title: 人脸识别设备"),
    ],
)
def test_a_forbidden_thing_anywhere_in_a_plan_keeps_it_from_force(old, new):
    found = [finding for finding in findings(old, new) if finding.rule.startswith("forbidden-")]
    assert found
    assert not may_promulgate(found)
    assert found[0].mend


@pytest.mark.parametrize(("thing", "sentence"), ORDERED)
def test_the_same_words_in_traditional_characters_are_named_too(thing, sentence):
    assert orders(BY_ID[thing], OpenCC("s2t").convert(sentence))


def test_every_character_of_the_patterns_is_known_in_its_traditional_form():
    patterns = [thing.pattern.pattern for thing in FORBIDDEN] + [
        _CROWD.pattern,
        _RIGHTS.pattern,
        _STABILITY.pattern,
    ]
    characters = {char for pattern in patterns for char in pattern if "\u4e00" <= char <= "\u9fff"}
    to_traditional = OpenCC("s2t")
    assert {char for char in characters if folded(to_traditional.convert(char)) != char} == set()
