"""From a confirmed warning to a proposal for the leading group: once, and with nothing of a petition in it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps

import huiying.emergency
from huiying.emergency import actions, jobs
from huiying.emergency.models import Incident
from huiying.emergency.selectors import level_suggested
from huiying.issues import actions as causes
from huiying.issues.models import EarlyWarning
from huiying.issues.selectors import summary_of
from huiying.playbook.kinds import ResponseLevel
from huiying.records.models import LedgerEvent
from huiying.rules.actors import SYSTEM
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.matters import Matter
from huiying.rules.refusals import IllegalMove
from tests.cast import Cast
from tests.rooms.emergency.response import activated
from tests.rooms.petitions.matters import MONDAY, filed, filing

LATER = MONDAY + timedelta(hours=3)


def proposed(cast: Cast) -> EarlyWarning:
    """A warning proposed on a cause that five people wrote about."""
    asked = {
        "title": "水渠淤塞",
        "matter": Matter.WORKS,
        "unit": cast.units["works"],
        "by": cast.clerk,
        "at": MONDAY,
    }
    issue = causes.issue_open(body=cast.body, **asked)
    found = [filed(cast, filing(text=f"第 {n} 组的水渠堵了，夜里漫到路上。")).petition for n in range(5)]
    causes.issue_tie(issue=issue, petitions=found, by=cast.clerk, at=MONDAY)
    return causes.warning_propose(issue=issue, by=cast.clerk, at=MONDAY)


def confirmed(cast: Cast) -> EarlyWarning:
    """The same, verified by a second person and confirmed by the leading group."""
    warning = proposed(cast)
    causes.warning_verify(
        warning=warning, words="现场查看属实。", by=cast.duty_officer, at=MONDAY + timedelta(hours=1)
    )
    return causes.warning_confirm(warning=warning, by=cast.leader, at=MONDAY + timedelta(hours=2))


def test_a_confirmed_warning_is_laid_before_the_leading_group_once(cast: Cast) -> None:
    warning = confirmed(cast)
    assert [jobs.lay_warnings_before_leading_group(LATER) for _ in range(2)] == [1, 0]
    incident = Incident.objects.get()
    assert (incident.state, incident.warning_id) == (IncidentState.VERIFIED, warning.pk)
    assert LedgerEvent.objects.filter(kind="incident.reported").count() == 1


def test_laying_the_same_warning_again_gives_the_same_incident(cast: Cast) -> None:
    summary = summary_of(confirmed(cast))
    found = {actions.activation_open_for_warning(warning=summary, by=SYSTEM, at=LATER).pk for _ in range(2)}
    assert len(found) == 1


def test_a_warning_that_is_not_confirmed_is_laid_before_nobody(cast: Cast) -> None:
    summary = summary_of(proposed(cast))
    assert jobs.lay_warnings_before_leading_group(LATER) == 0
    with pytest.raises(IllegalMove):
        actions.activation_open_for_warning(warning=summary, by=SYSTEM, at=LATER)


def test_the_leading_group_activates_what_the_warning_proposed(cast: Cast) -> None:
    confirmed(cast)
    jobs.lay_warnings_before_leading_group(LATER)
    incident = Incident.objects.get()
    plan_at = {"expected_until": LATER + timedelta(days=40)}
    assert activated(cast, incident=incident, **plan_at).incident.state == IncidentState.ACTIVE


def test_a_warnings_colour_suggests_the_response_level_of_the_same_rank() -> None:
    assert level_suggested("orange") is ResponseLevel.II
    assert level_suggested("grey") is None


def test_no_words_of_a_petition_reach_the_incident(cast: Cast) -> None:
    confirmed(cast)
    jobs.lay_warnings_before_leading_group(LATER)
    kept = str(Incident.objects.values().get())
    assert "夜里漫到路上" not in kept and "组的水渠" not in kept


def test_no_model_of_this_room_leads_to_a_petition_a_cause_or_a_person_outside_the_staff() -> None:
    reached = {
        field.related_model._meta.app_label + "." + field.related_model.__name__
        for model in apps.get_app_config("emergency").get_models()
        for field in model._meta.get_fields()
        if field.related_model is not None and not isinstance(field.related_model, str)
    }
    # An expert agreed to be called for their profession; a place is a counter of the body.
    allowed = {f"registry.{name}" for name in ("Body", "Unit", "Post", "Staff", "Place", "Expert")}
    others = {name for name in reached if name.split(".")[0] not in {"emergency", "publishing", "learning"}}
    assert others <= allowed


def test_no_model_of_this_room_has_room_for_a_petition_or_a_name() -> None:
    names = {
        field.name
        for model in apps.get_app_config("emergency").get_models()
        for field in model._meta.get_fields()
    }
    assert not [
        name for name in names if re.search(r"petition|petitioner|identity|id_number|participant|token", name)
    ]


def test_no_file_of_this_room_speaks_to_the_petitions_room() -> None:
    folder = Path(str(huiying.emergency.__file__)).parent
    doors = folder.parent / "web" / "console"
    files = [*folder.rglob("*.py"), *(doors / "incidents").rglob("*.py"), *(doors / "plans").rglob("*.py")]
    asks = re.compile(
        r"huiying\.petitions|import petitions|issues\.models|issues\.gate|\bPetition\b|petitions?_for"
    )
    assert [file.name for file in files if asks.search(file.read_text(encoding="utf-8"))] == []
