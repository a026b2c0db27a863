"""A plan's life after it is in force: additions, own figures, evaluations, causes to revise, suggestions, comments."""

from datetime import date, timedelta
from typing import Any

import pytest

from huiying.emergency import actions, gate, jobs
from huiying.emergency.actions.addenda import mark_of
from huiying.emergency.models import (
    ParameterOverride,
    PlanAddendum,
    PlanComment,
    PlanSuggestion,
    PlanVersion,
    RevisionNote,
    SituationReport,
)
from huiying.emergency.running import document_read, figures_now, playbook_of, reporting_rule
from huiying.records.models import LedgerEvent
from huiying.registry import actions as registry
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.report import ReportKind
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken, Refusal
from tests.cast import QINGXI_PEOPLE, Cast
from tests.rooms.emergency import response, stock
from tests.rooms.emergency.response import PLAN, after, plan_in_force
from tests.rooms.emergency.test_truth_table import APART

AT = after(600)
TODAY = AT.date()
FIGURE = "first_report_minutes"


def drafted(cast: Cast, version: PlanVersion | None = None, **changes: Any) -> PlanAddendum:
    """An addition for the week of a fair."""
    asked: dict[str, Any] = {
        "title": "春季庙会补充预案",
        "text": "庙会期间增设两处接待点，延长接待时间。",
        "reason": "庙会期间来访人数增加。",
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=6),
    }
    plan = (version or plan_in_force(cast)).plan
    return actions.addendum_draft(plan=plan, by=cast.planner, at=AT, **{**asked, **changes})


def in_force(cast: Cast, **changes: Any) -> PlanAddendum:
    """The same, put in force by the leader."""
    addendum = drafted(cast, **changes)
    return actions.addendum_promulgate(
        addendum=addendum, document_number="青政发〔2025〕9 号", by=cast.leader, at=AT
    )


def own_figure(cast: Cast, version: PlanVersion, value: int = 30) -> ParameterOverride:
    """The first report owed earlier than the plan says."""
    words = {"parameter": FIGURE, "value": value, "reason": "县里要求更早上报。"}
    return actions.parameter_set(plan=version.plan, by=cast.leader, at=AT, **words)


def raised(cast: Cast, version: PlanVersion) -> RevisionNote:
    """A cause that the planner raised."""
    return actions.revision_raise(
        plan=version.plan, cause="risk", text="河道改线，低洼处新建了市场。", by=cast.planner, at=AT
    )


def suggested(version: PlanVersion) -> PlanSuggestion:
    """A suggestion from the public."""
    return actions.suggestion_send(plan=version.plan, text="接待点请设座椅。", at=AT)


def commented(cast: Cast, version: PlanVersion) -> PlanComment:
    """A comment on a step of an open draft."""
    draft = actions.plan_draft_open(plan=version.plan, by=cast.planner, at=AT)
    return actions.plan_comment(
        version=draft, clause_id="verify", text="时限太短。", by=cast.head_works, at=AT
    )


