"""From a draft to a promulgated, filed and acknowledged plan."""

from collections import UserDict
from collections.abc import Callable, KeysView
from datetime import date, datetime, timedelta

import pytest

from huiying.emergency import actions, road_gate
from huiying.emergency.duties_given import units_with_a_duty
from huiying.emergency.filing_receivers import RECEIVERS, receivers_of
from huiying.emergency.models import PlanAcknowledgement, PlanFiling, PlanOpinion, PlanVersion
from huiying.emergency.plan_kinds import PlanKind, Position, Procedure
from huiying.emergency.reminding import remind_on_the_road
from huiying.emergency.selectors.road import (
    acknowledgements_owed,
    filings_owed,
    opinions_owed,
    road_of,
    versions_before_the_leaders,
)
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.registry.models import Expert
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.opinion import OpinionState
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken, Refusal
from tests.cast import QINGXI_PEOPLE, Cast
from tests.rooms.emergency import response
from tests.rooms.emergency.response import NIGHT, PLAN, plan_in_force

CODE = "city-petition-incidents"
SAYS = {"position": Position.WITH_CHANGES, "text": "核实时限请放宽到 40 分钟。"}


def days(n: int) -> datetime:
    """So many days after the draft was opened."""
    return NIGHT + timedelta(days=n)


@pytest.fixture
def draft(cast: Cast) -> PlanVersion:
    """A first draft about which nobody was asked."""
    return actions.plan_open(body=cast.qingxi, text=PLAN, by=cast.planner, at=NIGHT)


@pytest.fixture
def asked(cast: Cast, draft: PlanVersion) -> PlanVersion:
    """A draft about which all units with a duty were asked."""
    return response.asked(cast, draft)


def of_works(version: PlanVersion) -> PlanOpinion:
    """What the works unit was asked."""
    return version.opinions.select_related("version__plan").get(unit__code="works")


def submit(cast: Cast, version: PlanVersion, at: datetime) -> PlanVersion:
    """Laid before the leading group."""
    return actions.plan_submit(version=version, drafting_note="按程序编制。", by=cast.planner, at=at)


def test_an_outsider_finds_nothing_of_the_way(cast: Cast, asked: PlanVersion) -> None:
    opinion = of_works(asked)
    with pytest.raises(NotThere):
        road_gate.opinion_for(cast.outside_leader, CODE, 1, opinion.pk)
    with pytest.raises(NotThere):
        actions.opinion_give(opinion=opinion, **SAYS, by=cast.outside_officer, at=NIGHT)
    with pytest.raises(NotThere):
        actions.plan_approve(version=asked, by=cast.outside_leader, at=NIGHT)
    with pytest.raises(NotThere):
        actions.opinion_ask(version=asked, units=[cast.outside_units["works"]], by=cast.planner, at=NIGHT)


def test_every_unit_that_the_plan_gives_a_duty_to_is_asked_and_has_ten_working_days(
    cast: Cast, asked: PlanVersion
) -> None:
    units = {unit.code for unit in units_with_a_duty(asked)}
    assert {"works", "civil", "duty", "publicity", "leaders"} <= units
    opinion = of_works(asked)
    assert opinion.due_on == date(2025, 3, 18)  # asked on 4 March
    assert LedgerEvent.objects.get(kind="opinion.asked").facts["due"] == "2025-03-18"
    told = OutboxMessage.objects.filter(letter="opinion_asked").values_list("recipient_ref", flat=True)
    assert set(told) == {str(cast.staff["head_works"].pk), str(cast.staff["head_civil"].pk)}


def test_whoever_was_asked_is_not_asked_twice(cast: Cast, asked: PlanVersion) -> None:
    with pytest.raises(Incomplete) as refused:
        actions.opinion_ask(version=asked, units=[cast.units["works"]], by=cast.planner, at=NIGHT)
    assert set(refused.value.fields) == {"units"}


