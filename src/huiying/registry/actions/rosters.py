"""A roster from its first proposal to its publication: proposed by rules, changed by people, published by one of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from huiying.records import ledger
from huiying.records.clock import official_date, start_of_day
from huiying.records.ledger import HasActor
from huiying.records.moves import change_state, overtaken
from huiying.registry.actions.may import check_may
from huiying.registry.actions.roster_letters import tell
from huiying.registry.calendars import calendar_for
from huiying.registry.duty_kinds import RosterKind, ShiftKind
from huiying.registry.handing import hold_people
from huiying.registry.keepers import Asked, missing, needs, task_for
from huiying.registry.models import Body, DutyRoster, DutyShift, RosterLine, ShiftPattern, Staff
from huiying.registry.roster_words import refused_words, watch_words
from huiying.registry.rostering import Proposal, Span, Task, Why, holds_back, propose
from huiying.registry.rostering.hard import spans_of
from huiying.rules import lifecycle
from huiying.rules.calendar import ONE_DAY
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.roster import RosterState
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_, said

AHEAD, LONGEST_SURGE, MOST_MORE, MOST_LINES = 12, 62, 10, 1500  # months; days; people a watch; lines
NAMED = 5  # of many gaps or breaches a refusal names the first


@dataclass(frozen=True, slots=True)
class Proposed:
    """A draft and what its proposal could not do."""

    roster: DutyRoster
    empty: int
    released: int  # fixed choices that could not stand any more


def roster_propose(*, body: Body, month: date, by: HasActor, at: datetime) -> Proposed:
    """Draft the month's roster, or propose the open draft anew; what a person fixed stays.

    The search runs before the transaction, so that nobody waits for it; whoever changed the draft meanwhile was first.
    """
    check_may(by, Action.DUTY_PLAN, body.pk)
    first = month.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - ONE_DAY
    _check_month(first, last, official_date(at))
    draft = _of_month(body, first)
    asked = _asked_of_month(body, first, last, _fixed(draft), at)
    return _laid(draft or DutyRoster(body=body, starts_on=first, ends_on=last), asked, by, at)


def roster_propose_again(*, roster: DutyRoster, by: HasActor, at: datetime) -> Proposed:
    """Propose an open draft anew; a surge keeps as many places as it has."""
    check_may(by, Action.DUTY_PLAN, roster.body_id)
    if roster.kind == RosterKind.MONTH:
        return roster_propose(body=roster.body, month=roster.starts_on, by=by, at=at)
    lines = [line for line in _lines(roster) if line.starts_at > at]
    asked = [
        Asked(n, line.pattern, _span(line), line.staff_id if line.fixed else None)
        for n, line in enumerate(lines)
    ]
    return _laid(roster, asked, by, at)


def roster_surge(
    *,
    body: Body,
    starts_on: date,
    ends_on: date,
    reason: str,
    more: Mapping[int, int],
    by: HasActor,
    at: datetime,
) -> Proposed:
    """Draft more people on watch for some days, beside the month's roster; `more`: how many, by pattern.

    信访工作条例 and emergency plans ask for stronger duty at special times and under a warning. Raises Incomplete.
    """
    check_may(by, Action.DUTY_PLAN, body.pk)
    reason = " ".join(reason.split())
    _check_surge(starts_on, ends_on, reason, more, official_date(at))
    patterns = [p for p in _patterns(body.pk) if more.get(p.pk)]
    places = [
        (need.pattern, need.span)
        for need in needs(patterns, starts_on, ends_on, calendar_for(body.pk))
        for _one in range(more[need.pattern.pk])
        if need.span.starts_at > at
    ]
    asked = [Asked(n, pattern, span) for n, (pattern, span) in enumerate(places)]
    roster = DutyRoster(body=body, kind=RosterKind.SURGE, starts_on=starts_on, ends_on=ends_on, reason=reason)
    return _laid(roster, asked, by, at)


@transaction.atomic
def roster_line_set(*, line: RosterLine, staff: Staff | None, by: HasActor, at: datetime) -> RosterLine:
    """Put one person on one watch of a draft, and keep them there; with nobody, the next proposal fills it.

    Raises Incomplete with the reason where the person cannot keep it.
    """
    check_may(by, Action.DUTY_PLAN, line.roster.body_id)
    roster = DutyRoster.objects.select_for_update().get(pk=line.roster_id)
    lifecycle.ROSTER.check(RosterState(roster.state), RosterState.PUBLISHED)  # only a draft can be changed
    if staff is not None:
        _check_keeps(roster, line, staff, at)
    if not RosterLine.objects.filter(pk=line.pk).update(staff=staff, fixed=staff is not None):
        raise overtaken()
    line.staff, line.fixed = staff, staff is not None
    facts = {"line": line.pk, "staff": staff.pk if staff else None}
    ledger.append(EventKind.ROSTER_CHANGED, roster, by=by, at=at, body_id=roster.body_id, facts=facts)
    return line


@transaction.atomic
def roster_publish(
    *, roster: DutyRoster, leaving_open: Collection[int] = (), by: HasActor, at: datetime
) -> DutyRoster:
    """Make the watches of a draft and tell everybody who has one.

    Refused while a line breaks a rule, and while one is empty that `leaving_open` does not name.
    """
    check_may(by, Action.DUTY_PLAN, roster.body_id)
    move = lifecycle.ROSTER.check(RosterState(roster.state), RosterState.PUBLISHED)
    publisher = _staff_id(by)
    change_state(roster, move, published_at=at, published_by_id=publisher)
    lines = [line for line in _lines(roster) if line.ends_at > at]
    hold_people(*{line.staff_id for line in lines if line.staff_id})
    _check_publishable(roster, lines, leaving_open, at)
    kind = ShiftKind.SURGE if roster.kind == RosterKind.SURGE else ShiftKind.PLANNED
    filled = [line for line in lines if line.staff_id is not None]
    DutyShift.objects.bulk_create(_shift(roster, line, kind, at) for line in filled)
    facts = {"watches": len(filled), "empty": len(lines) - len(filled), "kind": str(roster.kind)}
    ledger.append(EventKind.ROSTER_PUBLISHED, roster, by=by, at=at, body_id=roster.body_id, facts=facts)
    tell({line.staff_id for line in filled if line.staff_id}, roster, body_id=roster.body_id, at=at)
    return roster


@transaction.atomic
def roster_drop(*, roster: DutyRoster, by: HasActor, at: datetime) -> DutyRoster:
    """Give a draft up; nothing of it was ever duty."""
    check_may(by, Action.DUTY_PLAN, roster.body_id)
    move = lifecycle.ROSTER.check(RosterState(roster.state), RosterState.DROPPED)
    change_state(roster, move)
    ledger.append(EventKind.ROSTER_DROPPED, roster, by=by, at=at, body_id=roster.body_id)
    return roster


def _laid(roster: DutyRoster, asked: list[Asked], by: HasActor, at: datetime) -> Proposed:
    """Search, then write the lines where nobody wrote meanwhile."""
    if not asked:
        raise Refusal(
            N_("这段时间没有需要排的班。"),
            rule="registry.roster_empty",
            remedy=N_("请先在“班次”里写明每个岗位需要哪些班。"),
        )
    if len(asked) > MOST_LINES:
        raise Refusal(
            N_("一次最多排 1500 班。"), rule="registry.roster_size", remedy=N_("请缩短时间，或减少人数。")
        )
    found = propose(task_for(roster.body_id, asked, at=at))
    _write(roster, asked, found, by, at)
    return Proposed(roster, len(found.gaps), len(found.released))


@transaction.atomic
def _write(roster: DutyRoster, asked: list[Asked], found: Proposal, by: HasActor, at: datetime) -> DutyRoster:
    made = {"engine": found.engine, "made_at": at, "made_by_id": _staff_id(by)}
    seen = _fixed_places(asked)
    for name, value in made.items():
        setattr(roster, name, value)
    if roster._state.adding:
        _create(roster)
    else:
        if not DutyRoster.objects.filter(pk=roster.pk, state=RosterState.DRAFT).update(**made):
            raise overtaken()
        if seen != _fixed_now(roster, at):
            raise overtaken()
        roster.lines.all().delete()
    RosterLine.objects.bulk_create(_line(roster, one, found) for one in asked)
    facts = {
        "from": roster.starts_on.isoformat(),
        "to": roster.ends_on.isoformat(),
        "watches": len(asked),
        "empty": len(found.gaps),
        "engine": str(found.engine),
    }
    ledger.append(EventKind.ROSTER_PROPOSED, roster, by=by, at=at, body_id=roster.body_id, facts=facts)
    return roster


def _create(roster: DutyRoster) -> None:
    try:
        with transaction.atomic():
            roster.save(force_insert=True)
    except IntegrityError:  # somebody else began the same month
        raise overtaken() from None


def _line(roster: DutyRoster, asked: Asked, found: Proposal) -> RosterLine:
    return RosterLine(
        roster=roster,
        pattern=asked.pattern,
        staff_id=found.chosen.get(asked.ref),
        starts_at=asked.span.starts_at,
        ends_at=asked.span.ends_at,
        fixed=asked.fixed is not None and asked.ref not in found.released,
    )


def _fixed_places(asked: Iterable[Asked]) -> Counter[tuple[int, datetime, int]]:
    return Counter((a.pattern.pk, a.span.starts_at, a.fixed) for a in asked if a.fixed is not None)


def _fixed_now(roster: DutyRoster, at: datetime) -> Counter[tuple[int, datetime, int]]:
    """What is fixed at this moment, as far as a proposal could take it up."""
    running = {pattern.pk for pattern in _patterns(roster.body_id)}
    return Counter(
        (line.pattern_id, line.starts_at, line.staff_id)
        for line in _fixed(roster)
        if line.starts_at > at
        and line.staff_id is not None
        and (roster.kind == RosterKind.SURGE or line.pattern_id in running)
    )


def _of_month(body: Body, first: date) -> DutyRoster | None:
    found = DutyRoster.objects.filter(body=body, kind=RosterKind.MONTH, starts_on=first)
    roster = found.exclude(state=RosterState.DROPPED).first()
    if roster is not None and roster.state == RosterState.PUBLISHED:
        raise Refusal(
            said(N_("{year} 年 {month} 月的值班表已经公布。"), year=first.year, month=first.month),
            rule="registry.roster_once",
            remedy=N_("个别的班请用“取消这一班”或换班来调整。"),
        )
    return roster


def _asked_of_month(
    body: Body, first: date, last: date, fixed: list[RosterLine], at: datetime
) -> list[Asked]:
    """The places that the patterns ask for and no published watch fills yet; who was fixed comes first."""
    wanted = needs(_patterns(body.pk), first, last, calendar_for(body.pk))
    published = DutyShift.objects.filter(
        post__unit__body_id=body.pk,
        cancelled_at=None,
        starts_at__lt=start_of_day(last + 2 * ONE_DAY),
        ends_at__gt=start_of_day(first),
    )
    kept: dict[tuple[int, datetime], list[int]] = {}
    for line in fixed:
        if line.staff_id is not None:
            kept.setdefault((line.pattern_id, line.starts_at), []).append(line.staff_id)
    asked: list[Asked] = []
    for need, lacking in missing(wanted, published):
        if need.span.starts_at <= at:
            continue  # what has begun is not planned any more
        chosen = kept.get(need.key, [])
        for n in range(max(lacking, len(chosen))):
            staff = chosen[n] if n < len(chosen) else None
            asked.append(Asked(len(asked), need.pattern, need.span, staff))
    return asked


def _check_keeps(roster: DutyRoster, line: RosterLine, staff: Staff, at: datetime) -> None:
    lines = [one for one in _lines(roster) if one.pk != line.pk]
    why = why_not(roster.body_id, line, lines, staff.pk, at)
    if why is not None:
        words = refused_words(staff.name, _span(line), line.pattern.label, why)
        raise Incomplete(
            N_("这一班没有改。"),
            fields={"staff": words},
            rule="registry.roster_line",
            remedy=N_("请选别的人。"),
        )


def why_not(
    body_id: int, line: RosterLine, others: Iterable[RosterLine], staff_id: int, at: datetime
) -> Why | None:
    """Why somebody cannot keep a line beside the other lines of its draft and all published watches; None: they can."""
    task = task_for(body_id, [Asked(0, line.pattern, _span(line))], at=at)
    keeper = next((one for one in task.keepers if one.ref == staff_id), None)
    if keeper is None:
        return Why.NOT_ON_POST
    mine = [_span(one) for one in others if one.staff_id == staff_id]
    return holds_back(keeper, task.watches[0], mine, task.limits)


def _check_publishable(
    roster: DutyRoster, lines: list[RosterLine], leaving_open: Collection[int], at: datetime
) -> None:
    broken = breaches(roster.body_id, lines, at)
    if broken:
        raise Refusal(
            said(N_("有人不能值排给他的班：{watches}。"), watches=_named(broken)),
            rule="registry.roster_breach",
            remedy=N_("请改这几班，或重新编排，再公布。"),
        )
    empty = [line for line in lines if line.staff_id is None and line.pk not in set(leaving_open)]
    if empty:
        words = [watch_words(_span(line), line.pattern.label) for line in empty]
        raise Refusal(
            said(N_("还有 {count} 班没有人：{watches}。"), count=len(empty), watches=_named(words)),
            rule="registry.roster_gap",
            remedy=N_("请补上人，或确认让这几班空着再公布。"),
        )


def breaches(body_id: int, lines: Iterable[RosterLine], at: datetime) -> list[str]:
    """The filled lines that their people cannot keep as things stand now, in words."""
    filled = [line for line in lines if line.staff_id is not None]
    task = task_for(body_id, [Asked(line.pk, line.pattern, _span(line)) for line in filled], at=at)
    chosen = {line.pk: line.staff_id for line in filled if line.staff_id is not None}
    return [
        refused_words(line.staff.name if line.staff else "", _span(line), line.pattern.label, why)
        for line in filled
        if (why := _breach(task, chosen, line.pk)) is not None
    ]


def _breach(task: Task, chosen: dict[int, int], ref: int) -> Why | None:
    keeper = next((one for one in task.keepers if one.ref == chosen[ref]), None)
    watch = next(one for one in task.watches if one.ref == ref)
    if keeper is None:
        return Why.NOT_ON_POST
    others = spans_of(task, chosen, without=ref).get(keeper.ref, ())
    return holds_back(keeper, watch, others, task.limits)


def _named(words: Sequence[str]) -> tuple[str, ...]:
    return (*words[:NAMED], "…") if len(words) > NAMED else tuple(words)


def _shift(roster: DutyRoster, line: RosterLine, kind: ShiftKind, at: datetime) -> DutyShift:
    return DutyShift(
        post_id=line.pattern.post_id,
        staff=line.staff,
        starts_at=line.starts_at,
        ends_at=line.ends_at,
        kind=kind,
        is_lead=line.pattern.is_lead,
        roster=roster,
        entered_at=at,
    )


def _check_month(first: date, last: date, today: date) -> None:
    ahead = (first.year - today.year) * 12 + first.month - today.month
    if last < today or ahead > AHEAD:
        raise Incomplete(
            N_("没有编排。"),
            fields={"month": N_("请选本月到明年本月之间的一个月。")},
            rule="registry.roster_month",
        )


def _check_surge(starts_on: date, ends_on: date, reason: str, more: Mapping[int, int], today: date) -> None:
    fields = {}
    if not 1 <= len(reason) <= 120:
        fields["reason"] = N_("请写为什么加强值班，不超过 120 字，例如：暴雨橙色预警。")
    if ends_on < max(starts_on, today):
        fields["ends_on"] = N_("最后一天不能早于第一天，也不能早于今天。")
    elif (ends_on - starts_on).days >= LONGEST_SURGE:
        fields["ends_on"] = N_("一次加强最多 62 天。")
    if not any(more.values()) or any(not 0 <= count <= MOST_MORE for count in more.values()):
        fields["more"] = N_("请写哪一班加几个人，最多 10 人。")
    if fields:
        raise Incomplete(N_("没有编排。"), fields=fields, rule="registry.surge")


def _patterns(body_id: int) -> list[ShiftPattern]:
    rows = ShiftPattern.objects.filter(post__unit__body_id=body_id, ended_on=None)
    return list(rows.order_by("starts", "pk"))


def _fixed(roster: DutyRoster | None) -> list[RosterLine]:
    return [line for line in _lines(roster) if line.fixed] if roster is not None else []


def _lines(roster: DutyRoster) -> list[RosterLine]:
    return list(roster.lines.select_related("pattern", "staff"))


def _span(line: RosterLine) -> Span:
    return Span(line.starts_at, line.ends_at)


def _staff_id(by: HasActor) -> int | None:
    return getattr(by, "staff_id", None)
