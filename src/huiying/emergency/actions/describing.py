"""What a plan is, beside its text: its kind and the post that answers for it."""

from datetime import datetime

from django.db import transaction

from huiying.emergency import texts
from huiying.emergency.gate import check_may, not_there
from huiying.emergency.models import Plan
from huiying.emergency.plan_kinds import PlanKind
from huiying.records import ledger
from huiying.registry.models import Post
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action


@transaction.atomic
def plan_describe(*, plan: Plan, kind: str, owner_post: Post | None, by: Officer, at: datetime) -> Plan:
    """Say of which kind a plan is (国办发〔2024〕5号 art. 7–17) and which post answers for it."""
    check_may(by, Action.PLAN_EDIT, body_id=plan.body_id)
    texts.check_listed([kind], list(PlanKind))
    if owner_post is not None and owner_post.unit.body_id != plan.body_id:
        raise not_there()
    plan.kind, plan.owner_post = PlanKind(kind), owner_post
    plan.save(update_fields=["kind", "owner_post"])
    facts = {"kind": plan.kind, "post": owner_post.pk if owner_post else None}
    ledger.append(EventKind.PLAN_DESCRIBED, plan, by=by, at=at, body_id=plan.body_id, facts=facts)
    return plan
