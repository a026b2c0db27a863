"""Background work of this room; each can be run again at any time and does nothing twice."""

from datetime import datetime, timedelta

from django.db.models import Q

from huiying.emergency.actions import activation_open_for_warning, orders_open_due, revision_note
from huiying.emergency.calls import call_for_silent_orders
from huiying.emergency.caring import causes_seen
from huiying.emergency.models import Activation, Incident, PlanVersion
from huiying.emergency.reminding import remind_on_the_road
from huiying.emergency.selectors.supplies import to_remind
from huiying.emergency.vacancies import tell_of_vacant_posts
from huiying.issues.selectors import warnings_confirmed
from huiying.records import outbox
from huiying.records.clock import official_date
from huiying.records.jobs import Periodic
from huiying.records.outbox import Recipient, RecipientKind
from huiying.rules.actors import SYSTEM
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.lifecycle.order import OrderState
from huiying.rules.lifecycle.plan import PlanState


def open_due_orders(at: datetime) -> int:
    """Send every order that is open by its plan and was not sent; how many were sent.

    The act that finishes a step sends what waited for it. This run finds what a later plan, a repaired record or
    a clock brought about; it looks at responses that run and at those ended ones with orders still unanswered.
    """
    unanswered = Q(orders__after_end=True, orders__state__in=[OrderState.SENT, OrderState.ACKNOWLEDGED])
    running = Q(incident__state=IncidentState.ACTIVE)
    rows = Activation.objects.filter(running | Q(incident__state=IncidentState.ENDED) & unanswered).distinct()
    found = rows.select_related("incident__body", "plan_version__plan")
    return sum(len(orders_open_due(activation=activation, by=SYSTEM, at=at)) for activation in found)


def lay_warnings_before_leading_group(at: datetime) -> int:
    """Lay each confirmed warning that was not laid before the leading group yet; how many there were."""
    known = set(Incident.objects.exclude(warning_id=None).values_list("warning_id", flat=True))
    fresh = [warning for warning in warnings_confirmed() if warning.id not in known]
    for warning in fresh:
        activation_open_for_warning(warning=warning, by=SYSTEM, at=at)
    return len(fresh)


def watch_plans(at: datetime) -> int:
    """Raise each cause to revise a plan in force that can be seen and was not raised yet; how many there were."""
    versions = PlanVersion.objects.filter(state=PlanState.PROMULGATED).select_related("plan")
    notes = [
        revision_note(plan=version.plan, seen=seen, at=at)
        for version in versions.order_by("pk").iterator(chunk_size=50)
        for seen in list(causes_seen(version, at))
    ]
    return sum(note is not None for note in notes)


def remind_store_keepers(at: datetime) -> int:
    """Once a week, tell the post that keeps a store that something is short or expires; how many stores."""
    week = official_date(at).strftime("%G-%V")
    stores = to_remind(official_date(at))
    for store in stores:
        to = Recipient(RecipientKind.POST, str(store.keeper_post_id))
        outbox.put(
            "supplies_due",
            store,
            to=to,
            at=at,
            body_id=store.body_id,
            context={"path": "/console/supplies/"},
            dedupe=f"supplies:{store.pk}:{week}",
        )
    return len(stores)


SCHEDULE = (
    Periodic("emergency.warnings", timedelta(seconds=30), lay_warnings_before_leading_group),
    Periodic("emergency.calls", timedelta(seconds=15), call_for_silent_orders),
    Periodic("emergency.orders", timedelta(minutes=1), open_due_orders),
    Periodic("emergency.plan_road", timedelta(hours=6), remind_on_the_road),
    Periodic("emergency.plan_care", timedelta(days=1), watch_plans),
    Periodic("emergency.supplies", timedelta(days=1), remind_store_keepers),
    Periodic("emergency.vacant_posts", timedelta(days=1), tell_of_vacant_posts),
)
