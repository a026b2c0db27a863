"""When something is due, with the computation day by day. Dates in, dates out: no clock is read here.

The start day is not counted (民法典 art. 201, by analogy). Officials' deadlines are strict: they do not move
when they fall on a holiday. Petitioners' windows are lenient: they move to the next working day (民法典
art. 203; POLICY). A deadline of a day ends at 24:00 in Asia/Shanghai. It is derived each time, never counted
down by a job.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from huiying.rules.calendar import ONE_DAY, WEEKDAYS, WorkCalendar, end_of_day, plain_calendar
from huiying.rules.clocks import ROWS, Clock, ClockRow, Roll
from huiying.rules.durations import CalendarDays, Days, WorkingDays
from huiying.rules.lifecycle.petition import PetitionKind
from huiying.rules.refusals import Refusal
from huiying.rules.words import N_

EXECUTION_USUAL = CalendarDays(30)  # POLICY: the law names no day for carrying out an answer
REMEDY_LONGER = N_("请在期限内答复；需要更多时间时，按规定申请延期。")


class StepKind(StrEnum):
    """What one day does in a computation."""

    START = "start"
    COUNTED = "counted"
    NOT_WORKING = "not_working"
    EXTENDED = "extended"
    HEARING = "hearing"
    ROLLED = "rolled"
    LANDED = "landed"
    NAMED = "named"

    @property
    def label(self) -> str:
        """A Chinese sentence with a place `{n}` for the number."""
        return STEP_LABELS[self]


STEP_LABELS = {
    StepKind.START: N_("起算日，不计入"),
    StepKind.COUNTED: N_("第 {n} 日"),
    StepKind.NOT_WORKING: N_("非工作日，不计入"),
    StepKind.EXTENDED: N_("延长第 {n} 日"),
    StepKind.HEARING: N_("听证第 {n} 日，所需时间不计入期限"),
    StepKind.ROLLED: N_("非工作日，顺延"),
    StepKind.LANDED: N_("顺延至这一个工作日，为最后一日"),
    StepKind.NAMED: N_("交办时指定的日期"),
}

CHANGED_BY_BODY = N_("本机构调整：{reason}")

COUNTING = frozenset({StepKind.COUNTED, StepKind.EXTENDED})
MOVING = frozenset({StepKind.ROLLED, StepKind.LANDED})


@dataclass(frozen=True, slots=True)
class Step:
    """One day of a computation: what it was and whether it counted; `reason` where the body itself changed the day."""

    on: date
    kind: StepKind
    number: int = 0
    reason: str = ""

    @property
    def counted(self) -> bool:
        """Whether the day uses up the period."""
        return self.kind in COUNTING

    @property
    def note(self) -> str:
        """The day in Chinese: weekday, then what it does, then why the body changed it."""
        words = f"{WEEKDAYS[self.on.weekday()]}，{self.kind.label.format(n=self.number)}"
        return f"{words}（{CHANGED_BY_BODY.format(reason=self.reason)}）" if self.reason else words


@dataclass(frozen=True, slots=True)
class Due:
    """A due date with its rule, article and computation.

    `provisional`: it rests on a year whose holidays are not published yet. `notice_overdue`: the written
    notice was missed, so the clock runs from the day the notice was due.
    """

    clock: Clock
    start: date
    due_on: date
    article: str
    roll: Roll
    steps: tuple[Step, ...]
    provisional: bool = False
    extended: Days | None = None
    notice_overdue: bool = False

    @property
    def rule(self) -> str:
        """The rule's name as `huiying due` takes it."""
        return self.clock.value

    @property
    def label(self) -> str:
        """The Chinese name of the period."""
        return self.clock.label

    @property
    def strict(self) -> bool:
        """Whether the date stands even on a holiday."""
        return self.roll is Roll.STRICT

    @property
    def lenient(self) -> bool:
        """Whether the date moved, or would move, to the next working day."""
        return self.roll is Roll.LENIENT

    @property
    def expires_at(self) -> datetime:
        """24:00 of the due day in Asia/Shanghai."""
        return end_of_day(self.due_on)

    def is_past(self, at: datetime) -> bool:
        """Say whether the period has run out at an instant; 23:59 of the due day is still in time."""
        return at >= self.expires_at


