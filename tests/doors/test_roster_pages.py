"""The pages of rosters, patterns and leave."""

import re
from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from huiying.records import clock
from huiying.registry import actions
from huiying.registry.models import DutyRoster, DutyShift, Leave, ShiftPattern
from huiying.rules.lifecycle.roster import RosterState
from tests.cast import Cast, signed_in

PATTERN = {
    "label": "夜班",
    "starts": "18:00",
    "hours": "14",
    "people": "1",
    "days": "every",
    "begins_on": "2025-01-01",
}


def next_month() -> date:
    return (clock.today().replace(day=1) + timedelta(days=32)).replace(day=1)


def with_pattern(cast: Cast, client: Client) -> ShiftPattern:
    typed = {**PATTERN, "post": cast.posts["duty_officer"].pk}
    assert client.post(reverse("console:duty_patterns"), typed).status_code == 303
    return ShiftPattern.objects.get()


def drafted(cast: Cast, client: Client) -> DutyRoster:
    with_pattern(cast, client)
    answer = client.post(reverse("console:duty_roster_propose"), {"month": next_month().isoformat()})
    roster = DutyRoster.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, reverse("console:duty_roster", args=[roster.pk]))
    return roster


def text(client: Client, name: str, *args: int) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_a_pattern_that_says_too_little_stays_typed(cast: Cast) -> None:
    planner = signed_in(Client(), cast.staff["duty_officer"])
    answer = planner.post(reverse("console:duty_patterns"), {**PATTERN, "hours": "99"})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'value="夜班"' in page and "请从列表中选择" not in page
    assert not ShiftPattern.objects.exists()


def test_a_month_is_proposed_shown_and_published_with_what_will_happen(cast: Cast) -> None:
    planner = signed_in(Client(), cast.staff["duty_officer"])
    assert "还没有班次" in text(planner, "console:duty_rosters")
    roster = drafted(cast, planner)
    page = text(planner, "console:duty_roster", roster.pk)
    assert "青溪值班甲" in page and "每人的班数" in page and "重新编排" in page
    address = reverse("console:duty_roster_publish", args=[roster.pk])
    assert "2 人会各收到一条提醒" in planner.get(address).content.decode()
    assert planner.post(address).status_code == 303
    clerk = text(signed_in(Client(), cast.staff["clerk"]), "console:duty_roster", roster.pk)
    assert "青溪值班甲" in clerk and "每人的班数" not in clerk and "我的班数" not in clerk
    own = text(signed_in(Client(), cast.staff["second_duty_officer"]), "console:duty_roster_print", roster.pk)
    assert cast.body.name in own and "草稿" not in own


def test_a_draft_is_for_those_who_plan(cast: Cast) -> None:
    roster = drafted(cast, signed_in(Client(), cast.staff["leader"]))
    clerk = signed_in(Client(), cast.staff["clerk"])
    assert clerk.get(reverse("console:duty_roster", args=[roster.pk])).status_code == 404
    assert reverse("console:duty_roster", args=[roster.pk]) not in text(clerk, "console:duty_rosters")


def test_whoever_cannot_keep_a_watch_stands_there_with_the_reason(cast: Cast) -> None:
    planner = signed_in(Client(), cast.staff["duty_officer"])
    roster = drafted(cast, planner)
    line = roster.lines.all()[3]
    on = clock.official_date(line.starts_at)
    staff = cast.staff["second_duty_officer"]
    actions.leave_record(staff=staff, starts_on=on, ends_on=on, by=cast.leader, at=clock.now())
    address = reverse("console:duty_line", args=[line.pk])
    page = planner.get(address).content.decode()
    assert "青溪值班乙（请假）" in page and "disabled" in page
    refused = planner.post(address, {"staff": staff.pk})
    assert refused.status_code == 422 and "请假" in refused.content.decode()
    assert planner.post(address, {"staff": ""}).status_code == 303
    assert "没有人" in text(planner, "console:duty_roster", roster.pk)