def _acts(cast: Cast, version: PlanVersion) -> dict[str, dict[str, Any]]:
    """Every action of this page, complete in everything but the right to do it."""
    comment, plan = commented(cast, version), version.plan
    return {
        "addendum_draft": {
            "plan": plan,
            "title": "甲",
            "text": "增设接待点。",
            "reason": "庙会",
            "starts_on": TODAY,
            "ends_on": TODAY,
        },
        "addendum_change": {
            "addendum": (changed := drafted(cast, version)),
            "seen": mark_of(changed),
            "title": "乙",
            "text": "增设饮水点。",
            "reason": "庙会",
            "starts_on": TODAY,
            "ends_on": TODAY,
        },
        "addendum_drop": {"addendum": drafted(cast, version), "reason": "活动取消。"},
        "addendum_promulgate": {"addendum": drafted(cast, version), "document_number": "1"},
        "addendum_end": {"addendum": in_force(cast, version=version), "reason": "活动取消。"},
        "parameter_set": {"plan": plan, "parameter": FIGURE, "value": 30, "reason": "更早"},
        "parameter_restore": {"override": own_figure(cast, version, 25)},
        "plan_describe": {"plan": plan, "kind": "special", "owner_post": cast.posts["planner"]},
        "plan_evaluated": {"plan": plan, "on": TODAY, "text": "可行。"},
        "plan_practised": {"plan": plan, "on": TODAY, "text": "顺利。"},
        "revision_raise": {"plan": plan, "cause": "own", "text": "需要改。"},
        "revision_settle": {"note": raised(cast, version), "revised": False, "text": "不影响。"},
        "suggestion_give": {"plan": plan, "text": "写明电话。"},
        "suggestion_answer": {"suggestion": suggested(version), "adopted": True, "text": "已采纳。"},
        "plan_comment": {"version": comment.version, "clause_id": "verify", "text": "好。"},
        "plan_comment_settle": {"comment": comment, "text": "已改。"},
    }


def test_only_the_named_roles_act_and_the_neighbours_find_nothing(cast: Cast) -> None:
    acts = _acts(cast, plan_in_force(cast))
    # Restoring goes before setting, which would end the figure that is restored.
    for name in sorted(acts, key=lambda name: name == "parameter_set"):
        asked, written = acts[name], LedgerEvent.objects.count()
        people = {account: part.role for account, part in QINGXI_PEOPLE.items()}
        for account, role in people.items():
            if role not in APART[name]:
                with pytest.raises(NotPermitted):
                    getattr(actions, name)(**asked, by=cast.officers[account], at=AT)
        with pytest.raises(NotThere):
            getattr(actions, name)(**asked, by=cast.outside_leader, at=AT)
        assert LedgerEvent.objects.count() == written, name
        actor = next(account for account, role in people.items() if role in APART[name])
        getattr(actions, name)(**asked, by=cast.officers[actor], at=AT)
        assert LedgerEvent.objects.count() > written, name


def test_a_figure_counts_for_what_is_activated_next_and_a_running_response_keeps_its_own(cast: Cast) -> None:
    version = plan_in_force(cast)
    own_figure(cast, version)
    incident = response.verified(cast)
    first = SituationReport.objects.get(incident=incident)
    assert first.due_at - incident.reported_at == timedelta(minutes=30)
    running = response.activated(cast, version, incident)
    assert running.parameters == {FIGURE: 30}
    actions.parameter_restore(override=ParameterOverride.objects.get(), by=cast.leader, at=AT)
    assert figures_now(version) == {}
    running.refresh_from_db()
    kept = reporting_rule(running.plan_version, ReportKind.FIRST, running.parameters)
    assert kept and kept[1] == timedelta(minutes=30)
    plain = reporting_rule(version, ReportKind.FIRST)
    assert plain and plain[1] != timedelta(minutes=30)
    assert playbook_of(running).steps


def test_a_figure_that_a_step_waits_by_reaches_its_order(cast: Cast) -> None:
    version = plan_in_force(cast)
    before = {step.id: step.within for step in playbook_of(response.activated(cast, version)).steps}
    own_figure(cast, version, 17)
    second = response.activated(cast, version, response.verified(cast))
    now = {step.id: step.within for step in playbook_of(second).steps}
    changed = {step for step in now if now[step] != before[step]}
    assert changed and all(now[step] == timedelta(minutes=17) for step in changed)


@pytest.mark.parametrize("value", [None, 0, -1, 10**9, 24 * 60])
def test_a_figure_out_of_bounds_or_against_the_law_is_refused(cast: Cast, value: int | None) -> None:
    version = plan_in_force(cast)
    with pytest.raises(Incomplete) as refused:
        own_figure(cast, version, value)  # type: ignore[arg-type]
    assert set(refused.value.fields) == {"value"}
    assert not ParameterOverride.objects.exists()