def test_a_first_version_is_not_submitted_before_the_units_were_asked(cast: Cast, draft: PlanVersion) -> None:
    with pytest.raises(Refusal, match=r"还没有向这些承担职责的单位征求书面意见.*村建办"):
        submit(cast, draft, days(30))


def test_a_unit_is_waited_for_until_its_day_is_over_and_not_longer(cast: Cast, asked: PlanVersion) -> None:
    with pytest.raises(Refusal, match="期限也还没有过"):
        submit(cast, asked, days(14))  # 18 March, the last day
    assert submit(cast, asked, days(15)).state == PlanState.SUBMITTED


def test_an_opinion_that_was_not_dealt_with_keeps_the_draft_back(cast: Cast, asked: PlanVersion) -> None:
    opinion = actions.opinion_give(opinion=of_works(asked), **SAYS, by=cast.head_works, at=days(2))
    with pytest.raises(Refusal, match="还没有说明采纳情况：村建办"):
        submit(cast, asked, days(15))
    actions.opinion_deal(opinion=opinion, adopted=True, text="改为 40 分钟。", by=cast.planner, at=days(3))
    version = submit(cast, asked, days(15))
    assert (version.procedure, version.drafting_note) == (Procedure.FULL, "按程序编制。")


def test_a_unit_that_simply_agrees_asks_for_no_answer(cast: Cast, asked: PlanVersion) -> None:
    actions.opinion_give(opinion=of_works(asked), position=Position.AGREES, by=cast.head_works, at=days(2))
    assert submit(cast, asked, days(15)).state == PlanState.SUBMITTED


def test_the_head_of_another_unit_does_not_answer_and_disagreeing_needs_words(
    cast: Cast, asked: PlanVersion
) -> None:
    with pytest.raises(NotPermitted):
        actions.opinion_give(opinion=of_works(asked), **SAYS, by=cast.head_civil, at=NIGHT)
    with pytest.raises(Incomplete) as refused:
        actions.opinion_give(
            opinion=of_works(asked), position=Position.DISAGREES, by=cast.head_works, at=NIGHT
        )
    assert set(refused.value.fields) == {"text"}


def test_a_unit_is_asked_again_only_after_the_text_changed_and_its_first_words_are_kept(
    cast: Cast, asked: PlanVersion
) -> None:
    opinion = actions.opinion_give(opinion=of_works(asked), **SAYS, by=cast.head_works, at=days(1))
    actions.opinion_deal(opinion=opinion, adopted=False, text="时限不能放宽。", by=cast.planner, at=days(2))
    with pytest.raises(Refusal, match="没有改动过"):
        actions.opinion_ask_again(opinion=opinion, by=cast.planner, at=days(3))
    actions.plan_save(version=asked, text=PLAN, by=cast.planner, at=days(3))
    opinion = of_works(asked)
    again = actions.opinion_ask_again(opinion=opinion, by=cast.planner, at=days(3))
    assert (again.state, again.text, again.due_on) == (OpinionState.ASKED, "", date(2025, 3, 21))
    assert again.earlier[0]["text"] == SAYS["text"] and again.earlier[0]["dealt_text"] == "时限不能放宽。"


def test_an_experts_opinion_is_taken_in_by_the_planner(cast: Cast, draft: PlanVersion) -> None:
    expert = Expert.objects.create(
        body=cast.qingxi, field="engineer", name="外请专家甲", phone="0571-0000", agreed_on=date(2025, 1, 3)
    )
    (opinion,) = actions.opinion_ask(version=draft, experts=[expert], by=cast.planner, at=NIGHT)
    with pytest.raises(NotPermitted):
        actions.opinion_give(opinion=opinion, **SAYS, by=cast.head_works, at=NIGHT)
    given = actions.opinion_give(opinion=opinion, **SAYS, by=cast.planner, at=NIGHT)
    assert given.given_by_id == cast.staff["planner"].pk


