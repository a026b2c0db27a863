"""Accounts of staff: enrolled, given a passphrase to begin with, ended. Rights are the security administrator's page."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from huiying.records import clock
from huiying.registry import actions, gate, passphrases, selectors
from huiying.registry.models import Staff
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.fields import hold_errors
from huiying.web.console.settings.forms import EnrolForm
from huiying.web.console.settings.views import body_of

PAGE = 50


@require_safe
@console_view(Action.REGISTRY_EDIT)
def people(request: OfficerRequest) -> HttpResponse:
    """The body's accounts, a page at a time; a search box where there are more than fit a wall."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:40]
    page = selectors.staff_page(
        request.officer, query=query, after=request.GET.get("after", "")[:40], limit=PAGE
    )
    return render(request, "console/settings/people.html", {"page": page, "query": query})


@sensitive_variables("passphrase")
@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REGISTRY_EDIT)
def enrol(request: OfficerRequest) -> HttpResponse:
    """Enrol somebody; the passphrase they begin with is drawn and shown once."""
    form = EnrolForm(request.POST if request.method == "POST" else None)
    passphrase = passphrases.drawn()
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.staff_enrol(
                body=body_of(request),
                passphrase=passphrase,
                lent=True,
                by=request.officer,
                at=clock.now(),
                **form.cleaned_data,
            )
        except Incomplete as wrong:
            hold_errors(form, wrong)
        else:
            return _passphrase_page(request, person, passphrase)
    return render(request, "console/settings/enrol.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@console_view(Action.REGISTRY_EDIT)
def person(request: OfficerRequest, staff_id: int) -> HttpResponse:
    """One account and what can be done with it."""
    row = gate.staff_for(request.officer, staff_id)
    own = row.pk == request.officer.staff_id
    context = {"person": row, "own": own, "two_steps": selectors.asks_for_code(row)}
    return render(request, "console/settings/person.html", context)


@sensitive_variables("passphrase")
@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REGISTRY_EDIT)
def lend(request: OfficerRequest, staff_id: int) -> HttpResponse:
    """Ask once more, then give a new passphrase, shown once."""
    row = gate.staff_for(request.officer, staff_id)
    if request.method == "POST":
        passphrase = passphrases.drawn()
        actions.passphrase_lend(staff=row, passphrase=passphrase, by=request.officer, at=clock.now())
        return _passphrase_page(request, row, passphrase)
    context = {
        "title": _("给{name}发放临时口令？").format(name=row.name),
        "message": _("原来的口令立即失效，已经登录的会退出；台账会记下是您发放的。请先确认是本人要求。"),
        "action": request.path,
        "confirm_label": _("发放临时口令"),
        "cancel_url": reverse("console:settings_person", args=[row.pk]),
    }
    return render(request, "shared/pages/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REGISTRY_EDIT)
def active(request: OfficerRequest, staff_id: int) -> HttpResponse:
    """Ask once more, then end the account, or open an ended one again."""
    row = gate.staff_for(request.officer, staff_id)
    if request.method == "POST":
        act = actions.staff_deactivate if row.is_active else actions.staff_return
        act(staff=row, by=request.officer, at=clock.now())
        messages.success(request, _("账号已恢复。") if row.is_active else _("账号已停用。"))
        return HttpResponseRedirect(reverse("console:settings_person", args=[row.pk]), status=303)
    return render(request, "shared/pages/confirm.html", _question(request, row))


def _question(request: OfficerRequest, row: Staff) -> dict[str, object]:
    asked = {"action": request.path, "cancel_url": reverse("console:settings_person", args=[row.pk])}
    if row.is_active:
        return {
            **asked,
            "title": _("停用{name}的账号？").format(name=row.name),
            "message": _(
                "停用后立即不能登录，也不再收到指令和提醒；经手的事项和记录不变。请先把手上的事项交给别人。"
            ),
            "confirm_label": _("停用账号"),
            "danger": True,
        }
    return {
        **asked,
        "title": _("恢复{name}的账号？").format(name=row.name),
        "message": _("恢复后可以用原来的口令登录；没有终止、没有到期的授权重新有效。"),
        "confirm_label": _("恢复账号"),
    }


def _passphrase_page(request: OfficerRequest, person: Staff, passphrase: str) -> HttpResponse:
    """The passphrase, once; it lies nowhere."""
    context = {"person": person, "passphrase": passphrase}
    return render(request, "console/settings/passphrase_shown.html", context)
