"""Releasing figures: once a month, through the gate, into the register that pages read."""

from datetime import datetime

from django.db import IntegrityError, transaction

from huiying.publishing.figures import Gated, Month, gate_month
from huiying.publishing.models import ReleasedTable
from huiying.records import clock, ledger
from huiying.records.ledger import HasActor
from huiying.records.moves import overtaken
from huiying.registry.models import Body
from huiying.registry.officers import Officer
from huiying.rules.actors import ActorRef
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, NotThere, Refusal
from huiying.rules.words import N_


def _check(body: Body, month: Month, by: Officer | ActorRef, at: datetime) -> None:
    if isinstance(by, Officer):
        by.check(Action.NOTICE_PUBLISH)
        if by.body_id != body.pk:
            raise NotThere(N_("没有找到这个机构的数据。"))
    if month.end > clock.official_date(at):
        raise Refusal(
            N_("这个月还没有结束，不能公开它的数据。"),
            rule="publishing.month_over",
            remedy=N_("请等到下个月。"),
        )
    if ReleasedTable.objects.filter(body=body, period=month.period).exists():
        raise IllegalMove(
            N_("这个月的数据已经公开，不会悄悄替换。"),
            rule="publishing.released_once",
            remedy=N_("如果数据有误，请发布一条更正说明。"),
        )


def _row(body: Body, month: Month, gated: Gated, at: datetime) -> ReleasedTable:
    table = gated.released.table
    return ReleasedTable.objects.create(
        body=body,
        table=gated.name,
        period=month.period,
        cells=dict(table.cells),
        sums=[[tie.total, list(tie.parts)] for tie in table.sums],
        withheld=sorted(gated.released.withheld),
        released_at=at,
    )


@transaction.atomic
def figures_release(*, body: Body, month: Month, by: Officer | HasActor, at: datetime) -> list[ReleasedTable]:
    """Release the figures of a month that is over. 信访工作条例 art. 41; no count below five matters, POLICY."""
    _check(body, month, by if isinstance(by, Officer) else by.actor, at)
    try:
        with transaction.atomic():
            rows = [_row(body, month, gated, at) for gated in gate_month(body, month, at=at)]
    except IntegrityError as clash:
        raise overtaken() from clash
    withheld = sum(len(row.withheld) for row in rows)
    facts = {"period": month.period, "tables": len(rows), "withheld": withheld}
    ledger.append(EventKind.TABLE_RELEASED, rows[0], by=by, at=at, body_id=body.pk, facts=facts)
    return rows