def test_a_change_of_contacts_goes_the_short_way_and_a_change_of_a_step_the_whole(cast: Cast) -> None:
    first = plan_in_force(cast)
    version = actions.plan_draft_open(plan=first.plan, by=cast.planner, at=NIGHT)
    assert road_of(version, at=NIGHT).procedure is Procedure.SIMPLIFIED
    light = PLAN.replace(
        "\ntraining:\n", "\ntraining:\n  - id: evening-course\n    text: 每季度组织一次夜间培训。\n", 1
    )
    actions.plan_save(version=version, text=light, by=cast.planner, at=NIGHT)
    assert road_of(version, at=NIGHT).procedure is Procedure.SIMPLIFIED
    heavy = PLAN.replace("within: $first_report_minutes", "within: 45 分钟", 1)
    actions.plan_save(version=version, text=heavy, by=cast.planner, at=NIGHT)
    with pytest.raises(Refusal, match="征求书面意见"):
        submit(cast, version, NIGHT)
    actions.plan_save(version=version, text=light, by=cast.planner, at=NIGHT)
    assert submit(cast, version, NIGHT).procedure == Procedure.SIMPLIFIED


def test_whoever_saved_the_text_does_not_approve_it(cast: Cast) -> None:
    first = plan_in_force(cast)
    draft = actions.plan_draft_open_from_proposal(
        plan=first.plan,
        clause_id="verify",
        changes={"text": "到现场看。"},
        reason="演练发现",
        reference="PG-1",
        by=cast.leader,
        at=NIGHT,
    )
    version = response.submitted(cast, draft)
    with pytest.raises(NotPermitted, match="另一个人"):
        actions.plan_approve(version=version, by=cast.leader, at=NIGHT)
    deputy = cast.officers["deputy_leader"]
    assert actions.plan_approve(version=version, by=deputy, at=NIGHT).approved_by_id == deputy.staff_id


def test_whoever_ever_saved_the_text_does_not_approve_it_though_another_saved_last(
    cast: Cast, draft: PlanVersion
) -> None:
    both = Officer(cast.leader.staff_id, cast.leader.body_id, cast.leader.grants | cast.planner.grants)
    actions.plan_save(version=draft, text=PLAN, by=both, at=NIGHT)
    actions.plan_save(version=draft, text=PLAN, by=cast.planner, at=days(1))
    version = response.submitted(cast, draft, at=days(40))
    with pytest.raises(NotPermitted, match="另一个人"):
        actions.plan_approve(version=version, by=both, at=days(40))
    deputy = cast.officers["deputy_leader"]
    assert actions.plan_approve(version=version, by=deputy, at=days(40)).state == PlanState.APPROVED


def test_the_planner_takes_back_what_was_submitted_until_somebody_decides(
    cast: Cast, draft: PlanVersion
) -> None:
    version = response.submitted(cast, draft, at=days(40))
    another = Officer(cast.leader.staff_id, cast.leader.body_id, cast.planner.grants)
    with pytest.raises(NotPermitted, match="不是您送审的"):
        actions.plan_withdraw(version=version, by=another, at=days(40))
    stale = PlanVersion.objects.select_related("plan__body").get(pk=version.pk)
    actions.plan_withdraw(version=version, by=cast.planner, at=days(40))
    assert LedgerEvent.objects.get(kind="plan.withdrawn").facts["version"] == 1
    with pytest.raises(Overtaken):
        actions.plan_approve(version=stale, by=cast.leader, at=days(40))
    actions.plan_save(version=version, text=PLAN, by=cast.planner, at=days(41))
    version = response.approved(cast, version, at=days(42))
    with pytest.raises(IllegalMove):
        actions.plan_withdraw(version=version, by=cast.planner, at=days(42))


