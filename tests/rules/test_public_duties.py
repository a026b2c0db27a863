"""When the public must be told, what a report must say, and what each figure means."""

from datetime import UTC, datetime, timedelta

import pytest

from huiying.rules import figures, reporting
from huiying.rules.calendar import SHANGHAI
from huiying.rules.lifecycle import ReportKind
from huiying.rules.publication import DUTIES, DutyKind, InformationTrigger, information_due
from huiying.rules.refusals import Incomplete

AT = datetime(2026, 2, 28, 22, 30, tzinfo=SHANGHAI)


def test_a_major_event_is_told_within_5_hours_and_explained_within_24() -> None:
    duties = information_due(InformationTrigger.MAJOR_EVENT, AT)
    assert [(duty.kind, duty.due_at) for duty in duties] == [
        (DutyKind.AUTHORITATIVE_INFORMATION, datetime(2026, 3, 1, 3, 30, tzinfo=SHANGHAI)),
        (DutyKind.PRESS_CONFERENCE, datetime(2026, 3, 1, 22, 30, tzinfo=SHANGHAI)),
    ]


def test_another_public_concern_is_answered_within_48_hours() -> None:
    (duty,) = information_due(InformationTrigger.PUBLIC_CONCERN, AT)
    assert duty.due_at == AT + timedelta(hours=48)
    assert duty.source == "国办发〔2016〕61号"


def test_hours_run_from_the_same_instant_whatever_zone_it_is_written_in() -> None:
    assert information_due(InformationTrigger.MAJOR_EVENT, AT) == information_due(
        InformationTrigger.MAJOR_EVENT, AT.astimezone(UTC)
    )


def test_a_duty_is_late_when_it_is_met_late_or_still_open_after_its_time() -> None:
    duty = information_due(InformationTrigger.MAJOR_EVENT, AT)[0]
    assert not duty.is_late(duty.due_at, AT + timedelta(days=9))
    assert duty.is_late(duty.due_at + timedelta(seconds=1), AT)
    assert duty.is_late(None, AT + timedelta(hours=6))
    assert not duty.is_late(None, AT)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        information_due(InformationTrigger.MAJOR_EVENT, AT.replace(tzinfo=None))


def test_every_duty_names_its_source_and_every_trigger_brings_a_duty() -> None:
    assert all(row.source and row.kind.label and row.trigger.label for row in DUTIES)
    assert {row.trigger for row in DUTIES} == set(InformationTrigger)


@pytest.mark.parametrize("kind", ReportKind)
def test_a_report_that_says_everything_passes_and_one_gap_is_named(kind: ReportKind) -> None:
    required = reporting.required_fields(kind)
    full: dict[str, object] = {field.name: "有" for field in required}
    reporting.check_report(kind, full)
    for field in required:
        assert reporting.missing_fields(kind, {**full, field.name: " "}) == (field,)


def test_no_casualties_is_an_answer() -> None:
    required = reporting.required_fields(ReportKind.FIRST)
    values: dict[str, object] = {field.name: "有" for field in required} | {"casualties": 0}
    assert reporting.missing_fields(ReportKind.FIRST, values) == ()


def test_a_first_report_asks_for_thirteen_things_and_no_name_of_a_petitioner() -> None:
    names = [field.name for field in reporting.required_fields(ReportKind.FIRST)]
    assert len(names) == len(set(names)) == 13
    assert not [name for name in names if "petition" in name]


def test_an_activation_names_matter_level_duration_and_measures() -> None:
    with pytest.raises(Incomplete) as refusal:
        reporting.check_activation({"matter": "x", "level": "yellow"})
    assert list(refusal.value.fields) == ["expected_duration", "measures"]
    assert refusal.value.article == "突发事件应对法 art. 72"


def test_an_alert_says_the_eight_things_of_article_64() -> None:
    with pytest.raises(Incomplete) as refusal:
        reporting.check_alert({})
    assert len(refusal.value.fields) == 8


def test_every_figure_is_defined_in_words_and_cites_an_article() -> None:
    assert all(
        "art. " in each.article and each.formula and each.label for each in figures.DEFINITIONS.values()
    )


@pytest.mark.parametrize(("part", "expected"), [(0.5, 3), (0.9, 9), (1, 9), (0.01, 1)])
def test_a_quantile_is_a_value_that_occurred(part: float, expected: int) -> None:
    assert figures.quantile([9, 1, 3, 2, 5], part) == expected


def test_no_values_have_no_quantile() -> None:
    assert figures.quantile([], 0.5) is None
    with pytest.raises(ValueError, match="part"):
        figures.quantile([1], 0)
