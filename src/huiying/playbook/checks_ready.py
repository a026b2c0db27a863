"""Checks that ask who and what is at hand. Without that, and without a day where one is needed, they are silent."""

import calendar
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from huiying.playbook.checks_at_once import busy_at_once, too_few
from huiying.playbook.clauses import Contact, PlanRole, WatchDuty
from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import AtHand, Hit, ReadyRule, Severity
from huiying.playbook.kinds import Measure
from huiying.playbook.readiness import Readiness, Shift
from huiying.rules.words import N_

CONTACT_MONTHS = "contact_months"
MONTHS_BY_DEFAULT = 6
SOON = timedelta(days=30)
USUAL_SHIFT = timedelta(hours=8)
WEEK = timedelta(days=7)


def role_without_person(doc: PlanDocument, at_hand: AtHand) -> Iterator[Hit]:
    """A role that has a step or a watch, and nobody who can fill it and is there."""
    given = at_hand.given
    if given is None:
        return
    needed = {step.who for step in doc.steps} | {watch.who for watch in doc.watches}
    for role in doc.roles:
        if role.id in needed and not given.able(role.id, at_hand.on):
            yield Hit(role.id, role.heading)


def alternates_the_same(doc: PlanDocument, at_hand: AtHand) -> Iterator[Hit]:
    """A role whose only person is also the only one to stand in for it."""
    if at_hand.given is None:
        return
    for role in doc.roles:
        own = set(at_hand.given.able(role.id, at_hand.on))
        others = {person for other in role.alternates for person in at_hand.given.able(other, at_hand.on)}
        if len(own) == 1 and others and others <= own:
            yield Hit(role.id, role.heading)


def person_needed_twice(doc: PlanDocument, at_hand: AtHand) -> Iterator[Hit]:
    """Steps of several roles that must be done in the same two hours, by fewer people than roles."""
    if at_hand.given is None:
        return
    roles = {role.id: role for role in doc.roles}
    candidates = {role.id: _candidates(role, at_hand) for role in doc.roles}
    told: set[tuple[str, ...]] = set()
    for step_id, busy in busy_at_once(doc):
        short = too_few(busy, candidates)
        if short and short.roles not in told:
            told.add(short.roles)
            names = "、".join(roles[role].heading for role in short.roles)
            yield Hit(step_id, f"{'、'.join(short.people)}（{names}）")


def _candidates(role: PlanRole, at_hand: AtHand) -> tuple[str, ...]:
    """Who can fill the role, and then who stands in."""
    given = at_hand.given or Readiness()
    able = (given.able(each, at_hand.on) for each in (role.id, *role.alternates))
    return tuple(dict.fromkeys(person for people in able for person in people))


def watch_unfillable(doc: PlanDocument, at_hand: AtHand) -> Iterator[Hit]:
    """A watch around the clock that needs more turns in a week than its people can keep with their rest.

    Watches that share people are also counted together.
    """
    if at_hand.given is None:
        return
    always = [watch for watch in doc.watches if watch.around_the_clock and watch.who]
    able = {watch.id: _keepers(watch, doc, at_hand) for watch in always}
    for watch in always:
        if _turns_needed(watch) > _turns_kept(able[watch.id], watch.shift or USUAL_SHIFT, at_hand):
            yield Hit(watch.id, watch.heading)
        elif together := _sharing(watch, always, able):
            longest = max((other.shift or USUAL_SHIFT for other in together), default=USUAL_SHIFT)
            everyone = set().union(*(able[other.id] for other in together))
            hours = sum(other.people for other in together) * WEEK
            if hours > _turns_kept(everyone, longest, at_hand) * longest:
                yield Hit(watch.id, watch.heading)


def _keepers(watch: WatchDuty, doc: PlanDocument, at_hand: AtHand) -> frozenset[str]:
    role = next((role for role in doc.roles if role.id == watch.who), None)
    return frozenset(_candidates(role, at_hand)) if role else frozenset()