def test_what_the_checker_refuses_by_now_is_not_put_in_force_though_it_was_approved(
    cast: Cast, draft: PlanVersion
) -> None:
    version = response.approved(cast, draft, at=days(40))
    words = PLAN.replace("        who: duty-officer\n", "", 1)  # what a stricter checker would find in it
    PlanVersion.objects.filter(pk=version.pk).update(text=words)
    version.refresh_from_db()
    with pytest.raises(Refusal, match="不能印发"):
        actions.plan_promulgate(version=version, document_number="1", by=cast.leader, at=days(40))


class SlowlyRead(UserDict[str, str]):
    """Changes of a clause; somebody else saves the draft before they are read."""

    def keys(self) -> KeysView[str]:
        PlanVersion.objects.filter(state=PlanState.DRAFT).update(saved_at=days(1))
        return super().keys()


def test_a_proposal_does_not_write_over_what_was_saved_while_it_was_made(cast: Cast) -> None:
    plan = plan_in_force(cast).plan
    actions.plan_draft_open(plan=plan, by=cast.planner, at=NIGHT)
    words = {"clause_id": "verify", "reason": "慢", "reference": "PG-1", "by": cast.planner, "at": days(2)}
    with pytest.raises(Overtaken):
        actions.plan_draft_open_from_proposal(
            plan=plan,
            changes=SlowlyRead({"text": "到现场看。"}),
            **words,  # type: ignore[arg-type]
        )


def test_nobody_writes_in_a_submitted_text_until_it_is_sent_back_with_a_reason(
    cast: Cast, draft: PlanVersion
) -> None:
    version = response.submitted(cast, draft, at=days(30))
    with pytest.raises(IllegalMove, match="正在审批"):
        actions.plan_save(version=version, text=PLAN, by=cast.planner, at=days(31))
    with pytest.raises(Incomplete):
        actions.plan_return(version=version, reason=" ", by=cast.leader, at=days(31))
    actions.plan_return(version=version, reason="第三条职责不清。", by=cast.leader, at=days(31))
    version.refresh_from_db()
    assert (version.state, version.returned_for) == (PlanState.DRAFT, "第三条职责不清。")
    actions.plan_save(version=version, text=PLAN, by=cast.planner, at=days(32))


def test_whoever_decides_on_a_text_that_was_saved_since_is_told_so(cast: Cast, asked: PlanVersion) -> None:
    old = PlanVersion.objects.select_related("plan__body").get(pk=asked.pk)
    actions.plan_save(version=asked, text=PLAN, by=cast.planner, at=days(20))
    with pytest.raises(Overtaken):
        submit(cast, old, days(21))


def test_a_plan_in_force_is_owed_to_its_receiver_and_to_every_unit(cast: Cast) -> None:
    version = plan_in_force(cast)  # 2 February 2025
    filing = version.filings.get()
    assert (filing.due_on, version.issued_on) == (date(2025, 3, 3), date(2025, 2, 2))
    assert version.acknowledgements.count() == len(cast.units)
    assert [row.pk for row in filings_owed(cast.planner, limit=5)] == [filing.pk]
    ((mine, due_on),) = acknowledgements_owed(cast.head_works, limit=5)
    assert (mine.unit.code, due_on) == ("works", date(2025, 2, 17))


def test_the_receivers_and_the_date_of_the_document_can_be_written(cast: Cast, draft: PlanVersion) -> None:
    version = response.approved(cast, draft, at=days(30))
    words = {"document_number": "青政发〔2025〕3 号", "by": cast.leader, "at": days(35)}
    for wrong, field in (
        ({"issued_on": days(29).date()}, "issued_on"),
        ({"issued_on": days(40).date()}, "issued_on"),
        ({"receivers": [" "]}, "receivers"),
    ):
        with pytest.raises(Incomplete) as refused:
            actions.plan_promulgate(version=version, **words, **wrong)  # type: ignore[arg-type]
        assert set(refused.value.fields) == {field}
    actions.plan_promulgate(
        version=version,
        issued_on=days(33).date(),
        receivers=["云岭县人民政府", "云岭县应急管理局", "云岭县人民政府"],
        **words,  # type: ignore[arg-type]
    )
    assert list(version.filings.order_by("pk").values_list("receiver", flat=True)) == [
        "云岭县人民政府",
        "云岭县应急管理局",
    ]


