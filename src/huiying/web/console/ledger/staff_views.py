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
from huiying.rules.permissions import Action, Role
from huiying.rules.refusals import Refusal
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.ledger.forms import GrantForm


@require_safe
@console_view(Action.GRANT_EDIT)
def staff(request: OfficerRequest) -> HttpResponse:
    """Everyone of the own body with the roles that run now; ?q= searches name and account."""
    query = request.GET.get("q", "").strip()
    people = selectors.staff_of(request.officer)
    running = selectors.running(selectors.grants_of(request.officer), clock.now())
    held: dict[int, list[Grant]] = {}
    for grant in running:
        held.setdefault(grant.staff_id, []).append(grant)
    rows = [
        (person, held.get(person.pk, []))
        for person in people
        if query in person.name or query in person.account
    ]
    return render(
        request, "console/ledger/staff.html", {"rows": rows, "query": query, "role_word": role_word}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.GRANT_EDIT)
def staff_page(request: OfficerRequest, staff_id: int) -> HttpResponse:
    """One person's grants, running and ended, and the form that gives another."""
    person = gate.staff_for(request.officer, staff_id)
    form = _grant_form(request, request.officer)
    if request.method == "POST" and form.is_valid() and _given(request, person, form):
        return HttpResponseRedirect(reverse("console:staff_page", args=[person.pk]), status=303)
    grants = list(selectors.grants_of(request.officer).filter(staff=person))
    context = {"person": person, "grants": grants, "form": form, "role_word": role_word}
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
            by=request.officer,
            at=clock.now(),
        )
    except Refusal as no:
        form.add_error(None, f"{_(no.message)}{_(no.remedy) if no.remedy else ''}")
        return False
    messages.success(request, _("授权已生效。"))
    return True
