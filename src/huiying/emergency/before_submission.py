"""What a draft still needs before it may be submitted: which procedure it goes through, and whose opinions."""

from collections.abc import Iterable
from datetime import date

from huiying.emergency.actions.plans import in_force
from huiying.emergency.duties_given import units_with_a_duty
from huiying.emergency.models import PlanOpinion, PlanVersion
from huiying.emergency.plan_kinds import Position, Procedure
from huiying.emergency.running import document_read
from huiying.playbook.versions.weight import weighty_changes
from huiying.registry.models import Unit
from huiying.rules.lifecycle.opinion import OpinionState
from huiying.rules.refusals import Refusal
from huiying.rules.words import N_, said

ARTICLE = "国办发〔2024〕5号 art. 22"


def procedure_of(version: PlanVersion) -> Procedure:
    """Full for a first version and where command, procedure, measures or grading changed; else simplified. art. 36."""
    former = in_force(version.plan)
    if former is None or weighty_changes(document_read(former.text), document_read(version.text)):
        return Procedure.FULL
    return Procedure.SIMPLIFIED


def check_opinions(version: PlanVersion, procedure: Procedure, *, today: date) -> None:
    """Raise Refusal while the full procedure still waits for the opinions of those who get a duty. art. 22, 24."""
    if procedure is Procedure.SIMPLIFIED:
        return
    opinions = list(version.opinions.select_related("unit", "expert").order_by("pk"))
    _refuse_if(
        units_not_asked(version, opinions),
        N_("还没有向这些承担职责的单位征求书面意见：{names}。"),
        N_("请先征求它们的书面意见。"),
    )
    _refuse_if(
        (opinion.unit or opinion.expert for opinion in opinions if may_still_answer(opinion, today)),
        N_("这些书面意见还没有收到，期限也还没有过：{names}。"),
        N_("请等收到意见，或等到期限过后再送审。"),
    )
    _refuse_if(
        (opinion.unit or opinion.expert for opinion in opinions if must_be_dealt_with(opinion)),
        N_("这些书面意见还没有说明采纳情况：{names}。"),
        N_("请逐条说明改了什么，或者为什么没有采纳。"),
    )


def units_not_asked(version: PlanVersion, opinions: Iterable[PlanOpinion]) -> list[Unit]:
    """The units that the draft gives a duty to and that were not asked yet."""
    asked = {opinion.unit_id for opinion in opinions}
    return [unit for unit in units_with_a_duty(version) if unit.pk not in asked]


def may_still_answer(opinion: PlanOpinion, today: date) -> bool:
    """Say whether the opinion is waited for; whoever lets the day pass is waited for no longer."""
    return opinion.state == OpinionState.ASKED and opinion.due_on >= today


def must_be_dealt_with(opinion: PlanOpinion) -> bool:
    """Say whether the opinion asks for an answer; a unit that simply agrees asks for none."""
    return opinion.state == OpinionState.GIVEN and not (
        opinion.position == Position.AGREES and not opinion.text
    )


def _refuse_if(who: Iterable[object], message: str, remedy: str) -> None:
    names = tuple(str(each) for each in who)
    if names:
        raise Refusal(said(message, names=names), rule="emergency.submit", article=ARTICLE, remedy=remedy)