def due(
    rule: Clock | str,
    start: date,
    calendar: WorkCalendar | None = None,
    *,
    extended: Days | None = None,
    hearing_days: int = 0,
) -> Due:
    """Date a period that starts on `start` (not counted), longer by an extension or a hearing where lawful.

    Working-day periods and petitioners' windows need a calendar. Hearing days move only a final review
    (art. 36) and no other rule. Raises Refusal for an extension the rule does not allow.
    """
    row = ROWS[Clock(rule)]
    if row.length is None:
        raise Refusal(
            N_("这个期限由交办时指定，没有法定天数。"),
            rule=row.clock.value,
            article=row.article,
            remedy=N_("请查看交办文书上指定的日期。"),
        )
    if calendar is None and (isinstance(row.length, WorkingDays) or row.roll is Roll.LENIENT):
        raise ValueError(f"{row.clock.value} needs a calendar")
    _check_extension_length(row, extended)
    steps = _computation(row, start, calendar or plain_calendar(()), extended, hearing_days)
    return Due(
        clock=row.clock,
        start=start,
        due_on=steps[-1].on,
        article=row.article,
        roll=row.roll,
        steps=steps,
        provisional=_rests_on_a_guess(row, steps, calendar),
        extended=extended,
    )


def route_due(*, received_on: date) -> Due:
    """C1: the petition office registers and routes within 15 days. 信访工作条例 art. 22."""
    return due(Clock.ROUTE, received_on)


def notice_due(*, received_on: date) -> Due:
    """C2, C3: the competent unit tells the petitioner in writing within 15 days. 信访工作条例 art. 23."""
    return due(Clock.NOTICE, received_on)


def objection_due(*, received_on: date, calendar: WorkCalendar) -> Due:
    """C4: a unit that is not competent objects within 5 working days. 信访工作条例 art. 23."""
    return due(Clock.OBJECTION, received_on, calendar)


def handling_due(
    *,
    accepted_on: date | None,
    notice_due_on: date,
    notified_on: date | None = None,
    extended: Days | None = None,
) -> Due:
    """C5: 60 days from acceptance, or from the day the notice was due, whichever is earlier. art. 34; POLICY.

    A missed notice buys no time. `notified_on` defaults to the acceptance day, since the notice goes out with
    it; with no acceptance at all the clock runs from `notice_due_on`, which the caller asks once that day has
    passed.
    """
    told_on = notified_on or accepted_on
    candidates = (accepted_on, notified_on, notice_due_on)
    start = min(day for day in candidates if day is not None)
    answer = due(Clock.HANDLE, start, extended=extended)
    return replace(answer, notice_overdue=told_on is None or told_on > notice_due_on)


def review_window(*, reply_received_on: date, calendar: WorkCalendar) -> Due:
    """C7: the petitioner may ask for a review within 30 days of receiving the reply. art. 35."""
    return due(Clock.REQUEST_REVIEW, reply_received_on, calendar)


def feedback_due(*, instructed_on: date, named_on: date) -> Due:
    """C11: the day named in the instruction, as it stands. 信访工作条例 art. 22."""
    return named_due(Clock.FEEDBACK, start=instructed_on, named_on=named_on)


def named_due(clock: Clock, *, start: date, named_on: date) -> Due:
    """A period whose last day was named by those who set it: feedback, execution, help of another unit."""
    row = ROWS[clock]
    steps = (Step(start, StepKind.START), Step(named_on, StepKind.NAMED))
    return Due(row.clock, start, named_on, row.article, row.roll, steps)


def execution_due(*, sent_on: date, named_on: date | None = None) -> Due:
    """A supported claim is carried out by the day that the reply names; 30 days after it left where it names none."""
    usual = sent_on + EXECUTION_USUAL.n * ONE_DAY
    return named_due(Clock.EXECUTION, start=sent_on, named_on=named_on or usual)


def enquiry_due(*, received_on: date, calendar: WorkCalendar) -> Due:
    """An enquiry (咨询) is answered within 5 working days. POLICY."""
    return due(Clock.ENQUIRY, received_on, calendar)


def suggestion_due(*, received_on: date) -> Due:
    """A suggestion is answered within 60 days; the law owes an answer and names no period (art. 29). POLICY."""
    return due(Clock.SUGGESTION, received_on)


def resume_window(*, withdrawn_on: date, calendar: WorkCalendar) -> Due:
    """Within 30 days the holder may take a withdrawal back. POLICY."""
    return due(Clock.RESUME, withdrawn_on, calendar)


def extension_check(
    *,
    handler: str,
    approver: str,
    reason: str,
    days: Days,
    notice_sent: bool,
    already_extended: bool,
) -> None:
    """Raise Refusal unless the handling period may be extended so. C6, art. 34; once only: POLICY.

    `handler` and `approver` are references of staff; `notice_sent`: the petitioner is told the reason.
    """
    row = ROWS[Clock.HANDLE]
    if already_extended:
        raise _extension_refused(row, N_("办理期限只能延长一次。"))
    _check_extension_length(row, days)
    if not reason.strip():
        raise _extension_refused(row, N_("延期须写明情况复杂的理由。"))
    if not approver or approver == handler:
        raise _extension_refused(row, N_("延期须由本单位负责人批准，承办人不能自己批准。"))
    if not notice_sent:
        raise _extension_refused(row, N_("延期须同时把理由告知信访人。"))