def test_each_kind_of_plan_names_its_receivers_and_a_handbook_is_not_filed() -> None:
    assert set(RECEIVERS) == set(PlanKind)
    assert receivers_of("special", "云岭县人民政府") == ("云岭县人民政府相应牵头部门",)
    assert receivers_of("unit", "") == ("上一级人民政府",)
    assert len(receivers_of("joint", "云岭县人民政府")) == 2 and receivers_of("handbook", "云岭县") == ()


def test_a_receipt_is_not_noted_before_the_plan_was_sent_nor_dated_before_it(cast: Cast) -> None:
    filing = plan_in_force(cast).filings.select_related("version__plan").get()
    receipt = {"number": "云应急备〔2025〕7 号", "by": cast.planner, "at": NIGHT}
    with pytest.raises(IllegalMove):
        actions.plan_receipt_note(filing=filing, on=NIGHT.date(), **receipt)
    actions.plan_file_send(filing=filing, by=cast.planner, at=NIGHT)  # 4 March, a day late
    assert LedgerEvent.objects.get(kind="plan.filed").facts["late"] is True
    with pytest.raises(Overtaken):
        actions.plan_file_send(filing=filing, by=cast.planner, at=NIGHT)
    with pytest.raises(Incomplete) as refused:
        actions.plan_receipt_note(filing=filing, on=date(2025, 3, 3), **receipt)
    assert set(refused.value.fields) == {"on"}
    actions.plan_receipt_note(filing=filing, on=date(2025, 3, 4), **receipt)
    assert PlanFiling.objects.get().receipt_number == "云应急备〔2025〕7 号"


def test_a_unit_acknowledges_once_and_only_what_is_in_force(cast: Cast) -> None:
    version = plan_in_force(cast)
    rows = version.acknowledgements.select_related("version__plan")
    works = rows.get(unit__code="works")
    with pytest.raises(NotPermitted):
        actions.plan_acknowledge(acknowledgement=works, by=cast.head_civil, at=NIGHT)
    actions.plan_acknowledge(acknowledgement=works, by=cast.head_works, at=NIGHT)
    with pytest.raises(Overtaken):
        actions.plan_acknowledge(acknowledgement=works, by=cast.head_works, at=NIGHT)
    assert road_of(version, at=NIGHT).acknowledged == 1
    response.put_in_force(cast, actions.plan_draft_open(plan=version.plan, by=cast.planner, at=NIGHT))
    with pytest.raises(IllegalMove):
        actions.plan_acknowledge(acknowledgement=rows.get(unit__code="civil"), by=cast.head_civil, at=NIGHT)


def test_the_day_of_each_shows_what_they_owe_and_nothing_of_others(cast: Cast, asked: PlanVersion) -> None:
    assert [row.unit_id for row in opinions_owed(cast.head_works, limit=5)] == [cast.units["works"].pk]
    assert list(opinions_owed(cast.outside_leader, limit=5)) == []
    version = submit(cast, asked, days(15))
    assert [row.pk for row in versions_before_the_leaders(cast.leader, limit=5)] == [version.pk]
    assert list(opinions_owed(cast.head_works, limit=5)) == []


