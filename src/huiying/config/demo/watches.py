"""The town's watch: day and night, a leader in charge, a month published and the next one in draft, one gap to be filled."""

from datetime import date, datetime, time, timedelta

from huiying.config.demo import Story
from huiying.config.demo.town import Town
from huiying.records.clock import SHANGHAI, official_date
from huiying.registry import actions
from huiying.registry.actions.calling_off import substitutes
from huiying.registry.actions.pool import ExpertEntry
from huiying.registry.duty import shifts_at, watches_on
from huiying.registry.duty_kinds import DutyDays, ExpertField, Way
from huiying.registry.models import DutyShift, Staff

PATTERNS = (
    ("duty_officer", "白班", time(8), 12, False),
    ("duty_officer", "夜班", time(20), 12, False),
    ("leading_group", "带班", time(8), 24, True),
)
SET_DAYS_AGO, POOL_DAYS_AGO, GAP_IN_DAYS = 95, 80, 6
WAYS = ("duty_officer", "second_duty_officer", "third_duty_officer", "leader", "deputy_leader")
EXPERTS = (
    (ExpertField.SIGN_LANGUAGE, "宁手言", "手语", "0571-0000 0801"),
    (ExpertField.INTERPRETING, "方言九", "客家话、壮语", "0571-0000 0802"),
    (ExpertField.COUNSELLING, "安心然", "", "0571-0000 0803"),
    (ExpertField.ENGINEERING, "梁固", "", "0571-0000 0804"),
    (ExpertField.LAW, "法正言", "", "0571-0000 0805"),
)
NOTE = "排水泵站已恢复，夜里如再下大雨先看溪南村口水位；县总值班室的传真机在修，情况报告改发邮箱并电话核实。"


def story(town: Town) -> Story:
    """Patterns in summer, then month after month; what is said from watch to watch; an offer to swap that waits."""
    at = town.day(SET_DAYS_AGO, 9)
    yield at
    _patterns(town, at)
    at = town.day(POOL_DAYS_AGO, 9)
    yield at
    _reach(town, at)
    yield from _months(town)
    yield from _this_week(town)


def _patterns(town: Town, at: datetime) -> None:
    for code, label, starts, hours, is_lead in PATTERNS:
        actions.pattern_set(
            post=town.posts[code],
            label=label,
            starts=starts,
            hours=hours,
            people=1,
            is_lead=is_lead,
            days=DutyDays.EVERY,
            begins_on=official_date(at),
            by=town.officers["leader"],
            at=at,
        )


def _reach(town: Town, at: datetime) -> None:
    """How the people of the watch are reached, who stands in for them, and who can be asked from outside."""
    for number, account in enumerate(WAYS, start=1):
        officer = town.officers[account]
        actions.contact_way_set(way=Way.VOICE, address=f"1380000{number:04}", by=officer, at=at)
        actions.contact_way_set(way=Way.SMS, address=f"1380000{number:04}", by=officer, at=at)
    leader = town.officers["leader"]
    for code, account in (("duty_officer", "head_office"), ("press_officer", "head_petitions")):
        actions.deputy_name(post=town.posts[code], staff=town.staff[account], by=leader, at=at)
    for account, what in (
        ("officer_civil", "急救员证"),
        ("duty_officer", "急救员证"),
        ("clerk", "人民调解员证"),
    ):
        obtained = official_date(at) - timedelta(days=200)
        actions.qualification_record(
            staff=town.staff[account], what=what, obtained_on=obtained, by=leader, at=at
        )
    for field, name, languages, phone in EXPERTS:
        entry = ExpertEntry(
            field=field, name=name, languages=languages, phone=phone, agreed_on=official_date(at)
        )
        actions.expert_add(body=town.body, entry=entry, by=town.officers["duty_officer"], at=at)


def _months(town: Town) -> Story:
    """This month and the next are published; the one after is a draft."""
    this = official_date(town.now).replace(day=1)
    following = _after(this)
    before = official_date(town.ago(hours=24)).replace(day=1)  # the last month's, on the first of a month
    drawn_up = [(month, _a_week_before(month)) for month in sorted({before, this})]
    drawn_up += [(following, town.ago(days=3)), (_after(following), town.ago(days=2))]
    for month, at in drawn_up:
        yield at
        proposed = actions.roster_propose(body=town.body, month=month, by=town.officers["leader"], at=at)
        if month <= following:
            actions.roster_publish(roster=proposed.roster, by=town.officers["leader"], at=at)


def _a_week_before(month: date) -> datetime:
    return datetime.combine(month - timedelta(days=7), time(15), SHANGHAI)


def _after(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def _this_week(town: Town) -> Story:
    at = town.ago(hours=20)
    yield at
    watch = _watch(town, at)
    actions.hand_over_write(
        post=town.posts["duty_officer"], text=NOTE, by=town.officers[watch.staff.account], at=at
    )
    at = town.ago(hours=18)
    yield at
    gap = _watch(town, town.now + timedelta(days=GAP_IN_DAYS))
    actions.shift_cancel(shift=gap, by=town.officers["leader"], at=at)
    at = town.ago(hours=3)
    yield at
    _offer_a_swap(town, at)


def _offer_a_swap(town: Town, at: datetime) -> None:
    """The first watch from next week on that a colleague could keep is offered to them."""
    next_week = town.now + timedelta(days=7)
    coming = watches_on([town.posts["duty_officer"].pk], next_week, next_week + timedelta(days=14))
    for shift in coming.filter(starts_at__gt=next_week).select_related("staff", "post__unit"):
        able = [keeper.ref for keeper, why in substitutes(shift, town.body.pk, at) if why is None]
        if able:
            offered_to = Staff.objects.get(pk=able[0])
            by = town.officers[shift.staff.account]
            actions.swap_ask(shift=shift, offered_to=offered_to, by=by, at=at)
            return


def _watch(town: Town, at: datetime) -> DutyShift:
    """The duty officer's watch that runs at an instant."""
    running = shifts_at(town.body.pk, at).filter(post=town.posts["duty_officer"])
    return running.get()
