"""What a body has given of what article 18 wants published; read by its own pages and by the check before serving."""

from django.db.models import Count

from huiying.registry.models import Body
from huiying.registry.selectors import places_of
from huiying.rules.openness import Part, Told, missing


def told_by(body: Body, *, online: str) -> Told:
    """What the body has given so far; `online` is the address of the installation, empty where it has no public one."""
    hours = places_of(body.pk).annotate(spans=Count("hours")).values_list("spans", flat=True)
    return Told(
        online=online,
        address=body.address,
        phone=body.phone,
        superior=body.superior_name,
        hours=tuple(hours),
    )


def missing_of(body: Body, *, online: str) -> tuple[Part, ...]:
    """Which parts the body still owes the public. 信访工作条例 art. 18."""
    return missing(told_by(body, online=online))
