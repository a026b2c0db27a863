"""Role × act of the registry: who may write what, and that the neighbours may write nothing."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from huiying.records.models import CallOut, CommunicationTest, LedgerEvent
from huiying.registry import actions, second_factor
from huiying.registry.duty_kinds import DutyDays, ExpertField
from huiying.registry.models import (
    Category,
    Deputy,
    DutyRoster,
    DutyShift,
    Expert,
    Grant,
    HolidayOverride,
    Leave,
    Place,
    Post,
    Qualification,
    RosterLine,
    SecondFactor,
    ShiftPattern,
    Staff,
    Unit,
)
from huiying.registry.officers import Officer, officer_for
from huiying.rules.actors import PUBLIC, SYSTEM
from huiying.rules.events import EventKind
from huiying.rules.matters import Matter
from huiying.rules.numbering import Numbering
from huiying.rules.permissions import GrantRef, Role
from huiying.rules.refusals import NotPermitted, NotThere, Refusal
from tests.cast import FOUNDED, QINGXI_PEOPLE, Cast

LATER = FOUNDED + timedelta(days=400)
Act = Callable[[Cast, object], object]


def _enrol(cast: Cast, by: object) -> object:
    return actions.staff_enrol(
        body=cast.body,
        account="newcomer",
        name="新来",
        passphrase="竹桥 雨夜 铜灯七盏 慢慢走",
        by=by,
        at=LATER,
    )


def _give(cast: Cast, by: object) -> object:
    return actions.grant_give(
        staff=cast.staff["planner"], unit=cast.units["works"], role=Role.OFFICER, by=by, at=LATER
    )


def _watch(cast: Cast, by: object) -> object:
    post, staff = cast.posts["duty_officer"], cast.staff["duty_officer"]
    return actions.duty_plan(
        post=post, staff=staff, starts_at=LATER, ends_at=LATER + timedelta(hours=12), by=by, at=LATER
    )


def _override(cast: Cast) -> HolidayOverride:
    day = LATER.date()
    return HolidayOverride.objects.get_or_create(
        body=cast.body, on=day, defaults={"is_working": False, "reason": "本地假日"}
    )[0]


def _place(cast: Cast) -> Place:
    return Place.objects.get_or_create(
        body=cast.body, name="东村点", defaults={"address": "东村", "opened_at": FOUNDED}
    )[0]


def _category(cast: Cast) -> Category:
    return Category.objects.get_or_create(
        body=cast.body, code="ferry", defaults={"matter": Matter.WORKS, "label": "渡船"}
    )[0]


def _gone(cast: Cast) -> Staff:
    staff = Staff.objects.get(pk=cast.staff["planner"].pk)
    Staff.objects.filter(pk=staff.pk).update(is_active=False)
    return staff


def _two_steps(cast: Cast) -> Staff:
    staff = cast.staff["planner"]
    sealed = second_factor.seal(second_factor.new_secret(), staff.pk)
    SecondFactor.objects.get_or_create(
        staff=staff, defaults={"sealed": sealed, "begun_at": FOUNDED, "confirmed_at": FOUNDED}
    )
    return staff


def _running_call(cast: Cast) -> CallOut:
    return CallOut.objects.create(
        body_id=cast.body.pk, letter="by_hand", title="值班员", ladder=[], started_at=LATER
    )


def _running_test(cast: Cast) -> CommunicationTest:
    return CommunicationTest.objects.create(body_id=cast.body.pk, started_at=LATER, ends_at=LATER)


ACTS: dict[str, tuple[Act, frozenset[Role]]] = {
    "call_out_start": (
        lambda cast, by: actions.call_out_start(post=cast.posts["duty_officer"], by=by, at=LATER),
        frozenset({Role.DUTY_OFFICER, Role.LEADING_GROUP}),
    ),
    "call_out_call_off": (
        lambda cast, by: actions.call_out_call_off(call=_running_call(cast), by=by, at=LATER),
        frozenset({Role.DUTY_OFFICER, Role.LEADING_GROUP}),
    ),
    "communication_test_start": (
        lambda cast, by: actions.communication_test_start(
            body=cast.body, posts=[cast.posts["duty_officer"]], ways=["email"], by=by, at=LATER
        ),
        frozenset({Role.DUTY_OFFICER, Role.LEADING_GROUP}),
    ),
    "communication_test_end": (
        lambda cast, by: actions.communication_test_end(test=_running_test(cast), by=by, at=LATER),
        frozenset({Role.DUTY_OFFICER, Role.LEADING_GROUP}),
    ),
    "body_found": (
        lambda cast, by: actions.body_found(code="heishi", name="黑石镇", short="HS", by=by, at=LATER),
        frozenset(),
    ),
    "unit_found": (
        lambda cast, by: actions.unit_found(
            body=cast.body, code="water", name="水务站", kind="department", by=by, at=LATER
        ),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "post_create": (
        lambda cast, by: actions.post_create(
            unit=cast.units["works"], code="driver", title="驾驶员", by=by, at=LATER
        ),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "place_open": (
        lambda cast, by: actions.place_open(
            body=cast.body,
            name="流动接访点",
            address="东村",
            hours=[(0, time(9), time(12))],
            by=by,
            at=LATER,
        ),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "calendar_override": (
        lambda cast, by: actions.calendar_override(
            body=cast.body, on=LATER.date(), is_working=False, reason="本地假日", by=by, at=LATER
        ),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "calendar_restore": (
        lambda cast, by: actions.calendar_restore(override=_override(cast), by=by, at=LATER),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "body_change": (
        lambda cast, by: actions.body_change(
            body=cast.body, superior_name="某局", address="某路", phone="0", by=by, at=LATER
        ),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "unit_change": (
        lambda cast, by: actions.unit_change(
            unit=cast.units["works"], name="建设办", phone="0", by=by, at=LATER
        ),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "numbering_set": (
        lambda cast, by: actions.numbering_set(body=cast.body, form=Numbering.MONTH, by=by, at=LATER),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "place_change": (
        lambda cast, by: actions.place_change(
            place=_place(cast), name="大厅", address="村口", hours=[], by=by, at=LATER
        ),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "place_close": (
        lambda cast, by: actions.place_close(place=_place(cast), by=by, at=LATER),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "categories_lay": (
        lambda cast, by: actions.categories_lay(body=cast.body, by=by, at=LATER),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "category_add": (
        lambda cast, by: actions.category_add(
            body=cast.body, matter=Matter.WORKS, label="桥梁", by=by, at=LATER
        ),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "category_change": (
        lambda cast, by: actions.category_change(
            category=_category(cast), matter=Matter.TRAFFIC, label="渡口", by=by, at=LATER
        ),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "category_end": (
        lambda cast, by: actions.category_end(category=_category(cast), by=by, at=LATER),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "staff_enrol": (_enrol, frozenset({Role.SYSTEM_ADMIN})),
    "staff_deactivate": (
        lambda cast, by: actions.staff_deactivate(staff=cast.staff["planner"], by=by, at=LATER),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "staff_return": (
        lambda cast, by: actions.staff_return(staff=_gone(cast), by=by, at=LATER),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "passphrase_lend": (
        lambda cast, by: actions.passphrase_lend(
            staff=cast.staff["planner"], passphrase="竹桥 雨夜 铜灯七盏 慢慢走", by=by, at=LATER
        ),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "second_factor_reset": (
        lambda cast, by: actions.second_factor_reset(staff=_two_steps(cast), by=by, at=LATER),
        frozenset({Role.SECURITY_ADMIN}),
    ),
    "grant_extend": (
        lambda cast, by: actions.grant_extend(
            grant=Grant.objects.get(staff=cast.staff["auditor"]),
            expires_on=LATER.date() + timedelta(days=90),
            by=by,
            at=LATER,
        ),
        frozenset({Role.SECURITY_ADMIN}),
    ),
    "grant_give": (_give, frozenset({Role.SECURITY_ADMIN})),
    "grant_end": (
        lambda cast, by: actions.grant_end(
            grant=Grant.objects.get(staff=cast.staff["auditor"]), by=by, at=LATER
        ),
        frozenset({Role.SECURITY_ADMIN}),
    ),
    "duty_plan": (_watch, frozenset({Role.DUTY_OFFICER, Role.LEADING_GROUP})),
    "levels_set": (
        lambda cast, by: actions.levels_set(
            body=cast.body, levels=[actions.LevelRow("red", "一级响应", 1)], by=by, at=LATER
        ),
        frozenset({Role.LEADING_GROUP}),
    ),
}
PLANS_DUTY = frozenset({Role.DUTY_OFFICER, Role.LEADING_GROUP})
KEEPS_POOL = frozenset({Role.DUTY_OFFICER, Role.PLANNER})


def _running_watch(cast: Cast) -> DutyShift:
    return _watch(cast, SYSTEM)  # type: ignore[return-value]


def _planned_watch(cast: Cast) -> DutyShift:
    begins = LATER + timedelta(days=2)
    return actions.duty_plan(
        post=cast.posts["duty_officer"],
        staff=cast.staff["duty_officer"],
        starts_at=begins,
        ends_at=begins + timedelta(hours=12),
        by=SYSTEM,
        at=LATER,
    )


def _deputy(cast: Cast) -> Deputy:
    post, staff = cast.posts["interpreter"], cast.staff["clerk"]
    return Deputy.objects.create(post=post, staff=staff, named_at=FOUNDED)


def _qualification(cast: Cast) -> Qualification:
    return Qualification.objects.create(
        staff=cast.staff["clerk"], what="急救员证", obtained_on=FOUNDED.date()
    )


def _expert(cast: Cast) -> Expert:
    return Expert.objects.create(
        body=cast.body, field="law", name="试律师", phone="0", agreed_on=FOUNDED.date()
    )


def _pattern(cast: Cast) -> ShiftPattern:
    return ShiftPattern.objects.create(
        post=cast.posts["duty_officer"],
        label="夜班",
        starts=time(18),
        hours=14,
        begins_on=LATER.date().replace(day=27),
    )


def _draft(cast: Cast) -> DutyRoster:
    pattern, begins = _pattern(cast), LATER + timedelta(days=2)
    roster = DutyRoster.objects.create(
        body=cast.body, kind="surge", starts_on=begins.date(), ends_on=begins.date(), made_at=LATER
    )
    RosterLine.objects.create(
        roster=roster,
        pattern=pattern,
        staff=cast.staff["duty_officer"],
        starts_at=begins,
        ends_at=begins + timedelta(hours=14),
    )
    return roster


def _leave(cast: Cast) -> Leave:
    day = LATER.date()
    return Leave.objects.create(staff=cast.staff["auditor"], starts_on=day, ends_on=day, recorded_at=LATER)


ENTRY = actions.ExpertEntry(ExpertField.LAW, "试律师", "0", FOUNDED.date())
NIGHT: dict[str, Any] = {
    "label": "夜班",
    "starts": time(18),
    "hours": 14,
    "people": 1,
    "is_lead": False,
    "days": DutyDays.EVERY,
    "begins_on": LATER.date(),
}
# What the act is about is made beforehand, so that its own event is the only one counted.
DUTY_DAY: dict[str, tuple[Callable[[Cast], object], Callable[..., object], frozenset[Role]]] = {
    "duty_substitute": (
        _running_watch,
        lambda cast, by, shift: actions.duty_substitute(
            shift=shift, staff=cast.staff["second_duty_officer"], by=by, at=LATER
        ),
        PLANS_DUTY,
    ),
    "gap_fill": (
        lambda cast: actions.pattern_set(**NIGHT, post=cast.posts["duty_officer"], by=cast.leader, at=LATER),
        lambda cast, by, pattern: actions.gap_fill(
            pattern=pattern, on=LATER.date(), staff=cast.staff["duty_officer"], by=by, at=LATER
        ),
        PLANS_DUTY,
    ),
    "pattern_set": (
        lambda cast: cast.posts["duty_officer"],
        lambda cast, by, post: actions.pattern_set(
            post=post,
            label="夜班",
            starts=time(18),
            hours=14,
            people=1,
            is_lead=False,
            days=DutyDays.EVERY,
            begins_on=LATER.date(),
            by=by,
            at=LATER,
        ),
        PLANS_DUTY,
    ),
    "pattern_end": (
        _pattern,
        lambda cast, by, pattern: actions.pattern_end(pattern=pattern, by=by, at=LATER),
        PLANS_DUTY,
    ),
    # Somebody else's; one's own needs no planner: test_rosters.py.
    "leave_record": (
        lambda cast: cast.staff["auditor"],
        lambda cast, by, staff: actions.leave_record(
            staff=staff, starts_on=LATER.date(), ends_on=LATER.date(), by=by, at=LATER
        ),
        PLANS_DUTY,
    ),
    "leave_cancel": (
        _leave,
        lambda cast, by, leave: actions.leave_cancel(leave=leave, by=by, at=LATER),
        PLANS_DUTY,
    ),
    "roster_propose": (
        _pattern,
        lambda cast, by, _pattern: actions.roster_propose(
            body=cast.body, month=LATER.date(), by=by, at=LATER
        ),
        PLANS_DUTY,
    ),
    "roster_propose_again": (
        _draft,
        lambda cast, by, roster: actions.roster_propose_again(roster=roster, by=by, at=LATER),
        PLANS_DUTY,
    ),
    "roster_surge": (
        _pattern,
        lambda cast, by, pattern: actions.roster_surge(
            body=cast.body,
            starts_on=LATER.date().replace(day=27),
            ends_on=LATER.date().replace(day=27),
            reason="暴雨橙色预警",
            more={pattern.pk: 1},
            by=by,
            at=LATER,
        ),
        PLANS_DUTY,
    ),
    "roster_line_set": (
        _draft,
        lambda cast, by, roster: actions.roster_line_set(
            line=roster.lines.get(), staff=None, by=by, at=LATER
        ),
        PLANS_DUTY,
    ),
    "roster_publish": (
        _draft,
        lambda cast, by, roster: actions.roster_publish(roster=roster, by=by, at=LATER),
        PLANS_DUTY,
    ),
    "roster_drop": (
        _draft,
        lambda cast, by, roster: actions.roster_drop(roster=roster, by=by, at=LATER),
        PLANS_DUTY,
    ),
    "shift_cancel": (
        _planned_watch,
        lambda cast, by, shift: actions.shift_cancel(shift=shift, by=by, at=LATER),
        PLANS_DUTY,
    ),
    "deputy_name": (
        lambda cast: cast.posts["interpreter"],
        lambda cast, by, post: actions.deputy_name(post=post, staff=cast.staff["clerk"], by=by, at=LATER),
        PLANS_DUTY,
    ),
    "deputy_end": (
        _deputy,
        lambda cast, by, deputy: actions.deputy_end(deputy=deputy, by=by, at=LATER),
        PLANS_DUTY,
    ),
    "qualification_record": (
        lambda cast: cast.staff["clerk"],
        lambda cast, by, staff: actions.qualification_record(
            staff=staff, what="急救员证", obtained_on=FOUNDED.date(), by=by, at=LATER
        ),
        PLANS_DUTY,
    ),
    "qualification_end": (
        _qualification,
        lambda cast, by, held: actions.qualification_end(qualification=held, by=by, at=LATER),
        PLANS_DUTY,
    ),
    "expert_add": (
        lambda cast: cast.body,
        lambda cast, by, body: actions.expert_add(body=body, entry=ENTRY, by=by, at=LATER),
        KEEPS_POOL,
    ),
    "expert_change": (
        _expert,
        lambda cast, by, expert: actions.expert_change(expert=expert, entry=ENTRY, by=by, at=LATER),
        KEEPS_POOL,
    ),
    "expert_verify": (
        _expert,
        lambda cast, by, expert: actions.expert_verify(expert=expert, by=by, at=LATER),
        KEEPS_POOL,
    ),
    "expert_end": (
        _expert,
        lambda cast, by, expert: actions.expert_end(expert=expert, by=by, at=LATER),
        KEEPS_POOL,
    ),
}
OWN = {account: part.role for account, part in QINGXI_PEOPLE.items()}


def test_every_act_of_the_registry_stands_in_the_table() -> None:
    own_account_only = {
        "language_choose",
        "passphrase_change",
        "recovery_codes_renew",
        "second_factor_begin",
        "second_factor_confirm",
        "second_factor_end",
        "second_factor_pass",
        "sign_in",
        "sign_in_lock",
        "calendar_change_apply",  # the job's own mark
        "call_out_acknowledge",  # who was asked alone (test_calling_out.py)
        "call_out_answer",  # whoever has the key of a message
        "contact_way_set",
        "contact_way_first",
        "contact_way_drop",
        "contact_way_test",
        "LevelRow",
        "ExpertEntry",
        # Whoever answers for the post, whatever their role: test_watches.py.
        "duty_take_over",
        "hand_over_read",
        "hand_over_write",
        "swap_agree",
        "swap_ask",
        "swap_decline",
        "swap_withdraw",
        # One's own: test_calendar_feed.py.
        "calendar_feed_end",
        "calendar_feed_make",
    }
    assert set(ACTS) | set(DUTY_DAY) == set(actions.__all__) - own_account_only
    assert set(OWN.values()) == set(Role)


OUTSIDERS = ("outside_clerk", "outside_officer", "outside_leader")


@pytest.mark.parametrize("name", ACTS)
def test_a_neighbour_writes_nothing_here(cast: Cast, name: str) -> None:
    before = LedgerEvent.objects.count()
    for account in OUTSIDERS:
        with pytest.raises((NotThere, NotPermitted)):
            ACTS[name][0](cast, cast.officers[account])
    assert LedgerEvent.objects.count() == before


@pytest.mark.parametrize("name", ACTS)
def test_a_neighbour_with_the_very_role_finds_nothing_here(cast: Cast, name: str) -> None:
    for role in Role:
        outsider = Officer(
            staff_id=cast.staff["outside_clerk"].pk,
            body_id=cast.baishi.pk,
            grants=frozenset({GrantRef(role, cast.outside_units["works"].pk)}),
        )
        with pytest.raises((NotThere, NotPermitted)):
            ACTS[name][0](cast, outsider)


@pytest.mark.parametrize("name", ACTS)
def test_a_role_outside_the_table_is_refused(cast: Cast, name: str) -> None:
    act, roles = ACTS[name]
    before = LedgerEvent.objects.count()
    for account in [account for account, role in OWN.items() if role not in roles]:
        with pytest.raises(NotPermitted):
            act(cast, cast.officers[account])
    assert LedgerEvent.objects.count() == before


@pytest.mark.parametrize(
    ("name", "account"),
    [(name, account) for name, (_, roles) in ACTS.items() for account, role in OWN.items() if role in roles],
)
def test_a_role_of_the_table_writes_and_leaves_one_event(cast: Cast, name: str, account: str) -> None:
    before = LedgerEvent.objects.count()
    ACTS[name][0](cast, cast.officers[account])
    assert LedgerEvent.objects.count() == before + 1


@pytest.mark.parametrize("name", ACTS)
def test_the_public_writes_nothing_and_the_program_founds_everything(cast: Cast, name: str) -> None:
    with pytest.raises(NotPermitted):
        ACTS[name][0](cast, PUBLIC)
    ACTS[name][0](cast, SYSTEM)


@pytest.mark.parametrize("name", DUTY_DAY)
def test_of_duty_the_table_alone_writes_and_leaves_one_event(cast: Cast, name: str) -> None:
    made, act, roles = DUTY_DAY[name]
    subject = made(cast)
    before = LedgerEvent.objects.count()
    refused = [who for who, role in OWN.items() if role not in roles] + list(OUTSIDERS)
    for account in refused:
        with pytest.raises((NotThere, NotPermitted)):
            act(cast, cast.officers[account], subject)
    with pytest.raises(NotPermitted):
        act(cast, PUBLIC, subject)
    assert LedgerEvent.objects.count() == before
    for account in [who for who, role in OWN.items() if role in roles][:1]:
        act(cast, cast.officers[account], subject)
    assert LedgerEvent.objects.count() == before + 1


def test_nobody_gives_themselves_a_grant(cast: Cast) -> None:
    admin = cast.staff["security_admin"]
    with pytest.raises(NotPermitted, match="不能给自己授权"):
        actions.grant_give(
            staff=admin, unit=cast.units["works"], role=Role.OFFICER, by=cast.security_admin, at=LATER
        )


@pytest.mark.parametrize("second", [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
def test_one_account_never_holds_two_administrator_posts(cast: Cast, second: Role) -> None:
    with pytest.raises(Refusal, match="三个账号"):
        actions.grant_give(
            staff=cast.staff["security_admin"], unit=cast.units["office"], role=second, by=SYSTEM, at=LATER
        )


def test_a_grant_ties_one_body_only(cast: Cast) -> None:
    foreign_staff, foreign_post = cast.staff["outside_clerk"], cast.outside_posts["reception"]
    for staff, post in ((foreign_staff, None), (cast.staff["planner"], foreign_post)):
        with pytest.raises(Refusal, match="同一机构"):
            actions.grant_give(
                staff=staff, unit=cast.units["works"], role=Role.OFFICER, post=post, by=SYSTEM, at=LATER
            )
    assert isinstance(foreign_post, Post)


def test_a_running_grant_is_given_once_and_ended_once(cast: Cast) -> None:
    grant = _give(cast, SYSTEM)
    with pytest.raises(Refusal, match="已经有"):
        _give(cast, SYSTEM)
    assert isinstance(grant, Grant)
    actions.grant_end(grant=grant, by=SYSTEM, at=LATER)
    with pytest.raises(Refusal, match="已经结束"):
        actions.grant_end(grant=grant, by=SYSTEM, at=LATER)
    assert LedgerEvent.objects.filter(kind=EventKind.GRANT_ENDED).count() == 1


def test_an_ended_grant_and_an_ended_account_open_nothing(cast: Cast) -> None:
    auditor = cast.staff["auditor"]
    actions.grant_end(grant=Grant.objects.get(staff=auditor), by=SYSTEM, at=LATER)
    assert officer_for(auditor, at=LATER).grants == frozenset()
    assert officer_for(auditor, at=LATER - timedelta(days=1)).grants
    clerk = cast.staff["clerk"]
    Staff.objects.filter(pk=clerk.pk).update(is_active=False)
    clerk.refresh_from_db()
    assert officer_for(clerk, at=LATER).grants == frozenset()


def test_no_event_of_the_registry_holds_a_name_or_a_passphrase(cast: Cast) -> None:
    for name, (act, _) in ACTS.items():
        act(cast, SYSTEM)
        assert name
    written = " ".join(str(facts) for facts in LedgerEvent.objects.values_list("facts", flat=True))
    names = [*Staff.objects.values_list("name", flat=True), *Unit.objects.values_list("name", flat=True)]
    assert not [name for name in names if name in written]
