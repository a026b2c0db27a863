"""Evaluations over HTTP: from the ended incident to the draft of the next plan."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from huiying.learning.models import ClauseChange, CorrectiveAction, Evaluation
from huiying.rules.lifecycle import CorrectiveState, EvaluationState
from tests.cast import Cast, signed_in
from tests.rooms.learning import scenes


@pytest.fixture(autouse=True)
def _a_week_later(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """After the end."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: scenes.OPENED + timedelta(days=1))
    yield


def test_the_next_towns_leader_finds_no_evaluation(cast: Cast, client: Client) -> None:
    evaluation = scenes.opened(cast)
    signed_in(client, cast.outside_leader)
    assert client.get(f"/console/evaluations/{evaluation.reference}/").status_code == 404
    assert evaluation.reference not in client.get("/console/evaluations/").content.decode()


def test_a_clerk_without_work_to_do_sees_an_empty_list_and_no_evaluation(cast: Cast, client: Client) -> None:
    action = scenes.ordered(cast)
    signed_in(client, cast.clerk)
    assert client.get("/console/evaluations/").status_code == 403
    assert "没有整改" in client.get("/console/evaluations/correctives/").content.decode()
    assert client.get(f"/console/evaluations/correctives/{action.pk}/").status_code == 404


def test_from_the_ended_incident_to_the_next_version_of_the_plan(cast: Cast) -> None:
    incident = scenes.ended_incident(cast)
    planner, leader = signed_in(Client(), cast.planner), signed_in(Client(), cast.leader)
    assert incident.reference in planner.get("/console/evaluations/").content.decode()
    assert planner.post("/console/evaluations/open/", {"incident": incident.reference}).status_code == 303
    evaluation = Evaluation.objects.get()
    path = f"/console/evaluations/{evaluation.reference}/"
    html = planner.get(path).content.decode()
    assert "没有做到" in html and "启动响应" in html
    row = evaluation.rows.filter(is_late=True).first()
    assert row is not None
    finding = {
        "kind": "gap",
        "text": "告诉公众晚了。",
        "clause_id": scenes.clause_id(evaluation),
        "evidence": [row.pk],
    }
    assert planner.post(f"{path}findings/", {**finding, "text": ""}).status_code == 422
    assert planner.post(f"{path}findings/", finding).status_code == 303
    made = evaluation.findings.get()
    change = {"proposed_text": "值班员先发第一条。", "reason": "晚了。"}
    assert planner.get(f"{path}findings/{made.pk}/change/").status_code == 200
    assert planner.post(f"{path}findings/{made.pk}/change/", change).status_code == 303
    assert planner.post(f"{path}changes/{ClauseChange.objects.get().pk}/draft/").status_code == 303
    assert "第 2 版草案" in planner.get(path).content.decode()
    assert leader.post(f"{path}adopt/").status_code == 303
    evaluation.refresh_from_db()
    assert evaluation.state == EvaluationState.OPEN  # the summary is missing, and the page says so
    assert "还没有写总结" in leader.get(path).content.decode()
    assert planner.post(f"{path}summary/", {"summary": "处置及时。"}).status_code == 303
    assert leader.post(f"{path}adopt/").status_code == 303
    evaluation.refresh_from_db()
    assert evaluation.state == EvaluationState.ADOPTED
    assert "记录一条发现" not in planner.get(path).content.decode()


def test_ordering_doing_returning_and_verifying(cast: Cast) -> None:
    made = scenes.gap(cast)
    planner, press, supervisor = (
        signed_in(Client(), who) for who in (cast.planner, cast.press_officer, cast.supervisor)
    )
    path = f"/console/evaluations/{made.evaluation.reference}/findings/{made.pk}/corrective/"
    order = {
        "text": "备好底稿。",
        "owner": cast.staff["press_officer"].pk,
        "due_on": scenes.DUE_ON.isoformat(),
    }
    assert planner.post(path, {**order, "due_on": "下周"}).status_code == 422
    assert planner.post(path, order).status_code == 303
    action = CorrectiveAction.objects.get()
    page = f"/console/evaluations/correctives/{action.pk}/"
    assert "还有" in press.get(page).content.decode()
    assert press.post(f"{page}done/", {"evidence": ""}).status_code == 422
    assert press.post(f"{page}done/", {"evidence": "三份底稿。"}).status_code == 303
    assert supervisor.post(f"{page}return/", {"remark": ""}).status_code == 422
    assert supervisor.post(f"{page}return/", {"remark": "缺电话。"}).status_code == 303
    assert "缺电话。" in press.get(page).content.decode()
    assert press.post(f"{page}done/", {"evidence": "加了电话。"}).status_code == 303
    assert press.post(f"{page}verify/").status_code == 403
    assert supervisor.post(f"{page}verify/").status_code == 303
    action.refresh_from_db()
    assert action.state == CorrectiveState.VERIFIED


def test_overdue_work_is_said_in_words(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    scenes.ordered(cast)
    monkeypatch.setattr("django.utils.timezone.now", lambda: scenes.OPENED + timedelta(days=23))
    html = signed_in(client, cast.supervisor).get("/console/evaluations/correctives/").content.decode()
    assert "已逾期 3 天" in html