def reminder_on(due_on: Due | date, calendar: WorkCalendar) -> date:
    """The last working day on or before the due date, when a reminder still helps."""
    day = due_on.due_on if isinstance(due_on, Due) else due_on
    return calendar.last_working_day_on_or_before(day).on


def near_until(today: date, calendar: WorkCalendar) -> date:
    """The last due day that belongs on a desk today: the next working day, with the days off before it.

    So what ends on a holiday stands there on the last working day before it, when a reminder still helps.
    """
    return calendar.first_working_day_on_or_after(today + ONE_DAY).on


def days_left(due_on: Due | date, today: date) -> int:
    """Calendar days from today to the due date: 0 on the day itself, negative when overdue."""
    day = due_on.due_on if isinstance(due_on, Due) else due_on
    return (day - today).days


class Arrival(StrEnum):
    """How a matter reached whoever holds it; it decides between C1, C2 and C3."""

    PETITION_OFFICE = "petition_office"
    UNIT_DIRECT = "unit_direct"
    TRANSFERRED = "transferred"


_ON_ARRIVAL = {
    Arrival.PETITION_OFFICE: (Clock.ROUTE,),
    Arrival.UNIT_DIRECT: (Clock.NOTICE,),
    Arrival.TRANSFERRED: (Clock.NOTICE, Clock.OBJECTION),
}


def clocks_for(
    kind: PetitionKind, *, arrival: Arrival = Arrival.PETITION_OFFICE, other_procedure: bool = False
) -> tuple[Clock, ...]:
    """The clocks on a petition. Only a request has C5, and only where no other legal procedure takes it.

    信访工作条例 art. 22, 23, 31, 34: routes 1 to 5 of art. 31 (`other_procedure`) have their own time limits.
    """
    handled_here = kind is PetitionKind.REQUEST and not other_procedure
    return _ON_ARRIVAL[arrival] + ((Clock.HANDLE,) if handled_here else ())


def _computation(
    row: ClockRow, start: date, calendar: WorkCalendar, extended: Days | None, hearing_days: int
) -> tuple[Step, ...]:
    assert row.length is not None
    steps = [Step(start, StepKind.START), *_count(start, row.length, calendar, StepKind.COUNTED)]
    if row.hearing_excluded:
        steps += _count(steps[-1].on, CalendarDays(hearing_days), calendar, StepKind.HEARING)
    if extended is not None:
        steps += _count(steps[-1].on, extended, calendar, StepKind.EXTENDED)
    if row.roll is Roll.LENIENT:
        steps[-1] = replace(steps[-1], reason=calendar.reason_of(steps[-1].on))  # why it may not be the last
        steps += _roll(steps[-1].on, calendar)
    return tuple(steps)


def _count(after: date, length: Days, calendar: WorkCalendar, kind: StepKind) -> Iterator[Step]:
    on, number = after, 0
    while number < length.n:
        on += ONE_DAY
        reason = (
            calendar.reason_of(on) if isinstance(length, WorkingDays) else ""
        )  # natural days ask no calendar
        if isinstance(length, WorkingDays) and not calendar.day(on).working:
            yield Step(on, StepKind.NOT_WORKING, reason=reason)
            continue
        number += 1
        yield Step(on, kind, number, reason)


def _roll(last: date, calendar: WorkCalendar) -> Iterator[Step]:
    target = calendar.first_working_day_on_or_after(last).on
    while last < target:
        last += ONE_DAY
        kind = StepKind.LANDED if last == target else StepKind.ROLLED
        yield Step(last, kind, reason=calendar.reason_of(last))


def _rests_on_a_guess(row: ClockRow, steps: tuple[Step, ...], calendar: WorkCalendar | None) -> bool:
    """Natural days are certain in any year; working days and rolling are only as certain as their days."""
    if calendar is None:
        return False
    if isinstance(row.length, WorkingDays):
        return any(not calendar.knows_day(step.on) for step in steps[1:])
    if row.roll is Roll.STRICT:
        return False
    last_counted = max(step.on for step in steps if step.kind not in MOVING)
    return any(not calendar.knows_day(step.on) for step in steps if step.on >= last_counted)


def _check_extension_length(row: ClockRow, extended: Days | None) -> None:
    if extended is None:
        return
    if row.extension is None:
        raise _extension_refused(row, N_("这个期限没有延期的规定。"))
    if type(extended) is not type(row.extension) or not 1 <= extended.n <= row.extension.n:
        raise _extension_refused(row, N_("延期至少 1 天，最长 {most}。").format(most=row.extension))


def _extension_refused(row: ClockRow, message: str) -> Refusal:
    return Refusal(message, rule=f"{row.clock.value}.extension", article=row.article, remedy=REMEDY_LONGER)