def test_setting_a_figure_anew_ends_the_one_before(cast: Cast) -> None:
    version = plan_in_force(cast)
    old = own_figure(cast, version, 40)
    own_figure(cast, version, 30)
    assert figures_now(version) == {FIGURE: 30}
    with pytest.raises(Overtaken):
        actions.parameter_restore(override=old, by=cast.leader, at=AT)


@pytest.mark.parametrize(
    "text",
    [
        "庙会期间暂停信访接待窗口。",
        "对上访群众一律拦截劝返。",
        "监测网民账号和言论。",
        "登记参与者名单。",
        "增设接待点。\n庙会期间关闭热线。",
    ],
)
def test_an_addition_that_limits_people_or_channels_is_refused_with_the_checkers_sentence(
    cast: Cast, text: str
) -> None:
    with pytest.raises(Incomplete) as refused:
        drafted(cast, text=text)
    assert "改为" in refused.value.fields["text"]
    assert not PlanAddendum.objects.exists()


def test_an_addition_has_days_and_not_for_ever(cast: Cast) -> None:
    version = plan_in_force(cast)
    for days in (
        {"ends_on": None},
        {"ends_on": TODAY - timedelta(days=1), "starts_on": TODAY - timedelta(days=9)},
        {"starts_on": TODAY, "ends_on": TODAY - timedelta(days=1)},
        {"ends_on": date(TODAY.year + 2, 1, 1)},
    ):
        with pytest.raises(Incomplete) as refused:
            drafted(cast, version, **days)
        assert set(refused.value.fields) <= {"starts_on", "ends_on"}


def test_whoever_drafted_an_addition_does_not_put_it_in_force(cast: Cast) -> None:
    addendum = drafted(cast)
    both = Officer(cast.planner.staff_id, cast.planner.body_id, cast.leader.grants)
    with pytest.raises(NotPermitted):
        actions.addendum_promulgate(addendum=addendum, document_number="1", by=both, at=AT)
    with pytest.raises(IllegalMove):
        actions.addendum_end(addendum=addendum, reason="不需要", by=cast.leader, at=AT)


def rewritten(cast: Cast, addendum: PlanAddendum, text: str, *, seen: str = "", by: Officer) -> PlanAddendum:
    """The same addition with other words, over what was seen."""
    kept = {"title": addendum.title, "reason": addendum.reason, "starts_on": TODAY, "ends_on": TODAY}
    marked = {"seen": seen or mark_of(addendum), "by": by, "at": AT}
    return actions.addendum_change(addendum=addendum, text=text, **kept, **marked)


def test_whoever_ever_wrote_in_an_addition_does_not_put_it_in_force(cast: Cast) -> None:
    addendum = drafted(cast)
    both = Officer(cast.leader.staff_id, cast.leader.body_id, cast.leader.grants | cast.planner.grants)
    addendum = rewritten(cast, addendum, "增设三处接待点。", by=both)
    addendum = rewritten(cast, addendum, "增设四处接待点。", by=cast.planner)
    with pytest.raises(NotPermitted):
        actions.addendum_promulgate(addendum=addendum, document_number="1", by=both, at=AT)
    deputy = cast.officers["deputy_leader"]
    actions.addendum_promulgate(addendum=addendum, document_number="1", by=deputy, at=AT)
    assert PlanAddendum.objects.get().text == "增设四处接待点。"


def test_an_addition_is_changed_only_as_it_was_seen_under_the_same_checks_and_as_a_draft(cast: Cast) -> None:
    addendum = drafted(cast)
    old = mark_of(addendum)
    with pytest.raises(Incomplete):
        rewritten(cast, addendum, "庙会期间暂停信访接待窗口。", by=cast.planner)
    addendum = rewritten(cast, addendum, "增设三处接待点。", by=cast.planner)
    with pytest.raises(Overtaken):
        rewritten(cast, addendum, "增设四处接待点。", seen=old, by=cast.planner)
    with pytest.raises(Overtaken):
        actions.addendum_promulgate(addendum=addendum, document_number="1", seen=old, by=cast.leader, at=AT)
    done = actions.addendum_promulgate(addendum=addendum, document_number="1", by=cast.leader, at=AT)
    for act in (
        lambda: rewritten(cast, done, "增设五处接待点。", by=cast.planner),
        lambda: actions.addendum_drop(addendum=done, reason="不需要", by=cast.planner, at=AT),
    ):
        with pytest.raises(IllegalMove):
            act()