def test_a_gap_is_confirmed_by_name_before_it_is_published(cast: Cast) -> None:
    planner = signed_in(Client(), cast.staff["duty_officer"])
    roster = drafted(cast, planner)
    line = roster.lines.all()[3]
    planner.post(reverse("console:duty_line", args=[line.pk]), {"staff": ""})
    address = reverse("console:duty_roster_publish", args=[roster.pk])
    refused = planner.post(address)
    assert refused.status_code == 422 and "还有 1 班没有人" in refused.content.decode()
    assert DutyRoster.objects.get().state == RosterState.DRAFT and not DutyShift.objects.exists()
    assert planner.post(address, {"open": line.pk}).status_code == 303
    assert "没有人" in text(planner, "console:duty_rosters")  # among the gaps
    assert "值班的缺口" in text(planner, "console:home")


def test_a_watch_is_called_off_for_a_substitute(cast: Cast) -> None:
    planner = signed_in(Client(), cast.staff["duty_officer"])
    roster = drafted(cast, planner)
    planner.post(reverse("console:duty_roster_publish", args=[roster.pk]))
    shift = DutyShift.objects.order_by("starts_at")[10]
    address = reverse("console:duty_shift_cancel", args=[shift.pk])
    assert "两班之间休息不够" in planner.get(address).content.decode()
    assert planner.post(address, {"staff": ""}).status_code == 303
    shift.refresh_from_db()
    assert shift.cancelled_at is not None


def test_a_watch_that_nobody_keeps_is_given_to_somebody_who_can(cast: Cast) -> None:
    planner = signed_in(Client(), cast.staff["duty_officer"])
    roster = drafted(cast, planner)
    planner.post(reverse("console:duty_roster_publish", args=[roster.pk]))
    gone = DutyShift.objects.order_by("starts_at")[10]
    planner.post(reverse("console:duty_shift_cancel", args=[gone.pk]), {"staff": ""})
    page = text(planner, "console:duty")
    found = re.search(r'href="(/console/duty/gaps/\d+/\d+/)"', page)
    assert found is not None and found.group(1) in text(planner, "console:home")
    address = found.group(1)
    assert signed_in(Client(), cast.staff["clerk"]).get(address).status_code == 403
    assert planner.post(address, {"staff": ""}).status_code == 422
    refused = planner.post(address, {"staff": cast.staff["clerk"].pk})
    assert refused.status_code == 422 and "岗位" in refused.content.decode()
    assert planner.post(address, {"staff": gone.staff_id}).status_code == 303
    kept = DutyShift.objects.get(starts_at=gone.starts_at, cancelled_at=None)
    assert (kept.staff_id, kept.ends_at, kept.post_id) == (gone.staff_id, gone.ends_at, gone.post_id)
    assert planner.get(address).status_code == 404  # nothing is open there any more
    assert address not in text(planner, "console:duty")


def test_leave_asks_for_days_and_for_no_reason(cast: Cast) -> None:
    clerk = signed_in(Client(), cast.staff["clerk"])
    day = (clock.today() + timedelta(days=9)).isoformat()
    page = text(clerk, "console:duty_leave")
    assert "不问原因" in page and 'name="staff"' not in page and 'name="reason"' not in page
    typed = {"starts_on": day, "ends_on": "2020-01-01"}
    assert clerk.post(reverse("console:duty_leave"), typed).status_code == 422
    assert clerk.post(reverse("console:duty_leave"), {**typed, "ends_on": day}).status_code == 303
    leave = Leave.objects.get()
    other = signed_in(Client(), cast.staff["press_officer"])
    assert other.post(reverse("console:duty_leave_cancel", args=[leave.pk])).status_code == 404
    assert clerk.post(reverse("console:duty_leave_cancel", args=[leave.pk])).status_code == 303


def test_a_surge_says_why_and_how_many(cast: Cast) -> None:
    leader = signed_in(Client(), cast.staff["leader"])
    pattern = with_pattern(cast, leader)
    day = (clock.today() + timedelta(days=9)).isoformat()
    typed = {"starts_on": day, "ends_on": day, "reason": "暴雨橙色预警", f"more_{pattern.pk}": "0"}
    refused = leader.post(reverse("console:duty_surge"), typed)
    assert refused.status_code == 422 and "请写哪一班加几个人" in refused.content.decode()
    assert leader.post(reverse("console:duty_surge"), {**typed, f"more_{pattern.pk}": "1"}).status_code == 303
    assert "暴雨橙色预警" in text(leader, "console:duty_rosters")
