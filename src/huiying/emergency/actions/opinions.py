"""Written opinions on a draft (书面意见): asked of units with a duty and of experts, given, dealt with, asked again."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from huiying.emergency import texts
from huiying.emergency.duties_given import heads_of
from huiying.emergency.gate import check_may, not_there
from huiying.emergency.models import PlanOpinion, PlanVersion
from huiying.emergency.plan_kinds import Position
from huiying.records import ledger, outbox
from huiying.records.clock import official_date
from huiying.records.moves import change_state
from huiying.registry.calendars import calendar_for
from huiying.registry.models import Expert, Unit
from huiying.registry.officers import Officer
from huiying.rules import lifecycle
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.opinion import OpinionState
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.permissions import Action
from huiying.rules.plan_road import opinion_due
from huiying.rules.refusals import IllegalMove, Incomplete, Refusal
from huiying.rules.words import N_

ARTICLE = "国办发〔2024〕5号 art. 22"


@transaction.atomic
def opinion_ask(
    *,
    version: PlanVersion,
    units: Sequence[Unit] = (),
    experts: Sequence[Expert] = (),
    by: Officer,
    at: datetime,
) -> list[PlanOpinion]:
    """Ask units and experts of the body for their written opinion on a draft, each once, due in ten working days.

    Whoever was asked already stays as they are. The heads of the units are told. 国办发〔2024〕5号 art. 22.
    """
    body_id = version.plan.body_id
    check_may(by, Action.PLAN_EDIT, body_id=body_id)
    _check_draft(version)
    if any(unit.body_id != body_id for unit in units):
        raise not_there()
    if any(expert.body_id != body_id or expert.ended_at is not None for expert in experts):
        raise not_there()
    new_units, new_experts = _not_asked_yet(version, units, experts)
    due_on = _due_on(version, at)
    common = {"version": version, "asked_at": at, "asked_by_id": by.staff_id, "due_on": due_on}
    rows = [PlanOpinion.objects.create(unit=unit, **common) for unit in new_units]
    rows += [PlanOpinion.objects.create(expert=expert, **common) for expert in new_experts]
    _told(rows, at=at, body_id=body_id)
    facts = {
        "version": version.number,
        "units": [unit.pk for unit in new_units],
        "experts": [expert.pk for expert in new_experts],
        "due": due_on,
    }
    ledger.append(EventKind.OPINION_ASKED, version.plan, by=by, at=at, body_id=body_id, facts=facts)
    return rows


def _not_asked_yet(
    version: PlanVersion, units: Sequence[Unit], experts: Sequence[Expert]
) -> tuple[list[Unit], list[Expert]]:
    """Those of the chosen whom nobody has asked about this version. Raises Incomplete where none is left."""
    asked = version.opinions.values_list("unit_id", "expert_id")
    known_units, known_experts = {unit for unit, _e in asked}, {expert for _u, expert in asked}
    new_units = [unit for unit in units if unit.pk not in known_units]
    new_experts = [expert for expert in experts if expert.pk not in known_experts]
    if not new_units and not new_experts:
        raise Incomplete(
            N_("没有选择要征求意见的单位或专家。"),
            fields={"units": N_("请选择至少一个还没有征求过意见的单位或专家。")},
            rule="emergency.opinion_ask",
            article=ARTICLE,
        )
    return new_units, new_experts


@transaction.atomic
def opinion_give(
    *, opinion: PlanOpinion, position: Position, text: str = "", by: Officer, at: datetime
) -> PlanOpinion:
    """Give the unit's written opinion as its head; of an expert the planner takes the written opinion in.

    Words are needed unless the unit simply agrees. 国办发〔2024〕5号 art. 22.
    """
    body_id = opinion.version.plan.body_id
    if opinion.unit_id is None:
        check_may(by, Action.PLAN_EDIT, body_id=body_id)
    else:
        check_may(by, Action.PLAN_OPINE, body_id=body_id, unit_id=opinion.unit_id)
    move = lifecycle.OPINION.check(OpinionState(opinion.state), OpinionState.GIVEN)
    _check_draft(opinion.version)
    texts.check_listed([position], list(Position))
    words = _words("text", text, N_("意见内容"), needed=position != Position.AGREES)
    change_state(opinion, move, position=position, text=words, given_at=at, given_by_id=by.staff_id)
    _noted(EventKind.OPINION_GIVEN, opinion, by=by, at=at, position=str(position))
    return opinion


@transaction.atomic
def opinion_deal(*, opinion: PlanOpinion, adopted: bool, text: str, by: Officer, at: datetime) -> PlanOpinion:
    """Say whether an opinion was adopted, and what was changed or why it was not. 国办发〔2024〕5号 art. 24."""
    check_may(by, Action.PLAN_EDIT, body_id=opinion.version.plan.body_id)
    move = lifecycle.OPINION.check(OpinionState(opinion.state), OpinionState.DEALT_WITH)
    _check_draft(opinion.version)
    words = _words("text", text, N_("改了什么，或者为什么没有采纳"), needed=True)
    change_state(opinion, move, adopted=adopted, dealt_text=words, dealt_at=at, dealt_by_id=by.staff_id)
    _noted(EventKind.OPINION_DEALT_WITH, opinion, by=by, at=at, adopted=adopted)
    return opinion


@transaction.atomic
def opinion_ask_again(*, opinion: PlanOpinion, by: Officer, at: datetime) -> PlanOpinion:
    """Ask once more after the text was changed; what was said and done before is kept with the opinion."""
    version = opinion.version
    check_may(by, Action.PLAN_EDIT, body_id=version.plan.body_id)
    move = lifecycle.OPINION.check(OpinionState(opinion.state), OpinionState.ASKED)
    _check_draft(version)
    if opinion.given_at is None or version.saved_at <= opinion.given_at:
        raise Refusal(
            N_("文本在对方提出意见以后没有改动过。"),
            rule="emergency.opinion_ask_again",
            article=ARTICLE,
            remedy=N_("请先修改文本并保存，再重新征求意见。"),
        )
    due_on = _due_on(version, at)
    cleared = {
        "position": "",
        "text": "",
        "given_at": None,
        "given_by_id": None,
        "adopted": None,
        "dealt_text": "",
        "dealt_at": None,
        "dealt_by_id": None,
    }
    earlier = [*opinion.earlier, _as_it_stands(opinion)]
    change_state(
        opinion, move, earlier=earlier, asked_at=at, asked_by_id=by.staff_id, due_on=due_on, **cleared
    )
    _told([opinion], at=at, body_id=version.plan.body_id)
    _noted(EventKind.OPINION_ASKED, opinion, by=by, at=at, due=due_on)
    return opinion


def _as_it_stands(opinion: PlanOpinion) -> dict[str, object]:
    return {
        "position": opinion.position,
        "text": opinion.text,
        "given_on": official_date(opinion.given_at).isoformat() if opinion.given_at else "",
        "adopted": opinion.adopted,
        "dealt_text": opinion.dealt_text,
    }


def _due_on(version: PlanVersion, at: datetime) -> date:
    return opinion_due(official_date(at), calendar_for(version.plan.body_id))


def _words(name: str, typed: str, label: str, *, needed: bool) -> str:
    words = {name: texts.cleaned(typed)}
    if needed:
        texts.check_filled(words, {name: label}, rule="emergency.opinion", article=ARTICLE)
    texts.check_short_enough(words, {name: texts.LONG}, rule="emergency.opinion")
    return words[name]


def _check_draft(version: PlanVersion) -> None:
    if version.state != PlanState.DRAFT:
        raise IllegalMove(
            N_("这一版已经送审，不再征求和处理书面意见。"),
            rule="lifecycle.plan",
            article=ARTICLE,
            remedy=N_("退回修改以后可以继续；对施行中的预案，请提修改建议。"),
        )


def _told(rows: Iterable[PlanOpinion], *, at: datetime, body_id: int) -> None:
    """A neutral letter to the head of each unit that is asked."""
    of_units = [row for row in rows if row.unit_id is not None]
    heads = heads_of([row.unit_id for row in of_units if row.unit_id], at)
    for row in of_units:
        for staff in heads.get(row.unit_id or 0, ()):
            to = outbox.Recipient(outbox.RecipientKind.STAFF, str(staff))
            outbox.put("opinion_asked", row, to=to, at=at, body_id=body_id)


def _noted(kind: EventKind, opinion: PlanOpinion, *, by: Officer, at: datetime, **facts: object) -> None:
    """One event about the plan: which version, which opinion, of which unit; never its words."""
    plan = opinion.version.plan
    about = {"version": opinion.version.number, "opinion": opinion.pk, "unit": opinion.unit_id, **facts}
    ledger.append(kind, plan, by=by, at=at, body_id=plan.body_id, facts=about)
