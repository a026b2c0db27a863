"""Held against who and what is at hand: a plan that reads well and cannot be carried out is found before the day."""

from datetime import date, timedelta

import pytest

from huiying.playbook import checks_ready
from huiying.playbook.checker import RULES, check
from huiying.playbook.checks_at_once import too_few, windows
from huiying.playbook.compiler import compile_plan
from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import Finding
from huiying.playbook.kinds import ResponseLevel
from huiying.playbook.readiness import Readiness
from huiying.playbook.readiness import read as read_readiness
from huiying.playbook.yaml_form import PlanUnreadable, read
from tests.playbook.small import SMALL, changed, small

MONDAY = date(2026, 3, 2)
WATCH = "watches:\n  - {id: watch-1, title: 总机, who: duty, shift: 8 小时}\n"
CONTACT = (
    "contacts:\n  - {id: hospital, title: 医院, owner: duty, reach: 电话 120, verified_on: 2026-01-05}\n"
)
PLAN = read(changed("special:\n", WATCH + CONTACT + "special:\n"))

READY = """\
format: huiying-readiness/1
rest: 11 小时
hours_a_week: 40
people:
  - {id: chen, roles: [duty]}
  - {id: lin, roles: [duty]}
  - {id: wu, roles: [duty]}
  - {id: zhao, roles: [duty]}
  - {id: qian, roles: [duty, head], away: [{starts_on: 2026-05-01, ends_on: 2026-05-05}]}
  - {id: sun, roles: [head, chief]}
  - {id: li, roles: [chief]}
stock:
  - {resource: res-1, quantity: 8, expires_on: 2026-12-31}
  - {resource: res-1, quantity: 4}
contacts:
  - {contact: hospital, verified_on: 2026-02-20}
"""


def ready(old: str = "", new: str = "") -> Readiness:
    return read_readiness(changed(old, new, READY) if old else READY)


def found(given: Readiness, on: date | None = MONDAY, plan: PlanDocument = PLAN) -> list[Finding]:
    return check(plan, given=given, on=on)


CHANGES = [
    ("role-without-person", "  - {id: sun, roles: [head, chief]}\n", "  - {id: sun, roles: [chief]}\n", "2026-05-02"),
    ("watch-unfillable", "  - {id: wu, roles: [duty]}\n  - {id: zhao, roles: [duty]}\n", "", "2026-03-02"),
    ("watch-unfillable", "hours_a_week: 40", "hours_a_week: 16", "2026-03-02"),
    ("watch-unfillable", "rest: 11 小时", "rest: 60 小时", "2026-03-02"),
    ("resource-short", "quantity: 8", "quantity: 5", "2026-03-02"),
    ("resource-short", "expires_on: 2026-12-31", "expires_on: 2026-03-01", "2026-03-02"),
    ("resource-expiring", "expires_on: 2026-12-31", "expires_on: 2026-03-20", "2026-03-02"),
    ("contact-stale", "verified_on: 2026-02-20", "verified_on: 2025-08-01", "2026-08-02"),
    ("unknown-to-the-plan", "roles: [chief]", "roles: [cheif]", "2026-03-02"),
    ("unknown-to-the-plan", "resource: res-1, quantity: 4", "resource: res-9, quantity: 4", "2026-03-02"),
]  # fmt: skip


def test_with_enough_people_and_stock_the_plan_is_clean():
    assert found(ready()) == []


@pytest.mark.parametrize(
    ("rule", "old", "new", "on"), CHANGES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CHANGES)]
)
def test_one_changed_place_makes_the_rule_speak(rule, old, new, on):
    assert rule in {finding.rule for finding in found(ready(old, new), date.fromisoformat(on))}


def test_without_knowing_who_and_what_is_at_hand_or_which_day_it_is_nothing_is_said():
    assert check(PLAN) == []
    assert {finding.rule for finding in check(PLAN, on=date(2026, 3, 2))} == set()
    assert (
        found(ready("quantity: 8, expires_on: 2026-12-31", "quantity: 8, expires_on: 2020-01-01"), None) == []
    )


def test_a_contact_of_the_plan_grows_stale_by_the_day_alone():
    assert [f.clause_id for f in check(PLAN, on=date(2026, 7, 6))] == ["hospital"]
    assert check(PLAN, on=date(2026, 7, 5)) == []


def test_how_long_a_contact_stays_good_is_a_parameter_of_the_plan():
    text = changed("special:\n", CONTACT + "special:\n")
    months = "parameters:\n  - {id: contact_months, value: 2, unit: months, policy: true}\n"
    plan = read(changed("parameters:\n", months, text))
    assert [f.rule for f in check(plan, on=date(2026, 3, 6))] == ["contact-stale"]
    assert check(plan, on=date(2026, 3, 5)) == []


def test_a_contact_nobody_ever_tried_is_stale():
    plan = read(changed("special:\n", CONTACT.replace(", verified_on: 2026-01-05", "") + "special:\n"))
    assert [f.rule for f in check(plan, on=MONDAY)] == ["contact-stale"]


def test_who_is_away_fills_no_role_that_day_and_is_back_the_day_after():
    alone = ready("  - {id: sun, roles: [head, chief]}\n", "  - {id: sun, roles: [chief]}\n")
    away = [f.clause_id for f in found(alone, date(2026, 5, 5)) if f.rule == "role-without-person"]
    back = [f.clause_id for f in found(alone, date(2026, 5, 6)) if f.rule == "role-without-person"]
    assert (away, back) == (["head"], [])


