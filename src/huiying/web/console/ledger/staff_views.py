"""The security administrator's pages: who holds what; giving and ending a grant, each confirmed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiying.records import clock
from huiying.registry import actions, gate, selectors
from huiying.registry.models import Grant, Staff
from huiying.registry.officers import Officer
from huiying.rules.granting import LONGEST, latest_day
from huiying.rules.permissions import Action, Role
from huiying.rules.refusals import Incomplete, Refusal
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.fields import hold_errors
from huiying.web.console.ledger.forms import ExtendForm, GrantForm

PAGE = 50
OVER_SHOWN = 100
EXPIRING_SHOWN = 20


@require_safe
@console_view(Action.GRANT_EDIT)
def staff(request: OfficerRequest) -> HttpResponse:
    """The own body's people with the roles that run now, a page at a time; ?q= searches name and account."""
    query, after = request.GET.get("q", "").replace("\0", "").strip()[:40], request.GET.get("after", "")[:40]
    page = selectors.staff_page(request.officer, query=query, after=after, limit=PAGE)
    running = selectors.running(selectors.grants_of(request.officer), clock.now())
    held: dict[int, list[Grant]] = {}
    for grant in running.filter(staff__in=page.rows):
        held.setdefault(grant.staff_id, []).append(grant)
    context = {
        "page": page,
        "rows": [(person, held.get(person.pk, [])) for person in page.rows],
        "query": query,
        "role_word": role_word,
        "expiring": list(selectors.grants_expiring(request.officer, clock.now())[:EXPIRING_SHOWN]),
    }
    return render(request, "console/ledger/staff.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.GRANT_EDIT)
def staff_page(request: OfficerRequest, staff_id: int) -> HttpResponse:
    """One person's grants, running and ended, and the form that gives another."""
    person = gate.staff_for(request.officer, staff_id)
    form = _grant_form(request, request.officer)
    if request.method == "POST" and form.is_valid() and _given(request, person, form):
        return HttpResponseRedirect(reverse("console:staff_page", args=[person.pk]), status=303)
    grants, at = selectors.grants_of(request.officer).filter(staff=person), clock.now()
    context = {
        "person": person,
        "grants": list(selectors.running(grants, at)),
        "over": list(grants.exclude(pk__in=selectors.running(grants, at)).order_by("-given_at")[:OVER_SHOWN]),
        "form": form,
        "role_word": role_word,
        "longest": LONGEST[Role.AUDITOR].n,
        "two_steps": selectors.asks_for_code(person),
        "own": person.pk == request.officer.staff_id,
    }
    return render(request, "console/ledger/staff_page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.GRANT_EDIT)
def grant_end(request: OfficerRequest, grant_id: int) -> HttpResponse:
    """Ask once more, then end a grant; the row stays with its end."""
    grant = gate.grant_for(request.officer, grant_id)
    if request.method == "POST":
        actions.grant_end(grant=grant, by=request.officer, at=clock.now())
        messages.success(request, _("授权已终止，从现在起不再有效。"))
        return HttpResponseRedirect(reverse("console:staff_page", args=[grant.staff_id]), status=303)
    return render(request, "console/ledger/grant_end.html", {"grant": grant, "role_word": role_word})


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.GRANT_EDIT)
def grant_extend(request: OfficerRequest, grant_id: int) -> HttpResponse:
    """Name another last day for a running grant."""
    grant = gate.grant_for(request.officer, grant_id)
    form = ExtendForm(
        request.POST if request.method == "POST" else None, initial={"expires_on": grant.expires_on}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant_extend(
                grant=grant,
                expires_on=form.cleaned_data["expires_on"],
                by=request.officer,
                at=clock.now(),
            )
        except Incomplete as wrong:
            hold_errors(form, wrong)
        else:
            messages.success(request, _("最后一天已改。"))
            return HttpResponseRedirect(reverse("console:staff_page", args=[grant.staff_id]), status=303)
    latest = latest_day(Role(grant.role), today=clock.today())
    context = {"grant": grant, "form": form, "role_word": role_word, "latest": latest}
    return render(request, "console/ledger/grant_extend.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.GRANT_EDIT)
def second_factor_reset(request: OfficerRequest, staff_id: int) -> HttpResponse:
    """Ask once more, then take the second step from an account whose owner lost it."""
    person = gate.staff_for(request.officer, staff_id)
    back = reverse("console:staff_page", args=[person.pk])
    if request.method == "POST":
        actions.second_factor_reset(staff=person, by=request.officer, at=clock.now())
        messages.success(request, _("两步验证已重置，现在只要口令就能登录。请提醒本人重新开启。"))
        return HttpResponseRedirect(back, status=303)
    context = {
        "title": _("重置{name}的两步验证？").format(name=person.name),
        "message": _("重置后只凭口令就能登录这个账号。请先当面或打电话确认是本人；台账会记下是您办理的。"),
        "action": request.path,
        "confirm_label": _("重置两步验证"),
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "shared/pages/confirm.html", context)


def role_word(role: str) -> str:
    """The Chinese word for a role as it is stored."""
    return _(Role(role).label)


def _grant_form(request: HttpRequest, officer: Officer) -> GrantForm:
    form = GrantForm(request.POST if request.method == "POST" else None)
    form.fields["role"].choices = [("", _("请选择")), *((role.value, _(role.label)) for role in Role)]  # type: ignore[attr-defined]
    form.fields["unit"].queryset = selectors.units_of(officer)  # type: ignore[attr-defined]
    form.fields["post"].queryset = selectors.posts_of(officer)  # type: ignore[attr-defined]
    return form


def _given(request: OfficerRequest, person: Staff, form: GrantForm) -> bool:
    """Give the grant; a lawful no stands at the top of the form, and what was chosen is kept."""
    chosen = form.cleaned_data
    try:
        actions.grant_give(
            staff=person,
            unit=chosen["unit"],
            role=chosen["role"],
            post=chosen["post"],
            expires_on=chosen["expires_on"],
            by=request.officer,
            at=clock.now(),
        )
    except Incomplete as wrong:
        hold_errors(form, wrong)
        return False
    except Refusal as no:
        form.add_error(None, f"{_(no.message)}{_(no.remedy) if no.remedy else ''}")
        return False
    messages.success(request, _("授权已生效。"))
    return True
