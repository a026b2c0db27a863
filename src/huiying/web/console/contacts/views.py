"""Who is called in an emergency: the list, and a round of calls with one tap for each."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.emergency import actions, selectors, supply_gate
from huiying.emergency.supply_kinds import ContactKind
from huiying.records import clock
from huiying.rules.permissions import Action
from huiying.rules.supplies import POLICY, VERIFY_EVERY
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.settings.views import body_of
from huiying.web.console.supplies.acting import asked, csv_answer, posted
from huiying.web.console.supplies.forms import ContactForm
from huiying.web.console.supplies.stores import number

PAGE = 50
EXPORTED = 2000


@require_safe
@console_view(Action.CONTACT_READ)
def contacts(request: OfficerRequest) -> HttpResponse:
    """The list, with how far the round of calls is."""
    kind, query = request.GET.get("kind", ""), request.GET.get("q", "").strip()[:40]
    known = kind if kind in set(ContactKind) else ""
    after = number(request.GET.get("after", ""))
    rows = selectors.contacts_page(request.officer, kind=known, query=query, after=after)
    context = {
        "rows": rows[:PAGE],
        "next_key": rows[PAGE - 1].contact.pk if len(rows) > PAGE else None,
        "kind": known,
        "query": query,
        "kinds": [("", _("全部")), *((each.value, each.label) for each in ContactKind)],
        **_round(request),
    }
    return render(request, "console/contacts/list.html", context)


@require_safe
@console_view(Action.CONTACT_READ)
def exported(request: OfficerRequest) -> HttpResponse:
    """Every contact as a file."""
    header = [_("类别"), _("单位"), _("岗位"), _("电话"), _("备用电话"), _("最近打通"), _("不通")]
    return csv_answer("contacts", header, map(_exported, _all(request)))


@require_safe
@console_view(Action.CONTACT_READ)
def printed(request: OfficerRequest) -> HttpResponse:
    """Every contact on paper, for the wall of the duty room."""
    context = {"rows": _all(request), "today": clock.today()}
    return render(request, "console/contacts/print.html", context)


@require_safe
@console_view(Action.CONTACT_VERIFY)
def round_page(request: OfficerRequest) -> HttpResponse:
    """The next to be called on top, the others below; those known not to work first, then the oldest."""
    rows = selectors.contacts_due(request.officer.body_id, clock.today())
    return render(request, "console/contacts/round.html", {"rows": rows, **_round(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.CONTACT_EDIT)
def add(request: OfficerRequest) -> HttpResponse:
    """Add a contact."""
    words = (_("增加联络单位"), _("保存"), _("已增加，请打一次电话核对。"))
    back = reverse("console:contacts")
    form = ContactForm(posted(request))
    return asked(request, form, actions.contact_add, words=words, back=back, body=body_of(request))


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.CONTACT_EDIT)
def change(request: OfficerRequest, contact_id: int) -> HttpResponse:
    """Change a contact; a new number is untried."""
    contact = supply_gate.contact_for(request.officer, contact_id)
    names = ("kind", "organisation", "post", "phone", "other_phone", "plan_contact")
    form = ContactForm(posted(request), initial={name: getattr(contact, name) for name in names})
    words = (contact.organisation, _("保存"), _("已保存。改了号码的，请再打一次核对。"))
    return asked(
        request,
        form,
        actions.contact_change,
        words=words,
        back=reverse("console:contacts"),
        contact=contact,
    )


@require_POST
@console_view(Action.CONTACT_VERIFY)
def verify(request: OfficerRequest, contact_id: int) -> HttpResponse:
    """Somebody answered."""
    return _tried(request, contact_id, actions.contact_verify, _("%(who)s：打通了，已记下。"))


@require_POST
@console_view(Action.CONTACT_VERIFY)
def wrong(request: OfficerRequest, contact_id: int) -> HttpResponse:
    """Nobody can be reached there."""
    return _tried(
        request, contact_id, actions.contact_wrong, _("%(who)s：已标为不通，改好之前一直排在最前。")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.CONTACT_EDIT)
def end(request: OfficerRequest, contact_id: int) -> HttpResponse:
    """Ask once more, then call it no longer."""
    contact = supply_gate.contact_for(request.officer, contact_id)
    if request.method == "POST":
        actions.contact_end(contact=contact, by=request.officer, at=clock.now())
        messages.success(request, _("已停用。"))
        return HttpResponseRedirect(reverse("console:contacts"), status=303)
    context = {
        "title": _("停用“{name}”？").format(name=contact.organisation),
        "message": _("停用后不再出现在名单里，也不再核对。"),
        "action": request.path,
        "confirm_label": _("停用"),
        "cancel_url": reverse("console:contact_change", args=[contact.pk]),
        "danger": True,
    }
    return render(request, "shared/pages/confirm.html", context)


def _tried(request: OfficerRequest, contact_id: int, act: Any, said: str) -> HttpResponse:
    contact = supply_gate.contact_for(request.officer, contact_id)
    act(contact=contact, by=request.officer, at=clock.now())
    messages.success(request, said % {"who": contact.organisation})
    return HttpResponseRedirect(reverse("console:contacts_round"), status=303)


def _round(request: OfficerRequest) -> dict[str, Any]:
    officer = request.officer
    return {
        "round": selectors.contact_round(officer, clock.today()),
        "every": VERIFY_EVERY.n,
        "policy": POLICY,
        "today": clock.today(),
        "may_edit": officer.can(Action.CONTACT_EDIT),
        "may_verify": officer.can(Action.CONTACT_VERIFY),
    }


def _all(request: OfficerRequest) -> list[Any]:
    return list(selectors.contacts_page(request.officer, limit=EXPORTED))


def _exported(row: Any) -> list[Any]:
    one = row.contact
    kind = _(one.get_kind_display())
    numbers = [one.phone, one.other_phone]
    return [kind, one.organisation, one.post, *numbers, one.verified_on, one.wrong_since]
