"""Causes: the list, one cause with its numbers and the rows behind them, tying and closing."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.issues import actions, gate, selectors
from huiying.issues.models import Issue
from huiying.petitions import gate as petition_gate
from huiying.petitions.listing import ListFilter, petitions_listed
from huiying.petitions.models import Petition
from huiying.petitions.selectors import title_for
from huiying.records import clock
from huiying.registry.models import Body
from huiying.registry.selectors import units_of
from huiying.rules.criteria import CRITERIA
from huiying.rules.matters import Matter
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions.views import unit_named, whole_number
from huiying.web.shared.typed import Typed

PAGE = selectors.PAGE
TIED_SHOWN = 100


def seen(issue: Issue) -> HttpResponseRedirect:
    """Back to the cause after an act."""
    return HttpResponseRedirect(reverse("console:issue_page", args=[issue.reference]), status=303)


@require_safe
@console_view(Action.ISSUE_READ)
def issues(request: OfficerRequest) -> HttpResponse:
    """The newest causes with how many matters each holds."""
    rows = selectors.issues_listed(request.officer, before=whole_number(request.GET.get("after", "")))
    context = {
        "rows": rows[:PAGE],
        "next_key": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "may_open": request.officer.can(Action.ISSUE_TIE),
    }
    return render(request, "console/issues/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.ISSUE_TIE)
def open_issue(request: OfficerRequest) -> HttpResponse:
    """Open a cause, and tie the petition one came from."""
    typed = Typed((request.POST if request.method == "POST" else request.GET).dict())
    errors = Typed()
    if request.method == "POST":
        try:
            issue = _opened(request, typed)
        except Incomplete as refusal:
            errors = Typed(refusal.fields)
        else:
            messages.success(request, _("已立为共性问题。"))
            return seen(issue)
    context = {
        "typed": typed,
        "errors": errors,
        "matters": [(matter.value, matter.label) for matter in Matter],
        "units": [(unit.pk, unit.name) for unit in units_of(request.officer)],
    }
    return render(request, "console/issues/open.html", context, status=422 if errors else 200)


def _opened(request: OfficerRequest, typed: Typed) -> Issue:
    issue = actions.issue_open(
        body=Body.objects.get(pk=request.officer.body_id),
        title=typed["title"],
        matter=Matter(typed["matter"]) if typed["matter"] in set(Matter) else Matter.OTHER,
        unit=unit_named(request, whole_number(typed["unit"])),
        cause=typed["cause"],
        by=request.officer,
        at=clock.now(),
    )
    if typed["petition"]:
        petition = petition_gate.petition_for(request.officer, typed["petition"])
        actions.issue_tie(issue=issue, petitions=[petition], by=request.officer, at=clock.now())
    return issue


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.ISSUE_TIE)
def choose(request: OfficerRequest, petition_reference: str) -> HttpResponse:
    """Choose the cause that one petition belongs to."""
    petition = petition_gate.petition_for(request.officer, petition_reference)
    if request.method == "POST":
        issue = gate.issue_for(request.officer, request.POST.get("issue", ""))
        actions.issue_tie(issue=issue, petitions=[petition], by=request.officer, at=clock.now())
        messages.success(request, _("已关联。这件信访事项仍然单独答复。"))
        return HttpResponseRedirect(reverse("console:petition_page", args=[petition.reference]), status=303)
    rows = [issue for issue in selectors.issues_listed(request.officer) if issue.state != "closed"]
    context = {"petition": petition, "title": title_for(request.officer, petition), "rows": rows}
    return render(request, "console/issues/choose.html", context)


@require_safe
@console_view(Action.ISSUE_READ)
def page(request: OfficerRequest, reference: str) -> HttpResponse:
    """One cause."""
    return board(request, gate.issue_for(request.officer, reference))


def board(request: OfficerRequest, issue: Issue, errors: Mapping[str, str] | None = None) -> HttpResponse:
    """A cause with its numbers, what the table makes of them, its rows, and matters that may belong to it."""
    officer = request.officer
    counts, proposal = selectors.issue_numbers(issue, today=clock.today())
    tied = selectors.petitions_tied(officer, issue)
    query = request.GET.get("q", "").strip()[:100]
    context = {
        "issue": issue,
        "counts": counts,
        "proposal": proposal,
        "criteria": CRITERIA,
        "tied": [(p, title_for(officer, p)) for p in tied[:TIED_SHOWN]],
        "found": _candidates(request, issue, query),
        "query": query,
        "warnings": list(gate.warnings_for(officer).filter(issue=issue).order_by("-pk")[:10]),
        "may_tie": officer.can(Action.ISSUE_TIE) and issue.state != "closed",
        "may_propose": officer.can(Action.WARNING_PROPOSE) and issue.state != "closed",
        "errors": Typed(errors or {}),
        "typed": Typed(request.POST.dict()),
    }
    return render(request, "console/issues/page.html", context, status=422 if errors else 200)


def _candidates(request: OfficerRequest, issue: Issue, query: str) -> list[tuple[Petition, str]]:
    """Matters found by the words that are not tied yet: a person decides about each."""
    if not query or not request.officer.can(Action.ISSUE_TIE):
        return []
    rows = petitions_listed(request.officer, ListFilter(query=query), today=clock.today()).rows
    tied = set(
        issue.ties.filter(petition__in=[row.petition for row in rows]).values_list("petition_id", flat=True)
    )
    return [
        (row.petition, row.title)
        for row in rows
        if row.petition.pk not in tied and row.petition.kind != "accusation"
    ]


@require_POST
@console_view(Action.ISSUE_TIE)
def tie(request: OfficerRequest, reference: str) -> HttpResponse:
    """Tie the chosen matters."""
    issue = gate.issue_for(request.officer, reference)
    wanted = request.POST.getlist("petition")[:200]
    chosen = list(petition_gate.petitions_for(request.officer).filter(reference__in=wanted))
    try:
        added = actions.issue_tie(issue=issue, petitions=chosen, by=request.officer, at=clock.now())
    except Incomplete as refusal:
        return board(request, issue, refusal.fields)
    messages.success(request, _("已关联 %(n)s 件。每件仍然单独答复。") % {"n": added})
    return seen(issue)


@require_POST
@console_view(Action.ISSUE_TIE)
def untie(request: OfficerRequest, reference: str) -> HttpResponse:
    """Take one matter out; tying it again is one click."""
    issue = gate.issue_for(request.officer, reference)
    petition = petition_gate.petition_for(request.officer, request.POST.get("petition", ""))
    actions.issue_untie(issue=issue, petition=petition, by=request.officer, at=clock.now())
    messages.success(request, _("已移出。需要时可以再关联。"))
    return seen(issue)


@require_POST
@console_view(Action.WARNING_PROPOSE)
def propose(request: OfficerRequest, reference: str) -> HttpResponse:
    """Propose a warning from the numbers as they stand."""
    issue = gate.issue_for(request.officer, reference)
    warning = actions.warning_propose(issue=issue, by=request.officer, at=clock.now())
    messages.success(request, _("已提出预警，等另一个人核实。"))
    return HttpResponseRedirect(reverse("console:warning_page", args=[warning.reference]), status=303)


@require_POST
@console_view(Action.ISSUE_TIE)
def close(request: OfficerRequest, reference: str) -> HttpResponse:
    """Close a cause, saying what was done about it."""
    issue = gate.issue_for(request.officer, reference)
    try:
        actions.issue_close(
            issue=issue, words=request.POST.get("words", ""), by=request.officer, at=clock.now()
        )
    except Incomplete as refusal:
        return board(request, issue, refusal.fields)
    messages.success(request, _("共性问题已办结。"))
    return seen(issue)
