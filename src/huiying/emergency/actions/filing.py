"""After a plan is in force: it is filed with those who receive it (备案), and each unit acknowledges it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from huiying.emergency import texts
from huiying.emergency.filing_receivers import MOST_RECEIVERS, RECEIVER_LENGTH, receivers_of
from huiying.emergency.gate import check_may
from huiying.emergency.models import PlanAcknowledgement, PlanFiling, PlanVersion
from huiying.records import ledger
from huiying.records.clock import official_date
from huiying.records.moves import overtaken
from huiying.registry.calendars import calendar_for
from huiying.registry.models import Unit
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.permissions import Action
from huiying.rules.plan_road import filing_due
from huiying.rules.refusals import IllegalMove, Incomplete
from huiying.rules.words import N_, said

ARTICLE = "国办发〔2024〕5号 art. 26"


def receivers_read(version: PlanVersion, typed: Sequence[str] | None) -> list[str]:
    """The receivers of a filing as they were written, or those of the plan's kind. Raises Incomplete."""
    plan = version.plan
    usual = receivers_of(plan.kind, plan.body.superior_name)
    names = list(dict.fromkeys(filter(None, map(texts.cleaned, usual if typed is None else typed))))
    wrong = _wrong_receivers(names, needed=bool(usual))
    if wrong:
        raise Incomplete(wrong, fields={"receivers": wrong}, rule="emergency.receivers", article=ARTICLE)
    return names


def _wrong_receivers(names: list[str], *, needed: bool) -> str:
    if needed and not names:
        return N_("请写明报送备案的单位。")
    if len(names) > MOST_RECEIVERS:
        return said(N_("备案单位最多 {most} 个，每行一个。"), most=MOST_RECEIVERS)
    if any(len(name) > RECEIVER_LENGTH for name in names):
        return said(N_("单位名称最多 {most} 字。"), most=RECEIVER_LENGTH)
    return ""


def open_filings(version: PlanVersion, receivers: Sequence[str], *, issued_on: date) -> None:
    """Owe a filing to each receiver, within twenty working days after issue. Called where a plan is promulgated."""
    due_on = filing_due(issued_on, calendar_for(version.plan.body_id))
    rows = [PlanFiling(version=version, receiver=name, due_on=due_on) for name in receivers]
    PlanFiling.objects.bulk_create(rows)


def open_acknowledgements(version: PlanVersion, *, at: datetime) -> None:
    """Lay a plan in force before every unit of the body. Called where a plan is promulgated."""
    units = Unit.objects.filter(body_id=version.plan.body_id).order_by("pk")
    PlanAcknowledgement.objects.bulk_create(
        PlanAcknowledgement(version=version, unit=unit, asked_at=at) for unit in units
    )


@transaction.atomic
def plan_file_send(*, filing: PlanFiling, by: Officer, at: datetime) -> PlanFiling:
    """Record that text and drafting note were sent to the receiver, at the server's time. art. 26."""
    check_may(by, Action.PLAN_FILE, body_id=filing.version.plan.body_id)
    _write(filing, {"sent_at": None}, sent_at=at, sent_by_id=by.staff_id)
    late = official_date(at) > filing.due_on
    _noted(EventKind.PLAN_FILED, filing, by=by, at=at, due=filing.due_on, late=late)
    return filing


@transaction.atomic
def plan_receipt_note(
    *, filing: PlanFiling, number: str, on: date | None, by: Officer, at: datetime
) -> PlanFiling:
    """Note the receiver's receipt: its number and its date, not before the filing was sent and not in the future."""
    check_may(by, Action.PLAN_FILE, body_id=filing.version.plan.body_id)
    if filing.sent_at is None:
        raise IllegalMove(
            N_("还没有记录报送，不能登记回执。"),
            rule="emergency.receipt_after_sending",
            article=ARTICLE,
            remedy=N_("请先记录报送，再登记回执。"),
        )
    words = {"number": texts.cleaned(number), "on": on.isoformat() if on else ""}
    texts.check_filled(words, {"number": N_("回执编号"), "on": N_("回执日期")}, rule="emergency.receipt")
    texts.check_short_enough(words, {"number": 80}, rule="emergency.receipt")
    assert on is not None
    if not official_date(filing.sent_at) <= on <= official_date(at):
        wrong = N_("回执日期不能早于报送日期，也不能晚于今天。")
        raise Incomplete(wrong, fields={"on": wrong}, rule="emergency.receipt_date", article=ARTICLE)
    _write(filing, {"receipt_on": None}, receipt_number=words["number"], receipt_on=on)
    _noted(EventKind.PLAN_RECEIPT_NOTED, filing, by=by, at=at, on=on)
    return filing


@transaction.atomic
def plan_acknowledge(
    *, acknowledgement: PlanAcknowledgement, by: Officer, at: datetime
) -> PlanAcknowledgement:
    """Sign, as the unit's head, that the unit has read the plan in force and carries it out. art. 29; POLICY."""
    version = acknowledgement.version
    body_id = version.plan.body_id
    check_may(by, Action.PLAN_ACKNOWLEDGE, body_id=body_id, unit_id=acknowledgement.unit_id)
    if version.state != PlanState.PROMULGATED:
        raise IllegalMove(
            N_("这一版不在施行中，不需要签收。"),
            rule="emergency.acknowledge_in_force",
            remedy=N_("请签收施行中的版本。"),
        )
    _write(acknowledgement, {"acknowledged_at": None}, acknowledged_at=at, acknowledged_by_id=by.staff_id)
    facts = {"version": version.number, "unit": acknowledgement.unit_id}
    ledger.append(EventKind.PLAN_ACKNOWLEDGED, version.plan, by=by, at=at, body_id=body_id, facts=facts)
    return acknowledgement


def _write(row: PlanFiling | PlanAcknowledgement, still: dict[str, None], **fields: object) -> None:
    """Write what is written once, where nobody wrote it before. Raises Overtaken."""
    if not type(row)._default_manager.filter(pk=row.pk, **still).update(**fields):
        raise overtaken()
    for name, value in fields.items():
        setattr(row, name, value)


def _noted(kind: EventKind, filing: PlanFiling, *, by: Officer, at: datetime, **facts: object) -> None:
    plan = filing.version.plan
    about = {"version": filing.version.number, "filing": filing.pk, **facts}
    ledger.append(kind, plan, by=by, at=at, body_id=plan.body_id, facts=about)