def test_a_stand_in_who_is_the_same_person_is_no_stand_in():
    given = ready("roles: [duty, head], away", "roles: [duty], away")
    given = given.model_copy(update={"people": tuple(p for p in given.people if p.id != "li")})
    assert [f.clause_id for f in found(given) if f.rule == "alternates-the-same"] == ["chief"]


ONE_PERSON = """\
people:
  - {id: sun, roles: [duty, head, chief]}
"""


def test_one_person_who_must_verify_and_bring_to_hospital_at_once_is_named_with_both_roles():
    apart = read(changed("when: [injured], needs: [verify], acknowledge", "acknowledge"))
    said = [f.name for f in check(apart, given=read_readiness(ONE_PERSON)) if f.rule == "person-needed-twice"]
    assert said == ["sun（值班员、组长）"]


def test_steps_one_after_another_may_be_the_same_persons():
    one = read_readiness(ONE_PERSON)
    after = read(changed("when: [injured], needs: [verify], acknowledge", "needs: [verify, report], within: 90 分钟, acknowledge")
                 .replace("title: 送医, who: head, within: 20 分钟, ", "title: 送医, who: head, "))  # fmt: skip
    assert "person-needed-twice" not in {f.rule for f in check(after, given=one)}


def test_two_people_are_enough_for_two_roles():
    apart = read(changed("when: [injured], needs: [verify], acknowledge", "acknowledge"))
    two = read_readiness(ONE_PERSON + "  - {id: li, roles: [head]}\n")
    assert "person-needed-twice" not in {f.rule for f in check(apart, given=two)}


def test_three_roles_for_two_people_are_found_although_no_two_of_them_share_one_person_alone():
    candidates = {"a": ("x", "y"), "b": ("x", "y"), "c": ("x", "y"), "d": ("z",)}
    short = too_few(("a", "b", "c", "d"), candidates)
    assert (short.roles, short.people) == (("a", "b", "c"), ("x", "y"))
    assert too_few(("a", "b", "d"), candidates) is None


def test_people_are_moved_to_their_second_role_where_that_helps():
    assert too_few(("a", "b"), {"a": ("x", "y"), "b": ("x",)}) is None


def test_a_step_is_worked_on_between_what_it_needs_and_its_own_limit():
    book = compile_plan(small(), level=ResponseLevel.III, facets=["injured"])
    seen = {w.step.id: (w.starts, w.ends) for w in windows(book)}
    assert seen["meet"] == (timedelta(minutes=30), timedelta(hours=2))
    assert seen["tell"] == (timedelta(hours=2), timedelta(hours=5, minutes=30))


ROSTER = "shifts:\n" + "".join(
    f"  - {{role: duty, person: {('chen', 'lin', 'wu')[turn % 3]}, "
    f"starts_at: 2026-03-{2 + turn // 3:02d}T{turn % 3 * 8:02d}:00, "
    f"ends_at: 2026-03-{2 + (turn + 1) // 3:02d}T{(turn + 1) % 3 * 8:02d}:00}}\n"
    for turn in range(21)
)


def test_a_full_roster_has_no_gap_and_everybody_rests():
    assert found(read_readiness(READY + ROSTER)) == []


def test_a_missing_turn_is_named_by_the_hour_it_begins():
    hole = changed(ROSTER.splitlines(keepends=True)[5], "", ROSTER)
    assert [(f.rule, f.name) for f in found(read_readiness(READY + hole))] == [
        ("watch-gap", "总机（03-03 08:00）")
    ]


def test_two_turns_with_too_little_between_them_are_found():
    tired = ROSTER.replace("person: lin", "person: chen")
    assert [f.name for f in found(read_readiness(READY + tired)) if f.rule == "shift-without-rest"] == [
        "chen"
    ]


def test_watches_that_share_their_people_are_counted_together():
    second = WATCH + "  - {id: watch-2, title: 接待, who: duty, shift: 8 小时}\n"
    plan = read(changed("special:\n", second + CONTACT + "special:\n"))
    assert [f.clause_id for f in found(ready(), plan=plan)] == ["watch-1"]


def test_every_rule_about_what_is_at_hand_is_shown_to_speak():
    elsewhere = {"alternates-the-same", "person-needed-twice", "watch-gap", "shift-without-rest"}
    assert {row.id for row in checks_ready.ROWS} == {row[0] for row in CHANGES} | elsewhere
    assert {row.id for row in checks_ready.ROWS} <= {rule.id for rule in RULES}


def test_a_law_that_is_not_yet_in_force_is_found_on_the_days_before():
    doc = read(SMALL)
    assert [f.rule for f in check(doc, on=date(2024, 10, 31))] == ["law-not-in-force"]
    assert check(doc, on=date(2024, 11, 1)) == []


@pytest.mark.parametrize(
    ("old", "new", "says", "remedy"),
    [
        ("rest: 11 小时", "rest: 很久", "rest", "45 分钟"),
        ("{id: chen, roles: [duty]}", "{id: lin, roles: [duty]}", "lin", "没有用过"),
        ("{id: chen, roles: [duty]}", "{id: chen, rolls: [duty]}", "rolls", "roles"),
        ("ends_on: 2026-05-05", "ends_on: 2026-04-05", "早于", "对调"),
        ("quantity: 4", "quantity: 四", "quantity", "预案格式"),
        ("people:\n", "peeple:\n", "peeple", "people"),
        ("format: huiying-readiness/1", "format: huiying-plan/1", "format", "huiying-readiness/1"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_its_remedy(old, new, says, remedy):
    with pytest.raises(PlanUnreadable) as refused:
        ready(old, new)
    assert any(says in p.message and remedy in p.remedy for p in refused.value.problems), (
        refused.value.problems
    )
    assert all(1 <= p.line <= READY.count("\n") for p in refused.value.problems)