def test_a_dropped_addition_is_never_in_force(cast: Cast) -> None:
    addendum = actions.addendum_drop(addendum=drafted(cast), reason="活动取消。", by=cast.planner, at=AT)
    assert (addendum.state, addendum.promulgated_at) == ("ended", None)
    with pytest.raises(IllegalMove):
        actions.addendum_promulgate(addendum=addendum, document_number="1", by=cast.leader, at=AT)


def test_a_figure_that_does_not_fit_the_new_text_keeps_it_from_being_put_in_force(cast: Cast) -> None:
    version = plan_in_force(cast)
    own_figure(cast, version, 40)
    draft = actions.plan_draft_open(plan=version.plan, by=cast.planner, at=AT)
    ParameterOverride.objects.update(value=24 * 60)  # as one that an older text still allowed
    with pytest.raises(Refusal, match="另定的参数"):
        response.put_in_force(cast, draft, at=AT)
    actions.parameter_restore(override=ParameterOverride.objects.get(), by=cast.leader, at=AT)
    approved = PlanVersion.objects.select_related("plan__body").get(pk=draft.pk)
    actions.plan_promulgate(version=approved, document_number="1", by=cast.leader, at=AT)


def test_what_the_program_sees_is_raised_once_and_not_again_after_it_was_settled(cast: Cast) -> None:
    old_law = PLAN.replace("in_force_on: 2024-11-01", "in_force_on: 2007-11-01")
    version = plan_in_force(cast, old_law)
    registry.unit_found(
        body=cast.qingxi, code="flood", name="防汛办", kind="department", by=cast.system_admin, at=after(-60)
    )
    assert jobs.watch_plans(AT) >= 2
    notes = RevisionNote.objects.filter(plan=version.plan)
    assert {"law", "command"} <= set(notes.values_list("cause", flat=True))
    actions.revision_settle(
        note=notes.filter(cause="law")[0], revised=False, text="条文未变。", by=cast.planner, at=AT
    )
    assert jobs.watch_plans(AT + timedelta(days=1)) == 0


def test_a_post_that_nobody_holds_for_thirty_days_is_a_cause_and_not_before(cast: Cast) -> None:
    version = plan_in_force(cast, at=AT - timedelta(days=90))
    jobs.watch_plans(AT - timedelta(days=40))
    RevisionNote.objects.all().delete()
    for grant in cast.posts["logistics"].grants.filter(ended_at=None):
        registry.grant_end(grant=grant, by=cast.security_admin, at=AT - timedelta(days=29))
    of_posts = RevisionNote.objects.filter(plan=version.plan, text__contains="后勤保障岗")
    jobs.watch_plans(AT)
    assert not of_posts.exists()
    jobs.watch_plans(AT + timedelta(days=1))
    assert of_posts.get().cause == "command"


def test_what_an_evaluation_proposes_is_a_cause(cast: Cast) -> None:
    version = plan_in_force(cast)
    actions.plan_draft_open_from_proposal(
        plan=version.plan,
        clause_id="verify",
        changes={"text": "到现场看。"},
        reason="太慢",
        reference="PG-1",
        by=cast.planner,
        at=AT,
    )
    jobs.watch_plans(AT)
    assert RevisionNote.objects.get(cause="practice").source == "proposal:PG-1:verify"


