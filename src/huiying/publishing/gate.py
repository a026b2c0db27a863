"""The only way to a fact or a notice for a viewer; "not yours" and "not there" look the same."""

from typing import NoReturn

from django.db.models import QuerySet

from huiying.publishing.models import Correction, Fact, Notice
from huiying.registry.models import Body
from huiying.registry.officers import Officer
from huiying.rules.lifecycle import NoticeState
from huiying.rules.permissions import Action, units_for
from huiying.rules.refusals import NotThere
from huiying.rules.words import N_

PUBLIC_STATES = (NoticeState.PUBLISHED, NoticeState.CORRECTED, NoticeState.WITHDRAWN)


def _absent() -> NoReturn:
    raise NotThere(N_("没有找到这条信息。"), remedy=N_("请核对编号，或回到列表查找。"))


def notices_for(viewer: Officer) -> QuerySet[Notice]:
    """The notices this officer may read: those of the body, or for a unit's head those the unit issues."""
    rows = Notice.objects.filter(body_id=viewer.body_id).select_related("current", "issuer")
    units = units_for(viewer.grants, Action.NOTICE_READ)
    return rows if units is None else rows.filter(issuer_id__in=units)


def notice_for(viewer: Officer, reference: str) -> Notice:
    """One notice by its reference, or NotThere."""
    return notices_for(viewer).filter(reference=reference).first() or _absent()


def correction_for(viewer: Officer, reference: str, correction_id: int) -> Correction:
    """One correction of a notice this officer may read, or NotThere."""
    notice = notice_for(viewer, reference)
    return notice.corrections.filter(pk=correction_id).first() or _absent()


def facts_for(viewer: Officer) -> QuerySet[Fact]:
    """The facts of the viewer's body, the newest first; nothing for whoever may not read notices."""
    if units_for(viewer.grants, Action.NOTICE_READ) == frozenset():
        return Fact.objects.none()
    return Fact.objects.filter(body_id=viewer.body_id).order_by("-id")


def published_notices(body: Body) -> QuerySet[Notice]:
    """What everyone may read of a body: published, corrected, and withdrawn (with the reason in its place)."""
    rows = Notice.objects.filter(body=body, state__in=PUBLIC_STATES)
    return rows.select_related("current", "issuer", "body").order_by("-published_at", "-id")


def published_notice(body: Body, reference: str) -> Notice:
    """One notice as everyone may read it, or NotThere."""
    return published_notices(body).filter(reference=reference).first() or _absent()
