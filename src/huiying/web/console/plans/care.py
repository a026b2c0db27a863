"""A plan after it is in force: what is due, additions, own figures, causes to revise, suggestions. art. 32 to 37."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiying.emergency import gate
from huiying.emergency.models import PlanAddendum, PlanVersion
from huiying.emergency.selectors import care as reads
from huiying.records import clock
from huiying.rules import plan_care
from huiying.rules.lifecycle.addendum import AddendumState
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.permissions import Action, can_somewhere
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.shared.qr import full_address

DRAFTS = frozenset({PlanState.DRAFT, PlanState.SUBMITTED, PlanState.APPROVED})


@require_safe
@console_view(Action.PLAN_READ)
def page(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """All of it on one page, each act behind a link of its own."""
    version = gate.plan_version_for(request.officer, code, number)
    today, grants = clock.today(), request.officer.grants
    ruling = reads.version_cared_for(version.plan) or version
    shown = reads.care_of(ruling)
    context = {
        "version": version,
        "ruling": ruling,
        "is_in_force": ruling.state == PlanState.PROMULGATED,
        "care": shown,
        "addenda": [(row, standing(row)) for row in shown.addenda],
        "today": today,
        "act_url": partial(_act_url, ruling),
        "may_edit": can_somewhere(grants, Action.PLAN_EDIT),
        "may_lead": can_somewhere(grants, Action.PLAN_PROMULGATE),
        "may_suggest": can_somewhere(grants, Action.PLAN_SUGGEST),
        "public_address": full_address(
            request, reverse("portal:plan_suggest", args=[version.plan.body.code])
        ),
    }
    return render(request, "console/plans/care.html", context)


def _act_url(version: PlanVersion, name: str) -> str:
    """The address of one act's page."""
    return reverse(f"console:plan_{name}", args=[version.plan.code, version.number])


def standing(row: PlanAddendum) -> str:
    """Where an addition stands by today's date: waiting, ahead, holding, ending soon, over, ended."""
    today = clock.today()
    if row.state == AddendumState.DRAFT:
        return "lapsed" if row.ends_on < today else "waiting"
    if row.state == AddendumState.ENDED:
        return "ended" if row.promulgated_at else "dropped"
    if not plan_care.in_force_on(row.starts_on, row.ends_on, today):
        return "ahead" if row.starts_on > today else "over"
    return "ending" if plan_care.ends_soon(row.ends_on, today) else "holding"


def beside(request: OfficerRequest, version: PlanVersion) -> dict[str, Any]:
    """What stands on the pages of a plan's text: additions that hold today, own figures, comments on clauses."""
    is_draft = version.state in DRAFTS
    holds = version.state == PlanState.PROMULGATED
    address = reverse("console:plan_comment", args=[version.plan.code, version.number])
    return {
        "addenda": reads.addenda_in_force(version.plan, clock.today()) if holds else (),
        "own_figures": [row for row in reads.figures_shown(version) if row.own] if holds else (),
        "comments": reads.comments_of(version) if is_draft else {},
        "comment_url": address
        if is_draft and can_somewhere(request.officer.grants, Action.PLAN_COMMENT)
        else "",
        "ends_soon": plan_care.ends_soon,
    }
