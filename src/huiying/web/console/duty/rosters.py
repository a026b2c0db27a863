"""Rosters: the months, one month as a table, proposing, publishing with what will happen, the sheet for the wall."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.records import clock
from huiying.registry import actions
from huiying.registry import rosters as reads
from huiying.registry.actions.rosters import Proposed
from huiying.registry.duty_kinds import RosterKind
from huiying.registry.models import Body, DutyRoster
from huiying.registry.roster_gaps import Outlook, outlook
from huiying.registry.rostering import Engine, has_solver
from huiying.rules.lifecycle.roster import RosterState
from huiying.rules.permissions import Action
from huiying.rules.refusals import Refusal
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.duty.forms import SurgeForm
from huiying.web.console.settings.acting import done
from huiying.web.shared.dates import month as month_words
from huiying.web.shared.sentences import translated

SHOWN = 30  # of the gaps
MONTHS = 4  # that can be planned from the list


@require_safe
@console_view(Action.DUTY_READ)
def rosters(request: OfficerRequest) -> HttpResponse:
    """The months and surges; for whoever plans, what is not sure and the months that can be proposed."""
    rows = reads.rosters_of(request.officer)
    plans = reads.plans_duty(request.officer)
    taken = {row.roster.starts_on for row in rows if row.roster.kind == RosterKind.MONTH}
    context = {
        "rows": rows,
        "plans": plans,
        "months": [month for month in _months() if month not in taken] if plans else [],
        "patterns": plans and reads.patterns_of(request.officer).exists(),
        **gaps_of(request),
    }
    return render(request, "console/duty/rosters.html", context)


@require_POST
@console_view(Action.DUTY_PLAN)
def propose(request: OfficerRequest) -> HttpResponse:
    """Draft a month."""
    month = _month(request.POST.get("month", ""))
    body = Body.objects.get(pk=request.officer.body_id)
    found = actions.roster_propose(body=body, month=month, by=request.officer, at=clock.now())
    return _proposed(request, found)


@require_POST
@console_view(Action.DUTY_PLAN)
def again(request: OfficerRequest, roster_id: int) -> HttpResponse:
    """Propose an open draft anew."""
    row = reads.roster_for(request.officer, roster_id)
    found = actions.roster_propose_again(roster=row, by=request.officer, at=clock.now())
    return _proposed(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.DUTY_PLAN)
def surge(request: OfficerRequest) -> HttpResponse:
    """More people on watch for some days."""
    patterns = list(reads.patterns_of(request.officer))
    form = SurgeForm(request.POST if request.method == "POST" else None, patterns=patterns)
    made: list[Proposed] = []

    def act(**typed: Any) -> None:
        made.append(actions.roster_surge(**typed))

    if done(request, form, act, body=Body.objects.get(pk=request.officer.body_id)):
        return _proposed(request, made[0])
    context = {"form": form, "patterns": patterns}
    return render(request, "console/duty/roster_surge.html", context, status=422 if form.errors else 200)


@require_safe
@console_view(Action.DUTY_READ)
def roster(request: OfficerRequest, roster_id: int) -> HttpResponse:
    """One roster as a table of days."""
    row = reads.roster_for(request.officer, roster_id)
    plans = reads.plans_duty(request.officer)
    context = {
        **shown(row),
        "plans": plans,
        "draft": row.state == RosterState.DRAFT,
        "loads": reads.loads_of(request.officer, row),
        "viewer_id": request.officer.staff_id,
        "engine": Engine(row.engine) if row.engine else None,
        "has_solver": has_solver(),
    }
    return render(request, "console/duty/roster.html", context)


@require_safe
@console_view(Action.DUTY_READ)
def wall(request: OfficerRequest, roster_id: int) -> HttpResponse:
    """The official duty table, one sheet across."""
    row = reads.roster_for(request.officer, roster_id)
    return render(request, "console/duty/roster_print.html", shown(row))


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.DUTY_PLAN)
def publish(request: OfficerRequest, roster_id: int) -> HttpResponse:
    """Say what will happen, name the gaps, then publish."""
    row = reads.roster_for(request.officer, roster_id)
    refused: Refusal | None = None
    if request.method == "POST":
        open_ = {int(pk) for pk in request.POST.getlist("open") if pk.isdecimal()}
        try:
            actions.roster_publish(roster=row, leaving_open=open_, by=request.officer, at=clock.now())
        except Refusal as wrong:
            if wrong.rule not in ("registry.roster_gap", "registry.roster_breach"):
                raise
            refused = wrong
        else:
            messages.success(request, _("值班表已公布，每个值班的人都会收到提醒。"))
            return _to(row)
        row.refresh_from_db()
    people = {place.staff_id for day in shown(row)["days"] for cell in day.cells for place in cell} - {None}
    context = {
        **shown(row),
        "people": len(people),
        "refused": refused,
        "faults": [("", translated(refused.message))] if refused else [],
    }
    return render(request, "console/duty/roster_publish.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.DUTY_PLAN)
def drop(request: OfficerRequest, roster_id: int) -> HttpResponse:
    """Ask once more, then give a draft up."""
    row = reads.roster_for(request.officer, roster_id)
    if request.method == "POST":
        actions.roster_drop(roster=row, by=request.officer, at=clock.now())
        messages.success(request, _("草稿已作废。"))
        return HttpResponseRedirect(reverse("console:duty_rosters"), status=303)
    context = {
        "title": _("作废“{title}”的草稿？").format(title=title_of(row)),
        "message": _("草稿里的安排都不再保留；已经公布的班不受影响。以后可以重新编排。"),
        "action": request.path,
        "confirm_label": _("作废"),
        "cancel_url": reverse("console:duty_roster", args=[row.pk]),
        "danger": True,
    }
    return render(request, "shared/pages/confirm.html", context)


def title_of(row: DutyRoster) -> str:
    """What a roster is called: its month, or its days."""
    if row.kind == RosterKind.MONTH:
        return _("{month}值班表").format(month=month_words(row.starts_on))
    return _("加强值班 {first}—{last}").format(first=row.starts_on.isoformat(), last=row.ends_on.isoformat())


def shown(row: DutyRoster) -> dict[str, Any]:
    """What the table of one roster is drawn from."""
    found = reads.wall_of(row, at=clock.now())
    return {
        "roster": row,
        "title": title_of(row),
        "columns": found.columns,
        "days": found.days,
        "empty": found.empty,
        "unsure": sum(not day.day.known for day in found.days),
        "today": clock.today(),
    }


def gaps_of(request: OfficerRequest) -> dict[str, Any]:
    """The gaps for the top of the duty pages; nothing for whoever does not plan."""
    if not reads.plans_duty(request.officer):
        return {"outlook": None}
    found: Outlook = outlook(request.officer, at=clock.now())
    return {
        "outlook": found,
        "troubles": found.troubles[:SHOWN],
        "more_troubles": max(0, len(found.troubles) - SHOWN),
    }


def _proposed(request: OfficerRequest, found: Proposed) -> HttpResponse:
    if found.empty:
        words = _("已编排，还有 {count} 班没有人，原因写在表里。").format(count=found.empty)
        messages.warning(request, words)
    else:
        messages.success(request, _("已编排，每一班都有人。请看一遍，再公布。"))
    if found.released:
        words = _("有 {count} 处手工指定的人不能值那一班，已经换人或空出。").format(count=found.released)
        messages.warning(request, words)
    return _to(found.roster)


def _to(row: DutyRoster) -> HttpResponse:
    return HttpResponseRedirect(reverse("console:duty_roster", args=[row.pk]), status=303)


def _months() -> list[date]:
    first, found = clock.today().replace(day=1), list[date]()
    for _n in range(MONTHS):
        found.append(first)
        first = (first + timedelta(days=32)).replace(day=1)
    return found


def _month(typed: str) -> date:
    try:
        return date.fromisoformat(f"{typed[:7]}-01")
    except ValueError:
        return date.min.replace(year=2007)  # the action says which months there are
