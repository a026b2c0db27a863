"""Every rights-sensitive demand of the given plans, as a planner would write it, is found and answered with its alternative.

The sentences are our own and stand in rights_sensitive.txt. A row: the requirement, where in a plan it would
stand, the demand, a word that the suggested mend must hold, and the alternative as a plan of ours would write it.
"""

from pathlib import Path

import pytest

from huiying.playbook.checker import check
from huiying.playbook.lexicon import FORBIDDEN
from huiying.playbook.yaml_form import read
from tests.playbook.small import SMALL, changed

PLACES = {
    "purpose": ("text: 让人们的诉求得到答复。", "text: {}"),
    "definition": ("rights:\n", "definitions:\n  - {{id: def-1, text: {}}}\nrights:\n"),
    "risk": ("title: 接待点太热", "title: {}"),
    "warning": ("text: 逾期职责达到标准时提出预警。", "text: {}"),
    "team": ("title: 值班组", "title: 值班组\n    text: {}"),
    "duty": ("text: 接报和上报。", "text: {}"),
    "level": ("criteria: [有人受轻伤。]", "criteria: [{}]"),
    "step": ("title: 会商", "title: 会商, text: {}"),
    "report": ("伤亡, 趋势", "伤亡, 趋势, {}"),
    "end": ("text: 危险消除，每个问题都有答复。", "text: {}"),
    "evaluation": ("text: 每一步是否按时。", "text: {}"),
    "training": ("text: 练习登记和上报。", "text: {}"),
    "accountability": ("对拖延、瞒报和打击报复追究责任；有利害关系的人回避。", "{}"),
}

ROWS = [
    tuple(cell.strip() for cell in line.split("|"))
    for line in Path(__file__).with_name("rights_sensitive.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def findings(place: str, sentence: str):
    old, new = PLACES[place]
    return check(read(changed(old, new.format(sentence), SMALL)))


def test_every_rights_sensitive_requirement_of_the_given_plans_is_here_once():
    counts = {"S0": 8, "S1": 12, "S2": 11, "S3": 7, "S4": 23}
    ids = [row[0] for row in ROWS]
    assert len(set(ids)) == len(ids) == 61
    assert {plan: sum(one.startswith(plan) for one in ids) for plan in counts} == counts


@pytest.mark.parametrize(
    ("place", "demand", "mend"), [row[1:4] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_the_demand_is_found_and_its_alternative_named(place, demand, mend):
    said = findings(place, demand)
    assert any(mend in finding.mend for finding in said), [(f.rule, f.name, f.mend) for f in said]


@pytest.mark.parametrize(
    ("place", "instead"), [(row[1], row[4]) for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_the_alternative_is_clean(place, instead):
    assert [(f.rule, f.name) for f in findings(place, instead)] == []


@pytest.mark.parametrize(
    ("place", "demand", "rule"),
    [
        ("duty", "给来访人员建立风险等级。", "forbidden-labelling"),
        ("duty", "登记在场人员的姓名和身份证号。", "forbidden-roster"),
        ("duty", "安排人员跟帖，正面发声。", "forbidden-silencing"),
        ("step", "把举报材料转交被举报单位核实。", "forbidden-leak"),
        ("step", "将上访群众劝返。", "forbidden-restraint"),
        ("accountability", "对煽动闹事的组织者追究责任，也追究拖延、瞒报和报复；有利害关系的人回避。", "forbidden-striking"),
        ("accountability", "发生集体上访的单位一票否决；追究拖延、瞒报和报复；有利害关系的人回避。", "forbidden-blame"),
    ],
)  # fmt: skip
def test_what_the_product_refuses_is_named(place, demand, rule):
    assert rule in {finding.rule for finding in findings(place, demand)}


def test_a_drill_that_reaches_real_people_is_named():
    drill = changed("走完全部步骤。", "向社会发布演练通告，使用真实信访事项。")
    assert "forbidden-real-drill" in {finding.rule for finding in check(read(drill))}


def test_every_thing_that_is_named_has_an_alternative_beginning_with_what_to_do():
    assert all(thing.instead.startswith(("改为", "改按", "删去")) for thing in FORBIDDEN)