def test_an_evaluation_keeps_its_words_and_raises_a_cause_only_where_it_found_one(cast: Cast) -> None:
    plan = plan_in_force(cast).plan
    actions.plan_evaluated(plan=plan, on=TODAY - timedelta(days=3), text="可行。", by=cast.planner, at=AT)
    assert (plan.evaluated_on, RevisionNote.objects.get().revised) == (TODAY - timedelta(days=3), False)
    actions.plan_practised(plan=plan, on=TODAY, text="电话不通。", cause="practice", by=cast.planner, at=AT)
    assert RevisionNote.objects.get(cause="practice").settled_at is None
    for on in (TODAY + timedelta(days=1), None, TODAY):
        with pytest.raises(Incomplete) as refused:
            actions.plan_practised(plan=plan, on=on, text="再次。", by=cast.planner, at=AT)
        assert set(refused.value.fields) == {"on"}


def test_revised_names_the_text_it_led_to_and_needs_one(cast: Cast) -> None:
    version = plan_in_force(cast)
    note = raised(cast, version)
    with pytest.raises(IllegalMove):
        actions.revision_settle(note=note, revised=True, text="已改。", by=cast.planner, at=AT)
    draft = actions.plan_draft_open(plan=version.plan, by=cast.planner, at=AT)
    actions.revision_settle(note=note, revised=True, text="已改。", by=cast.planner, at=AT)
    assert note.version == draft
    with pytest.raises(Overtaken):
        actions.revision_settle(note=note, revised=False, text="又改。", by=cast.planner, at=AT)


def test_a_suggestion_from_the_public_holds_its_words_alone_and_is_answered_once(cast: Cast) -> None:
    suggestion = suggested(plan_in_force(cast))
    assert suggestion.given_by_id is None
    event = LedgerEvent.objects.get(kind="suggestion.given")
    assert (event.actor_kind, event.actor_ref, event.facts) == ("public", "", {"suggestion": suggestion.pk})
    actions.suggestion_answer(suggestion=suggestion, adopted=False, text="已有座椅。", by=cast.planner, at=AT)
    with pytest.raises(IllegalMove):
        actions.suggestion_answer(suggestion=suggestion, adopted=True, text="好。", by=cast.planner, at=AT)
    assert gate.suggestion_at(cast.qingxi, suggestion.reference).answer == "已有座椅。"
    with pytest.raises(NotThere):
        gate.suggestion_at(cast.baishi, suggestion.reference)


def test_a_plan_that_is_not_in_force_takes_no_suggestion(cast: Cast) -> None:
    draft = actions.plan_open(body=cast.qingxi, text=PLAN, by=cast.planner, at=AT)
    with pytest.raises(IllegalMove):
        suggested(draft)


def test_a_comment_is_on_a_clause_of_a_draft_and_settled_once(cast: Cast) -> None:
    version = plan_in_force(cast)
    comment = commented(cast, version)
    with pytest.raises(IllegalMove):
        actions.plan_comment(version=version, clause_id="verify", text="好。", by=cast.planner, at=AT)
    with pytest.raises(Refusal):
        actions.plan_comment(
            version=comment.version, clause_id="no-such", text="好。", by=cast.planner, at=AT
        )
    actions.plan_comment_settle(comment=comment, text="改为 45 分钟。", by=cast.planner, at=AT)
    with pytest.raises(Overtaken):
        actions.plan_comment_settle(comment=comment, text="又改。", by=cast.planner, at=AT)


def test_a_resource_of_the_plan_that_is_short_and_untouched_for_thirty_days_is_a_cause(cast: Cast) -> None:
    resource = document_read(PLAN).resources[0].id
    water = stock.item(cast, resource=resource)
    stock.lot(cast, item=water)
    version = plan_in_force(cast, at=stock.MONDAY - timedelta(days=60))
    short = RevisionNote.objects.filter(plan=version.plan, cause="resources")
    jobs.watch_plans(stock.later(29))
    assert not short.exists()
    jobs.watch_plans(stock.later(30))
    assert water.name in short.get().text