def test_reminders_go_once_a_day_that_matters_and_say_nothing_of_the_plan(cast: Cast) -> None:
    def sent(letter: str) -> int:
        return OutboxMessage.objects.filter(letter=letter).count()

    version = plan_in_force(cast)  # 2 February; filing due on 3 March, acknowledgements by 17 February
    remind_on_the_road(version.promulgated_at)  # type: ignore[arg-type]
    assert (sent("filing_due"), sent("acknowledgement_due")) == (0, 0)
    for at in (days(-6), days(-6), days(-5)):  # 26 and 27 February
        remind_on_the_road(at)
    assert (sent("filing_due"), sent("acknowledgement_due")) == (1, 2)
    remind_on_the_road(days(0))  # 4 March: over
    assert sent("filing_due") == 2
    draft = actions.plan_draft_open(plan=version.plan, by=cast.planner, at=NIGHT)
    response.asked(cast, draft)
    remind_on_the_road(days(13))  # the day before
    remind_on_the_road(days(15))  # the day after
    assert sent("opinion_due") == 4
    letters = OutboxMessage.objects.filter(letter__in=["filing_due", "opinion_due", "acknowledgement_due"])
    assert all(letter.context == {} for letter in letters)


Act = Callable[[Cast, PlanVersion, Officer], object]


def _opinion_in(state: OpinionState, cast: Cast, version: PlanVersion) -> PlanOpinion:
    opinion = of_works(version)
    if state is not OpinionState.ASKED:
        actions.opinion_give(opinion=opinion, **SAYS, by=cast.head_works, at=days(1))
    if state is OpinionState.DEALT_WITH:
        actions.opinion_deal(opinion=opinion, adopted=True, text="已改。", by=cast.planner, at=days(1))
        actions.plan_save(version=version, text=PLAN, by=cast.planner, at=days(2))
    return of_works(version)


OPINION_TABLE = {
    "opinion_give": (OpinionState.ASKED, "head_works", SAYS),
    "opinion_deal": (OpinionState.GIVEN, "planner", {"adopted": True, "text": "已改。"}),
    "opinion_ask_again": (OpinionState.DEALT_WITH, "planner", {}),
}


@pytest.mark.parametrize("name", OPINION_TABLE)
@pytest.mark.parametrize("state", OpinionState)
def test_an_opinion_moves_by_one_hand_and_from_one_state(
    cast: Cast, asked: PlanVersion, name: str, state: OpinionState
) -> None:
    start, hand, words = OPINION_TABLE[name]
    opinion = _opinion_in(state, cast, asked)
    for account in QINGXI_PEOPLE:
        if account != hand:
            with pytest.raises(NotPermitted):
                getattr(actions, name)(opinion=opinion, **words, by=cast.officers[account], at=days(3))
    if state is start:
        getattr(actions, name)(opinion=opinion, **words, by=cast.officers[hand], at=days(3))
    else:
        with pytest.raises(IllegalMove):
            getattr(actions, name)(opinion=opinion, **words, by=cast.officers[hand], at=days(3))


AFTER_TABLE: dict[str, tuple[str, Act]] = {
    "plan_file_send": (
        "planner",
        lambda cast, version, by: actions.plan_file_send(
            filing=version.filings.select_related("version__plan").get(), by=by, at=NIGHT
        ),
    ),
    "plan_receipt_note": (
        "planner",
        lambda cast, version, by: actions.plan_receipt_note(
            filing=version.filings.select_related("version__plan").get(),
            number="1",
            on=NIGHT.date(),
            by=by,
            at=NIGHT,
        ),
    ),
    "plan_acknowledge": (
        "head_works",
        lambda cast, version, by: actions.plan_acknowledge(
            acknowledgement=PlanAcknowledgement.objects.get(version=version, unit__code="works"),
            by=by,
            at=NIGHT,
        ),
    ),
}


@pytest.mark.parametrize("name", AFTER_TABLE)
def test_what_comes_after_issue_is_done_by_one_hand(cast: Cast, name: str) -> None:
    version = plan_in_force(cast)
    hand, act = AFTER_TABLE[name]
    if name == "plan_receipt_note":
        AFTER_TABLE["plan_file_send"][1](cast, version, cast.planner)
    for account in QINGXI_PEOPLE:
        if account != hand:
            with pytest.raises(NotPermitted):
                act(cast, version, cast.officers[account])
    act(cast, version, cast.officers[hand])
