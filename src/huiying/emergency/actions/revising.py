"""Looking at a plan in force again: evaluated, practised, causes to revise it raised and settled. art. 32 to 35."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from huiying.emergency import texts
from huiying.emergency.caring import Seen, version_in_force
from huiying.emergency.gate import check_may
from huiying.emergency.models import Plan, PlanVersion, RevisionNote
from huiying.emergency.plan_kinds import RevisionCause
from huiying.records import ledger
from huiying.records.clock import official_date
from huiying.records.ledger import HasActor
from huiying.records.moves import overtaken
from huiying.registry.officers import Officer
from huiying.rules.actors import SYSTEM
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.refusals import IllegalMove, Incomplete
from huiying.rules.words import N_

RULE = "emergency.revision"
ARTICLE = "国办发〔2024〕5号 art. 35"
MOST = 4000
COLUMNS = {EventKind.PLAN_EVALUATED: "evaluated_on", EventKind.PLAN_PRACTISED: "practised_on"}


@transaction.atomic
def plan_evaluated(
    *, plan: Plan, on: date | None, text: str, cause: str = "", by: Officer, at: datetime
) -> Plan:
    """Note a periodic evaluation: its day and its finding, and the cause to revise if it found one (art. 34)."""
    check_may(by, Action.PLAN_EDIT, body_id=plan.body_id)
    return _looked_at(plan, EventKind.PLAN_EVALUATED, on, text, cause, by=by, at=at)


@transaction.atomic
def plan_practised(
    *, plan: Plan, on: date | None, text: str, cause: str = "", by: Officer, at: datetime
) -> Plan:
    """Note that the plan was practised: the day and what came out, and the cause to revise if there is one (art. 32, 33)."""
    check_may(by, Action.PLAN_EDIT, body_id=plan.body_id)
    return _looked_at(plan, EventKind.PLAN_PRACTISED, on, text, cause, by=by, at=at)


@transaction.atomic
def revision_raise(*, plan: Plan, cause: str, text: str, by: Officer, at: datetime) -> RevisionNote:
    """Raise a cause to revise the plan; by the planner or the leading group."""
    if not can_somewhere(by.grants, Action.PLAN_PROMULGATE):
        check_may(by, Action.PLAN_EDIT, body_id=plan.body_id)
    check_may(by, Action.PLAN_READ, body_id=plan.body_id)
    version_in_force(plan)
    texts.check_listed([cause], list(RevisionCause))
    words = texts.taken({"text": text}, {"text": N_("情况")}, most=MOST, rule=RULE, article=ARTICLE)
    return _raised(plan, RevisionCause(cause), words["text"], by=by, at=at, raised_by_id=by.staff_id)


@transaction.atomic
def revision_note(*, plan: Plan, seen: Seen, at: datetime) -> RevisionNote | None:
    """Raise what the program saw, once for each source; None where it was raised before, settled or not."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    if RevisionNote.objects.filter(plan=plan, source=seen.source).exists():
        return None
    return _raised(plan, seen.cause, seen.text, by=SYSTEM, at=at, source=seen.source)


@transaction.atomic
def revision_settle(
    *, note: RevisionNote, revised: bool, text: str, by: Officer, at: datetime
) -> RevisionNote:
    """Settle a cause: revised, which names the text it led to, or nothing to change; either with the reason."""
    plan = note.plan
    check_may(by, Action.PLAN_EDIT, body_id=plan.body_id)
    words = texts.taken({"text": text}, {"text": N_("说明")}, most=MOST, rule=RULE, article=ARTICLE)
    version = _led_to(note) if revised else None
    rows = RevisionNote.objects.filter(pk=note.pk, settled_at=None)
    settled = {"settled_at": at, "settled_by_id": by.staff_id, "settled_text": words["text"]}
    if not rows.update(revised=revised, version=version, **settled):
        raise overtaken()
    note.refresh_from_db()
    facts = {"note": note.pk, "revised": revised, "version": version.number if version else None}
    ledger.append(EventKind.REVISION_SETTLED, plan, by=by, at=at, body_id=plan.body_id, facts=facts)
    return note


def _looked_at(
    plan: Plan,
    kind: EventKind,
    on: date | None,
    text: str,
    cause: str,
    *,
    by: Officer,
    at: datetime,
) -> Plan:
    version_in_force(plan)
    words = texts.taken({"text": text}, {"text": N_("结论")}, most=MOST, rule=RULE)
    texts.check_listed([cause], ["", *RevisionCause])
    day = _check_day(on, official_date(at))
    column = COLUMNS[kind]
    source = f"{column}:{day}"
    if RevisionNote.objects.filter(plan=plan, source=source).exists():
        raise _wrong_day(N_("这一天的已经登记过。"))
    setattr(plan, column, max(filter(None, (getattr(plan, column), day))))
    plan.save(update_fields=[column])
    ledger.append(kind, plan, by=by, at=at, body_id=plan.body_id, facts={"on": day, "cause": cause or None})
    who: dict[str, Any] = {"source": source, "raised_by_id": by.staff_id}
    if cause:
        _raised(plan, RevisionCause(cause), words["text"], by=by, at=at, **who)
    else:
        _found_good(plan, words["text"], by=by, at=at, **who)
    return plan


def _found_good(plan: Plan, text: str, *, by: Officer, at: datetime, **who: Any) -> None:
    """Keep the words of a look that found nothing to change, as a cause that is settled already."""
    done = {"settled_at": at, "settled_by_id": by.staff_id, "settled_text": text, "revised": False}
    RevisionNote.objects.create(plan=plan, cause=RevisionCause.OWN, text=text, raised_at=at, **who, **done)


def _raised(
    plan: Plan, cause: RevisionCause, text: str, *, by: HasActor, at: datetime, **more: Any
) -> RevisionNote:
    note = RevisionNote.objects.create(plan=plan, cause=cause, text=text, raised_at=at, **more)
    facts = {"note": note.pk, "cause": cause}
    ledger.append(EventKind.REVISION_RAISED, plan, by=by, at=at, body_id=plan.body_id, facts=facts)
    return note


def _led_to(note: RevisionNote) -> PlanVersion:
    """The draft that is open, or the text put in force since the cause was raised."""
    versions = PlanVersion.objects.filter(plan=note.plan_id).order_by("-number")
    for version in versions[:2]:
        if version.state in (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.APPROVED):
            return version
        if version.promulgated_at is not None and version.promulgated_at >= note.raised_at:
            return version
    raise IllegalMove(
        N_("还没有因此起草新版。"),
        rule="emergency.revision_draft",
        article=ARTICLE,
        remedy=N_("请先起草新版，再登记已修订；不需要修订的，请选“不需要修订”并说明理由。"),
    )


def _check_day(on: date | None, today: date) -> date:
    if on is None:
        raise _wrong_day(N_("请填写日期。"))
    if on > today:
        raise _wrong_day(N_("日期在将来；请在做过以后登记。"))
    return on


def _wrong_day(sentence: str) -> Incomplete:
    return Incomplete(N_("日期不对。"), fields={"on": sentence}, rule=RULE)
