"""The clock table against its articles: facts and the day they give. The vectors T1 to T8 carry their names."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiying.rules.calendar import SHANGHAI, WorkCalendar, china_calendar, day_in_shanghai, plain_calendar
from huiying.rules.clocks import ROWS, Clock, Roll
from huiying.rules.deadlines import (
    Arrival,
    clocks_for,
    days_left,
    due,
    extension_check,
    feedback_due,
    handling_due,
    near_until,
    notice_due,
    objection_due,
    reminder_on,
    review_window,
    route_due,
)
from huiying.rules.durations import CalendarDays, Days, WorkingDays
from huiying.rules.lifecycle import PetitionKind
from huiying.rules.refusals import Refusal

CHINA = china_calendar(range(2024, 2028))
WEEKENDS_ONLY = plain_calendar(range(2020, 2035))


def d(text: str) -> date:
    return date.fromisoformat(text)


# article | clock | start | calendar | expected last day
STATUTE = [
    pytest.param("22", Clock.ROUTE, "2026-01-05", CHINA, "2026-01-20", id="T1 start day excluded"),
    pytest.param("34", Clock.HANDLE, "2026-01-20", CHINA, "2026-03-21", id="T2 a Saturday, not moved"),
    pytest.param(
        "35", Clock.REQUEST_REVIEW, "2026-04-16", CHINA, "2026-05-18", id="T4 Saturday rolls to Monday"
    ),
    pytest.param("23", Clock.OBJECTION, "2026-01-09", CHINA, "2026-01-16", id="T5 five working days"),
    pytest.param("", Clock.ENQUIRY, "2026-01-09", CHINA, "2026-01-16", id="enquiry: five working days"),
    pytest.param("", Clock.SUGGESTION, "2026-01-20", CHINA, "2026-03-21", id="suggestion: sixty days"),
    pytest.param("", Clock.RESUME, "2026-04-16", CHINA, "2026-05-18", id="taking a withdrawal back rolls"),
    pytest.param("30", Clock.DISCLOSURE_CLARIFY, "2026-03-02", WEEKENDS_ONLY, "2026-03-11", id="T6 clarify"),
    pytest.param("33", Clock.DISCLOSURE, "2026-03-02", WEEKENDS_ONLY, "2026-03-30", id="T6 reply"),
    pytest.param(
        "32", Clock.DISCLOSURE_THIRD_PARTY, "2026-03-02", WEEKENDS_ONLY, "2026-03-23", id="T6 third party"
    ),
    pytest.param("34", Clock.HANDLE, "2028-01-01", CHINA, "2028-03-01", id="T8 leap day counted"),
    pytest.param("34", Clock.HANDLE, "2027-01-01", CHINA, "2027-03-02", id="T8 no leap day"),
    pytest.param("23", Clock.NOTICE, "2026-02-09", CHINA, "2026-02-24", id="notice over Spring Festival"),
    pytest.param(
        "23", Clock.OBJECTION, "2026-02-12", CHINA, "2026-02-26", id="Spring Festival, make-up Saturday"
    ),
    pytest.param("23", Clock.OBJECTION, "2026-02-25", CHINA, "2026-03-03", id="make-up Saturday counts"),
    pytest.param("23", Clock.OBJECTION, "2025-12-31", CHINA, "2026-01-08", id="New Year, make-up Sunday"),
    pytest.param("23", Clock.OBJECTION, "2025-09-26", CHINA, "2025-10-10", id="National Day, make-up Sunday"),
    pytest.param(
        "35", Clock.REQUEST_REVIEW, "2026-01-16", CHINA, "2026-02-24", id="window ends in Spring Festival"
    ),
    pytest.param(
        "35", Clock.REQUEST_REVIEW, "2026-01-29", CHINA, "2026-02-28", id="window ends on a make-up day"
    ),
    pytest.param(
        "36", Clock.REQUEST_FINAL_REVIEW, "2026-09-02", CHINA, "2026-10-08", id="window ends on holiday"
    ),
    pytest.param(
        "35", Clock.REVIEW, "2026-09-02", CHINA, "2026-10-02", id="the organ's own period does not move"
    ),
    pytest.param(
        "36", Clock.FINAL_REVIEW, "2026-04-16", CHINA, "2026-05-16", id="final review does not move"
    ),
]


@pytest.mark.parametrize(("article", "clock", "start", "calendar", "expected"), STATUTE)
def test_each_period_ends_on_the_day_its_article_gives(
    article: str, clock: Clock, start: str, calendar: WorkCalendar, expected: str
) -> None:
    answer = due(clock, d(start), calendar)
    assert answer.due_on == d(expected)
    assert answer.article.endswith(f"art. {article}" if article else "POLICY")


def test_every_period_with_a_length_appears_in_the_statute_table() -> None:
    tested = {row.values[1] for row in STATUTE}
    assert tested == {clock for clock in Clock if ROWS[clock].length is not None}


def test_every_clock_has_a_row_that_cites_an_article() -> None:
    assert set(ROWS) == set(Clock)
    own = {Clock.ENQUIRY, Clock.SUGGESTION, Clock.RESUME, Clock.ASSISTANCE}  # the law names no such period
    assert {clock for clock, row in ROWS.items() if "art. " not in row.article} == own
    assert all(row.article == "POLICY" for clock, row in ROWS.items() if clock in own)
    assert all(row.label and row.starts and row.holder for row in ROWS.values())


def test_only_petitioners_windows_roll_forward() -> None:
    lenient = {clock for clock, row in ROWS.items() if row.roll is Roll.LENIENT}
    assert lenient == {Clock.REQUEST_REVIEW, Clock.REQUEST_FINAL_REVIEW, Clock.RESUME}


@pytest.mark.parametrize(
    ("today", "until"),
    [
        pytest.param("2026-03-19", "2026-03-20", id="a Thursday: Friday"),
        pytest.param("2026-03-20", "2026-03-23", id="a Friday: the weekend and Monday"),
        pytest.param("2026-02-14", "2026-02-24", id="the last working day before Spring Festival"),
    ],
)
def test_what_ends_on_a_holiday_stands_on_the_desk_on_the_last_working_day_before(
    today: str, until: str
) -> None:
    assert near_until(d(today), CHINA) == d(until)


def test_t2_the_reminder_for_a_saturday_goes_out_on_friday() -> None:
    handling = due(Clock.HANDLE, d("2026-01-20"))
    assert reminder_on(handling, CHINA) == d("2026-03-20")


def test_t3_an_approved_extension_of_30_days_moves_the_date_by_30_days() -> None:
    answer = due(Clock.HANDLE, d("2026-01-20"), extended=CalendarDays(30))
    assert answer.due_on == d("2026-04-20")
    assert answer.extended == CalendarDays(30)


GOOD_EXTENSION = {
    "handler": "staff:7",
    "approver": "staff:1",
    "reason": "需要鉴定",
    "days": CalendarDays(30),
    "notice_sent": True,
    "already_extended": False,
}


def test_t3_a_complete_extension_is_let_through() -> None:
    extension_check(**GOOD_EXTENSION)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"approver": ""}, id="no approver"),
        pytest.param({"approver": "staff:7"}, id="the handler approves alone"),
        pytest.param({"reason": "  "}, id="no reason"),
        pytest.param({"notice_sent": False}, id="the petitioner is not told"),
        pytest.param({"days": CalendarDays(31)}, id="31 days"),
        pytest.param({"days": CalendarDays(0)}, id="no days"),
        pytest.param({"days": WorkingDays(30)}, id="working days for natural days"),
        pytest.param({"already_extended": True}, id="a second extension"),
    ],
)
def test_t3_an_extension_that_lacks_one_thing_is_refused_with_its_article(wrong: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refusal:
        extension_check(**{**GOOD_EXTENSION, **wrong})  # type: ignore[arg-type]
    assert refusal.value.article == "信访工作条例 art. 34"
    assert refusal.value.remedy


@pytest.mark.parametrize("clock", [Clock.ROUTE, Clock.NOTICE, Clock.REVIEW, Clock.REQUEST_REVIEW])
def test_a_period_without_an_extension_in_law_cannot_be_extended(clock: Clock) -> None:
    with pytest.raises(Refusal):
        due(clock, d("2026-01-20"), CHINA, extended=CalendarDays(1))


@pytest.mark.parametrize("extension", [WorkingDays(21), CalendarDays(20)])
def test_a_disclosure_reply_is_extended_by_at_most_20_working_days(extension: Days) -> None:
    assert due(Clock.DISCLOSURE, d("2026-03-02"), WEEKENDS_ONLY, extended=WorkingDays(20)).due_on == d(
        "2026-04-27"
    )
    with pytest.raises(Refusal):
        due(Clock.DISCLOSURE, d("2026-03-02"), WEEKENDS_ONLY, extended=extension)


def test_a_hearing_lengthens_a_final_review_and_nothing_else() -> None:
    assert due(Clock.FINAL_REVIEW, d("2026-04-16"), hearing_days=10).due_on == d("2026-05-26")
    assert due(Clock.HANDLE, d("2026-01-20"), hearing_days=10).due_on == d("2026-03-21")
    assert due(Clock.REVIEW, d("2026-04-16"), hearing_days=10).due_on == d("2026-05-16")


def test_an_instruction_names_its_own_day() -> None:
    assert feedback_due(instructed_on=d("2026-01-05"), named_on=d("2026-02-01")).due_on == d("2026-02-01")
    with pytest.raises(Refusal):
        due(Clock.FEEDBACK, d("2026-01-05"))


def test_a_petition_filed_at_2359_in_shanghai_counts_from_that_day() -> None:
    filed = datetime(2026, 1, 5, 23, 59, 59, tzinfo=SHANGHAI)
    assert route_due(received_on=day_in_shanghai(filed)).due_on == d("2026-01-20")
    next_second = filed + timedelta(seconds=1)
    assert route_due(received_on=day_in_shanghai(next_second)).due_on == d("2026-01-21")


def test_a_reply_at_2359_on_the_last_day_is_in_time_and_at_midnight_is_late() -> None:
    answer = due(Clock.HANDLE, d("2026-01-20"))
    assert not answer.is_past(datetime(2026, 3, 21, 23, 59, 59, tzinfo=SHANGHAI))
    assert answer.is_past(datetime(2026, 3, 22, 0, 0, tzinfo=SHANGHAI))


def test_a_missed_notice_buys_no_time() -> None:
    late = handling_due(accepted_on=d("2026-03-01"), notice_due_on=d("2026-01-20"))
    assert late.start == d("2026-01-20")
    assert late.due_on == d("2026-03-21")
    assert late.notice_overdue


def test_a_notice_in_time_starts_the_clock_on_the_day_of_acceptance() -> None:
    answer = handling_due(accepted_on=d("2026-01-10"), notice_due_on=d("2026-01-20"))
    assert answer.start == d("2026-01-10")
    assert not answer.notice_overdue


def test_acceptance_in_time_with_a_late_notice_is_flagged_and_keeps_the_earlier_start() -> None:
    answer = handling_due(
        accepted_on=d("2026-01-10"), notice_due_on=d("2026-01-20"), notified_on=d("2026-01-25")
    )
    assert answer.start == d("2026-01-10")
    assert answer.notice_overdue


def test_with_no_acceptance_at_all_the_clock_runs_from_the_day_the_notice_was_due() -> None:
    answer = handling_due(accepted_on=None, notice_due_on=d("2026-01-20"))
    assert (answer.start, answer.notice_overdue) == (d("2026-01-20"), True)


def test_the_longest_lawful_wait_for_an_answer_is_120_days() -> None:
    received = d("2026-01-05")
    routed = route_due(received_on=received).due_on
    told = notice_due(received_on=routed).due_on
    handled = handling_due(accepted_on=told, notice_due_on=told, extended=CalendarDays(30)).due_on
    assert days_left(handled, received) == 120


def test_a_deadline_in_a_year_whose_holidays_are_unpublished_is_provisional() -> None:
    assert objection_due(received_on=d("2028-01-28"), calendar=CHINA).provisional
    assert review_window(reply_received_on=d("2028-01-05"), calendar=CHINA).provisional
    assert not objection_due(received_on=d("2026-02-12"), calendar=CHINA).provisional


def test_natural_days_are_certain_even_in_an_unpublished_year() -> None:
    assert not due(Clock.HANDLE, d("2030-01-01"), CHINA).provisional


def test_the_computation_shows_every_day_and_why_it_does_not_count() -> None:
    steps = objection_due(received_on=d("2026-02-25"), calendar=CHINA).steps
    assert [(step.on.day, step.counted) for step in steps] == [
        (25, False),
        (26, True),
        (27, True),
        (28, True),
        (1, False),
        (2, True),
        (3, True),
    ]
    assert steps[0].note == "周三，起算日，不计入"
    assert steps[3].note == "周六，第 3 日"
    assert steps[4].note == "周日，非工作日，不计入"


def test_days_left_are_zero_on_the_day_and_negative_after_it() -> None:
    assert [days_left(d("2026-03-21"), d(today)) for today in ("2026-03-20", "2026-03-21", "2026-03-23")] == [
        1,
        0,
        -2,
    ]


@pytest.mark.parametrize("kind", PetitionKind)
@pytest.mark.parametrize("arrival", Arrival)
def test_only_a_request_has_the_60_day_clock(kind: PetitionKind, arrival: Arrival) -> None:
    clocks = clocks_for(kind, arrival=arrival)
    assert (Clock.HANDLE in clocks) == (kind is PetitionKind.REQUEST)
    assert Clock.HANDLE not in clocks_for(kind, arrival=arrival, other_procedure=True)


def test_only_a_transferred_matter_can_be_objected_to() -> None:
    objecting = {
        arrival for arrival in Arrival if Clock.OBJECTION in clocks_for(PetitionKind.REQUEST, arrival=arrival)
    }
    assert objecting == {Arrival.TRANSFERRED}


@given(
    start=st.dates(date(2024, 1, 1), date(2026, 10, 1)),
    clock=st.sampled_from([clock for clock in Clock if ROWS[clock].length is not None]),
)
def test_whatever_the_start_the_counted_days_are_exactly_the_length(start: date, clock: Clock) -> None:
    answer = due(clock, start, CHINA)
    length = ROWS[clock].length
    assert length is not None
    assert sum(step.counted for step in answer.steps) == length.n
    assert [step.on for step in answer.steps] == [start + timedelta(days=n) for n in range(len(answer.steps))]
    if answer.lenient or isinstance(length, WorkingDays):
        assert CHINA.day(answer.due_on).working


SNOW = date(2026, 1, 7)
SNOWED_IN = replace(CHINA, overrides={SNOW: False}, reasons={SNOW: "大雪停工"})


def test_a_day_that_the_body_changed_says_why_in_the_computation() -> None:
    steps = due(Clock.ENQUIRY, date(2026, 1, 5), SNOWED_IN).steps
    assert [(step.on, step.reason) for step in steps if step.reason] == [(SNOW, "大雪停工")]
    assert (
        next(step for step in steps if step.on == SNOW).note
        == "周三，非工作日，不计入（本机构调整：大雪停工）"
    )


def test_a_window_that_rolls_over_such_a_day_says_why_and_natural_days_never_do() -> None:
    rolled = due(Clock.REQUEST_REVIEW, SNOW - timedelta(days=30), SNOWED_IN)
    assert [(step.on, step.reason) for step in rolled.steps[-2:]] == [
        (SNOW, "大雪停工"),
        (date(2026, 1, 8), ""),
    ]
    assert not any(step.reason for step in due(Clock.NOTICE, date(2026, 1, 5), SNOWED_IN).steps)


def test_a_reason_without_a_changed_day_says_nothing() -> None:
    kept = replace(CHINA, reasons={SNOW: "大雪停工"})
    assert not any(step.reason for step in due(Clock.ENQUIRY, date(2026, 1, 5), kept).steps)
