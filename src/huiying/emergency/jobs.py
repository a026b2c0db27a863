"""Background work of this room; each can be run again at any time and does nothing twice."""

from datetime import datetime, timedelta

from django.db.models import Q

from huiying.emergency.actions import activation_open_for_warning, orders_open_due
from huiying.emergency.models import Activation, Incident
from huiying.issues.selectors import warnings_confirmed
from huiying.records.jobs import Periodic
from huiying.rules.actors import SYSTEM
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.lifecycle.order import OrderState


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


SCHEDULE = (
    Periodic("emergency.warnings", timedelta(seconds=30), lay_warnings_before_leading_group),
    Periodic("emergency.orders", timedelta(minutes=1), open_due_orders),
)