def _sharing(
    watch: WatchDuty, always: Iterable[WatchDuty], able: dict[str, frozenset[str]]
) -> list[WatchDuty]:
    """The watches that share people with this one, itself among them; empty where it shares none."""
    sharing = [other for other in always if other is watch or able[other.id] & able[watch.id]]
    return sharing if len(sharing) > 1 and sharing[0] is watch else []


def _turns_needed(watch: WatchDuty) -> int:
    return watch.people * -(-WEEK // (watch.shift or USUAL_SHIFT))


def _turns_kept(people: Iterable[str], shift: timedelta, at_hand: AtHand) -> int:
    """How many turns these people can keep in the week from the day asked about, each followed by rest."""
    given = at_hand.given or Readiness()
    in_week = timedelta(hours=given.hours_a_week) // shift
    days = {person: _days_there(given, person, at_hand.on) for person in people}
    return sum(min(max(in_week, 1) if there else 0, there // (shift + given.rest)) for there in days.values())


def _days_there(given: Readiness, person: str, on: date | None) -> timedelta:
    one = next(found for found in given.people if found.id == person)
    week = [on + timedelta(days=n) for n in range(7)] if on else [None] * 7
    return timedelta(days=sum(one.there(day) for day in week))


def watch_gap(doc: PlanDocument, at_hand: AtHand) -> Iterator[Hit]:
    """A watch around the clock for which a roster is given that leaves some hour of the week too thin."""
    if at_hand.given is None or at_hand.on is None:
        return
    begins = datetime.combine(at_hand.on, time())
    for watch in doc.watches:
        shifts = [shift for shift in at_hand.given.shifts if shift.role == watch.who]
        if watch.around_the_clock and shifts:
            gap = _first_gap(shifts, watch.people, begins)
            if gap is not None:
                yield Hit(watch.id, f"{watch.heading}（{gap:%m-%d %H:%M}）")


def _first_gap(shifts: list[Shift], people: int, begins: datetime) -> datetime | None:
    changes = {begins} | {shift.ends_at for shift in shifts} | {shift.starts_at for shift in shifts}
    for instant in sorted(changes):
        on_duty = {shift.person for shift in shifts if shift.starts_at <= instant < shift.ends_at}
        if begins <= instant < begins + WEEK and len(on_duty) < people:
            return instant
    return None


def shift_without_rest(doc: PlanDocument, at_hand: AtHand) -> Iterator[Hit]:
    """Somebody on two turns at once, or on the next before they have rested."""
    given = at_hand.given
    if given is None:
        return
    for person in dict.fromkeys(shift.person for shift in given.shifts):
        turns = sorted((s for s in given.shifts if s.person == person), key=lambda s: s.starts_at)
        if any(after.starts_at - before.ends_at < given.rest for before, after in pairwise(turns)):
            yield Hit("", person)


def resource_short(doc: PlanDocument, at_hand: AtHand) -> Iterator[Hit]:
    """Less of a resource at hand than the plan keeps ready; what has expired does not count."""
    if at_hand.given is None:
        return
    for resource in doc.resources:
        there = at_hand.given.quantity(resource.id, at_hand.on)
        if there < resource.minimum:
            yield Hit(resource.id, f"{resource.heading}（{there}/{resource.minimum}）")


def resource_expiring(doc: PlanDocument, at_hand: AtHand) -> Iterator[Hit]:
    """Enough today, and too little within thirty days because what is there expires."""
    given, on = at_hand.given, at_hand.on
    if given is None or on is None:
        return
    for resource in doc.resources:
        now, soon = given.quantity(resource.id, on), given.quantity(resource.id, on + SOON)
        if now >= resource.minimum > soon:
            yield Hit(resource.id, resource.heading)


def contact_stale(doc: PlanDocument, at_hand: AtHand) -> Iterator[Hit]:
    """A contact that nobody has tried for longer than the plan's parameter `contact_months` (six without one)."""
    if at_hand.on is None:
        return
    oldest = _months_before(at_hand.on, _contact_months(doc))
    for contact in doc.contacts:
        tried = _last_tried(contact, at_hand)
        if tried is None or tried < oldest:
            yield Hit(contact.id, contact.heading)


def _last_tried(contact: Contact, at_hand: AtHand) -> date | None:
    given = at_hand.given.verified_on(contact.id) if at_hand.given else None
    return max(filter(None, (contact.verified_on, given)), default=None)


def _contact_months(doc: PlanDocument) -> int:
    parameter = doc.parameter(CONTACT_MONTHS)
    return parameter.value if parameter and parameter.unit is Measure.MONTHS else MONTHS_BY_DEFAULT


def _months_before(on: date, months: int) -> date:
    """The same day that many months ago, or the last day of that month; never before the calendar begins."""
    year, month = divmod(max(on.year * 12 + on.month - 1 - months, 12), 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def unknown_to_the_plan(doc: PlanDocument, at_hand: AtHand) -> Iterator[Hit]:
    """A role, resource or contact at hand that the plan does not have; somebody has mistyped or is idle."""
    given = at_hand.given
    if given is None:
        return
    known = {clause.id for clause in (*doc.roles, *doc.resources, *doc.contacts)}
    people = {person.id for person in given.people}
    named = [role for person in given.people for role in person.roles]
    named += [shift.role for shift in given.shifts] + [row.resource for row in given.stock]
    named += [row.contact for row in given.contacts]
    absent = [name for name in named if name not in known]
    absent += [shift.person for shift in given.shifts if shift.person not in people]
    yield from (Hit("", name) for name in dict.fromkeys(absent))


_E, _W, _A = Severity.ERROR, Severity.WARNING, Severity.ADVICE

ROWS = (
    ReadyRule(
        "role-without-person",
        _E,
        N_("角色“{name}”当天没有人。"),
        N_("突发事件应急预案管理办法第24条"),
        N_("请指定能担任这个角色、当天在岗的人。"),
        role_without_person,
    ),
    ReadyRule(
        "alternates-the-same",
        _W,
        N_("角色“{name}”和它的替补是同一个人。"),
        N_("替补的做法：一人不在时另有一人"),
        N_("请另外指定一个人替补。"),
        alternates_the_same,
    ),
    ReadyRule(
        "person-needed-twice",
        _W,
        N_("同一时间人手不够：{name}。"),
        N_("按前置步骤和时限，这些角色要在同两小时内各做一件事"),
        N_("请增加能担任其中一个角色的人，或错开步骤。"),
        person_needed_twice,
    ),
    ReadyRule(
        "watch-unfillable",
        _E,
        N_("值守“{name}”一周排不满。"),
        N_("按每班长度、班后休息和每周工时计算"),
        N_("请增加能值守的人，或缩短每班、调整同时在岗的人数。"),
        watch_unfillable,
    ),
    ReadyRule(
        "watch-gap",
        _W,
        N_("值班表有空档：{name}。"),
        N_("二十四小时值守的做法"),
        N_("请从这一时刻起补上值班的人。"),
        watch_gap,
    ),
    ReadyRule(
        "shift-without-rest",
        _W,
        N_("“{name}”的两个班次重叠，或中间没有足够的休息。"),
        N_("本单位规定的班后休息（rest）"),
        N_("请把其中一班换给别人。"),
        shift_without_rest,
    ),
    ReadyRule(
        "resource-short",
        _W,
        N_("应急资源不足：{name}。"),
        N_("突发事件应急预案管理办法第21条；本预案的最低数量"),
        N_("请补足，或说明从哪里调用。"),
        resource_short,
    ),
    ReadyRule(
        "resource-expiring",
        _A,
        N_("“{name}”三十天内将因过期而不足。"),
        N_("物资须在有效期内的做法"),
        N_("请在过期之前更换。"),
        resource_expiring,
    ),
    ReadyRule(
        "contact-stale",
        _W,
        N_("联络“{name}”很久没有人核对。"),
        N_("联络表须有人维护的做法；间隔由参数 contact_months 规定"),
        N_("请打一次电话，并改写 verified_on。"),
        contact_stale,
    ),
    ReadyRule(
        "unknown-to-the-plan",
        _A,
        N_("在岗和物资表里的“{name}”在预案或名单中不存在。"),
        N_("引用必须有着落"),
        N_("请改为预案已有的编号。"),
        unknown_to_the_plan,
    ),
)
